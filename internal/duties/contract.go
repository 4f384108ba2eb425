package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entevidence "github.com/duban-gov/duban/ent/evidence"
	entreport "github.com/duban-gov/duban/ent/report"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// CompletionChecklist is what the completion contract of a duty asks for, and what of it is on file.
type CompletionChecklist struct {
	DutyID   ident.ID                    `json:"duty_id" doc:"Duty that it is about"`
	Contract contract.CompletionContract `json:"contract" doc:"The completion contract (办结标准) as it was frozen at issue"`
	Items    []contract.Item             `json:"items" doc:"What is asked for, met or not"`
	Missing  int                         `json:"missing" doc:"How many items are not met; 0: the duty may be submitted as complete" example:"1"`
}

// Checklist holds the completion contract of a duty against what is on file today: its evidence, that of its confirmed reports and of
// the completion request at hand, and the unit's confirmed figures. A draft of another unit stays unseen.
func (s *Service) Checklist(ctx context.Context, id ident.ID) (CompletionChecklist, error) {
	w, err := s.look(ctx, id, access.DutyRead)
	if err != nil {
		return CompletionChecklist{}, err
	}
	client := s.store.Read()
	request, err := client.Report.Query().Where(entreport.DutyID(id), entreport.KindEQ(duty.Completion)).Order(ent.Desc(entreport.FieldID)).First(ctx)
	if ent.IsNotFound(err) || err == nil && !s.mayRead(w, request) {
		request, err = nil, nil
	}
	if err != nil {
		return CompletionChecklist{}, fmt.Errorf("read completion request: %w", err)
	}
	c, facts, err := s.onFile(ctx, client, w, request)
	if err != nil {
		return CompletionChecklist{}, err
	}
	return CompletionChecklist{DutyID: id, Contract: c, Items: contract.Checklist(c, facts), Missing: len(contract.Missing(c, facts))}, nil
}

// fulfilled refuses a completion request that lacks something that its contract asks for, with the list of all of it.
func (s *Service) fulfilled(ctx context.Context, tx *ent.Tx, f *filing) error {
	if f.kind != duty.Completion {
		return nil
	}
	c, facts, err := s.onFile(ctx, tx.Client(), f.work, f.report)
	if err != nil {
		return err
	}
	if refused := contract.Incomplete(contract.Missing(c, facts)); refused != nil {
		return refused
	}
	return nil
}

// onFile reads the contract of a duty and the facts that it asks for. Request is the completion request at hand; it may be nil.
func (s *Service) onFile(ctx context.Context, client *ent.Client, w *work, request *ent.Report) (contract.CompletionContract, contract.Facts, error) {
	facts := contract.Facts{Today: w.today}
	task, err := client.Task.Get(ctx, w.is.TaskID)
	if err != nil {
		return contract.CompletionContract{}, facts, fmt.Errorf("read task of duty: %w", err)
	}
	c, err := contract.Read(task.Contract)
	if err != nil {
		return c, facts, err
	}
	if c.Empty() {
		return c, facts, nil
	}
	if facts.Targets, err = contract.ReadTargets(task.Targets); err != nil {
		return c, facts, err
	}
	reports, err := client.Report.Query().Where(entreport.DutyID(w.is.ID), entreport.StatusEQ(duty.ReportConfirmed)).Order(entreport.ByID()).All(ctx)
	if err != nil {
		return c, facts, fmt.Errorf("read confirmed reports: %w", err)
	}
	if request != nil {
		reports = append(reports, request)
	}
	if c.Figures {
		if facts.Figures, err = s.reached(ctx, client, w.is, task, facts.Targets); err != nil {
			return c, facts, err
		}
	}
	facts.Evidence, err = proofs(ctx, client, w.is.ID, reports)
	return c, facts, err
}

// proofs reads the evidence on a duty and its reports, the newest version of each piece.
func proofs(ctx context.Context, client *ent.Client, dutyID ident.ID, reports []*ent.Report) ([]contract.Proof, error) {
	ids := make([]ident.ID, len(reports))
	for i, r := range reports {
		ids[i] = r.ID
	}
	rows, err := client.Evidence.Query().Where(entevidence.Or(
		entevidence.And(entevidence.SubjectEQ(entevidence.SubjectDuty), entevidence.SubjectID(dutyID)),
		entevidence.And(entevidence.SubjectEQ(entevidence.SubjectReport), entevidence.SubjectIDIn(ids...)))).Order(entevidence.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read evidence of duty: %w", err)
	}
	replaced := make(map[ident.ID]bool)
	for _, row := range rows {
		replaced[row.SupersedesID] = true
	}
	var found []contract.Proof
	for _, row := range rows {
		if !replaced[row.ID] {
			found = append(found, contract.Proof{Kind: row.Kind, Link: row.URL != "", Expires: row.ExpiresOn})
		}
	}
	return found, nil
}

// reached is what the confirmed figures of the unit come to for each target, since the task began; a target is met by the
// indicator of its name (指标), in whichever report and plan the figure was given.
func (s *Service) reached(ctx context.Context, client *ent.Client, d *ent.Duty, task *ent.Task, targets []contract.Target) (map[string]float64, error) {
	since := task.StartDate
	if since.IsZero() {
		p, err := client.Plan.Get(ctx, d.PlanID)
		if err != nil {
			return nil, fmt.Errorf("read plan of duty: %w", err)
		}
		since = workday.NewDate(p.Year, 1, 1)
	}
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = t.Name()
	}
	return s.indicators.Reached(ctx, client, d.AuthorityID, d.UnitPath, since, names)
}
