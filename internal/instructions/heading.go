package instructions

import (
	"context"
	"fmt"

	entinstruction "github.com/duban-gov/duban/ent/instruction"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some instructions in a list of mixed kinds, by the title of what they are about; those that the
// caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.InstructionRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Instruction.Query().Where(entinstruction.IDIn(ids...), visible(see)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name instructions: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: r.SubjectTitle, Status: string(r.Status)}
	}
	return headings, nil
}
