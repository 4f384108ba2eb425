package plans_test

import (
	"testing"

	"github.com/duban-gov/duban/ent/duechange"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/workday"
)

func TestAmend(t *testing.T) {
	h := newHouse(t)
	p := h.issued(t)
	moved, gone := h.task(t, p.ID, "编制主动公开目录"), h.task(t, p.ID, "公开民办学校年检结果")
	parent := h.task(t, p.ID, "加强解读回应")
	duties := h.Store.Read().Duty
	t.Run("without_reason_is_refused", func(t *testing.T) {
		_, err := h.plans.Amend(h.office(), p.ID, p.Version, plans.AmendPlanInput{Changes: []plans.AmendChange{{Act: "cancel", TaskID: gone.ID}}})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("got %v", err)
		}
	})
	t.Run("one_bad_change_changes_nothing", func(t *testing.T) {
		_, err := h.plans.Amend(h.office(), p.ID, p.Version, plans.AmendPlanInput{Reason: "调整", Changes: []plans.AmendChange{
			{Act: "cancel", TaskID: gone.ID}, {Act: "redate", TaskID: moved.ID}}})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("got %v", err)
		}
		if duties.Query().Where(entduty.TaskID(gone.ID), entduty.Open(true)).CountX(t.Context()) == 0 {
			t.Error("half of the revision was kept")
		}
	})
	due := workday.NewDate(2017, 8, 31)
	after, err := h.plans.Amend(h.office(), p.ID, p.Version, plans.AmendPlanInput{Reason: "省政府新要求", Document: "岚教函〔2017〕31号", Changes: []plans.AmendChange{
		{Act: "redate", TaskID: moved.ID, DueDate: due},
		{Act: "cancel", TaskID: gone.ID},
		{Act: "add", Task: &plans.AddTaskInput{ParentID: parent.ID, Kind: plan.Task, Title: "新增：政务舆情培训", DueDate: workday.NewDate(2017, 9, 29),
			Assignments: []plans.AssignInput{{Part: plan.Lead, UnitID: h.unit["D06"].ID}, {Part: plan.Collective, RosterID: h.roster["R05"]}}}},
	}})
	must(t, err)
	t.Run("dates_move_with_a_line_in_the_ledger", func(t *testing.T) {
		for _, d := range duties.Query().Where(entduty.TaskID(moved.ID)).AllX(t.Context()) {
			lines := h.Store.Read().DueChange.Query().Where(duechange.SubjectID(d.ID)).AllX(t.Context())
			if d.DueDate != due || d.OriginalDueDate != moved.Deadline.Due || d.DueRevision != 2 || len(lines) != 1 || lines[0].OldDate != moved.Deadline.Due {
				t.Errorf("duty: %+v, ledger %+v", d, lines)
			}
		}
	})
	t.Run("cancelled_duties_are_withdrawn", func(t *testing.T) {
		if n := duties.Query().Where(entduty.TaskID(gone.ID), entduty.Open(true)).CountX(t.Context()); n != 0 {
			t.Errorf("%d are open", n)
		}
	})
	t.Run("an_added_task_is_handed_out", func(t *testing.T) {
		added := h.task(t, p.ID, "新增：政务舆情培训")
		if n := duties.Query().Where(entduty.TaskID(added.ID)).CountX(t.Context()); n != 15 || after.Duties != p.Duties+15-1 {
			t.Errorf("%d duties, the plan has %d after %d", n, after.Duties, p.Duties)
		}
	})
	t.Run("the_revision_is_on_record_and_told_once", func(t *testing.T) {
		list, err := h.plans.Revisions(h.office(), p.ID)
		must(t, err)
		if len(list.Items) != 1 || list.Items[0].Number != 1 || len(list.Items[0].Changes) != 3 || list.Items[0].Changes[0].Old != moved.Deadline.Due {
			t.Errorf("revisions: %+v", list)
		}
		seen := map[string]bool{}
		for _, m := range h.Store.Read().Message.Query().Where(message.Template("plan.amended")).AllX(t.Context()) {
			if seen[m.RecipientID.String()] {
				t.Errorf("%s was told twice", m.RecipientID)
			}
			seen[m.RecipientID.String()] = true
		}
		if len(seen) == 0 {
			t.Error("nobody was told")
		}
	})
}

func TestYear_ends_with_a_carry_over(t *testing.T) {
	h := newHouse(t)
	p := h.issued(t)
	if _, err := h.plans.Close(h.office(), p.ID, p.Version); fault.CodeOf(err) != "plan.open_duties" {
		t.Fatalf("closed with open duties: %v", err)
	}
	next, err := h.plans.Copy(h.office(), p.ID, plans.CopyPlanInput{Year: 2018, OpenOnly: true, Withdraw: true})
	must(t, err)
	old := h.plan(t, p.ID)
	if old.Duties != 0 {
		t.Errorf("%d duties of the old plan count still", old.Duties)
	}
	old, err = h.plans.Close(h.office(), p.ID, old.Version)
	must(t, err)
	if old.Status != plan.Closed || next.Status != plan.Draft || next.Year != 2018 {
		t.Errorf("old %s, next %s %d", old.Status, next.Status, next.Year)
	}
	was, is := h.task(t, p.ID, "推进财务预决算公开"), h.task(t, next.ID, "推进财务预决算公开")
	if is.Deadline.Due != workday.NewDate(2018, 9, 20) || len(is.Assignments) != len(was.Assignments) {
		t.Errorf("carried over: %+v", is)
	}
	if end := h.task(t, next.ID, "编制主动公开目录"); end.Deadline.Due != workday.NewDate(2018, 6, 30) {
		t.Errorf("the end of June moved to %s", end.Deadline.Due)
	}
	t.Run("reopening_needs_a_reason", func(t *testing.T) {
		if _, err := h.plans.Reopen(h.office(), p.ID, old.Version, plans.ReopenPlanInput{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("got %v", err)
		}
		_, err := h.plans.Reopen(h.office(), p.ID, old.Version, plans.ReopenPlanInput{Reason: "审计"})
		must(t, err)
	})
}
