package plans

import (
	"context"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/transition"
)

// SetReportingInput says how a plan, or one task of it, is reported on.
type SetReportingInput struct {
	TaskID ident.ID `json:"task_id,omitzero" doc:"Only this task; the whole plan if missing"`
	Cycle  string   `json:"cycle" maxLength:"40" doc:"Id of a report cycle, “none”, or empty: as the clause, the plan, or the rule file says" example:"monthly"`
}

// ChangeReportingInput is that for a plan that was issued.
type ChangeReportingInput struct {
	SetReportingInput
	Reason string `json:"reason" maxLength:"2000" doc:"Why it changes" example:"领导要求按月报送"`
}

// TaskReporting is how a node is reported on.
type TaskReporting struct {
	TaskID    ident.ID `json:"task_id" doc:"The node"`
	Number    string   `json:"number,omitempty" doc:"Its number" example:"7."`
	Title     string   `json:"title" doc:"Its title" example:"深化招生考试信息公开"`
	Chosen    string   `json:"chosen,omitempty" doc:"Cycle that was chosen for it" example:"milestones"`
	Effective string   `json:"effective" doc:"Cycle in force, or the recurrence of its clause" example:"FREQ=MONTHLY;BYMONTHDAY=28"`
}

// PlanReporting is how a plan is reported on.
type PlanReporting struct {
	Chosen  string          `json:"chosen,omitempty" doc:"Cycle that was chosen for the plan" example:"quarterly"`
	Items   []TaskReporting `json:"items" doc:"The nodes that somebody is responsible for, in document order"`
	Version int             `json:"version" doc:"Version of the plan, for a change" example:"3"`
}

// Reporting shows which report cycle each task of a plan goes by.
func (s *Service) Reporting(ctx context.Context, planID ident.ID) (PlanReporting, error) {
	client := s.store.Read()
	row, err := s.seen(ctx, client, planID)
	if err != nil {
		return PlanReporting{}, err
	}
	sh, err := s.layOut(ctx, client, row, s.today())
	if err != nil {
		return PlanReporting{}, err
	}
	chosen, err := s.occurrences.Choices(ctx, client, planID)
	if err != nil {
		return PlanReporting{}, err
	}
	out := PlanReporting{Chosen: chosen[ident.ID{}], Items: []TaskReporting{}, Version: row.Version}
	for _, t := range sh.Tasks {
		if len(sh.recipients(t)) == 0 || sh.general(t) {
			continue
		}
		out.Items = append(out.Items, TaskReporting{TaskID: t.ID, Number: t.Number, Title: t.Title, Chosen: chosen[t.ID],
			Effective: s.occurrences.Effective(t, out.Chosen, chosen[t.ID])})
	}
	return out, nil
}

// SetReporting chooses the report cycle of a draft, or of one task of it.
func (s *Service) SetReporting(ctx context.Context, planID ident.ID, version int, in SetReportingInput) (PlanReporting, error) {
	return s.reporting(ctx, planID, version, in, access.PlanEdit, plan.Edit, "")
}

// ChangeReporting chooses another report cycle for an issued plan, or one task of it, from today on.
func (s *Service) ChangeReporting(ctx context.Context, planID ident.ID, version int, in ChangeReportingInput) (PlanReporting, error) {
	return s.reporting(ctx, planID, version, in.SetReportingInput, access.PlanAmend, plan.Amend, in.Reason)
}

func (s *Service) reporting(ctx context.Context, planID ident.ID, version int, in SetReportingInput, permission access.Permission, act transition.Action, reason string) (PlanReporting, error) {
	if err := named(version); err != nil {
		return PlanReporting{}, err
	}
	given := facts{Given: transition.Reason.If(strings.TrimSpace(reason) != "")}
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, _, err := s.take(ctx, tx.Client(), planID, permission, act, given)
		if err != nil {
			return err
		}
		if err := lock(ctx, tx, row, version); err != nil {
			return err
		}
		if err := knownTask(ctx, tx, planID, in.TaskID); err != nil {
			return err
		}
		if err := s.occurrences.Choose(ctx, tx, row, in.TaskID, in.Cycle); err != nil {
			return err
		}
		if row.Status == plan.Issued {
			if err := s.occurrences.Replan(ctx, tx, row, in.TaskID); err != nil {
				return err
			}
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: planID, PlanID: planID,
			Action: "set_reporting", Reason: reason, After: in})
		return err
	})
	if err != nil {
		return PlanReporting{}, err
	}
	return s.Reporting(ctx, planID)
}

// knownTask wants a task of the plan, if one is named.
func knownTask(ctx context.Context, tx *ent.Tx, planID, id ident.ID) error {
	if id.IsZero() {
		return nil
	}
	t, err := tx.Task.Get(ctx, id)
	if ent.IsNotFound(err) || err == nil && t.PlanID != planID {
		return fault.BadField("body.task_id", "unknown")
	}
	return err
}
