package watches

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// versions are the approved rule versions of all authorities. They are read again when their stamp changes.
type versions struct {
	stamp stamp
	of    map[owner]ladder.Line // the versions of their own, without the ladder as shipped
}

type owner struct {
	Authority ident.ID
	Subject   ladder.Subject
}

// stamp tells whether anything was approved since: nothing approved is ever changed or deleted.
type stamp struct {
	n    int
	last string
}

// Line is the ladder of an authority for a kind of object: as shipped, and from their days on the versions it approved.
func (s *Service) Line(authority ident.ID, subject ladder.Subject) ladder.Line {
	line := ladder.Line{{Set: s.rules.Load().Ladders[subject]}}
	return append(line, s.own.Load().of[owner{authority, subject}]...)
}

// Reload takes up rule versions that were approved since, by whichever server. The deadline check does it at each round; a
// version applies from the next day at the earliest, so no server misses its first day.
func (s *Service) Reload(ctx context.Context, q store.Queryer) error {
	var now stamp
	err := store.Each(ctx, q, "SELECT COUNT(*), COALESCE(CAST(MAX(decided_at) AS text), '') FROM rule_versions WHERE status = 'approved'", nil,
		func(scan func(...any) error) error { return scan(&now.n, &now.last) })
	if err != nil {
		return fmt.Errorf("look for rule versions: %w", err)
	}
	if now == s.own.Load().stamp {
		return nil
	}
	fresh := &versions{stamp: now, of: make(map[owner]ladder.Line)}
	err = store.Each(ctx, q, "SELECT authority_id, subject, applies_from, rule_set, content FROM rule_versions WHERE status = 'approved' ORDER BY applies_from, decided_at, id", nil,
		func(scan func(...any) error) error {
			var of owner
			var from workday.Date
			var name, content string
			if err := scan(&of.Authority, &of.Subject, &from, &name, &content); err != nil {
				return err
			}
			set, err := ladder.Parse(name, []byte(content))
			if err != nil {
				return fmt.Errorf("rule version %s: %w", name, err)
			}
			fresh.of[of] = append(fresh.of[of], ladder.Version{From: from, Set: set})
			return nil
		})
	if err != nil {
		return fmt.Errorf("read rule versions: %w", err)
	}
	s.own.Store(fresh)
	return nil
}

// wakeText makes the clocks of an authority look when another version begins, also those that had nothing more to wait for because
// nothing falls due on them. What is done, withdrawn or waits for verification is left alone.
const wakeText = `UPDATE watches SET next_check_at = $1 WHERE authority_id = $2 AND subject = $3 AND light <> 'done' AND light_rule <> $4
	AND (next_check_at > $1 OR next_check_at IS NULL AND due_date = $5)`

// Wake makes every clock that a new version concerns look at the first instant of its day.
func (s *Service) Wake(ctx context.Context, q store.Execer, authority ident.ID, subject ladder.Subject, from workday.Date) error {
	on := subject
	if subject == ladder.OnAcceptance { // the sign-for period has no clock of its own
		on = ladder.OnDuty
	}
	_, err := q.ExecContext(ctx, wakeText, from.Start(s.Rules().Zone), authority, string(on), RuleCancelled, workday.Date{})
	if err != nil {
		return fmt.Errorf("wake clocks: %w", err)
	}
	return nil
}

// ruleSet finds a version of a set by its name; false if it is neither shipped nor approved.
func (s *Service) ruleSet(authority ident.ID, subject ladder.Subject, rule string) (ladder.RuleSet, bool) {
	line := s.Line(authority, subject)
	for _, v := range slices.Backward(line) {
		if setName(v.Set) == rule {
			return v.Set, true
		}
	}
	return ladder.RuleSet{}, false
}

// setName is a rule set as a record keeps it: "duty.default@1".
func setName(set ladder.RuleSet) string { return fmt.Sprintf("%s@%d", set.ID, set.Version) }
