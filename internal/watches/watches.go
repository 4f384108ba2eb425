// Package watches runs the clocks of duties and notices (时限监控): a narrow row beside each of them says when to look again. A
// round of the check looks at what is due, gives it its light, takes the steps of the ladder that were planned (remind, urge,
// escalate) exactly once for each revision of a deadline, and says when to look next. State decides, not the minute: after
// any downtime the check catches up with the instants that were planned.
package watches

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// Label is what a message calls an object.
type Label struct {
	Title  string   // 事项 or notice, as people know it
	Unit   string   // name of the unit that owes it
	PlanID ident.ID // the plan it belongs to, if any
}

// Labels finds the labels of many objects of one kind at once.
type Labels func(ctx context.Context, tx *ent.Tx, ids []ident.ID) (map[ident.ID]Label, error)

// Reach asks who stands in a relation to an object; equal questions have equal answers.
type Reach struct {
	AuthorityID ident.ID
	UnitID      ident.ID
	UnitPath    string
	LeaderID    ident.ID
	To          ladder.Recipient
}

// People answers many such questions at once with users who hold the posts on a day. A question without an answer is left out.
type People func(ctx context.Context, tx *ent.Tx, on workday.Date, asked []Reach) (map[Reach][]ident.ID, error)

// Rules are what an assessment is made with.
type Rules struct {
	Ladders  ladder.Sets
	Calendar workday.Calendar
	Zone     *time.Location
	Urges    supervise.UrgeRules // those of supervise.DefaultUrges where they are left out
	Matters  supervise.MatterRules
}

// Service owns the watch and step rows.
type Service struct {
	store  *store.Store
	gate   *access.Gate
	log    *timeline.Log
	people People
	rules  atomic.Pointer[Rules]
	labels map[ladder.Subject]Labels
	behind atomic.Bool // the clock stands before an instant that was already seen
}

// New returns the service. People is how recipients are found; nil means Holders.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, rules Rules, people People) *Service {
	w := &Service{store: s, gate: gate, log: log, people: people, labels: make(map[ladder.Subject]Labels)}
	if people == nil {
		w.people = w.Holders
	}
	w.rules.Store(&rules)
	return w
}

// Name says how messages call objects of a kind. Features register their kinds before the first check.
func (s *Service) Name(subject ladder.Subject, labels Labels) { s.labels[subject] = labels }

// UseRules replaces the rules whole; clocks take them up at their next look.
func (s *Service) UseRules(rules Rules) { s.rules.Store(&rules) }

// Rules are the rules in force.
func (s *Service) Rules() Rules { return *s.rules.Load() }

// Today is the local date by the injected clock.
func (s *Service) Today() workday.Date { return workday.DateOf(s.store.Now(), s.Rules().Zone) }

// SignBy is the last day to sign for what is assigned on a day, by the acceptance ladder's period; no period, no date.
func (s *Service) SignBy(assigned workday.Date) workday.Date {
	rules := s.Rules()
	period := rules.Ladders[ladder.OnAcceptance].Period
	if period == nil {
		return workday.Date{}
	}
	return rules.Calendar.End(assigned, *period)
}

// TimeHolds is nil while the clock can be trusted with deadlines; the fault otherwise. Health asks it too.
func (s *Service) TimeHolds() error {
	if s.behind.Load() {
		return fault.New(fault.Unavailable, "watch.clock_back")
	}
	return nil
}

// Tell finds the people in the given relations to an object, each once.
func (s *Service) Tell(ctx context.Context, tx *ent.Tx, of Reach, to ...ladder.Recipient) ([]ident.ID, error) {
	asked := make([]Reach, len(to))
	for i, relation := range to {
		asked[i] = of
		asked[i].To = relation
	}
	found, err := s.people(ctx, tx, s.Today(), asked)
	if err != nil {
		return nil, err
	}
	return gather(found, asked), nil
}

// gather joins the answers to several questions, each person once, in order.
func gather(found map[Reach][]ident.ID, asked []Reach) []ident.ID {
	var people []ident.ID
	seen := make(map[ident.ID]bool)
	for _, ask := range asked {
		for _, person := range found[ask] {
			if !seen[person] {
				seen[person] = true
				people = append(people, person)
			}
		}
	}
	return people
}
