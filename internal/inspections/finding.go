package inspections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/inspectionunit"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/unit"
)

var findingColumns = access.Columns{Authority: finding.FieldAuthorityID, Unit: finding.FieldUnitID, Path: finding.FieldUnitPath, Owner: finding.FieldFoundByID}

// errInNotice refuses to dismiss what a draft is about to order.
var errInNotice = fault.New(fault.Conflict, "finding.in_notice")

// RecordFindingInput is a fault as the team writes it down.
type RecordFindingInput struct {
	UnitID      ident.ID         `json:"unit_id" doc:"Unit at fault; one that the inspection is directed at, or below one"`
	Severity    rectify.Severity `json:"severity" doc:"Grade" enum:"minor,major,serious"`
	Description string           `json:"description" minLength:"1" maxLength:"4000" doc:"What was found" example:"招生简章未在网上公开"`
	Basis       string           `json:"basis" minLength:"1" maxLength:"2000" doc:"Clause that is broken" example:"《政府信息公开条例》第九条"`
	Requirement string           `json:"requirement,omitempty" maxLength:"4000" doc:"What has to be put right" example:"十五个工作日内公开招生简章"`
	DutyID      ident.ID         `json:"duty_id,omitzero" doc:"Duty of that unit that the fault touches"`
}

// DismissFindingInput says why a finding is not pursued.
type DismissFindingInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Why it is not pursued" example:"检查期间已自行改正"`
}

