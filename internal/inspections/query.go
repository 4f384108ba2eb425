package inspections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/inspectionunit"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"

	"entgo.io/ent/dialect/sql"
)

const maxPage = 200

// InspectionFilter narrows a list of inspections; what is zero does not narrow.
type InspectionFilter struct {
	Status rectify.InspectionStatus
	Kind   rectify.InspectionKind
	UnitID ident.ID
	PlanID ident.ID
	After  string
	Limit  int
}

// FindingFilter narrows a list of findings; what is zero does not narrow.
type FindingFilter struct {
	InspectionID ident.ID
	NoticeID     ident.ID
	UnitID       ident.ID
	DutyID       ident.ID
	Status       rectify.FindingStatus
	Severity     rectify.Severity
	After        string
	Limit        int
}

// Get is one inspection.
func (s *Service) Get(ctx context.Context, id ident.ID) (Inspection, error) {
	row, actor, err := s.visible(ctx, id)
	if err != nil {
		return Inspection{}, err
	}
	return s.detail(ctx, s.store.Read(), actor, row)
}

func (s *Service) visible(ctx context.Context, id ident.ID) (*ent.Inspection, access.Actor, error) {
	see, err := s.gate.May(ctx, access.InspectionRead)
	if err != nil {
		return nil, access.Actor{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, access.Actor{}, err
	}
	row, err := s.store.Read().Inspection.Query().
		Where(inspection.ID(id), predicate.Inspection(see.Predicate(inspectionColumns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, access.Actor{}, fault.Missing("inspection")
	}
	if err != nil {
		return nil, access.Actor{}, fmt.Errorf("read inspection: %w", err)
	}
	return row, actor, nil
}

// List pages through the inspections that the actor may see, newest first.
func (s *Service) List(ctx context.Context, f InspectionFilter) (InspectionPage, error) {
	see, err := s.gate.May(ctx, access.InspectionRead)
	if err != nil {
		return InspectionPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return InspectionPage{}, err
	}
	query := s.store.Read().Inspection.Query().Where(predicate.Inspection(see.Predicate(inspectionColumns)))
	if f.Status != "" {
		query.Where(inspection.StatusEQ(f.Status))
	}
	if f.Kind != "" {
		query.Where(inspection.KindEQ(f.Kind))
	}
	if !f.PlanID.IsZero() {
		query.Where(inspection.PlanID(f.PlanID))
	}
	if !f.UnitID.IsZero() {
		query.Where(directedAt(f.UnitID))
	}
	if f.After != "" {
		after, err := cursor(f.After)
		if err != nil {
			return InspectionPage{}, err
		}
		query.Where(inspection.IDLT(after))
	}
	limit := pageSize(f.Limit)
	rows, err := query.Order(inspection.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return InspectionPage{}, fmt.Errorf("list inspections: %w", err)
	}
	page := InspectionPage{}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.views(ctx, s.store.Read(), actor, rows)
	return page, err
}

// directedAt selects the inspections of one unit.
func directedAt(id ident.ID) predicate.Inspection {
	return func(sel *sql.Selector) {
		t := sql.Table(inspectionunit.Table)
		sel.Where(sql.In(sel.C(inspection.FieldID), sql.Select(t.C(inspectionunit.FieldInspectionID)).From(t).
			Where(sql.EQ(t.C(inspectionunit.FieldUnitID), id))))
	}
}

// GetFinding is one finding.
func (s *Service) GetFinding(ctx context.Context, id ident.ID) (Finding, error) {
	row, err := s.visibleFinding(ctx, s.store.Read(), id)
	if err != nil {
		return Finding{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Finding{}, err
	}
	return s.findingView(ctx, s.store.Read(), actor, row)
}

// ListFindings pages through the findings that the actor may see, newest first.
func (s *Service) ListFindings(ctx context.Context, f FindingFilter) (FindingPage, error) {
	see, err := s.gate.May(ctx, access.FindingRead)
	if err != nil {
		return FindingPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return FindingPage{}, err
	}
	query := s.store.Read().Finding.Query().Where(predicate.Finding(see.Predicate(findingColumns))).Where(f.predicates()...)
	if f.After != "" {
		after, err := cursor(f.After)
		if err != nil {
			return FindingPage{}, err
		}
		query.Where(finding.IDLT(after))
	}
	limit := pageSize(f.Limit)
	rows, err := query.Order(finding.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return FindingPage{}, fmt.Errorf("list findings: %w", err)
	}
	page := FindingPage{}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.findingViews(ctx, s.store.Read(), actor, rows)
	return page, err
}

func (f FindingFilter) predicates() []predicate.Finding {
	var all []predicate.Finding
	for _, ref := range []struct {
		id    ident.ID
		where func(ident.ID) predicate.Finding
	}{
		{f.InspectionID, finding.InspectionID}, {f.NoticeID, finding.NoticeID}, {f.UnitID, finding.UnitID}, {f.DutyID, finding.DutyID},
	} {
		if !ref.id.IsZero() {
			all = append(all, ref.where(ref.id))
		}
	}
	if f.Status != "" {
		all = append(all, finding.StatusEQ(f.Status))
	}
	if f.Severity != "" {
		all = append(all, finding.SeverityEQ(f.Severity))
	}
	return all
}

// Timeline is the history of an inspection, oldest first.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, _, err := s.visible(ctx, id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	return s.history(ctx, "inspection", id, access.Facts{AuthorityID: row.AuthorityID, OwnerID: row.CreatedByID}, after, limit)
}

// FindingTimeline is the history of a finding, oldest first.
func (s *Service) FindingTimeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.visibleFinding(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	return s.history(ctx, "finding", id, findingFacts(row), after, limit)
}

// history reads events of an object that the actor may see, if they may read its history too.
func (s *Service) history(ctx context.Context, subject string, id ident.ID, facts access.Facts, after string, limit int) (timeline.EventPage, error) {
	read, err := s.gate.May(ctx, access.EventRead)
	if err != nil {
		return timeline.EventPage{}, err
	}
	if !read.Covers(facts) {
		return timeline.EventPage{}, access.Refused(access.EventRead, "relation")
	}
	return s.log.Page(ctx, subject, id, after, limit)
}

func pageSize(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, maxPage)
}

func cursor(text string) (ident.ID, error) {
	id, err := ident.Parse(text)
	if err != nil {
		return ident.ID{}, fault.BadField("query.after", "cursor")
	}
	return id, nil
}
