package evidence

import (
	"context"
	"fmt"
	"io"

	"github.com/duban-gov/duban/ent"
	entevidence "github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// EvidencePage is a page of evidence.
type EvidencePage struct {
	Items []Evidence `json:"items" doc:"Evidence, oldest first"`
	Next  string     `json:"next" doc:"Cursor of the next page; empty at the end"`
}

const (
	usualPage = 50
	maxPage   = 200
)

// List lists the evidence of one object, oldest first.
func (s *Service) List(ctx context.Context, subject string, id ident.ID, after string, limit int) (EvidencePage, error) {
	page := EvidencePage{Items: []Evidence{}}
	reach, err := s.gate.May(ctx, access.EvidenceRead)
	if err != nil {
		return page, err
	}
	if _, err := s.object(ctx, s.store.Read(), subject, id, access.EvidenceRead, reach); err != nil {
		return page, err
	}
	query := s.store.Read().Evidence.Query().Where(entevidence.SubjectEQ(entevidence.Subject(subject)), entevidence.SubjectID(id))
	if after != "" {
		last, err := ident.Parse(after)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(entevidence.IDGT(last))
	}
	if limit <= 0 {
		limit = usualPage
	}
	limit = min(limit, maxPage)
	rows, err := query.Order(entevidence.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list evidence: %w", err)
	}
	for i, row := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, view(row))
	}
	return page, s.complete(ctx, page.Items)
}

// Open opens the bytes of a file for download. A link has none.
func (s *Service) Open(ctx context.Context, id ident.ID) (Evidence, io.ReadCloser, error) {
	reach, err := s.gate.May(ctx, access.EvidenceRead)
	if err != nil {
		return Evidence{}, nil, err
	}
	row, err := s.store.Read().Evidence.Get(ctx, id)
	if ent.IsNotFound(err) {
		return Evidence{}, nil, fault.Missing("evidence")
	}
	if err != nil {
		return Evidence{}, nil, fmt.Errorf("read evidence: %w", err)
	}
	_, err = s.object(ctx, s.store.Read(), string(row.Subject), row.SubjectID, access.EvidenceRead, reach)
	if fault.KindOf(err) == fault.NotFound || err == nil && row.BlobKey == "" {
		return Evidence{}, nil, fault.Missing("evidence")
	}
	if err != nil {
		return Evidence{}, nil, err
	}
	file, err := s.files.Open(row.BlobKey)
	if err != nil {
		return Evidence{}, nil, fmt.Errorf("open evidence %s: %w", id, err)
	}
	return view(row), file, nil
}
