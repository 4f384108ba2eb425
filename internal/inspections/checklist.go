package inspections

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/ent/inspectioncheck"
	"github.com/duban-gov/duban/ent/inspectionunit"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
)

// SiteItem is what the team found of one item of the check-list at one unit (督查清单核对).
type SiteItem struct {
	ID          ident.ID        `json:"id" doc:"Id; its photographs have it as subject, with the kind check"`
	UnitID      ident.ID        `json:"unit_id" doc:"Unit"`
	Item        int             `json:"item" doc:"Which item of the plan's check-list, from 0" example:"0"`
	Outcome     rectify.Outcome `json:"outcome" doc:"What was found" enum:"conforms,partly,violates,unchecked"`
	Note        string          `json:"note" doc:"Note of the team"`
	Photos      int             `json:"photos" doc:"How many pieces of evidence it has"`
	CheckedByID ident.ID        `json:"checked_by_id" doc:"Who found it"`
	CheckedAt   time.Time       `json:"checked_at" doc:"When it was found on the spot"`
	Version     int             `json:"version" doc:"Version; a change names the one that it is based on"`
}

// SiteItems is the check-list of an inspection as far as it was gone through.
type SiteItems struct {
	Items []SiteItem `json:"items" doc:"What was found, by unit and item; what is missing was not looked at yet"`
}

// SaveChecksInput brings what was found on the spot, maybe hours ago and without a network: each entry names the version that it is
// based on, so that two phones do not overwrite each other unseen.
type SaveChecksInput struct {
	Items []SaveCheck `json:"items" minItems:"1" maxItems:"200" doc:"Entries; each is taken or refused by itself"`
}

// SaveCheck is one entry.
type SaveCheck struct {
	UnitID    ident.ID        `json:"unit_id" doc:"Unit that the inspection is directed at"`
	Item      int             `json:"item" minimum:"0" maximum:"99" doc:"Which item, from 0" example:"0"`
	Outcome   rectify.Outcome `json:"outcome" doc:"What was found" enum:"conforms,partly,violates,unchecked"`
	Note      string          `json:"note,omitempty" maxLength:"4000" doc:"Note" example:"首页未见招生简章"`
	CheckedAt time.Time       `json:"checked_at,omitzero" doc:"When it was found; now if missing, never later than now"`
	Version   int             `json:"version,omitempty" minimum:"0" doc:"Version that the entry is based on; 0 if there was none" example:"1"`
}

// SavedChecks says of each entry what became of it, in the order of the input.
type SavedChecks struct {
	Items []SavedCheck `json:"items" doc:"Results"`
}

// SavedCheck is the result of one entry.
type SavedCheck struct {
	Result string   `json:"result" doc:"saved: taken; same: nothing new; conflict: somebody else wrote meanwhile, and check is what stands" enum:"saved,same,conflict"`
	Check  SiteItem `json:"check" doc:"What stands now"`
}

// Checks reads the check-list as far as it was gone through.
func (s *Service) Checks(ctx context.Context, id ident.ID) (SiteItems, error) {
	if _, _, err := s.visible(ctx, id); err != nil {
		return SiteItems{}, err
	}
	rows, err := s.store.Read().InspectionCheck.Query().Where(inspectioncheck.InspectionID(id)).
		Order(inspectioncheck.ByUnitID(), inspectioncheck.ByItem()).All(ctx)
	if err != nil {
		return SiteItems{}, fmt.Errorf("read check-list: %w", err)
	}
	items, err := checkViews(ctx, s.store.Read(), rows)
	return SiteItems{Items: items}, err
}