func (in RecordFindingInput) check() error {
	var fields []fault.Field
	if in.UnitID.IsZero() {
		fields = append(fields, fault.Field{Location: "body.unit_id", Code: "required"})
	}
	if !slices.Contains(in.Severity.Values(), string(in.Severity)) {
		fields = append(fields, oneOf("body.severity", in.Severity.Values()))
	}
	if strings.TrimSpace(in.Basis) == "" {
		fields = append(fields, fault.Field{Location: "body.basis", Code: "required"})
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.BadFields(fields...)
}

// Record writes down a finding while the inspection is open. Errors: finding.outside_scope for a unit that the inspection is
// not directed at (Order 733 art. 15 forbids widening it).
func (s *Service) Record(ctx context.Context, inspectionID ident.ID, in RecordFindingInput) (Finding, error) {
	if _, err := s.gate.May(ctx, access.FindingRecord); err != nil {
		return Finding{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Finding{}, err
	}
	if err := in.check(); err != nil {
		return Finding{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Finding, error) {
		parent, err := s.locked(ctx, tx, inspectionID)
		if err != nil {
			return Finding{}, err
		}
		row, err := s.insertFinding(ctx, tx, actor, parent, in)
		if err != nil {
			return Finding{}, err
		}
		return s.findingView(ctx, tx.Client(), actor, row)
	})
}

func (s *Service) insertFinding(ctx context.Context, tx *ent.Tx, actor access.Actor, parent *ent.Inspection, in RecordFindingInput) (*ent.Finding, error) {
	if _, err := s.apply(ctx, tx, actor, parent, rectify.AddFinding, 0); err != nil {
		return nil, err
	}
	path, err := s.inScope(ctx, tx, parent, in.UnitID)
	if err != nil {
		return nil, err
	}
	if err := checkDuty(ctx, tx, parent.AuthorityID, in); err != nil {
		return nil, err
	}
	status, err := rectify.FindingTable.Apply(tr.Facts[rectify.FindingStatus]{ // the team was asked for by the inspection's table
		Relations: tr.PartOfTeam | tr.Holder.If(actor.InUnit(in.UnitID)), Given: tr.Text.If(strings.TrimSpace(in.Description) != ""),
	}, rectify.RecordFinding)
	if err != nil {
		return nil, err
	}
	row, err := tx.Finding.Create().SetID(s.store.NewID()).SetAuthorityID(parent.AuthorityID).SetInspectionID(parent.ID).SetDutyID(in.DutyID).
		SetUnitID(in.UnitID).SetUnitPath(path).SetSeverity(in.Severity).SetStatus(status).SetDescription(in.Description).SetBasis(in.Basis).
		SetRequirement(in.Requirement).SetFoundByID(actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create finding: %w", err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "finding", SubjectID: row.ID, UnitID: row.UnitID,
		PlanID: parent.PlanID, Action: string(rectify.RecordFinding), After: in})
	if err != nil {
		return nil, err
	}
	return row, s.proposeRepeats(ctx, tx, row)
}

// inScope is the path of a unit that the inspection is directed at, itself or by a unit above it.
func (s *Service) inScope(ctx context.Context, tx *ent.Tx, parent *ent.Inspection, id ident.ID) (unit.Path, error) {
	found, err := tx.Unit.Query().Where(entunit.ID(id), entunit.AuthorityID(parent.AuthorityID)).Only(ctx)
	if ent.IsNotFound(err) {
		return "", fault.BadField("body.unit_id", "inspection.unknown_unit")
	}
	if err != nil {
		return "", fmt.Errorf("read unit: %w", err)
	}
	above := unit.Ancestors(found.Path)
	covering, err := tx.Unit.Query().Where(entunit.AuthorityID(parent.AuthorityID), entunit.PathIn(above...)).IDs(ctx)
	if err != nil {
		return "", fmt.Errorf("read units above: %w", err)
	}
	there, err := tx.InspectionUnit.Query().
		Where(inspectionunit.InspectionID(parent.ID), inspectionunit.UnitIDIn(covering...)).Exist(ctx)
	if err != nil {
		return "", fmt.Errorf("read units of inspection: %w", err)
	}
	if !there {
		return "", fault.BadField("body.unit_id", "finding.outside_scope")
	}
	return found.Path, nil
}

func checkDuty(ctx context.Context, tx *ent.Tx, authority ident.ID, in RecordFindingInput) error {
	if in.DutyID.IsZero() {
		return nil
	}
	there, err := tx.Duty.Query().Where(entduty.ID(in.DutyID), entduty.AuthorityID(authority), entduty.UnitID(in.UnitID)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("read duty: %w", err)
	}
	if !there {
		return fault.BadField("body.duty_id", "finding.unknown_duty")
	}
	return nil
}

// Dismiss drops a finding that stands in no notice (不予整改).
func (s *Service) Dismiss(ctx context.Context, id ident.ID, version int, in DismissFindingInput) (Finding, error) {
	filter, err := s.gate.May(ctx, access.FindingDismiss)
	if err != nil {
		return Finding{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Finding{}, err
	}
	if version == 0 {
		return Finding{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	var view Finding
	err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := s.visibleFinding(ctx, tx.Client(), id)
		if err != nil {
			return err
		}
		if row.Version != version {
			return staleVersion
		}
		if !filter.Covers(findingFacts(row)) {
			return access.Refused(access.FindingDismiss, "relation")
		}
		if row, err = s.dismiss(ctx, tx, actor, row, in); err != nil {
			return err
		}
		view, err = s.findingView(ctx, tx.Client(), actor, row)
		return err
	})
	return view, err
}

func (s *Service) dismiss(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Finding, in DismissFindingInput) (*ent.Finding, error) {
	relations, err := s.findingRelations(ctx, tx.Client(), actor, row)
	if err != nil {
		return nil, err
	}
	status, err := rectify.FindingTable.Apply(tr.Facts[rectify.FindingStatus]{
		Status: row.Status, Relations: relations, Given: tr.Reason.If(strings.TrimSpace(in.Reason) != ""),
	}, rectify.DismissFinding)
	if err != nil {
		return nil, err
	}
	if !row.NoticeID.IsZero() { // it is being ordered: the draft has to let go of it first
		return nil, errInNotice
	}
	n, err := tx.Finding.Update().Where(finding.ID(row.ID), finding.Version(row.Version), finding.NoticeID(ident.ID{})).
		SetStatus(status).SetReason(in.Reason).SetClosedAt(s.store.Now()).AddVersion(1).Save(ctx)
	if err != nil || n == 0 {
		return nil, orStale(err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "finding", SubjectID: row.ID, UnitID: row.UnitID,
		Action: string(rectify.DismissFinding), Before: map[string]any{"status": row.Status}, After: map[string]any{"status": status}, Reason: in.Reason})
	if err != nil {
		return nil, err
	}
	return tx.Finding.Get(ctx, row.ID)
}

func findingFacts(row *ent.Finding) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath, OwnerID: row.FoundByID}
}

// findingRelations says how the actor stands to a finding.
func (s *Service) findingRelations(ctx context.Context, client *ent.Client, actor access.Actor, row *ent.Finding) (tr.Relation, error) {
	team, err := onTeam(ctx, client.InspectionMember, row.InspectionID, actor.ID)
	return tr.PartOfTeam.If(team) | tr.Holder.If(actor.InUnit(row.UnitID)), err
}

// visibleFinding finds a finding that the actor may see.
func (s *Service) visibleFinding(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Finding, error) {
	see, err := s.gate.May(ctx, access.FindingRead)
	if err != nil {
		return nil, err
	}
	row, err := client.Finding.Query().Where(finding.ID(id), predicate.Finding(see.Predicate(findingColumns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("finding")
	}
	if err != nil {
		return nil, fmt.Errorf("load finding: %w", err)
	}
	return row, nil
}
