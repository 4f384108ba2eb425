package instructions_test

import (
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/testkit/stage"
	"github.com/duban-gov/duban/internal/workday"
)

// give writes an instruction of the leader on a task of the university and the bureau.
func give(s *stage.Stage, with func(*instructions.GiveInstructionInput)) instructions.Instruction {
	s.T.Helper()
	task, _ := s.Task("2017-10-09", s.University, s.Bureau)
	in := instructions.GiveInstructionInput{Subject: supervise.OnTask, SubjectID: task, Text: "请抓紧办理，月底前报我"}
	if with != nil {
		with(&in)
	}
	i, err := s.App.Instructions.Give(s.Acting(s.Leader), in)
	s.Must(err)
	return i
}

func said(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestGive(t *testing.T) {
	s := stage.New(t)
	t.Run("only_a_leader_writes_one", func(t *testing.T) {
		id := s.Duty("2017-10-09", s.University)
		for _, who := range []testkit.Person{s.Office, s.Inspector, s.Head, s.Clerk, s.SystemAdmin, s.Nobody} {
			_, err := s.App.Instructions.Give(s.Acting(who), instructions.GiveInstructionInput{Subject: supervise.OnDuty, SubjectID: id, Text: "速办"})
			if err == nil {
				t.Errorf("%s wrote an instruction", who.Name)
			}
		}
	})
	t.Run("the_units_of_the_object_and_the_office_hear_of_it_once", func(t *testing.T) {
		i := give(s, nil)
		if len(i.Units) != 2 || i.Waiting != 2 || i.Status != supervise.InstructionOpen {
			t.Errorf("got %+v", i)
		}
		for _, who := range []testkit.Person{s.Head, s.Clerk, s.BureauHead, s.Office} {
			said(t, who.Name, s.Told(who, i.ID), "instruction.given")
		}
		for _, who := range []testkit.Person{s.Leader, s.SchoolClerk, s.Inspector} {
			said(t, who.Name, s.Told(who, i.ID))
		}
	})
	t.Run("the_period_goes_by_urgency_unless_a_day_is_named", func(t *testing.T) {
		for _, c := range []struct {
			urgency supervise.Urgency
			named   string
			due     string
			rule    string
		}{
			{supervise.Urgent, "", "2017-03-13", "matters.default@1:instruction.urgent"}, // the 5th day is Saturday 03-11
			{"", "", "2017-03-21", "matters.default@1:instruction.ordinary"},
			{supervise.Hard, "", "2017-04-05", "matters.default@1:instruction.hard"},
			{supervise.Hard, "2017-03-06", "2017-03-06", ""},
		} {
			i := give(s, func(in *instructions.GiveInstructionInput) {
				if in.Urgency = c.urgency; c.named != "" {
					in.DueDate = workday.MustDate(c.named)
				}
			})
			if i.DueDate.String() != c.due || i.DueRule != c.rule {
				t.Errorf("%s %s: due %s by %q, want %s by %q", c.urgency, c.named, i.DueDate, i.DueRule, c.due, c.rule)
			}
		}
	})
	t.Run("for_information_nothing_is_owed", func(t *testing.T) {
		i := give(s, func(in *instructions.GiveInstructionInput) { in.Informs = true })
		if i.Status != supervise.InstructionDone || i.Waiting != 0 || !i.DueDate.IsZero() {
			t.Errorf("got %+v", i)
		}
		said(t, "the clerk", s.Told(s.Clerk, i.ID), "instruction.informed")
		_, err := s.App.Instructions.Reply(s.Acting(s.Clerk), i.ID, i.Version, instructions.ReplyInstructionInput{Text: "知悉"})
		s.Refused(err, "instruction.illegal_transition")
	})
	t.Run("one_that_opens_a_matter_gives_number_and_duties_at_once", func(t *testing.T) {
		i := give(s, func(in *instructions.GiveInstructionInput) {
			in.Matter = &instructions.OpenMatterInput{Title: "排查校园安全隐患", Units: []matters.MatterShare{{UnitID: s.Bureau.ID, Part: duty.Lead}}}
		})
		m, err := s.App.Matters.Get(s.Acting(s.Office), i.MatterID)
		s.Must(err)
		if m.Status != supervise.MatterActive || m.Number == "" || m.DueDate != i.DueDate || m.Source != supervise.FromInstruction || len(m.Units) != 1 || m.Units[0].DutyID.IsZero() {
			t.Errorf("got %+v", m)
		}
		if len(i.Units) != 1 || i.Units[0].UnitID != s.Bureau.ID {
			t.Errorf("it addresses %+v", i.Units)
		}
	})
	t.Run("bad_input_is_named", func(t *testing.T) {
		id := s.Duty("2017-10-09", s.University)
		for code, in := range map[string]instructions.GiveInstructionInput{
			"instruction.subject": {Subject: "urge", SubjectID: id, Text: "速办"},
			"not_found":           {Subject: supervise.OnDuty, SubjectID: s.Store.NewID(), Text: "速办"},
			"due_date.past":       {Subject: supervise.OnDuty, SubjectID: id, Text: "速办", DueDate: workday.MustDate("2017-03-05")},
			"unit.unknown":        {Subject: supervise.OnDuty, SubjectID: id, Text: "速办", UnitIDs: []ident.ID{s.Store.NewID()}},
			"instruction.informs": {Subject: supervise.OnDuty, SubjectID: id, Text: "速办", Informs: true, Matter: &instructions.OpenMatterInput{}},
			"required":            {Subject: supervise.OnDuty, SubjectID: id, Text: "  "},
		} {
			_, err := s.App.Instructions.Give(s.Acting(s.Leader), in)
			s.Refused(err, code)
		}
	})
	t.Run("not_on_a_duty_that_was_withdrawn", func(t *testing.T) {
		id := s.Duty("2017-10-09", s.University)
		_, err := s.App.Duties.Cancel(s.Acting(s.Leader), id, 1, duties.CancelDutyInput{Reason: "任务取消"})
		s.Must(err)
		_, err = s.App.Instructions.Give(s.Acting(s.Leader), instructions.GiveInstructionInput{Subject: supervise.OnDuty, SubjectID: id, Text: "速办"})
		s.Refused(err, "instruction.object_ended")
	})
}

func TestFollow(t *testing.T) {
	s := stage.New(t)
	service := s.App.Instructions
	second := s.Hire("另一位厅领导", post.Leader, s.Department)
	reply := instructions.ReplyInstructionInput{Text: "已排查 1204 所"}
	t.Run("each_addressed_unit_replies_once_and_author_and_office_hear_it", func(t *testing.T) {
		i := give(s, nil)
		i, err := service.Reply(s.Acting(s.Clerk), i.ID, i.Version, reply)
		s.Must(err)
		if i.Waiting != 1 || i.Status != supervise.InstructionOpen {
			t.Errorf("got %+v", i)
		}
		_, err = service.Reply(s.Acting(s.Head), i.ID, i.Version, reply)
		s.Refused(err, "instruction.replied")
		said(t, "the author", s.Told(s.Leader, i.ID), "instruction.replied")
		said(t, "the office", s.Told(s.Office, i.ID), "instruction.given", "instruction.replied")
		i, err = service.Reply(s.Acting(s.BureauHead), i.ID, i.Version, reply)
		s.Must(err)
		if i.Waiting != 0 {
			t.Errorf("waits for %d", i.Waiting)
		}
	})
	t.Run("who_is_not_addressed_does_not_see_it", func(t *testing.T) {
		i := give(s, func(in *instructions.GiveInstructionInput) { in.UnitIDs = []ident.ID{s.Bureau.ID} })
		_, err := service.Get(s.Acting(s.Clerk), i.ID)
		s.Refused(err, "not_found")
		_, err = service.Reply(s.Acting(s.Clerk), i.ID, i.Version, reply)
		s.Refused(err, "not_found")
	})
	t.Run("the_office_finishes_it_and_no_addressed_unit_does", func(t *testing.T) {
		i := give(s, nil)
		_, err := service.Finish(s.Acting(s.Head), i.ID, i.Version, instructions.FinishInstructionInput{})
		s.Refused(err, "forbidden")
		done, err := service.Finish(s.Acting(s.Office), i.ID, i.Version, instructions.FinishInstructionInput{Note: "均已反馈"})
		s.Must(err)
		if done.Status != supervise.InstructionDone || done.FinishedByName != s.Office.Name || done.Note != "均已反馈" {
			t.Errorf("got %+v", done)
		}
		said(t, "the author", s.Told(s.Leader, i.ID), "instruction.finished")
		_, err = service.Reply(s.Acting(s.Clerk), i.ID, done.Version, reply)
		s.Refused(err, "instruction.illegal_transition")
	})
	t.Run("only_its_author_takes_it_back_and_says_why", func(t *testing.T) {
		i := give(s, nil)
		_, err := service.Revoke(s.Acting(second), i.ID, i.Version, instructions.RevokeInstructionInput{Reason: "情况已变化"})
		s.Refused(err, "relation.proposer")
		_, err = service.Revoke(s.Acting(s.Leader), i.ID, i.Version, instructions.RevokeInstructionInput{Reason: " "})
		s.Refused(err, "required")
		i, err = service.Revoke(s.Acting(s.Leader), i.ID, i.Version, instructions.RevokeInstructionInput{Reason: "情况已变化"})
		s.Must(err)
		if i.Status != supervise.InstructionRevoked {
			t.Errorf("got %+v", i)
		}
		said(t, "the clerk", s.Told(s.Clerk, i.ID), "instruction.given", "instruction.revoked")
	})
	t.Run("a_version_is_named_and_fresh", func(t *testing.T) {
		i := give(s, nil)
		_, err := service.Finish(s.Acting(s.Office), i.ID, 0, instructions.FinishInstructionInput{})
		s.Refused(err, "missing_precondition")
		_, err = service.Reply(s.Acting(s.Clerk), i.ID, i.Version, reply)
		s.Must(err)
		_, err = service.Finish(s.Acting(s.Office), i.ID, i.Version, instructions.FinishInstructionInput{})
		s.Refused(err, "stale")
	})
}

func TestList_finds_what_waits_what_is_late_and_what_one_wrote(t *testing.T) {
	s := stage.New(t)
	replied, open := give(s, nil), give(s, nil)
	_, err := s.App.Instructions.Reply(s.Acting(s.Clerk), replied.ID, replied.Version, instructions.ReplyInstructionInput{Text: "已办"})
	s.Must(err)
	list := func(who testkit.Person, q instructions.InstructionQuery) []string {
		t.Helper()
		var ids []string
		for q.Limit = 1; ; {
			page, err := s.App.Instructions.List(s.Acting(who), q)
			s.Must(err)
			for _, i := range page.Items {
				ids = append(ids, i.ID.String())
			}
			if q.After = page.Next; q.After == "" {
				return ids
			}
		}
	}
	said(t, "what waits for the clerk", list(s.Clerk, instructions.InstructionQuery{Waiting: true}), open.ID.String())
	said(t, "what waits for the bureau", list(s.BureauHead, instructions.InstructionQuery{Waiting: true}), open.ID.String(), replied.ID.String())
	said(t, "what the leader wrote", list(s.Leader, instructions.InstructionQuery{Mine: true}), open.ID.String(), replied.ID.String())
	said(t, "what the office wrote", list(s.Office, instructions.InstructionQuery{Mine: true}))
	s.On("2017-03-21")
	said(t, "late on the last day", list(s.Office, instructions.InstructionQuery{Overdue: true}))
	s.On("2017-03-22")
	said(t, "late on the day after", list(s.Office, instructions.InstructionQuery{Overdue: true}), open.ID.String(), replied.ID.String())
}

func TestHandOver(t *testing.T) {
	s := stage.New(t)
	service := s.App.Instructions
	to := func(places ...testkit.Place) instructions.Instruction {
		return give(s, func(in *instructions.GiveInstructionInput) {
			for _, p := range places {
				in.UnitIDs = append(in.UnitIDs, p.ID)
			}
		})
	}
	owed, both, done := to(s.University), to(s.University, s.Bureau), to(s.University)
	done, err := service.Reply(s.Acting(s.Clerk), done.ID, done.Version, instructions.ReplyInstructionInput{Text: "已办"})
	s.Must(err)
	s.Merge(s.University, s.Bureau)
	for _, c := range []struct {
		name string
		id   ident.ID
		want []string
		wait int
	}{
		{"what it owed is its successor's", owed.ID, []string{s.Bureau.Name}, 1},
		{"one feedback answers for both", both.ID, []string{s.Bureau.Name}, 1},
		{"what it answered stays its own", done.ID, []string{s.University.Name}, 0},
	} {
		i, err := service.Get(s.Acting(s.Office), c.id)
		s.Must(err)
		var names []string
		for _, u := range i.Units {
			names = append(names, u.UnitName)
		}
		if said(t, c.name, names, c.want...); i.Waiting != c.wait {
			t.Errorf("%s: waits for %d", c.name, i.Waiting)
		}
	}
	said(t, "the successor's head on what is new to it", s.Told(s.BureauHead, owed.ID), "instruction.inherited")
	said(t, "and on what it had already", s.Told(s.BureauHead, both.ID), "instruction.given")
	i, err := service.Get(s.Acting(s.BureauHead), owed.ID)
	s.Must(err)
	if _, err := service.Reply(s.Acting(s.BureauHead), owed.ID, i.Version, instructions.ReplyInstructionInput{Text: "由我局办理"}); err != nil {
		t.Errorf("the successor cannot reply: %v", err)
	}
}
