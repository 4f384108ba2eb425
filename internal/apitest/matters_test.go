package apitest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/supervise"
)

func TestMatters(t *testing.T) {
	w := newWorld(t)
	s, office, leader := w.app.Matters, w.as("office.home"), w.as("leader.home")
	t.Run("approval_gives_number_due_date_by_rule_task_and_duties", func(t *testing.T) {
		in := w.matterInput()
		in.Units = append(in.Units, matters.MatterShare{UnitID: w.home.Bureau.ID, Part: duty.Support})
		m, err := s.Register(office, in)
		w.must(err)
		if m.Number != "" || !m.TaskID.IsZero() || m.Status != supervise.MatterDraft {
			t.Fatalf("a draft is active: %+v", m)
		}
		m, err = s.Propose(office, m.ID, m.Version)
		w.must(err)
		m, err = s.Approve(leader, m.ID, m.Version, matters.ApproveMatterInput{})
		w.must(err)
		if m.DueDate.String() != "2017-03-27" || m.DueRule != "matters.default@1:minutes" || m.OpenDuties != 2 || m.LeaderID != w.actor("leader.home").id {
			t.Errorf("got %+v", m)
		}
		d, err := w.app.Duties.Get(w.as("unit_clerk.own"), m.Units[0].DutyID)
		w.must(err)
		if d.DueDate != m.DueDate || d.TaskNumber != m.Number || d.PlanID != m.PlanID || d.Part != duty.Lead || d.SignBy.IsZero() {
			t.Errorf("duty %+v", d)
		}
		tasks, err := w.app.Plans.Tasks(office, m.PlanID, plans.TaskQuery{Limit: 200})
		w.must(err)
		if last := tasks.Items[len(tasks.Items)-1]; last.ID != m.TaskID || len(last.Assignments) != 2 {
			t.Errorf("task %+v", last)
		}
		if _, err = w.app.Duties.Accept(w.as("unit_clerk.own"), d.ID, d.Version); err != nil {
			t.Errorf("its unit cannot sign for it: %v", err)
		}
		_, err = s.Close(office, m.ID, m.Version, matters.CloseMatterInput{Text: "完成"})
		if fault.CodeOf(err) != "matter.open_duties" {
			t.Errorf("closed with open duties: %v", err)
		}
	})
	t.Run("who_proposed_does_not_approve", func(t *testing.T) {
		both := w.actor("leader.both")
		w.grant(both, "office", w.home.OfficeUnit)
		m, err := s.Register(w.as("leader.both"), w.matterInput())
		w.must(err)
		m, err = s.Propose(w.as("leader.both"), m.ID, m.Version)
		w.must(err)
		_, err = s.Approve(w.as("leader.both"), m.ID, m.Version, matters.ApproveMatterInput{})
		if fault.CodeOf(err) != "separation.proposer" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a_voided_number_stays_used_and_says_why", func(t *testing.T) {
		before, err := s.Numbers(office, 2017)
		w.must(err)
		m := w.matter("done.active")
		_, err = s.Void(office, m.ID, m.Version, matters.VoidMatterInput{Reason: "与在办事项重复"})
		w.must(err)
		next := w.matter("active")
		after, err := s.Numbers(office, 2017)
		w.must(err)
		if after.Last != before.Last+2 || next.Number != fmt.Sprintf("岚教督办〔2017〕%d号", after.Last) || len(after.Voided) != len(before.Voided)+1 ||
			after.Voided[len(after.Voided)-1].Reason != "与在办事项重复" {
			t.Errorf("%+v, then %+v, %s", before, after, next.Number)
		}
	})
	t.Run("approvals_side_by_side_take_each_number_once_in_one_plan", func(t *testing.T) {
		before, err := s.Numbers(office, 2017)
		w.must(err)
		const n = 6
		var proposed []matters.Matter
		for range n {
			proposed = append(proposed, w.matter("proposed"))
		}
		approved := make([]matters.Matter, n)
		var group sync.WaitGroup
		for i, m := range proposed {
			group.Go(func() { approved[i], _ = s.Approve(leader, m.ID, m.Version, matters.ApproveMatterInput{}) })
		}
		group.Wait()
		seen := map[string]bool{}
		for _, m := range approved {
			seen[m.Number] = true
			if m.PlanID != approved[0].PlanID {
				t.Errorf("two plans: %s and %s", m.PlanID, approved[0].PlanID)
			}
		}
		after, err := s.Numbers(office, 2017)
		w.must(err)
		if len(seen) != n || seen[""] || after.Last != before.Last+n {
			t.Errorf("numbers %v, last %d then %d", seen, before.Last, after.Last)
		}
	})
	t.Run("bad_input_is_named", func(t *testing.T) {
		designations, err := s.Designations(office, "", 1)
		w.must(err)
		for code, spoil := range map[string]func(*matters.RegisterMatterInput){
			"matter.basis_needed":         func(in *matters.RegisterMatterInput) { in.Basis = " " },
			"matter.no_lead":              func(in *matters.RegisterMatterInput) { in.Units[0].Part = duty.Support },
			"matter.unit_twice":           func(in *matters.RegisterMatterInput) { in.Units = append(in.Units, in.Units[0]) },
			"unit.unknown":                func(in *matters.RegisterMatterInput) { in.Units[0].UnitID = w.away.University.ID },
			"due_date.past":               func(in *matters.RegisterMatterInput) { in.DueDate = w.app.Watches.Today().AddDays(-1) },
			"matter.designation_needed":   func(in *matters.RegisterMatterInput) { in.Supervision = supervise.Government },
			"matter.designation_unwanted": func(in *matters.RegisterMatterInput) { in.DesignationID = designations.Items[0].ID },
			"matter.unknown_leader":       func(in *matters.RegisterMatterInput) { in.LeaderID = w.actor("leader.away").id },
		} {
			in := w.matterInput()
			in.Units = []matters.MatterShare{in.Units[0]}
			spoil(&in)
			_, err := s.Register(office, in)
			if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != code {
				t.Errorf("%s: got %v", code, err)
			}
		}
		in := w.matterInput()
		in.Supervision, in.DesignationID = supervise.Government, designations.Items[0].ID
		if _, err := s.Register(office, in); err != nil {
			t.Errorf("with a designation in force: %v", err)
		}
	})
	t.Run("a_closed_plan_of_matters_takes_no_more", func(t *testing.T) {
		m := w.matter("proposed")
		active := w.object("matter", "active")
		found, err := s.Get(office, active.id)
		w.must(err)
		w.run(w.saved, "UPDATE plans SET status = 'closed' WHERE id = "+fmt.Sprint(found.PlanID.Int()))
		_, err = s.Approve(leader, m.ID, m.Version, matters.ApproveMatterInput{})
		if fault.CodeOf(err) != "matter.plan_closed" {
			t.Errorf("got %v", err)
		}
		w.run(w.saved, "UPDATE plans SET status = 'issued' WHERE id = "+fmt.Sprint(found.PlanID.Int()))
	})
	t.Run("its_duties_are_found_like_any_others", func(t *testing.T) {
		m := w.matter("active")
		page, err := w.app.Duties.List(w.as("unit_head.own"), duties.DutyQuery{TaskID: m.TaskID})
		if err != nil || len(page.Items) != 1 || page.Items[0].ID == (ident.ID{}) {
			t.Errorf("got %+v, %v", page, err)
		}
	})
}
