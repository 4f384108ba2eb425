package plans_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// ignoreVersions compares nodes by what they say: versions go up with every change, also with an undo.
var ignoreVersions = cmp.Options{cmpopts.IgnoreFields(plans.Task{}, "Version"), cmpopts.EquateComparable(ident.ID{}, workday.Date{})}

func ptr[T any](v T) *T { return &v }

func TestEdit_each_kind_is_undone_exactly(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	id := made.Plan.ID
	first, second := h.task(t, id, "编制主动公开目录"), h.task(t, id, "严格公文公开属性认定")
	parent := h.task(t, id, "加强解读回应")
	edits := []struct {
		name string
		do   func() error
	}{
		{"update", func() error {
			now := h.task(t, id, first.Title)
			_, err := h.plans.EditTask(h.office(), now.ID, now.Version, plans.EditTaskInput{DueDate: ptr(workday.NewDate(2017, 7, 31)), LeaderID: ptr(h.user["yujingan"]),
				Assignments: &[]plans.AssignInput{{Part: plan.Lead, UnitID: h.unit["D04"].ID}, {Part: plan.Support, Name: "没有这个单位"}}})
			return err
		}},
		{"add", func() error {
			_, err := h.plans.AddTask(h.office(), id, plans.AddTaskInput{ParentID: parent.ID, Kind: plan.Task, Title: "新增事项", DueDate: workday.NewDate(2017, 5, 2),
				Assignments: []plans.AssignInput{{Part: plan.Collective, RosterID: h.roster["R03"]}}})
			return err
		}},
		{"move", func() error {
			now := h.task(t, id, parent.Title)
			_, err := h.plans.MoveTask(h.office(), now.ID, now.Version, plans.MoveTaskInput{})
			return err
		}},
		{"merge", func() error {
			now := h.task(t, id, first.Title)
			_, err := h.plans.MergeTasks(h.office(), now.ID, now.Version, plans.MergeTasksInput{TaskIDs: []ident.ID{second.ID}})
			return err
		}},
		{"split", func() error {
			now := h.task(t, id, first.Title)
			_, err := h.plans.SplitTask(h.office(), now.ID, now.Version, plans.SplitTaskInput{At: now.Span.Start + 20, Title: "后半"})
			return err
		}},
		{"delete", func() error {
			now := h.task(t, id, parent.Title)
			return h.plans.DeleteTask(h.office(), now.ID, now.Version)
		}},
	}
	for _, e := range edits {
		t.Run(e.name, func(t *testing.T) {
			before := h.tasks(t, id)
			must(t, e.do())
			if cmp.Equal(before, h.tasks(t, id), ignoreVersions) {
				t.Fatal("the edit changed nothing")
			}
			now, err := h.plans.Get(h.office(), id)
			must(t, err)
			_, err = h.plans.Undo(h.office(), id, now.Version)
			must(t, err)
			if diff := cmp.Diff(before, h.tasks(t, id), ignoreVersions); diff != "" {
				t.Errorf("undo left a difference:\n%s", diff)
			}
		})
	}
	t.Run("nothing_left_conflicts", func(t *testing.T) {
		now, err := h.plans.Get(h.office(), id)
		must(t, err)
		if _, err := h.plans.Undo(h.office(), id, now.Version); fault.CodeOf(err) != "plan.nothing_to_undo" {
			t.Errorf("got %v", err)
		}
	})
}

func TestUndo_of_an_answer_forgets_the_alias(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	list, err := h.plans.Questions(h.office(), made.Plan.ID, true)
	must(t, err)
	for _, q := range list.Items {
		_, err := h.plans.Answer(h.office(), q.ID, plans.AnswerQuestionInput{UnitID: h.unit["D04"].ID})
		must(t, err)
		now, err := h.plans.Get(h.office(), made.Plan.ID)
		must(t, err)
		_, err = h.plans.Undo(h.office(), made.Plan.ID, now.Version)
		must(t, err)
	}
	open, err := h.plans.Questions(h.office(), made.Plan.ID, true)
	must(t, err)
	if len(open.Items) != len(list.Items) {
		t.Errorf("%d of %d questions are open again", len(open.Items), len(list.Items))
	}
	if again := h.importSample(t); again.Questions != made.Questions {
		t.Errorf("the alias outlived its undoing: %d questions", again.Questions)
	}
}

