package proceedings_test

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/testkit/stage"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// withCriticism gives a server the shipped ladder of coloured letters, which proposes criticism on the 15th working day after the due date:
// on 2017-10-27 where it is 2017-09-30.
func withCriticism(t *testing.T, a *app.App) *app.App {
	t.Helper()
	raw, err := policies.Rules.ReadFile("rules/offer-duty-colours.yaml")
	if err != nil {
		t.Fatal(err)
	}
	set, err := ladder.Parse("offer-duty-colours.yaml", raw)
	if err != nil {
		t.Fatal(err)
	}
	rules := a.Watches.Rules()
	rules.Ladders = maps.Clone(rules.Ladders)
	rules.Ladders[ladder.OnDuty] = set
	a.Watches.UseRules(rules)
	return a
}

// criticisms are the proposals that rest on a duty.
func criticisms(s *stage.Stage, duty ident.ID) []proceedings.Proceeding {
	s.T.Helper()
	page, err := s.App.Proceedings.List(s.Acting(s.Leader), proceedings.ProceedingQuery{Limit: 200})
	s.Must(err)
	var found []proceedings.Proceeding
	for _, p := range page.Items {
		if len(p.Basis) == 1 && p.Basis[0].SubjectID == duty {
			found = append(found, p)
		}
	}
	return found
}

func TestFromLadder_proposes_a_criticism_that_waits_for_a_leader(t *testing.T) {
	s := stage.New(t)
	withCriticism(t, s.App)
	duty := s.Duty("2017-09-30", s.University)
	s.On("2017-10-26")
	s.Must(s.Check(s.App))
	if got := criticisms(s, duty); len(got) != 0 {
		t.Fatalf("proposed before its day: %+v", got)
	}
	s.On("2017-10-27")
	s.Must(s.Check(s.App))
	s.Must(s.Check(s.App))
	got := criticisms(s, duty)
	if len(got) != 1 || !got[0].ByRule || got[0].Kind != supervise.Criticism || got[0].Status != supervise.ProceedingProposed || got[0].UnitID != s.University.ID || got[0].Grounds == "" {
		t.Fatalf("got %+v", got)
	}
	said(t, "the leader", s.Told(s.Leader, got[0].ID), "criticism.proposed")
	if _, err := s.App.Proceedings.Approve(s.Acting(s.Leader), got[0].ID, got[0].Version, proceedings.ApproveProceedingInput{}); err != nil {
		t.Errorf("a leader cannot approve it: %v", err)
	}
	s.Write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := s.App.Watches.Move(ctx, tx, ladder.OnDuty, duty, watches.Due{Date: workday.MustDate("2017-11-30"), Reason: "批准延期"})
		return err
	})
	s.On("2017-12-21")
	s.Must(s.Check(s.App))
	if got := criticisms(s, duty); len(got) != 2 {
		t.Errorf("after the second due date passed there are %d, want one for each", len(got))
	}
}

// TestFromLadder_killed_between_the_step_and_its_proposal: the server dies after the proposal is written and before the transaction
// of the step ends.
func TestFromLadder_killed_between_the_step_and_its_proposal_proposes_once(t *testing.T) {
	s := stage.New(t)
	withCriticism(t, s.App)
	duties := []ident.ID{s.Duty("2017-09-30", s.University), s.Duty("2017-09-30", s.Bureau)}
	killed := errors.New("killed")
	deaths := 2
	s.App.Watches.On(ladder.Criticise, func(ctx context.Context, tx *ent.Tx, taken []watches.Taken) error {
		if err := s.App.Proceedings.FromLadder(ctx, tx, taken); err != nil || deaths == 0 {
			return err
		}
		deaths--
		return killed
	})
	s.On("2017-10-27")
	for range 2 {
		if err := s.Check(s.App); !errors.Is(err, killed) {
			t.Fatalf("got %v", err)
		}
		for _, id := range duties {
			if got := criticisms(s, id); len(got) != 0 {
				t.Fatalf("a step that was not taken proposed %+v", got)
			}
		}
	}
	other := withCriticism(t, s.Open())
	var group sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		server := []*app.App{s.App, other}[i%2]
		group.Go(func() { errs[i] = s.Check(server) })
	}
	group.Wait()
	s.Must(errors.Join(errs...))
	for _, id := range duties {
		if got := criticisms(s, id); len(got) != 1 {
			t.Errorf("%d proposals, want 1", len(got))
		}
	}
}

func TestFromLadder_a_unit_that_has_ended_stops_no_check(t *testing.T) {
	s := stage.New(t)
	withCriticism(t, s.App)
	ended, other := s.Duty("2017-09-30", s.School), s.Duty("2017-09-30", s.University)
	s.Write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Unit.UpdateOneID(s.School.ID).SetValidTo(workday.MustDate("2017-06-30")).Exec(ctx)
	})
	s.On("2017-10-27")
	s.Must(s.Check(s.App))
	for _, id := range []ident.ID{ended, other} {
		if got := criticisms(s, id); len(got) != 1 {
			t.Errorf("%d proposals, want 1", len(got))
		}
	}
}
