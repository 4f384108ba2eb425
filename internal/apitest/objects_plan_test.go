package apitest

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
)

// planText is a small document that names units of the house; with an unknown name it raises a question.
func planText(lead string) string {
	return "2017年政务公开工作要点\n一、推进信息公开\n" +
		"（一）编制目录。编制并公布主动公开目录。（牵头单位：" + lead + "，2017年6月底前完成）\n" +
		"（二）完善制度。制定信息公开审查制度。（牵头单位：岚山大学，2017年9月底前完成）\n" +
		"（三）开展培训。组织一次业务培训。（牵头单位：岚江市教育局，2017年11月底前完成）\n" +
		"（四）清理栏目。清理网站空白栏目。（牵头单位：岚江市教育局，2017年10月底前完成）\n"
}

// fillPlans makes plans from documents: a draft that can be issued and has an edit to undo, one with a question, an issued
// and a closed one.
func (w *world) fillPlans() {
	w.T.Helper()
	for _, state := range []string{"draft", "issued", "done.issued", "closed"} {
		w.add("plan", state, "plans", w.plan(state), w.home.Department)
	}
	w.names["plan.issued"] = w.object("plan", "issued").id.String()
	w.fillTasks()
	asking, err := w.app.Plans.Import(w.as("office.home"), []byte(planText("谁也不认识的某某中心")), plans.ImportPlanInput{Name: "要点.txt"})
	w.must(err)
	list, err := w.app.Plans.Questions(w.as("office.home"), asking.Plan.ID, true)
	w.must(err)
	if len(list.Items) == 0 {
		w.T.Fatal("the unknown name raised no question")
	}
	w.add("question", "open", "", list.Items[0].ID, w.home.Department)
}

// plan imports a document and takes it to a state. That its duties are done is written directly into its counters.
func (w *world) plan(state string) ident.ID {
	w.T.Helper()
	s, office := w.app.Plans, w.as("office.home")
	made, err := s.Import(office, []byte(planText("岚山大学")), plans.ImportPlanInput{Name: "要点.txt"})
	w.must(err)
	id := made.Plan.ID
	if state == "draft" {
		return id
	}
	p, err := s.Issue(office, id, made.Plan.Version, plans.IssuePlanInput{Acknowledge: w.warnings(id)})
	w.must(err)
	if state == "issued" {
		return id
	}
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Plan.Update().Where(entplan.ID(id)).SetClosedDuties(p.Duties).Exec(ctx)
	})
	if state == "closed" {
		_, err = s.Close(office, id, p.Version)
		w.must(err)
	}
	return id
}

// warnings lists what whoever issues a plan has to acknowledge.
func (w *world) warnings(id ident.ID) []string {
	w.T.Helper()
	report, err := w.app.Plans.Lint(w.as("office.home"), id)
	w.must(err)
	keys := []string{}
	for _, f := range report.Findings {
		if f.Severity == plans.LintError {
			w.T.Fatalf("lint of the plan: %s %s", f.Key, f.Message)
		}
		keys = append(keys, f.Key)
	}
	return keys
}

// fillTasks names the nodes of the draft and of the issued plan, and makes a dependency in each.
func (w *world) fillTasks() {
	w.T.Helper()
	s, office := w.app.Plans, w.as("office.home")
	renamed := "组织培训"
	for _, state := range []string{"draft", "issued", "done.issued"} {
		page, err := s.Tasks(office, w.object("plan", state).id, plans.TaskQuery{Limit: 50})
		w.must(err)
		var tasks []plans.Task
		for _, task := range page.Items {
			if task.Kind == plan.Task || task.Kind == plan.KeyPoint || len(tasks) == 0 {
				tasks = append(tasks, task)
			}
		}
		for i, task := range tasks {
			w.names[fmt.Sprintf("task.%s.%d", state, i)] = task.ID.String()
		}
		if state == "done.issued" {
			continue
		}
		w.add("task", state, "tasks", tasks[1].ID, w.home.Department)
		if state == "draft" {
			w.names["task.at"] = fmt.Sprint(tasks[1].Span.Start + 8)
			_, err = s.EditTask(office, tasks[3].ID, tasks[3].Version, plans.EditTaskInput{Title: &renamed})
			w.must(err)
		}
		d, err := s.Link(office, w.object("plan", state).id, plans.LinkTasksInput{BeforeID: tasks[4].ID, AfterID: tasks[3].ID})
		w.must(err)
		w.add("dependency", state, "", d.ID, w.home.Department)
	}
	w.names["plan.warnings"] = strings.Join(w.warnings(w.object("plan", "draft").id), `","`)
}
