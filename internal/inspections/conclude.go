package inspections

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/conclusion"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
)

// ConcludeInspectionInput is the conclusion with the parts that are about single objects.
type ConcludeInspectionInput struct {
	Conclusion string           `json:"conclusion" minLength:"1" maxLength:"20000" doc:"Conclusion (Order 733 art. 16)" example:"总体执行较好，两所学校招生简章未公开"`
	Parts      []ConclusionPart `json:"parts,omitempty" maxItems:"500" doc:"What is said to single units; a unit without a part gets the conclusion as a whole"`
}

// ConclusionPart is what the conclusion says of one object.
type ConclusionPart struct {
	UnitID  ident.ID `json:"unit_id" doc:"Unit that the inspection was directed at"`
	Content string   `json:"content" minLength:"1" maxLength:"20000" doc:"What is said to it" example:"招生简章未公开，限期整改"`
}

// Conclude makes the conclusion (督查结论) by a member of the team and delivers to each object the part that is about it (Order 733 art.
// 16), under one number.
func (s *Service) Conclude(ctx context.Context, id ident.ID, version int, in ConcludeInspectionInput) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionConclude, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.ConcludeInspection, tr.Text.If(strings.TrimSpace(in.Conclusion) != "")); err != nil {
			return err
		}
		units, err := unitIDs(ctx, tx.Client(), id)
		if err != nil {
			return err
		}
		parts := make(map[ident.ID]string, len(units))
		for _, unit := range units {
			parts[unit] = in.Conclusion
		}
		for i, p := range in.Parts {
			if _, there := parts[p.UnitID]; !there {
				return fault.BadField(fmt.Sprintf("body.parts[%d].unit_id", i), "finding.outside_scope")
			}
			parts[p.UnitID] = p.Content
		}
		number, err := c.deliver(ctx, tx, units, parts)
		if err != nil {
			return err
		}
		c.after = map[string]any{"conclusion": in.Conclusion, "number": number}
		c.update.SetConclusion(in.Conclusion).SetConcludedAt(s.store.Now()).SetConcludedByID(c.actor.ID)
		return nil
	})
}

// deliver writes the part of every object and tells it. The history of a conclusion, which the object reads, begins with it.
func (c *changing) deliver(ctx context.Context, tx *ent.Tx, units []ident.ID, parts map[ident.ID]string) (string, error) {
	s := c.service
	year, serial, number, err := s.number(ctx, tx, c.row.AuthorityID, numbers.Conclusion, s.rules.Numbers.Conclusion)
	if err != nil {
		return "", err
	}
	status, err := rectify.ConclusionTable.Along(tr.Facts[rectify.ConclusionStatus]{}, "inspection.conclude")
	if err != nil {
		return "", err
	}
	rows, err := tx.Unit.Query().Where(entunit.IDIn(units...)).Order(entunit.ByID()).All(ctx)
	if err != nil {
		return "", fmt.Errorf("read units of inspection: %w", err)
	}
	for _, u := range rows {
		row, err := tx.Conclusion.Create().SetID(s.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetInspectionID(c.row.ID).SetUnitID(u.ID).SetUnitPath(u.Path).
			SetNumber(number).SetYear(year).SetSerial(serial).SetContent(parts[u.ID]).SetStatus(status).SetDeliveredByID(c.actor.ID).
			SetDeliveredAt(s.store.Now()).SetCreatedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return "", fmt.Errorf("deliver conclusion: %w", err)
		}
		to, err := s.clocks.Tell(ctx, tx, watches.Reach{AuthorityID: c.row.AuthorityID, UnitID: u.ID, UnitPath: u.Path}, ladder.Owner, ladder.UnitHead)
		if err != nil {
			return "", err
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "conclusion", SubjectID: row.ID, UnitID: row.UnitID,
			Action: string(rectify.DeliverConclusion), After: map[string]any{"status": status, "number": number, "content": row.Content},
			Tell: []timeline.Note{{To: to, Template: "conclusion.delivered", Params: map[string]any{"number": number, "title": c.row.Title}}}})
		if err != nil {
			return "", err
		}
	}
	return number, nil
}

var conclusionColumns = access.Columns{Authority: conclusion.FieldAuthorityID, Unit: conclusion.FieldUnitID, Path: conclusion.FieldUnitPath,
	Owner: conclusion.FieldDeliveredByID}

func conclusionFacts(row *ent.Conclusion) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath, OwnerID: row.DeliveredByID}
}

// Receive signs for a conclusion (签收): the period to object runs from this day (Order 733 art. 17).
func (s *Service) Receive(ctx context.Context, id ident.ID, version int) (Conclusion, error) {
	filter, err := s.gate.May(ctx, access.ConclusionReceive)
	if err != nil {
		return Conclusion{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Conclusion{}, err
	}
	if version == 0 {
		return Conclusion{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Conclusion, error) {
		row, err := s.visibleConclusion(ctx, tx.Client(), id)
		if err != nil {
			return Conclusion{}, err
		}
		if row.Version != version {
			return Conclusion{}, staleVersion
		}
		if !filter.Covers(conclusionFacts(row)) {
			return Conclusion{}, access.Refused(access.ConclusionReceive, "relation")
		}
		if row, err = s.receive(ctx, tx, actor, row); err != nil {
			return Conclusion{}, err
		}
		return s.conclusionView(ctx, tx.Client(), actor, row)
	})
}

func (s *Service) receive(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Conclusion) (*ent.Conclusion, error) {
	status, err := rectify.ConclusionTable.Apply(tr.Facts[rectify.ConclusionStatus]{Status: row.Status, Relations: tr.Holder.If(actor.InUnit(row.UnitID))},
		rectify.ReceiveConclusion)
	if err != nil {
		return nil, err
	}
	today := s.clocks.Today()
	until := s.clocks.Rules().Calendar.End(today, s.rules.Apply)
	n, err := tx.Conclusion.Update().Where(conclusion.ID(row.ID), conclusion.Version(row.Version)).SetStatus(status).SetReceivedAt(s.store.Now()).
		SetReceivedByID(actor.ID).SetObjectUntil(until).AddVersion(1).Save(ctx)
	if err != nil || n == 0 {
		return nil, orStale(err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "conclusion", SubjectID: row.ID, UnitID: row.UnitID,
		Action: string(rectify.ReceiveConclusion), Before: map[string]any{"status": row.Status},
		After: map[string]any{"status": status, "object_until": until, "rule": s.rules.Name()},
		Tell:  []timeline.Note{{To: []ident.ID{row.DeliveredByID}, Template: "conclusion.received", Params: map[string]any{"number": row.Number}}}})
	if err != nil {
		return nil, err
	}
	return tx.Conclusion.Get(ctx, row.ID)
}

// visibleConclusion finds a conclusion that the actor may see.
func (s *Service) visibleConclusion(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Conclusion, error) {
	see, err := s.gate.May(ctx, access.ConclusionRead)
	if err != nil {
		return nil, err
	}
	row, err := client.Conclusion.Query().Where(conclusion.ID(id), predicate.Conclusion(see.Predicate(conclusionColumns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("conclusion")
	}
	if err != nil {
		return nil, fmt.Errorf("load conclusion: %w", err)
	}
	return row, nil
}
