package watches

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// taking is one step on the way to the record.
type taking struct {
	step
	ID     ident.ID
	Row    row
	To     []ident.ID
	event  ident.ID // of the history, once it is new
	Number string   // of a letter
}

var stepColumns = []string{"id", "authority_id", "subject", "subject_id", "rule_step", "due_revision", "kind", "rule", "due_date", "calendar",
	"planned_at", "taken_at", "unit_id", "recipients", "inputs"}

// take records the steps of a chunk. Only a step whose row is new goes further: its event, its urge and its messages. It
// returns how many were new.
func (s *Service) take(ctx context.Context, tx *ent.Tx, round round, rows []row, verdicts []verdict) (int, error) {
	var all []taking
	for i, r := range rows {
		for _, st := range verdicts[i].Steps {
			all = append(all, taking{step: st, ID: s.store.NewID(), Row: r})
		}
	}
	if len(all) == 0 {
		return 0, nil
	}
	if err := s.address(ctx, tx, workday.DateOf(round.now, s.Rules().Zone), all); err != nil {
		return 0, err
	}
	values := make([][]any, len(all))
	for i, t := range all {
		inputs, err := json.Marshal(t.Inputs)
		if err != nil {
			return 0, fmt.Errorf("encode inputs of step %s: %w", t.StepID, err)
		}
		values[i] = []any{t.ID, t.Row.AuthorityID, string(t.Subject), t.Row.ID, t.StepID, t.Revision, string(t.Kind), t.rule(),
			t.Due, t.Calendar, t.PlannedAt, round.now, t.Row.UnitID, len(t.To), string(inputs)}
	}
	fresh, err := s.store.InsertNew(ctx, tx, "steps", stepColumns, values)
	if err != nil {
		return 0, err
	}
	news := all[:0]
	for _, t := range all {
		if fresh[t.ID] {
			news = append(news, t)
		}
	}
	return len(news), s.announce(ctx, tx, round, news)
}

// rule names the rule set and version that planned the step.
func (t taking) rule() string { return fmt.Sprintf("%s@%d", t.RuleID, t.RuleVersion) }

// address finds whom each step reaches.
func (s *Service) address(ctx context.Context, tx *ent.Tx, today workday.Date, all []taking) error {
	unique := make(map[Reach]bool)
	var asked []Reach
	for _, t := range all {
		for _, ask := range t.asks() {
			if !unique[ask] {
				unique[ask] = true
				asked = append(asked, ask)
			}
		}
	}
	found, err := s.people(ctx, tx, today, asked)
	if err != nil {
		return fmt.Errorf("find recipients: %w", err)
	}
	if len(found) == 0 {
		return nil
	}
	for i := range all {
		all[i].To = gather(found, all[i].asks())
	}
	return nil
}

func (t taking) asks() []Reach {
	asks := make([]Reach, len(t.step.To))
	for i, to := range t.step.To {
		asks[i] = Reach{AuthorityID: t.Row.AuthorityID, UnitID: t.Row.UnitID, UnitPath: t.Row.UnitPath, LeaderID: t.Row.LeaderID, To: to}
	}
	return asks
}

// announce writes what follows from new steps: one event each, an urge where a reply is owed, and the messages, unless the
// round holds them back for a digest.
func (s *Service) announce(ctx context.Context, tx *ent.Tx, round round, news []taking) error {
	if len(news) == 0 {
		return nil
	}
	labels, err := s.label(ctx, tx, news)
	if err != nil {
		return err
	}
	if err := s.sendLetters(ctx, tx, round, news, labels); err != nil {
		return err
	}
	entries := make([]timeline.Entry, len(news))
	for i, t := range news {
		label := labels[t.Row.Subject][t.Row.ID]
		entries[i] = t.entry(label)
		entries[i].ID = s.store.NewID()
		news[i].event = entries[i].ID
		if !round.hold && len(t.To) > 0 {
			entries[i].Tell = []timeline.Note{t.note(label)}
		}
	}
	if err := s.log.AppendAll(ctx, tx, entries); err != nil {
		return err
	}
	if err := s.urge(ctx, tx, round, news); err != nil {
		return err
	}
	return s.act(ctx, tx, round, news, labels)
}

