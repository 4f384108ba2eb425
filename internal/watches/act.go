package watches

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/workday"
)

// Taken is a step that was just taken, as a feature needs it to do what the step asks for.
type Taken struct {
	StepID      ident.ID // row of the step
	AuthorityID ident.ID
	UnitID      ident.ID // the unit that owes the object
	UnitPath    string
	LeaderID    ident.ID
	Subject     ladder.Subject // the kind of object: duty or notice
	SubjectID   ident.ID
	Label       Label
	Kind        ladder.StepKind
	Step        string // id of the step's rule
	Rule        string // the rule set, "duty.default@1"
	Revision    int    // of the due date
	Due         workday.Date
	PlannedOn   workday.Date
	ReplyDue    workday.Date
	At          time.Time // when it was taken
	Told        []ident.ID
}

// Act does what a kind of step asks for beyond its record and messages, in the transaction that records it: a proposal to criticise,
// for example. A step reaches it exactly once.
type Act func(ctx context.Context, tx *ent.Tx, taken []Taken) error

// On lets a feature act on a kind of step. Features register before the first check.
func (s *Service) On(kind ladder.StepKind, act Act) { s.acts[kind] = act }

// act hands the new steps to those who act on their kind.
func (s *Service) act(ctx context.Context, tx *ent.Tx, round round, news []taking, labels map[ladder.Subject]map[ident.ID]Label) error {
	if len(s.acts) == 0 {
		return nil
	}
	byKind := make(map[ladder.StepKind][]Taken)
	for _, t := range news {
		if s.acts[t.Kind] != nil {
			byKind[t.Kind] = append(byKind[t.Kind], t.taken(round, labels[t.Row.Subject][t.Row.ID]))
		}
	}
	for _, kind := range ladder.StepKind("").Values() {
		taken := byKind[ladder.StepKind(kind)]
		if len(taken) == 0 {
			continue
		}
		if err := s.acts[ladder.StepKind(kind)](ctx, tx, taken); err != nil {
			return fmt.Errorf("act on %s: %w", kind, err)
		}
	}
	return nil
}

func (t taking) taken(round round, label Label) Taken {
	return Taken{StepID: t.ID, AuthorityID: t.Row.AuthorityID, UnitID: t.Row.UnitID, UnitPath: t.Row.UnitPath, LeaderID: t.Row.LeaderID,
		Subject: t.Row.Subject, SubjectID: t.Row.ID, Label: label, Kind: t.Kind, Step: t.StepID, Rule: t.rule(), Revision: t.Revision, Due: t.Due,
		PlannedOn: t.PlannedOn, ReplyDue: t.ReplyDue, At: round.now, Told: t.To}
}

// letterSeries is the series of the numbers of coloured letters; the three colours share it.
const letterSeries numbers.Kind = "letter"

var letterColumns = []string{"id", "authority_id", "subject", "subject_id", "unit_id", "unit_path", "colour", "year", "serial", "number", "title",
	"step_id", "rule", "due_date", "reply_due_date", "created_at"}

// sendLetters gives each new letter its number, without a gap, and writes it.
func (s *Service) sendLetters(ctx context.Context, tx *ent.Tx, round round, news []taking, labels map[ladder.Subject]map[ident.ID]Label) error {
	prefixes := make(map[ident.ID]string)
	year := workday.DateOf(round.now, s.Rules().Zone).Year()
	var rows [][]any
	for i := range news {
		t := &news[i]
		if t.Kind != ladder.Letter {
			continue
		}
		prefix, have := prefixes[t.Row.AuthorityID]
		if !have {
			house, err := tx.Authority.Get(ctx, t.Row.AuthorityID)
			if err != nil && !ent.IsNotFound(err) {
				return fmt.Errorf("read authority of letter: %w", err)
			}
			if err == nil {
				prefix = house.DocPrefix
			}
			prefixes[t.Row.AuthorityID] = prefix
		}
		serial, err := s.numbers.Next(ctx, tx, t.Row.AuthorityID, letterSeries, year)
		if err != nil {
			return err
		}
		t.Number = numbers.Format(prefix+"督函", year, serial)
		rows = append(rows, []any{s.store.NewID(), t.Row.AuthorityID, string(t.Row.Subject), t.Row.ID, t.Row.UnitID, t.Row.UnitPath, string(t.Colour), year,
			serial, t.Number, labels[t.Row.Subject][t.Row.ID].Title, t.ID, t.rule(), t.Due, t.ReplyDue, round.now})
	}
	return s.store.InsertRows(ctx, tx, "letters", letterColumns, rows)
}
