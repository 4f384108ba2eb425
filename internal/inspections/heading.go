package inspections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent/conclusion"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some inspections in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.InspectionRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Inspection.Query().Where(inspection.IDIn(ids...), predicate.Inspection(see.Predicate(inspectionColumns))).
		Select(inspection.FieldID, inspection.FieldTitle, inspection.FieldStatus).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name inspections: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: r.Title, Status: string(r.Status)}
	}
	return headings, nil
}

// FindingHeadings are those of findings, by what was found; a finding stands on the page of its inspection.
func (s *Service) FindingHeadings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.FindingRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Finding.Query().Where(finding.IDIn(ids...), predicate.Finding(see.Predicate(findingColumns))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name findings: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: clause.Short(r.Description), Status: string(r.Status), UnitID: r.UnitID, Within: r.InspectionID}
	}
	return headings, nil
}

// ConclusionHeadings are those of conclusions, by their number and the title of their inspection.
func (s *Service) ConclusionHeadings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.ConclusionRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Conclusion.Query().Where(conclusion.IDIn(ids...), predicate.Conclusion(see.Predicate(conclusionColumns))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name conclusions: %w", err)
	}
	of := make([]ident.ID, len(rows))
	for i, r := range rows {
		of[i] = r.InspectionID
	}
	about, err := s.store.Read().Inspection.Query().Where(inspection.IDIn(of...)).Select(inspection.FieldID, inspection.FieldTitle).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name conclusions: %w", err)
	}
	titles := make(map[ident.ID]string, len(about))
	for _, r := range about {
		titles[r.ID] = r.Title
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: clause.Heading(r.Number, titles[r.InspectionID]), Status: string(r.Status), UnitID: r.UnitID}
	}
	return headings, nil
}
