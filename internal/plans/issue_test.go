package plans_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/workday"
)

// answered imports the sample and answers its question.
func (h *house) answered(t *testing.T) plans.Plan {
	t.Helper()
	made := h.importSample(t)
	list, err := h.plans.Questions(h.office(), made.Plan.ID, true)
	must(t, err)
	for _, q := range list.Items {
		if len(q.Suggestions) == 0 {
			t.Fatalf("nothing is suggested for %s", q.Phrase)
		}
		_, err := h.plans.Answer(h.office(), q.ID, plans.AnswerQuestionInput{UnitID: q.Suggestions[0].UnitID})
		must(t, err)
	}
	return h.plan(t, made.Plan.ID)
}

func (h *house) plan(t *testing.T, id ident.ID) plans.Plan {
	t.Helper()
	p, err := h.plans.Get(h.office(), id)
	must(t, err)
	return p
}

// warnings are the keys of all warnings of a plan; an error of lint ends the test.
func (h *house) warnings(t *testing.T, id ident.ID) []string {
	t.Helper()
	report, err := h.plans.Lint(h.office(), id)
	must(t, err)
	keys := []string{}
	for _, f := range report.Findings {
		if f.Severity == plans.LintError {
			t.Fatalf("lint: %s %s", f.Key, f.Message)
		}
		keys = append(keys, f.Key)
	}
	return keys
}

// issued is the sample plan, issued.
func (h *house) issued(t *testing.T) plans.Plan {
	t.Helper()
	p := h.answered(t)
	p, err := h.plans.Issue(h.office(), p.ID, p.Version, plans.IssuePlanInput{Acknowledge: h.warnings(t, p.ID)})
	must(t, err)
	return p
}

// expected works out from the facts of the plan, by hand and without the parser, which unit gets which part in which key point.
func (h *house) expected(t *testing.T) map[string]map[ident.ID]duty.Part {
	t.Helper()
	data := sample.Authority(sample.Options{})
	code := func(name string) string {
		if name == sample.UnknownName {
			name = "岚江省教育新闻宣传中心"
		}
		for _, u := range data.Units {
			if u.Name == name || slices.Contains(u.Aliases, name) {
				return u.Code
			}
		}
		t.Fatalf("no unit is called %s", name)
		return ""
	}
	members := func(name string) []string {
		for _, r := range data.Rosters {
			if r.Name != name && !slices.Contains(r.Aliases, name) {
				continue
			}
			var codes []string
			for _, u := range data.Units {
				if r.Holds(u) {
					codes = append(codes, u.Code)
				}
			}
			return codes
		}
		t.Fatalf("no roster is called %s", name)
		return nil
	}
	all := map[string]map[ident.ID]duty.Part{}
	for _, f := range sample.PlanFacts() {
		parts := map[ident.ID]duty.Part{}
		for _, name := range f.Collectives {
			for _, c := range members(name) {
				parts[h.unit[c].ID] = duty.Support
				if len(f.Leads) == 0 {
					parts[h.unit[c].ID] = duty.Lead
				}
			}
		}
		for _, name := range f.Supports {
			parts[h.unit[code(name)].ID] = duty.Support
		}
		for _, name := range f.Leads {
			parts[h.unit[code(name)].ID] = duty.Lead
		}
		all[f.Title] = parts
	}
	return all
}

func TestLint_of_the_clean_sample_names_only_days_off(t *testing.T) {
	h := newHouse(t)
	p := h.answered(t)
	for _, key := range h.warnings(t, p.ID) {
		if !strings.HasPrefix(key, "plan.day_off@") {
			t.Errorf("unexpected finding %s", key)
		}
	}
}

