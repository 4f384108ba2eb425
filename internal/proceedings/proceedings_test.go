package proceedings_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/testkit/stage"
	"github.com/duban-gov/duban/internal/workday"
)

// suggested is a proposal of the office about the university.
func suggested(s *stage.Stage, kind supervise.ProceedingKind, audience supervise.Audience) proceedings.Proceeding {
	s.T.Helper()
	p, err := s.App.Proceedings.Suggest(s.Acting(s.Office), proceedings.ProposeProceedingInput{Kind: kind, UnitID: s.University.ID, Title: "关于信息公开任务逾期的通报",
		Reason: "两次催办未回复", Audience: audience, Basis: []proceedings.ProceedingBasis{{Subject: "duty", SubjectID: s.Duty("2017-10-09", s.University)}}})
	s.Must(err)
	return p
}

func approved(s *stage.Stage, kind supervise.ProceedingKind, audience supervise.Audience) proceedings.Proceeding {
	s.T.Helper()
	p := suggested(s, kind, audience)
	p, err := s.App.Proceedings.Approve(s.Acting(s.Leader), p.ID, p.Version, proceedings.ApproveProceedingInput{Note: "同意"})
	s.Must(err)
	return p
}

func published(s *stage.Stage, kind supervise.ProceedingKind, audience supervise.Audience) proceedings.Proceeding {
	s.T.Helper()
	p := approved(s, kind, audience)
	p, err := s.App.Proceedings.Publish(s.Acting(s.Office), p.ID, p.Version)
	s.Must(err)
	return p
}

