package rules

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/ruleversion"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// ProposeRuleInput is a rule file with the day from which it shall apply.
type ProposeRuleInput struct {
	Content     string       `json:"content" maxLength:"65536" doc:"The rule file (YAML), as docs/ladder.md describes it" example:"id: duty.default\nversion: 2\nsubject: duty\n…"`
	AppliesFrom workday.Date `json:"applies_from" doc:"First day on which it shall be in force: tomorrow at the earliest" example:"2017-10-01"`
	Note        string       `json:"note,omitempty" maxLength:"2000" doc:"Why" example:"按市里新规，黄灯改为提前三日"`
}

// fileName is how faults call the text of a proposal.
const fileName = "rules.yaml"

// Propose puts a version of a rule file up for approval (提出规则版本). Errors: input.invalid with every fault of the file; a version that is
// not higher than those there were.
func (s *Service) Propose(ctx context.Context, in ProposeRuleInput) (RuleVersion, error) {
	if _, err := s.gate.May(ctx, access.RulePropose); err != nil {
		return RuleVersion{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return RuleVersion{}, err
	}
	set, err := ladder.Parse(fileName, []byte(in.Content))
	if err != nil {
		return RuleVersion{}, err
	}
	given := tr.Facts[ladder.VersionStatus]{Given: tr.Date.If(!in.AppliesFrom.IsZero())}
	status, err := ladder.VersionTable.Apply(given, ladder.ProposeVersion)
	if err != nil {
		return RuleVersion{}, err
	}
	if err := s.later(in.AppliesFrom); err != nil {
		return RuleVersion{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (RuleVersion, error) {
		if err := s.higher(ctx, tx, actor.AuthorityID, set, ident.ID{}); err != nil {
			return RuleVersion{}, err
		}
		row, err := tx.RuleVersion.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetRuleSet(set.ID).SetRuleVersion(set.Version).
			SetSubject(set.Subject).SetContent(in.Content).SetSha256(digest(in.Content)).SetStatus(status).SetAppliesFrom(in.AppliesFrom).
			SetNote(in.Note).SetProposedByID(actor.ID).SetProposedAt(s.store.Now()).Save(ctx)
		if store.IsDuplicate(err) {
			return RuleVersion{}, taken(set)
		}
		if err != nil {
			return RuleVersion{}, fmt.Errorf("propose rule version: %w", err)
		}
		if err := s.note(ctx, tx, actor, row, ladder.ProposeVersion, in.Note); err != nil {
			return RuleVersion{}, err
		}
		return s.view(ctx, tx.Client(), row)
	})
}

// later refuses a first day that has begun: the past keeps its version.
func (s *Service) later(from workday.Date) error {
	if today := s.watches.Today(); !from.After(today) {
		return fault.New(fault.Conflict, "rules.not_later").With("from", from.String()).With("today", today.String())
	}
	return nil
}

func taken(set ladder.RuleSet) error {
	return fault.New(fault.Conflict, "rules.version_taken").With("rule_set", set.ID).With("n", set.Version)
}

// higher refuses a version that is not higher than every one of its set that is in force as shipped or approved, and one of the same number that waits.
func (s *Service) higher(ctx context.Context, tx *ent.Tx, authority ident.ID, set ladder.RuleSet, but ident.ID) error {
	highest := 0
	for _, f := range s.shipped {
		if f.set.ID == set.ID && f.inUse { // an offer may be taken over as it is
			highest = max(highest, f.set.Version)
		}
	}
	rows, err := tx.RuleVersion.Query().Where(ruleversion.AuthorityID(authority), ruleversion.RuleSet(set.ID), ruleversion.IDNEQ(but),
		ruleversion.StatusNEQ(ladder.VersionRejected)).All(ctx)
	if err != nil {
		return fmt.Errorf("read versions of rule set: %w", err)
	}
	for _, r := range rows {
		if r.Status == ladder.VersionApproved {
			highest = max(highest, r.RuleVersion)
		} else if r.RuleVersion == set.Version {
			return taken(set)
		}
	}
	if set.Version <= highest {
		return fault.New(fault.Conflict, "rules.version_not_higher").With("rule_set", set.ID).With("n", highest)
	}
	return nil
}

// note appends the one event of a change and tells the office.
func (s *Service) note(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.RuleVersion, action tr.Action, reason string) error {
	people, err := s.watches.Tell(ctx, tx, watches.Reach{AuthorityID: row.AuthorityID}, ladder.Office)
	if err != nil {
		return err
	}
	var others []ident.ID
	for _, person := range people {
		if person != actor.ID {
			others = append(others, person)
		}
	}
	entry := timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, Action: string(action), Reason: reason,
		After: map[string]any{"rule_set": row.RuleSet, "rule_version": row.RuleVersion, "status": row.Status, "applies_from": row.AppliesFrom, "sha256": row.Sha256}}
	if len(others) > 0 {
		entry.Tell = []timeline.Note{{To: others, Template: "rule." + string(action), Params: map[string]any{"rule_set": row.RuleSet, "n": row.RuleVersion,
			"from": row.AppliesFrom.String(), "actor": actor.Name, "reason": strings.TrimSpace(reason)}}}
	}
	_, err = s.log.Append(ctx, tx, entry)
	return err
}