func TestIssue_hands_out_what_a_careful_reader_expects(t *testing.T) {
	h := newHouse(t)
	p := h.answered(t)
	preview, err := h.plans.Preview(h.office(), p.ID)
	must(t, err)
	p = h.issued2(t, p)
	want, n := h.expected(t), 0
	for _, task := range h.tasks(t, p.ID) {
		rows, err := h.Store.Read().Duty.Query().Where(entduty.TaskID(task.ID)).All(t.Context())
		must(t, err)
		parts := want[task.Title]
		n += len(parts)
		if len(rows) != len(parts) {
			t.Errorf("%s: %d duties, want %d", task.Title, len(rows), len(parts))
		}
		for _, r := range rows {
			if parts[r.UnitID] != r.Part || r.DueDate != task.Deadline.Due || r.OriginalDueDate != r.DueDate || r.LeaderID != task.LeaderID {
				t.Errorf("%s: unit %s has %s due %s, want %s due %s", task.Title, r.UnitPath, r.Part, r.DueDate, parts[r.UnitID], task.Deadline.Due)
			}
		}
	}
	if p.Status != plan.Issued || p.Duties != n || preview.Duties != n || p.IssuedOn != workday.NewDate(2017, 3, 16) {
		t.Errorf("%s with %d duties on %s, preview %d, want %d", p.Status, p.Duties, p.IssuedOn, preview.Duties, n)
	}
	t.Run("one_message_to_each_person", func(t *testing.T) {
		rows, err := h.Store.Read().Message.Query().Where(message.Template("plan.issued")).All(t.Context())
		must(t, err)
		people := map[ident.ID]bool{}
		for _, r := range rows {
			people[r.RecipientID] = true
		}
		if len(rows) != len(people) || len(rows) != preview.Messages || len(rows) == 0 {
			t.Errorf("%d messages to %d people, preview %d", len(rows), len(people), preview.Messages)
		}
	})
	t.Run("again_conflicts", func(t *testing.T) {
		_, err := h.plans.Issue(h.office(), p.ID, p.Version, plans.IssuePlanInput{})
		if fault.CodeOf(err) != "plan.illegal_transition" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("edits_conflict", func(t *testing.T) {
		task := h.tasks(t, p.ID)[3]
		_, err := h.plans.EditTask(h.office(), task.ID, task.Version, plans.EditTaskInput{Title: ptr("x")})
		if fault.CodeOf(err) != "plan.illegal_transition" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a_later_roster_change_alters_nothing", func(t *testing.T) {
		must(t, h.Store.Write(access.System(t.Context(), "test"), func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.RosterMember.Delete().Exec(ctx)
			return err
		}))
		if got := h.Store.Read().Duty.Query().Where(entduty.PlanID(p.ID)).CountX(t.Context()); got != n {
			t.Errorf("%d duties, want %d", got, n)
		}
	})
}

func (h *house) issued2(t *testing.T, p plans.Plan) plans.Plan {
	t.Helper()
	p, err := h.plans.Issue(h.office(), p.ID, p.Version, plans.IssuePlanInput{Acknowledge: h.warnings(t, p.ID)})
	must(t, err)
	return p
}

func TestIssue_is_refused(t *testing.T) {
	h := newHouse(t)
	t.Run("with_an_open_question", func(t *testing.T) {
		made := h.importSample(t)
		p := h.plan(t, made.Plan.ID)
		_, err := h.plans.Issue(h.office(), p.ID, p.Version, plans.IssuePlanInput{})
		if f := fault.As(err); f == nil || f.Code != "plan.has_errors" || f.Fields[0].Code != "plan.unknown_name" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("with_warnings_not_acknowledged", func(t *testing.T) {
		p := h.answered(t)
		_, err := h.plans.Issue(h.office(), p.ID, p.Version, plans.IssuePlanInput{Acknowledge: h.warnings(t, p.ID)[1:]})
		if f := fault.As(err); f == nil || f.Code != "plan.warnings_open" || len(f.Fields) != 1 {
			t.Errorf("got %v", err)
		}
		if now := h.plan(t, p.ID); now.Issuing || now.Version != p.Version {
			t.Errorf("the refusal left a trace: %+v", now)
		}
	})
}

func TestIssue_goes_on_after_a_crash(t *testing.T) {
	h := newHouse(t)
	p := h.answered(t)
	warnings := h.warnings(t, p.ID)
	ctx, cancel := context.WithCancel(h.office())
	plans.SmallChunks(h.plans)
	die := func(int, int) { cancel() } // the program dies after the first of many transactions
	_, err := h.plans.Issue(ctx, p.ID, p.Version, plans.IssuePlanInput{Acknowledge: warnings, Progress: die})
	if err == nil {
		t.Fatal("the crash did not happen")
	}
	half := h.plan(t, p.ID)
	have := h.Store.Read().Duty.Query().Where(entduty.PlanID(p.ID)).CountX(t.Context())
	if half.Status != plan.Draft || !half.Issuing || have == 0 {
		t.Fatalf("after the crash: %+v, %d duties", half, have)
	}
	task := h.tasks(t, p.ID)[3]
	if _, err := h.plans.EditTask(h.office(), task.ID, task.Version, plans.EditTaskInput{Title: ptr("x")}); fault.CodeOf(err) != "plan.issuing" {
		t.Errorf("edited while being issued: %v", err)
	}
	h.Clock.Advance(48 * 3600e9) // two days later
	done, err := h.plans.Issue(h.office(), p.ID, half.Version, plans.IssuePlanInput{})
	must(t, err)
	n := 0
	for _, parts := range h.expected(t) {
		n += len(parts)
	}
	if got := h.Store.Read().Duty.Query().Where(entduty.PlanID(p.ID)).CountX(t.Context()); got != n || done.Duties != n {
		t.Errorf("%d duties, plan says %d, want %d", got, done.Duties, n)
	}
	if done.IssuedOn != workday.NewDate(2017, 3, 16) {
		t.Errorf("the baseline moved to %s", done.IssuedOn)
	}
}
