package inspections

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/inspectionduplicate"
	"github.com/duban-gov/duban/ent/inspectionunit"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/unit"
)

// maxOverlaps bounds how many other inspections of the same days are looked at.
const maxOverlaps = 500

// overlaps lists the other inspections that meet one of the same objects, or one above or below it, in overlapping days: each with
// the matters that are most alike, and with the answer where one was given (Order 733 art. 15: no duplicate supervision).
func (s *Service) overlaps(ctx context.Context, client *ent.Client, row *ent.Inspection) ([]InspectionOverlap, error) {
	others, err := client.Inspection.Query().Where(inspection.AuthorityID(row.AuthorityID), inspection.IDNEQ(row.ID), inspection.StatusNEQ(rectify.InspectionCancelled),
		inspection.StartsOnLTE(row.EndsOn), inspection.EndsOnGTE(row.StartsOn)).Order(inspection.ByID()).Limit(maxOverlaps).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read inspections of the same days: %w", err)
	}
	list := []InspectionOverlap{}
	if len(others) == 0 {
		return list, nil
	}
	objects, err := objectsOf(ctx, client, append(others, row))
	if err != nil {
		return nil, err
	}
	answers, err := answersOf(ctx, client, row.ID)
	if err != nil {
		return nil, err
	}
	for _, o := range others {
		shared := meeting(objects[row.ID], objects[o.ID])
		if shared == nil {
			continue
		}
		matter, other, similarity := rectify.Nearest(row.Matters, o.Matters)
		list = append(list, InspectionOverlap{InspectionID: o.ID, Title: o.Title, UnitID: shared.ID, UnitName: shared.Name, StartsOn: o.StartsOn, EndsOn: o.EndsOn,
			Matter: matter, OtherMatter: other, Similarity: similarity, Duplicate: similarity >= s.rules.Duplicate, Answer: answers[o.ID]})
	}
	return list, nil
}

// objectsOf reads the units of several inspections.
func objectsOf(ctx context.Context, client *ent.Client, rows []*ent.Inspection) (map[ident.ID][]*ent.Unit, error) {
	var ids, units []ident.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	links, err := client.InspectionUnit.Query().Where(inspectionunit.InspectionIDIn(ids...)).Order(inspectionunit.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of inspections: %w", err)
	}
	for _, l := range links {
		units = append(units, l.UnitID)
	}
	found, err := client.Unit.Query().Where(entunit.IDIn(unique(units)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of inspections: %w", err)
	}
	known := make(map[ident.ID]*ent.Unit, len(found))
	for _, u := range found {
		known[u.ID] = u
	}
	objects := make(map[ident.ID][]*ent.Unit)
	for _, l := range links {
		objects[l.InspectionID] = append(objects[l.InspectionID], known[l.UnitID])
	}
	return objects, nil
}

// meeting is the first unit of ours that is one of theirs, or above or below one.
func meeting(ours, theirs []*ent.Unit) *ent.Unit {
	for _, a := range ours {
		for _, b := range theirs {
			if unit.Within(a.Path, b.Path) || unit.Within(b.Path, a.Path) {
				return a
			}
		}
	}
	return nil
}

func answersOf(ctx context.Context, client *ent.Client, id ident.ID) (map[ident.ID]string, error) {
	rows, err := client.InspectionDuplicate.Query().Where(inspectionduplicate.InspectionID(id)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read answers to duplicates: %w", err)
	}
	answers := make(map[ident.ID]string, len(rows))
	for _, r := range rows {
		answers[r.OtherID] = r.Reason
	}
	return answers, nil
}

// answer keeps why the inspection is needed beside each duplicate, and refuses to go on while one stands unanswered.
func (c *changing) answer(ctx context.Context, tx *ent.Tx, given []AnswerDuplicate) error {
	s := c.service
	found, err := s.overlaps(ctx, tx.Client(), c.row)
	if err != nil {
		return err
	}
	reasons := make(map[ident.ID]string, len(given))
	for _, g := range given {
		reasons[g.InspectionID] = strings.TrimSpace(g.Reason)
	}
	for _, o := range found {
		if !o.Duplicate || o.Answer != "" {
			continue
		}
		if reasons[o.InspectionID] == "" {
			return fault.New(fault.Conflict, "inspection.duplicate").With("title", o.Title).With("unit", o.UnitName).With("matter", o.OtherMatter).
				With("from", o.StartsOn.String()).With("to", o.EndsOn.String()).With("inspection_id", o.InspectionID.String())
		}
		err := tx.InspectionDuplicate.Create().SetID(s.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetInspectionID(c.row.ID).SetOtherID(o.InspectionID).
			SetReason(reasons[o.InspectionID]).SetAnsweredByID(c.actor.ID).SetCreatedAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("keep answer to duplicate: %w", err)
		}
	}
	return nil
}