func TestEdit_is_refused(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	task := h.task(t, made.Plan.ID, "编制主动公开目录")
	parent := h.task(t, made.Plan.ID, "健全公开制度")
	cases := []struct {
		name string
		do   func() error
		code string
	}{
		{"without_version", func() error {
			_, err := h.plans.EditTask(h.office(), task.ID, 0, plans.EditTaskInput{})
			return err
		}, "missing_precondition"},
		{"on_a_stale_version", func() error {
			_, err := h.plans.EditTask(h.office(), task.ID, 9, plans.EditTaskInput{Title: ptr("x")})
			return err
		}, "stale"},
		{"into_itself", func() error {
			_, err := h.plans.MoveTask(h.office(), parent.ID, parent.Version, plans.MoveTaskInput{ParentID: task.ID})
			return err
		}, "plan.move_into_itself"},
		{"by_a_clerk", func() error {
			_, err := h.plans.EditTask(h.clerk("D04"), task.ID, task.Version, plans.EditTaskInput{Title: ptr("x")})
			return err
		}, "not_found"},
		{"with_a_due_date_before_its_start", func() error {
			_, err := h.plans.EditTask(h.office(), task.ID, task.Version, plans.EditTaskInput{StartDate: ptr(workday.NewDate(2017, 8, 1)), DueDate: ptr(workday.NewDate(2017, 7, 1))})
			return err
		}, "input.invalid"},
		{"with_a_contract_that_asks_for_targets_where_there_are_none", func() error {
			_, err := h.plans.EditTask(h.office(), parent.ID, parent.Version, plans.EditTaskInput{Contract: &contract.CompletionContract{Figures: true}})
			return err
		}, "input.invalid"},
		{"with_a_contract_that_names_an_unknown_course", func() error {
			_, err := h.plans.EditTask(h.office(), task.ID, task.Version, plans.EditTaskInput{Contract: &contract.CompletionContract{CloseOut: "unknown"}})
			return err
		}, "input.invalid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := c.do(); fault.CodeOf(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestEditTask_sets_the_completion_contract(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	task := h.task(t, made.Plan.ID, "编制主动公开目录")
	want := contract.CompletionContract{Evidence: 2, EvidenceKinds: []string{" 公开目录 "}, Verifier: post.Inspector, CloseOut: "leader"}
	got, err := h.plans.EditTask(h.office(), task.ID, task.Version, plans.EditTaskInput{Contract: &want})
	must(t, err)
	if c := got.Contract; c == nil || c.Evidence != 2 || c.EvidenceKinds[0] != "公开目录" || c.Verifier != post.Inspector || c.CloseOut != "leader" {
		t.Errorf("kept as %+v", got.Contract)
	}
}

func TestMerge_keeps_words_bodies_and_span_of_both(t *testing.T) {
	h := newHouse(t)
	made := h.importSample(t)
	a, b := h.task(t, made.Plan.ID, "编制主动公开目录"), h.task(t, made.Plan.ID, "严格公文公开属性认定")
	got, err := h.plans.MergeTasks(h.office(), a.ID, a.Version, plans.MergeTasksInput{TaskIDs: []ident.ID{b.ID}})
	must(t, err)
	if got.Span.Start != a.Span.Start || got.Span.End != b.Span.End || !strings.Contains(got.Content, b.Content) || len(got.Assignments) != len(a.Assignments)+len(b.Assignments) {
		t.Errorf("merged: %+v", got)
	}
}
