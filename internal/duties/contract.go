package duties

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entevidence "github.com/duban-gov/duban/ent/evidence"
	entreport "github.com/duban-gov/duban/ent/report"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
)

// CompletionChecklist is what the completion contract of a duty asks for, and what of it is on file.
type CompletionChecklist struct {
	DutyID   ident.ID                    `json:"duty_id" doc:"Duty that it is about"`
	Contract contract.CompletionContract `json:"contract" doc:"The completion contract (办结标准) as it was frozen at issue"`
	Items    []contract.Item             `json:"items" doc:"What is asked for, met or not"`
	Missing  int                         `json:"missing" doc:"How many items are not met; 0: the duty may be submitted as complete" example:"1"`
}

// Checklist holds the completion contract of a duty against what is on file today: its evidence, the figures of its confirmed
// reports and of the completion request at hand. A draft of another unit stays unseen.
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
	facts.Figures = reported(reports)
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

// reported are the figures of reports by metric; a later report overrides an earlier one. A figure stands as a number, or as an
// object with its value.
func reported(reports []*ent.Report) map[string]float64 {
	figures := make(map[string]float64)
	for _, r := range reports {
		var raw map[string]json.RawMessage
		if json.Unmarshal(r.Figures, &raw) != nil { // a report without figures, or with some of another shape: nothing was reported
			continue
		}
		for metric, text := range raw {
			var value *float64
			var object struct {
				Value *float64 `json:"value"`
			}
			if json.Unmarshal(text, &value) != nil && json.Unmarshal(text, &object) == nil {
				value = object.Value
			}
			if value != nil {
				figures[metric] = *value
			}
		}
	}
	return figures
}