// After is what the event of a step keeps.
type after struct {
	Step     string          `json:"step"`
	Rule     string          `json:"rule"`
	Revision int             `json:"due_revision"`
	Due      workday.Date    `json:"due_date"`
	Planned  workday.Date    `json:"planned_on"`
	ReplyDue workday.Date    `json:"reply_due,omitzero"`
	Kind     ladder.StepKind `json:"kind"`
	Told     int             `json:"recipients"`
	Colour   ladder.Colour   `json:"colour,omitempty"`
	Number   string          `json:"number,omitempty"`
}

func (t taking) entry(label Label) timeline.Entry {
	return timeline.Entry{
		AuthorityID: t.Row.AuthorityID, Subject: string(t.Row.Subject), SubjectID: t.Row.ID, PlanID: label.PlanID, UnitID: t.Row.UnitID,
		Action: "step." + string(t.Kind),
		After: after{Step: string(t.Subject) + "." + t.StepID, Rule: t.rule(), Revision: t.Revision, Due: t.Due, Planned: t.PlannedOn,
			ReplyDue: t.ReplyDue, Kind: t.Kind, Told: len(t.To), Colour: t.Colour, Number: t.Number},
	}
}

// template is the text of a step's message: "message.watch.<ladder>.<kind>", for letters with the colour at the end.
func (t taking) template() string {
	name := "watch." + string(t.Subject) + "." + string(t.Kind)
	if t.Kind == ladder.Letter {
		name += "." + string(t.Colour)
	}
	return name
}

// note is the message of a step.
func (t taking) note(label Label) timeline.Note {
	return timeline.Note{To: t.To, Template: t.template(), Params: map[string]any{
		"title": label.Title, "unit": label.Unit, "due": t.Due.String(), "days": t.Inputs.DaysLeft, "late": -t.Inputs.DaysLeft,
		"reply_due": t.ReplyDue.String(), "number": t.Number,
	}}
}

func (s *Service) label(ctx context.Context, tx *ent.Tx, news []taking) (map[ladder.Subject]map[ident.ID]Label, error) {
	ids := make(map[ladder.Subject][]ident.ID)
	for _, t := range news {
		ids[t.Row.Subject] = append(ids[t.Row.Subject], t.Row.ID)
	}
	all := make(map[ladder.Subject]map[ident.ID]Label)
	for subject, list := range ids {
		labels, ok := s.labels[subject]
		if !ok {
			continue
		}
		found, err := labels(ctx, tx, list)
		if err != nil {
			return nil, fmt.Errorf("label %s: %w", subject, err)
		}
		all[subject] = found
	}
	return all, nil
}

var urgeColumns = []string{"id", "authority_id", "subject", "subject_id", "unit_id", "content", "urged_by_id", "step_id",
	"event_id", "reason", "reply_due_date", "reply_origin", "replied_by_id", "reply", "created_at", "version"}

// replyOrigin says how the last day for the reply was reckoned.
func (t taking) replyOrigin() workday.Origin {
	return workday.Origin{From: t.ReplyFrom, Period: t.ReplyWithin, Calendar: t.Calendar}
}

// urge writes the urges of the ladder: a step that wants a reply.
func (s *Service) urge(ctx context.Context, tx *ent.Tx, round round, news []taking) error {
	var rows [][]any
	for _, t := range news {
		if t.ReplyDue.IsZero() {
			continue
		}
		rows = append(rows, []any{s.store.NewID(), t.Row.AuthorityID, string(t.Row.Subject), t.Row.ID, t.Row.UnitID, "", ident.ID{}, t.ID,
			t.event, "", t.ReplyDue, t.replyOrigin().String(), ident.ID{}, "", round.now, 1})
	}
	return s.store.InsertRows(ctx, tx, "urges", urgeColumns, rows)
}
