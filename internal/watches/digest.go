package watches

import (
	"context"
	"fmt"
	"sort"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// missed counts what a person was not told while the program was down.
type missed struct{ all, urges, escalations int }

// floor is the least id made at or after an instant, so that rows written since then are a range of the key.
func floor(r round) ident.ID { return ident.NewMaker(0).At(r.since) }

// nothingTaken reports whether no step was taken since the last closed round.
func nothingTaken(ctx context.Context, tx *ent.Tx, r round) (bool, error) {
	nothing := true
	err := store.Each(ctx, tx, "SELECT 1 FROM steps WHERE id >= $1 LIMIT 1", []any{floor(r)}, func(func(...any) error) error {
		nothing = false
		return nil
	})
	return nothing, err
}

// stack is the steps of one kind that reach the same people.
type stack struct {
	Of      Reach
	Subject ladder.Subject
	Step    string
	Kind    ladder.StepKind
	Rule    string // the rule set that planned it: the one of its day
}

// asks are the questions that find the people of a stack.
func (s *Service) asks(k stack) []Reach {
	set, ok := s.ruleSet(k.Of.AuthorityID, k.Subject, k.Rule)
	if !ok { // a file as shipped with an earlier release: its successor knows the step
		set = *s.Line(k.Of.AuthorityID, k.Subject).On(s.Today())
	}
	var asks []Reach
	for _, rule := range set.Steps {
		if rule.ID != k.Step {
			continue
		}
		for _, to := range rule.To {
			ask := k.Of
			ask.To = to
			asks = append(asks, ask)
		}
	}
	return asks
}

// digest tells each person once how many steps were taken on their affairs since the last closed round. Every step has its row
// and its event with the instant that was planned; only the messages are folded into one.
func (s *Service) digest(ctx context.Context, tx *ent.Tx, r round) error {
	stacks := make(map[stack]int)
	text := `SELECT s.kind, s.rule_step, s.subject, s.rule, w.authority_id, w.unit_id, w.unit_path, w.leader_id
		FROM steps s JOIN watches w ON w.id = s.subject_id WHERE s.id >= $1`
	err := store.Each(ctx, tx, text, []any{floor(r)}, func(scan func(...any) error) error {
		var k stack
		if err := scan(&k.Kind, &k.Step, &k.Subject, &k.Rule, &k.Of.AuthorityID, &k.Of.UnitID, &k.Of.UnitPath, &k.Of.LeaderID); err != nil {
			return err
		}
		stacks[k]++
		return nil
	})
	if err != nil {
		return fmt.Errorf("read steps for digest: %w", err)
	}
	people, err := s.share(ctx, tx, r, stacks)
	if err != nil {
		return fmt.Errorf("find recipients of digest: %w", err)
	}
	return s.appendDigests(ctx, tx, r, people)
}

// share counts the stacks for each person they reach, by authority.
func (s *Service) share(ctx context.Context, tx *ent.Tx, r round, stacks map[stack]int) (map[ident.ID]map[ident.ID]missed, error) {
	rules := s.Rules()
	var questions []Reach
	for k := range stacks {
		questions = append(questions, s.asks(k)...)
	}
	found, err := s.people(ctx, tx, workday.DateOf(r.now, rules.Zone), questions)
	if err != nil {
		return nil, err
	}
	people := make(map[ident.ID]map[ident.ID]missed)
	for k, n := range stacks {
		authority := k.Of.AuthorityID
		for _, person := range gather(found, s.asks(k)) {
			if people[authority] == nil {
				people[authority] = make(map[ident.ID]missed)
			}
			m := people[authority][person]
			m.add(k.Kind, n)
			people[authority][person] = m
		}
	}
	return people, nil
}

func (m *missed) add(kind ladder.StepKind, n int) {
	m.all += n
	switch kind {
	case ladder.Urge:
		m.urges += n
	case ladder.Escalate:
		m.escalations += n
	case ladder.Remind, ladder.Due, ladder.Letter, ladder.Criticise:
	}
}

// appendDigests writes one event for each authority with one message for each person.
func (s *Service) appendDigests(ctx context.Context, tx *ent.Tx, r round, people map[ident.ID]map[ident.ID]missed) error {
	zone := s.Rules().Zone
	from, to := workday.DateOf(r.since, zone).String(), workday.DateOf(r.now, zone).String()
	for _, authority := range inOrder(people) {
		entry := timeline.Entry{AuthorityID: authority, Subject: "authority", SubjectID: authority, Action: "catch_up",
			After: map[string]any{"from": from, "to": to, "people": len(people[authority])}}
		for _, person := range inOrder(people[authority]) {
			m := people[authority][person]
			entry.Tell = append(entry.Tell, timeline.Note{To: []ident.ID{person}, Template: "watch.digest",
				Params: map[string]any{"from": from, "to": to, "n": m.all, "urges": m.urges, "escalations": m.escalations}})
		}
		if _, err := s.log.Append(ctx, tx, entry); err != nil {
			return err
		}
	}
	return nil
}

func inOrder[V any](m map[ident.ID]V) []ident.ID {
	ids := make([]ident.ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i].Compare(ids[j]) < 0 })
	return ids
}
