package inspections

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/conclusion"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// Conclusion is the part of an inspection's conclusion that is about one object (督查结论).
type Conclusion struct {
	ID              ident.ID                 `json:"id" doc:"Id"`
	InspectionID    ident.ID                 `json:"inspection_id" doc:"Inspection"`
	InspectionTitle string                   `json:"inspection_title" doc:"Title of the inspection"`
	Number          string                   `json:"number" doc:"Document number, one for all objects of the inspection" example:"岚教督结〔2017〕1号"`
	UnitID          ident.ID                 `json:"unit_id" doc:"Unit that it is about"`
	UnitName        string                   `json:"unit_name" doc:"Name of the unit"`
	Status          rectify.ConclusionStatus `json:"status" doc:"State" enum:"delivered,received,revoked"`
	Content         string                   `json:"content" doc:"What it says to the unit"`
	DeliveredByID   ident.ID                 `json:"delivered_by_id" doc:"User who made it"`
	DeliveredAt     time.Time                `json:"delivered_at" doc:"Instant of delivery"`
	ReceivedAt      time.Time                `json:"received_at,omitzero" doc:"Instant of the receipt"`
	ReceivedByID    ident.ID                 `json:"received_by_id,omitzero" doc:"User who signed for it"`
	ObjectUntil     workday.Date             `json:"object_until,omitzero" doc:"Last day to object (Order 733 art. 17); missing before the receipt"`
	Version         int                      `json:"version" doc:"Version for If-Match"`
	AllowedActions  []access.AllowedAction   `json:"allowed_actions" doc:"What the caller may do with it now"`
}

// ConclusionPage is one page of conclusions, newest first.
type ConclusionPage struct {
	Items []Conclusion `json:"items" doc:"Conclusions"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// ConclusionFilter narrows a list of conclusions; what is zero does not narrow.
type ConclusionFilter struct {
	InspectionID ident.ID
	UnitID       ident.ID
	Status       rectify.ConclusionStatus
	After        string
	Limit        int
}

// GetConclusion is one conclusion.
func (s *Service) GetConclusion(ctx context.Context, id ident.ID) (Conclusion, error) {
	row, err := s.visibleConclusion(ctx, s.store.Read(), id)
	if err != nil {
		return Conclusion{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Conclusion{}, err
	}
	return s.conclusionView(ctx, s.store.Read(), actor, row)
}

// ConclusionTimeline is the history of a conclusion, oldest first.
func (s *Service) ConclusionTimeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.visibleConclusion(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	return s.history(ctx, "conclusion", id, conclusionFacts(row), after, limit)
}

// Conclusions pages through the conclusions that the actor may see, newest first.
func (s *Service) Conclusions(ctx context.Context, f ConclusionFilter) (ConclusionPage, error) {
	see, err := s.gate.May(ctx, access.ConclusionRead)
	if err != nil {
		return ConclusionPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return ConclusionPage{}, err
	}
	query := s.store.Read().Conclusion.Query().Where(predicate.Conclusion(see.Predicate(conclusionColumns)))
	if !f.InspectionID.IsZero() {
		query.Where(conclusion.InspectionID(f.InspectionID))
	}
	if !f.UnitID.IsZero() {
		query.Where(conclusion.UnitID(f.UnitID))
	}
	if f.Status != "" {
		query.Where(conclusion.StatusEQ(f.Status))
	}
	if f.After != "" {
		after, err := cursor(f.After)
		if err != nil {
			return ConclusionPage{}, err
		}
		query.Where(conclusion.IDLT(after))
	}
	limit := pageSize(f.Limit)
	rows, err := query.Order(conclusion.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return ConclusionPage{}, fmt.Errorf("list conclusions: %w", err)
	}
	page := ConclusionPage{}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.conclusionViews(ctx, s.store.Read(), actor, rows)
	return page, err
}

func (s *Service) conclusionView(ctx context.Context, client *ent.Client, actor access.Actor, row *ent.Conclusion) (Conclusion, error) {
	views, err := s.conclusionViews(ctx, client, actor, []*ent.Conclusion{row})
	if err != nil {
		return Conclusion{}, err
	}
	return views[0], nil
}

func (s *Service) conclusionViews(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.Conclusion) ([]Conclusion, error) {
	var units, parents []ident.ID
	for _, r := range rows {
		units, parents = append(units, r.UnitID), append(parents, r.InspectionID)
	}
	names, err := unitNames(ctx, client, unique(units))
	if err != nil {
		return nil, err
	}
	found, err := client.Inspection.Query().Where(inspection.IDIn(unique(parents)...)).Select(inspection.FieldID, inspection.FieldTitle).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read inspections of conclusions: %w", err)
	}
	titles := make(map[ident.ID]string, len(found))
	for _, f := range found {
		titles[f.ID] = f.Title
	}
	views := make([]Conclusion, len(rows))
	for i, r := range rows {
		views[i] = Conclusion{ID: r.ID, InspectionID: r.InspectionID, InspectionTitle: titles[r.InspectionID], Number: r.Number, UnitID: r.UnitID,
			UnitName: names[r.UnitID], Status: r.Status, Content: r.Content, DeliveredByID: r.DeliveredByID, DeliveredAt: r.DeliveredAt,
			ReceivedAt: r.ReceivedAt, ReceivedByID: r.ReceivedByID, ObjectUntil: r.ObjectUntil, Version: r.Version,
			AllowedActions: s.gate.Actions(ctx, conclusionFacts(r), rectify.ConclusionTable.Allowed(tr.Facts[rectify.ConclusionStatus]{
				Status: r.Status, Relations: tr.Holder.If(actor.InUnit(r.UnitID)),
			}))}
	}
	return views, nil
}

// ConclusionReview is what the decision on an objection does to a conclusion.
type ConclusionReview struct {
	Via     string // the act on the objection: "objection.change" or "objection.revoke"
	Opinion string // the decision, kept as the reason
	Content string // changed: what is said to the unit from now on
}

// Reviewed carries the decision on an objection out, in its transaction. The caller has made sure that nobody who decides had a part.
func (s *Service) Reviewed(ctx context.Context, tx *ent.Tx, id ident.ID, in ConclusionReview) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	row, err := tx.Conclusion.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("load conclusion: %w", err)
	}
	status, err := rectify.ConclusionTable.Along(tr.Facts[rectify.ConclusionStatus]{Status: row.Status, Relations: tr.Holder.If(actor.InUnit(row.UnitID))}, in.Via)
	if err != nil {
		return err
	}
	action, before, after := rectify.AnnulConclusion, map[string]any{"status": row.Status}, map[string]any{"status": status}
	update := tx.Conclusion.Update().Where(conclusion.ID(id), conclusion.Version(row.Version)).SetStatus(status).AddVersion(1)
	if status == row.Status {
		if strings.TrimSpace(in.Content) == "" {
			return fault.BadField("body.content", "required")
		}
		action, before, after = rectify.ReviseConclusion, map[string]any{"content": row.Content}, map[string]any{"content": in.Content}
		update.SetContent(in.Content)
	}
	if n, err := update.Save(ctx); err != nil || n == 0 {
		return orStale(err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "conclusion", SubjectID: id, UnitID: row.UnitID,
		Action: string(action), Before: before, After: after, Reason: in.Opinion})
	return err
}