func said(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestPropose(t *testing.T) {
	s := stage.New(t)
	service := s.App.Proceedings
	duty, theirs := s.Duty("2017-10-09", s.University), s.Duty("2017-10-09", s.Bureau)
	in := proceedings.ProposeProceedingInput{Kind: supervise.Criticism, UnitID: s.University.ID, Title: "逾期", Reason: "逾期未报",
		Basis: []proceedings.ProceedingBasis{{Subject: "duty", SubjectID: duty}}}
	t.Run("leader_office_and_inspector_propose_and_no_unit_does", func(t *testing.T) {
		for _, who := range []testkit.Person{s.Leader, s.Office, s.Inspector} {
			_, err := service.Suggest(s.Acting(who), in)
			s.Must(err)
		}
		for _, who := range []testkit.Person{s.Head, s.Clerk, s.SystemAdmin} {
			_, err := service.Suggest(s.Acting(who), in)
			s.Refused(err, "forbidden")
		}
	})
	t.Run("bad_input_is_named", func(t *testing.T) {
		for code, spoil := range map[string]func(*proceedings.ProposeProceedingInput){
			"required": func(in *proceedings.ProposeProceedingInput) { in.Reason = " " },
			"proceeding.basis_unknown": func(in *proceedings.ProposeProceedingInput) {
				in.Basis = []proceedings.ProceedingBasis{{Subject: "duty", SubjectID: theirs}}
			},
			"unit.unknown": func(in *proceedings.ProposeProceedingInput) { in.UnitID = s.Store.NewID() },
		} {
			bad := in
			spoil(&bad)
			_, err := service.Suggest(s.Acting(s.Office), bad)
			s.Refused(err, code)
		}
	})
	t.Run("who_proposed_does_not_decide_and_takes_it_back_alone", func(t *testing.T) {
		p, err := service.Suggest(s.Acting(s.Leader), in)
		s.Must(err)
		_, err = service.Approve(s.Acting(s.Leader), p.ID, p.Version, proceedings.ApproveProceedingInput{})
		s.Refused(err, "separation.proposer")
		_, err = service.Refuse(s.Acting(s.Leader), p.ID, p.Version, proceedings.RefuseProceedingInput{Reason: "先行催办"})
		s.Refused(err, "separation.proposer")
		_, err = service.Withdraw(s.Acting(s.Office), p.ID, p.Version)
		s.Refused(err, "relation.proposer")
		p, err = service.Withdraw(s.Acting(s.Leader), p.ID, p.Version)
		s.Must(err)
		if p.Status != supervise.ProceedingWithdrawn {
			t.Errorf("got %s", p.Status)
		}
	})
	t.Run("only_a_leader_decides_and_a_refusal_has_a_reason", func(t *testing.T) {
		p := suggested(s, supervise.Criticism, "")
		for _, who := range []testkit.Person{s.Office, s.Inspector} {
			_, err := service.Approve(s.Acting(who), p.ID, p.Version, proceedings.ApproveProceedingInput{})
			s.Refused(err, "forbidden")
		}
		_, err := service.Refuse(s.Acting(s.Leader), p.ID, p.Version, proceedings.RefuseProceedingInput{})
		s.Refused(err, "required")
		p, err = service.Refuse(s.Acting(s.Leader), p.ID, p.Version, proceedings.RefuseProceedingInput{Reason: "先行催办"})
		s.Must(err)
		if p.Status != supervise.ProceedingRefused || p.Reason != "先行催办" || p.DecidedByName != s.Leader.Name {
			t.Errorf("got %+v", p)
		}
		said(t, "the proposer", s.Told(s.Office, p.ID), "criticism.refused")
	})
}

func TestCircular(t *testing.T) {
	s := stage.New(t)
	service := s.App.Proceedings
	t.Run("the_unit_sees_it_once_it_is_published_and_its_head_signs", func(t *testing.T) {
		p := approved(s, supervise.Criticism, supervise.ToUnit)
		said(t, "the leader", s.Told(s.Leader, p.ID), "criticism.proposed")
		said(t, "the office", s.Told(s.Office, p.ID), "criticism.approved")
		_, err := service.Get(s.Acting(s.Head), p.ID)
		s.Refused(err, "not_found")
		p, err = service.Publish(s.Acting(s.Office), p.ID, p.Version)
		s.Must(err)
		if p.Number != "岚教督批〔2017〕1号" || p.Status != supervise.ProceedingIssued {
			t.Errorf("got %+v", p)
		}
		said(t, "the clerk", s.Told(s.Clerk, p.ID), "criticism.published")
		_, err = service.Get(s.Acting(s.BureauHead), p.ID)
		s.Refused(err, "not_found")
		_, err = service.Sign(s.Acting(s.Clerk), p.ID, p.Version)
		s.Refused(err, "forbidden")
		p, err = service.Sign(s.Acting(s.Head), p.ID, p.Version)
		s.Must(err)
		if p.Status != supervise.ProceedingSigned || p.SignedByName != s.Head.Name {
			t.Errorf("got %+v", p)
		}
		said(t, "the office", s.Told(s.Office, p.ID), "criticism.approved", "criticism.signed")
	})
	t.Run("one_for_the_authority_is_told_to_every_head", func(t *testing.T) {
		p := published(s, supervise.Commendation, supervise.ToAuthority)
		if p.Number != "岚教督表〔2017〕1号" {
			t.Errorf("number %s", p.Number)
		}
		said(t, "another unit's head", s.Told(s.BureauHead, p.ID), "commendation.published")
		if _, err := service.Get(s.Acting(s.BureauHead), p.ID); err != nil {
			t.Errorf("another unit does not see it: %v", err)
		}
		_, err := service.Sign(s.Acting(s.BureauHead), p.ID, p.Version)
		s.Refused(err, "forbidden")
	})
	t.Run("nothing_is_published_before_its_approval", func(t *testing.T) {
		p := suggested(s, supervise.Criticism, "")
		_, err := service.Publish(s.Acting(s.Office), p.ID, p.Version)
		s.Refused(err, "circular.illegal_transition")
	})
}

func TestInterview_is_arranged_then_held_then_signed(t *testing.T) {
	s := stage.New(t)
	service, office := s.App.Proceedings, s.Acting(s.Office)
	p := approved(s, supervise.Interview, "")
	record := proceedings.HoldInterviewInput{Text: "单位承诺月底前完成"}
	_, err := service.Hold(office, p.ID, p.Version, record)
	s.Refused(err, "interview.not_arranged")
	arrange := proceedings.ArrangeInterviewInput{DueDate: workday.MustDate("2017-03-05"), Place: "305会议室", Participants: "分管校领导"}
	_, err = service.Arrange(office, p.ID, p.Version, arrange)
	s.Refused(err, "due_date.past")
	arrange.DueDate = workday.MustDate("2017-03-10")
	p, err = service.Arrange(office, p.ID, p.Version, arrange)
	s.Must(err)
	said(t, "the head", s.Told(s.Head, p.ID), "interview.arranged")
	if _, err := service.Get(s.Acting(s.Head), p.ID); err != nil {
		t.Errorf("who is called does not see it: %v", err)
	}
	_, err = service.Hold(office, p.ID, p.Version, record)
	s.Refused(err, "interview.too_early")
	s.On("2017-03-10")
	_, err = service.Hold(office, p.ID, p.Version, proceedings.HoldInterviewInput{Text: " "})
	s.Refused(err, "required")
	p, err = service.Hold(office, p.ID, p.Version, record)
	s.Must(err)
	if p.Number != "岚教督谈〔2017〕1号" || p.Record != record.Text {
		t.Errorf("got %+v", p)
	}
	p, err = service.Sign(s.Acting(s.Head), p.ID, p.Version)
	s.Must(err)
	said(t, "the head", s.Told(s.Head, p.ID), "interview.arranged", "interview.held")
	if p.Status != supervise.ProceedingSigned {
		t.Errorf("got %s", p.Status)
	}
}

func TestNumbers_have_no_gap_side_by_side_and_a_revoked_one_says_why(t *testing.T) {
	s := stage.New(t)
	const n = 6
	ready := make([]proceedings.Proceeding, n)
	for i := range ready {
		ready[i] = approved(s, supervise.Criticism, "")
	}
	servers := []*proceedings.Service{s.App.Proceedings, s.Open().Proceedings}
	got, errs := make([]proceedings.Proceeding, n), make([]error, n)
	var group sync.WaitGroup
	for i, p := range ready {
		group.Go(func() { got[i], errs[i] = servers[i%2].Publish(s.Acting(s.Office), p.ID, p.Version) })
	}
	group.Wait()
	seen := map[string]bool{}
	for i := range got {
		s.Must(errs[i])
		seen[got[i].Number] = true
	}
	for i := range n {
		if number := fmt.Sprintf("岚教督批〔2017〕%d号", i+1); !seen[number] {
			t.Errorf("%s was not given: %v", number, seen)
		}
	}
	revoke := proceedings.RevokeProceedingInput{Reason: "经复核，事实有误"}
	_, err := s.App.Proceedings.Revoke(s.Acting(s.Office), got[0].ID, got[0].Version, revoke)
	s.Refused(err, "forbidden")
	p, err := s.App.Proceedings.Revoke(s.Acting(s.Leader), got[0].ID, got[0].Version, revoke)
	s.Must(err)
	if p.Status != supervise.ProceedingWithdrawn || p.Number != got[0].Number {
		t.Errorf("got %+v", p)
	}
	last, voided, err := numbers.New(s.Store).Series(t.Context(), s.Authority, numbers.Criticism, 2017)
	s.Must(err)
	if last != n || len(voided) != 1 || voided[0].Reason != revoke.Reason {
		t.Errorf("last %d, voided %+v", last, voided)
	}
	if next := published(s, supervise.Criticism, ""); next.Number != fmt.Sprintf("岚教督批〔2017〕%d号", n+1) {
		t.Errorf("the next number is %s", next.Number)
	}
	said(t, "the head on the revoked one", s.Told(s.Head, p.ID), "criticism.published", "criticism.revoked")
}

func TestHandOver(t *testing.T) {
	s := stage.New(t)
	service := s.App.Proceedings
	proposed, issued, signed := suggested(s, supervise.Criticism, ""), published(s, supervise.Criticism, ""), published(s, supervise.Criticism, "")
	signed, err := service.Sign(s.Acting(s.Head), signed.ID, signed.Version)
	s.Must(err)
	s.Merge(s.University, s.Bureau)
	for _, c := range []struct {
		name string
		id   ident.ID
		want testkit.Place
		told []string
	}{
		{"a proposal is about the successor, which hears nothing of it", proposed.ID, s.Bureau, []string{}},
		{"what is not signed for is the successor's", issued.ID, s.Bureau, []string{"proceeding.inherited"}},
		{"what was signed for stays", signed.ID, s.University, []string{}},
	} {
		p, err := service.Get(s.Acting(s.Office), c.id)
		s.Must(err)
		if said(t, c.name, s.Told(s.BureauHead, c.id), c.told...); p.UnitID != c.want.ID {
			t.Errorf("%s: it is about %s", c.name, p.UnitName)
		}
	}
	p, err := service.Get(s.Acting(s.BureauHead), issued.ID)
	s.Must(err)
	if _, err := service.Sign(s.Acting(s.BureauHead), p.ID, p.Version); err != nil {
		t.Errorf("the successor cannot sign: %v", err)
	}
	p, err = service.Get(s.Acting(s.Leader), proposed.ID)
	s.Must(err)
	if _, err := service.Approve(s.Acting(s.Leader), p.ID, p.Version, proceedings.ApproveProceedingInput{}); err != nil {
		t.Errorf("the proposal cannot be approved: %v", err)
	}
}

func TestApprove_is_refused_to_a_leader_who_also_holds_the_unit(t *testing.T) {
	s := stage.New(t)
	p := suggested(s, supervise.Criticism, "")
	both := s.Hire("兼任校领导", post.Leader, s.Department)
	clerk := both.Post
	clerk.ID, clerk.Role, clerk.UnitID, clerk.UnitPath = s.Store.NewID(), post.UnitHead, s.University.ID, s.University.Path
	ctx := s.As(s.Authority, both.ID, both.Name, both.Post, clerk)
	_, err := s.App.Proceedings.Approve(ctx, p.ID, p.Version, proceedings.ApproveProceedingInput{})
	s.Refused(err, "separation.holder")
}
