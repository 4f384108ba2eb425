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
	tr "github.com/duban-gov/duban/internal/transition"
)

// DecideRuleInput is what is said with a decision.
type DecideRuleInput struct {
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Why; wanted where a version is rejected" example:"先试行一个季度"`
}

// Approve puts a version in force from its day on (批准). Nobody approves what they proposed. Every clock that the version concerns looks
// again at the first instant of that day.
func (s *Service) Approve(ctx context.Context, id ident.ID, version int, in DecideRuleInput) (RuleVersion, error) {
	view, err := s.decide(ctx, id, version, in, ladder.ApproveVersion, access.RuleApprove)
	if err != nil {
		return view, err
	}
	return view, s.watches.Reload(ctx, s.store.DB())
}

// Reject refuses a version, with the reason (不批准).
func (s *Service) Reject(ctx context.Context, id ident.ID, version int, in DecideRuleInput) (RuleVersion, error) {
	return s.decide(ctx, id, version, in, ladder.RejectVersion, access.RuleReject)
}

func (s *Service) decide(ctx context.Context, id ident.ID, version int, in DecideRuleInput, action tr.Action, permission access.Permission) (RuleVersion, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return RuleVersion{}, err
	}
	if version < 1 {
		return RuleVersion{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return RuleVersion{}, err
	}
	var view RuleVersion
	err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := s.find(ctx, tx.Client(), id, s.gate.Filter(actor, access.RuleRead))
		if err != nil {
			return err
		}
		if !reach.Covers(factsOf(row)) {
			return access.Refused(permission, "relation")
		}
		if row.Version != version {
			return stale
		}
		facts := tr.Facts[ladder.VersionStatus]{Status: row.Status, Relations: relations(actor, row), Given: tr.Reason.If(strings.TrimSpace(in.Reason) != "")}
		if row.Status, err = ladder.VersionTable.Apply(facts, action); err != nil {
			return err
		}
		if row.Status == ladder.VersionApproved {
			if err := s.putInForce(ctx, tx, row); err != nil {
				return err
			}
		}
		if err := s.save(ctx, tx, row, actor, in.Reason); err != nil {
			return err
		}
		if err := s.note(ctx, tx, actor, row, action, in.Reason); err != nil {
			return err
		}
		view, err = s.view(ctx, tx.Client(), row)
		return err
	})
	return view, err
}

// putInForce holds the version once more against what was approved meanwhile, and makes its clocks look on its day.
func (s *Service) putInForce(ctx context.Context, tx *ent.Tx, row *ent.RuleVersion) error {
	if err := s.watches.TimeHolds(); err != nil {
		return err
	}
	if err := s.later(row.AppliesFrom); err != nil {
		return err
	}
	set, err := ladder.Parse(fileName, []byte(row.Content))
	if err != nil {
		return err
	}
	if err := s.higher(ctx, tx, row.AuthorityID, set, row.ID); err != nil {
		return err
	}
	return s.watches.Wake(ctx, tx, row.AuthorityID, row.Subject, row.AppliesFrom)
}

// save writes the decision if nobody decided meanwhile.
func (s *Service) save(ctx context.Context, tx *ent.Tx, row *ent.RuleVersion, actor access.Actor, decision string) error {
	n, err := tx.RuleVersion.Update().Where(ruleversion.ID(row.ID), ruleversion.Version(row.Version)).SetStatus(row.Status).SetDecidedByID(actor.ID).
		SetDecidedAt(s.store.Now()).SetDecision(decision).AddVersion(1).Save(ctx)
	if err != nil {
		return fmt.Errorf("decide on rule version: %w", err)
	}
	if n == 0 {
		return stale
	}
	row.Version++
	row.DecidedByID, row.DecidedAt, row.Decision = actor.ID, s.store.Now(), decision
	return nil
}