// SaveChecks takes entries of the check-list while the inspection is open, by a member of its team. An entry that is based on an older
// version is refused alone, with what stands.
func (s *Service) SaveChecks(ctx context.Context, id ident.ID, in SaveChecksInput) (SavedChecks, error) {
	if _, err := s.gate.May(ctx, access.InspectionCheck); err != nil {
		return SavedChecks{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return SavedChecks{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (SavedChecks, error) {
		row, err := s.locked(ctx, tx, id)
		if err != nil {
			return SavedChecks{}, err
		}
		if _, err := s.apply(ctx, tx, actor, row, rectify.CheckInspection, 0); err != nil {
			return SavedChecks{}, err
		}
		paths, err := s.checkEntries(ctx, tx, row, in.Items)
		if err != nil {
			return SavedChecks{}, err
		}
		return s.saveChecks(ctx, tx, actor, row, paths, in.Items)
	})
}

// checkEntries refuses entries that name no unit or item of the plan, and returns the units' paths.
func (s *Service) checkEntries(ctx context.Context, tx *ent.Tx, row *ent.Inspection, entries []SaveCheck) (map[ident.ID]string, error) {
	links, err := tx.InspectionUnit.Query().Where(inspectionunit.InspectionID(row.ID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of inspection: %w", err)
	}
	var ids []ident.ID
	for _, l := range links {
		ids = append(ids, l.UnitID)
	}
	units, err := tx.Unit.Query().Where(entunit.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of inspection: %w", err)
	}
	paths := make(map[ident.ID]string, len(units))
	for _, u := range units {
		paths[u.ID] = u.Path
	}
	var faults []fault.Field
	for i, e := range entries {
		at := fmt.Sprintf("body.items[%d].", i)
		if _, in := paths[e.UnitID]; !in {
			faults = append(faults, fault.Field{Location: at + "unit_id", Code: "finding.outside_scope"})
		}
		if e.Item < 0 || e.Item >= len(row.Items) {
			faults = append(faults, fault.Field{Location: at + "item", Code: "inspection.unknown_item"})
		}
		if !slices.Contains(e.Outcome.Values(), string(e.Outcome)) {
			faults = append(faults, oneOf(at+"outcome", e.Outcome.Values()))
		}
	}
	if len(faults) > 0 {
		return nil, fault.BadFields(faults...)
	}
	return paths, nil
}

func (s *Service) saveChecks(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Inspection, paths map[ident.ID]string, entries []SaveCheck) (SavedChecks, error) {
	out := SavedChecks{Items: make([]SavedCheck, len(entries))}
	saved := []SaveCheck{}
	for i, e := range entries {
		result, check, err := s.saveCheck(ctx, tx, actor, row, paths[e.UnitID], e)
		if err != nil {
			return SavedChecks{}, err
		}
		views, err := checkViews(ctx, tx.Client(), []*ent.InspectionCheck{check})
		if err != nil {
			return SavedChecks{}, err
		}
		out.Items[i] = SavedCheck{Result: result, Check: views[0]}
		if result == "saved" {
			saved = append(saved, e)
		}
	}
	if len(saved) == 0 {
		return out, nil
	}
	_, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "inspection", SubjectID: row.ID, PlanID: row.PlanID,
		Action: string(rectify.CheckInspection), After: map[string]any{"checks": saved}})
	return out, err
}

// saveCheck writes one entry, unless somebody else wrote since the version that it is based on.
func (s *Service) saveCheck(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Inspection, path string, e SaveCheck) (string, *ent.InspectionCheck, error) {
	now := s.store.Now()
	if e.CheckedAt.IsZero() || e.CheckedAt.After(now) {
		e.CheckedAt = now
	}
	e.CheckedAt = e.CheckedAt.UTC().Truncate(time.Millisecond)
	note := strings.TrimSpace(e.Note)
	old, err := tx.InspectionCheck.Query().Where(inspectioncheck.InspectionID(row.ID), inspectioncheck.UnitID(e.UnitID), inspectioncheck.Item(e.Item)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		made, err := tx.InspectionCheck.Create().SetID(s.store.NewID()).SetAuthorityID(row.AuthorityID).SetInspectionID(row.ID).SetUnitID(e.UnitID).
			SetUnitPath(path).SetItem(e.Item).SetOutcome(e.Outcome).SetNote(note).SetCheckedByID(actor.ID).SetCheckedAt(e.CheckedAt).
			SetCreatedAt(now).Save(ctx)
		if err != nil {
			return "", nil, fmt.Errorf("save check: %w", err)
		}
		return "saved", made, nil
	case err != nil:
		return "", nil, fmt.Errorf("read check: %w", err)
	case old.Outcome == e.Outcome && old.Note == note:
		return "same", old, nil
	case old.Version != e.Version:
		return "conflict", old, nil
	}
	n, err := tx.InspectionCheck.Update().Where(inspectioncheck.ID(old.ID), inspectioncheck.Version(old.Version)).SetOutcome(e.Outcome).SetNote(note).
		SetCheckedByID(actor.ID).SetCheckedAt(e.CheckedAt).AddVersion(1).Save(ctx)
	if err != nil || n == 0 {
		return "", nil, orStale(err)
	}
	changed, err := tx.InspectionCheck.Get(ctx, old.ID)
	return "saved", changed, err
}

func checkViews(ctx context.Context, client *ent.Client, rows []*ent.InspectionCheck) ([]SiteItem, error) {
	views := make([]SiteItem, len(rows))
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
		views[i] = SiteItem{ID: r.ID, UnitID: r.UnitID, Item: r.Item, Outcome: r.Outcome, Note: r.Note, CheckedByID: r.CheckedByID,
			CheckedAt: r.CheckedAt, Version: r.Version}
	}
	counts, err := evidenceCounts(ctx, client, evidence.SubjectCheck, ids)
	if err != nil {
		return nil, err
	}
	for i := range views {
		views[i].Photos = counts[views[i].ID]
	}
	return views, nil
}

// evidenceCounts counts the evidence of several objects of a kind.
func evidenceCounts(ctx context.Context, client *ent.Client, subject evidence.Subject, ids []ident.ID) (map[ident.ID]int, error) {
	counts := make(map[ident.ID]int, len(ids))
	if len(ids) == 0 {
		return counts, nil
	}
	var rows []struct {
		SubjectID ident.ID `json:"subject_id"`
		Count     int      `json:"count"`
	}
	err := client.Evidence.Query().Where(evidence.SubjectEQ(subject), evidence.SubjectIDIn(ids...)).
		GroupBy(evidence.FieldSubjectID).Aggregate(ent.Count()).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count evidence: %w", err)
	}
	for _, r := range rows {
		counts[r.SubjectID] = r.Count
	}
	return counts, nil
}
