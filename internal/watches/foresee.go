package watches

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// Foreseen is a step that will be taken if nobody acts: the same for every holder of a clock.
type Foreseen struct {
	On       workday.Date // the day on which it will be taken: the planned one, or at once if that has passed
	Planned  workday.Date
	Subject  ladder.Subject // the ladder: of the duty, or of its sign-for period
	Step     string
	Kind     ladder.StepKind
	Colour   ladder.Colour
	Rule     string // the rule set, "duty.default@1"
	To       []ladder.Recipient
	Due      workday.Date
	ReplyDue workday.Date
}

// Foresee lists what a clock will do if it starts now and nobody acts (试运行), in the order of the days. It asks the same law in
// the same way as the check does, from look to look.
func (s *Service) Foresee(c Clock) []Foreseen {
	r := c.row(Holder{})
	done := make(map[rung]bool)
	isDone := func(subject ladder.Subject, id string) bool { return done[rung{Subject: subject, Step: id}] }
	var all []Foreseen
	for at := s.store.Now(); ; {
		v := s.judge(r, at, isDone)
		on := workday.DateOf(at, s.Rules().Zone)
		for _, st := range v.Steps {
			done[rung{Subject: st.Subject, Step: st.StepID}] = true
			all = append(all, Foreseen{On: on, Planned: st.PlannedOn, Subject: st.Subject, Step: st.StepID, Kind: st.Kind, Colour: st.Colour,
				Rule: fmt.Sprintf("%s@%d", st.RuleID, st.RuleVersion), To: st.To, Due: st.Due, ReplyDue: st.ReplyDue})
		}
		if v.Next.IsZero() {
			return all
		}
		at = v.Next
	}
}

// Reached finds the people whom a step will reach in each unit, by the posts known for its day.
func (s *Service) Reached(ctx context.Context, on workday.Date, c Clock, holders []Holder, to []ladder.Recipient) (map[ident.ID][]ident.ID, error) {
	var asked []Reach
	asks := make(map[ident.ID][]Reach, len(holders))
	for _, h := range holders {
		for _, relation := range to {
			asks[h.UnitID] = append(asks[h.UnitID], Reach{AuthorityID: c.AuthorityID, UnitID: h.UnitID, UnitPath: h.UnitPath, LeaderID: c.LeaderID, To: relation})
		}
		asked = append(asked, asks[h.UnitID]...)
	}
	tx, err := s.store.Read().Tx(ctx)
	if err != nil {
		return nil, fmt.Errorf("find recipients: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // it has only read
	found, err := s.people(ctx, tx, on, asked)
	if err != nil {
		return nil, fmt.Errorf("find recipients: %w", err)
	}
	people := make(map[ident.ID][]ident.ID, len(holders))
	for unit, questions := range asks {
		people[unit] = gather(found, questions)
	}
	return people, nil
}

// ClockState is how the program's clock stands against what it has seen (时间高水位).
type ClockState struct {
	Now     time.Time `json:"now" doc:"Instant by the server's clock"`
	Seen    time.Time `json:"seen,omitzero" doc:"Latest instant that any server has seen; missing before the first check"`
	Checked time.Time `json:"checked,omitzero" doc:"Instant up to which everything due was done"`
	Back    bool      `json:"back" doc:"Whether the clock stands before that instant: decisions on deadlines stop, reading goes on"`
	Seconds int       `json:"seconds,omitempty" doc:"How far it stands back" example:"7200"`
}

// Clock says how the clock stands. Anybody who is signed in may know.
func (s *Service) Clock(ctx context.Context) (ClockState, error) {
	if _, err := access.From(ctx); err != nil {
		return ClockState{}, err
	}
	return s.clockState(ctx)
}

func (s *Service) clockState(ctx context.Context) (ClockState, error) {
	state := ClockState{Now: s.store.Now()}
	err := s.marks(ctx, s.store.DB(), &state)
	if err != nil {
		return state, err
	}
	if state.Back = s.back(state.Now, state.Seen); state.Back {
		state.Seconds = int(state.Seen.Sub(state.Now) / time.Second)
	}
	return state, nil
}

// LookAtClock holds the clock against the mark at the start of the program, before the first check.
func (s *Service) LookAtClock(ctx context.Context) error {
	state, err := s.clockState(ctx)
	if err == nil {
		s.behind.Store(state.Back)
	}
	return err
}
