package urges

import (
	"context"
	"fmt"
	"time"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/predicate"
	enturge "github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Outlook is what somebody who is about to urge wants to know of a duty: the last urge with what became of it, and what the ladder
// does next by itself.
type Outlook struct {
	DutyID   ident.ID  `json:"duty_id" doc:"Duty"`
	LastUrge *UrgeMark `json:"last_urge,omitempty" doc:"The latest urge on the duty or on the signing for it; missing if there was none"`
	NextStep *NextStep `json:"next_step,omitempty" doc:"Next step of the ladder if nobody acts; missing if its clock stands still or no step is left"`
}

// UrgeMark is an urge in short.
type UrgeMark struct {
	ID        ident.ID     `json:"id" doc:"Id of the urge"`
	At        time.Time    `json:"at" doc:"Instant of the urge"`
	ByName    string       `json:"by_name,omitempty" doc:"Who urged; missing for the ladder" example:"督查室"`
	ReplyDue  workday.Date `json:"reply_due,omitzero" doc:"Last day for the reply" example:"2017-10-12"`
	Late      bool         `json:"late" doc:"No reply came by the end of that day"`
	ReadAt    time.Time    `json:"read_at,omitzero" doc:"Instant at which the first of its recipients read it; missing if nobody has"`
	RepliedAt time.Time    `json:"replied_at,omitzero" doc:"Instant of the reply; missing if there is none"`
	Reply     string       `json:"reply,omitempty" doc:"The unit's reply" example:"已完成八成"`
}

// NextStep is a step of a ladder that has not been taken yet.
type NextStep struct {
	On      workday.Date       `json:"on" doc:"Day on which it will be taken if nobody acts" example:"2017-10-11"`
	Of      ladder.Subject     `json:"of" enum:"duty,acceptance" doc:"Ladder: of the due date, or of the sign-for period" example:"duty"`
	Step    string             `json:"step" doc:"Its id in the rule file" example:"urge_1"`
	Kind    ladder.StepKind    `json:"kind" doc:"What it does" example:"urge"`
	Colour  ladder.Colour      `json:"colour,omitempty" doc:"Colour of the letter" example:"blue"`
	To      []ladder.Recipient `json:"to" doc:"Whom it reaches" example:"[\"owner\",\"unit_head\"]"`
	RuleSet string             `json:"rule_set" doc:"Rule set and version" example:"duty.default@1"`
}

// Outlooks are those of the duties that were asked for.
type Outlooks struct {
	Items []Outlook `json:"items" doc:"One for each duty that the caller may see, in no particular order"`
}

// Outlooks finds the last urge and the next step of the ladder for up to two hundred duties, in a fixed number of statements.
// Duties that the caller may not see are left out.
func (s *Service) Outlooks(ctx context.Context, ids []ident.ID) (Outlooks, error) {
	out := Outlooks{Items: []Outlook{}}
	filter, err := s.gate.May(ctx, access.UrgeRead)
	if err != nil {
		return out, err
	}
	if ids, err = (SelectUrgesInput{DutyIDs: ids}).duties(); err != nil {
		return out, err
	}
	seen, err := s.store.Read().Duty.Query().Where(entduty.IDIn(ids...), predicate.Duty(filter.Predicate(dutyColumns))).IDs(ctx)
	if err != nil {
		return out, fmt.Errorf("find duties: %w", err)
	}
	marks, err := s.marks(ctx, seen)
	if err != nil {
		return out, err
	}
	steps, err := s.watches.Ahead(ctx, ladder.OnDuty, seen)
	if err != nil {
		return out, err
	}
	for _, id := range seen {
		o := Outlook{DutyID: id, LastUrge: marks[id]}
		if step, ok := steps[id]; ok {
			o.NextStep = nextStep(step)
		}
		out.Items = append(out.Items, o)
	}
	return out, nil
}

// duties lists the duties that are named, each once. Errors: input.invalid for none at all or more than two hundred.
func (in SelectUrgesInput) duties() ([]ident.ID, error) {
	all, err := in.objects()
	ids := make([]ident.ID, len(all))
	for i, o := range all {
		ids[i] = o.id
	}
	return ids, err
}

func nextStep(f watches.Foreseen) *NextStep {
	to := f.To
	if to == nil {
		to = []ladder.Recipient{}
	}
	return &NextStep{On: f.On, Of: f.Subject, Step: f.Step, Kind: f.Kind, Colour: f.Colour, To: to, RuleSet: f.Rule}
}

// marks finds the last urge on each of some duties.
func (s *Service) marks(ctx context.Context, duties []ident.ID) (map[ident.ID]*UrgeMark, error) {
	marks := make(map[ident.ID]*UrgeMark)
	last, err := s.watches.LastUrges(ctx, s.store.DB(), duties)
	if err != nil || len(last) == 0 {
		return marks, err
	}
	ids := make([]ident.ID, 0, len(last))
	for _, u := range last {
		ids = append(ids, u.ID)
	}
	rows, err := s.store.Read().Urge.Query().Where(enturge.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read last urges: %w", err)
	}
	readers, err := s.readers(ctx, rows)
	if err != nil {
		return nil, err
	}
	people, _ := mentioned(rows, nil)
	names, err := accounts.Names(ctx, s.store.Read(), people)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		v := s.show(ctx, r)
		mark := &UrgeMark{ID: r.ID, At: v.CreatedAt, ByName: names[r.UrgedByID], ReplyDue: v.ReplyDue, Late: v.Late, RepliedAt: v.RepliedAt, Reply: v.Reply}
		for _, m := range readers[r.EventID] {
			if !m.ReadAt.IsZero() && (mark.ReadAt.IsZero() || m.ReadAt.Before(mark.ReadAt)) {
				mark.ReadAt = m.ReadAt.UTC()
			}
		}
		marks[r.SubjectID] = mark
	}
	return marks, nil
}
