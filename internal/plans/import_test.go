package plans_test

import (
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/store"
)

func TestImport_reads_the_sample_as_a_careful_reader_does(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	if made.Plan.Title == "" || made.Plan.Number != sample.PlanNumber || made.Plan.Year != sample.PlanYear || made.Plan.DocumentDate != sample.PlanDate {
		t.Errorf("plan: %+v", made.Plan)
	}
	byTitle := map[string]plans.Task{}
	for _, task := range h.tasks(t, made.Plan.ID) {
		byTitle[task.Title] = task
	}
	for _, f := range sample.PlanFacts() {
		task, ok := byTitle[f.Title]
		if !ok {
			t.Errorf("%s %s: no such node", f.No, f.Title)
			continue
		}
		if task.Deadline.Kind != f.Kind || task.Deadline.Due != f.Due {
			t.Errorf("%s %s: deadline %s %s, want %s %s", f.No, f.Title, task.Deadline.Kind, task.Deadline.Due, f.Kind, f.Due)
		}
		for part, want := range map[plan.AssignmentPart][]string{plan.Lead: f.Leads, plan.Support: f.Supports, plan.Collective: f.Collectives} {
			if got := names(task, part); got != strings.Join(want, " ") {
				t.Errorf("%s %s: %s %s, want %s", f.No, f.Title, part, got, strings.Join(want, " "))
			}
		}
	}
}

func names(task plans.Task, part plan.AssignmentPart) string {
	var list []string
	for _, a := range task.Assignments {
		if a.Part == part {
			list = append(list, a.Name)
		}
	}
	return strings.Join(list, " ")
}

func TestImport_asks_exactly_the_planted_question(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	list, err := h.plans.Questions(h.office(), made.Plan.ID, true)
	must(t, err)
	if len(list.Items) != 1 || made.Questions != 1 {
		t.Fatalf("questions: %+v", list.Items)
	}
	q := list.Items[0]
	want := h.unit["Z08"]
	for _, u := range h.unit {
		if strings.HasSuffix(u.Name, "教育新闻宣传中心") {
			want = u
		}
	}
	if q.Phrase != sample.UnknownName || len(q.Suggestions) == 0 || q.Suggestions[0].UnitID != want.ID {
		t.Errorf("question: %+v", q)
	}
	t.Run("the_answer_holds_for_the_next_document", func(t *testing.T) {
		got, err := h.plans.Answer(h.office(), q.ID, plans.AnswerQuestionInput{UnitID: want.ID})
		must(t, err)
		if got.Open || got.Answer != "unit" {
			t.Errorf("answered: %+v", got)
		}
		if again := h.importSample(t); again.Questions != 0 {
			t.Errorf("asked again: %d", again.Questions)
		}
	})
	t.Run("a_second_answer_conflicts", func(t *testing.T) {
		_, err := h.plans.Answer(h.office(), q.ID, plans.AnswerQuestionInput{Nobody: true})
		if fault.CodeOf(err) != "question.answered" {
			t.Errorf("got %v", err)
		}
	})
}

func TestImport_spans_point_into_the_source(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	src, err := h.plans.Source(h.office(), made.Plan.ID, 0)
	must(t, err)
	text := []rune(src.Text)
	for _, task := range h.tasks(t, made.Plan.ID) {
		if own := string(text[task.Span.Start:task.Span.End]); !strings.Contains(own, task.Title) {
			t.Errorf("%s: span holds %q", task.Title, own)
		}
		for _, a := range task.Assignments {
			if got := string(text[a.Span.Start:a.Span.End]); got != a.Name {
				t.Errorf("%s: %s stands at %q", task.Title, a.Name, got)
			}
		}
	}
}

func TestImport_repeated_under_one_key_makes_one_plan(t *testing.T) {
	h := newHouse(t)
	ctx := store.WithRequest(h.office(), store.Request{User: h.user["suwenqing"], Key: "k1", Operation: "import-plan", Hash: []byte("x")})
	first, err := h.plans.Import(ctx, []byte(sample.PlanText), plans.ImportPlanInput{Name: "plan.txt"})
	must(t, err)
	again, err := h.plans.Import(ctx, []byte(sample.PlanText), plans.ImportPlanInput{Name: "plan.txt"})
	must(t, err)
	list, err := h.plans.List(h.office(), plans.PlanQuery{})
	must(t, err)
	if first.Plan.ID != again.Plan.ID || len(list.Items) != 1 {
		t.Errorf("%s and %s, %d plans", first.Plan.ID, again.Plan.ID, len(list.Items))
	}
}

func TestImport_refuses(t *testing.T) {
	h := newHouse(t)
	t.Run("a_clerk", func(t *testing.T) {
		_, err := h.plans.Import(h.clerk("D04"), []byte("一、工作"), plans.ImportPlanInput{Name: "a.txt"})
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an_empty_file", func(t *testing.T) {
		if _, err := h.plans.Import(h.office(), nil, plans.ImportPlanInput{Name: "a.txt"}); fault.KindOf(err) == fault.Internal {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a_draft_does_not_exist_for_a_clerk", func(t *testing.T) {
		made := h.importSample(t)
		if _, err := h.plans.Get(h.clerk("D04"), made.Plan.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	})
}
