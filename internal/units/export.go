package units

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
)

// Export writes the units that the caller may see as a table, with heads in the reader's language; Import reads it back. The
// root is left out: it is the authority itself.
func (s *Service) Export(ctx context.Context, format Format) ([]byte, error) {
	filter, err := s.gate.May(ctx, access.UnitExport)
	if err != nil {
		return nil, err
	}
	if format != XLSX && format != CSV {
		return nil, fault.BadField("query.format", "sheet.format")
	}
	client, lang := s.store.Read(), words.From(ctx)
	rows, err := client.Unit.Query().Where(filter.Predicate(columns)).Order(entunit.ByPath()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	codes := make(map[ident.ID]string, len(rows))
	for _, r := range rows {
		codes[r.ID] = r.Code
	}
	aliases, err := aliasesIn(ctx, client.UnitAlias, filter.AuthorityID)
	if err != nil {
		return nil, err
	}
	head := make([]string, len(columnsInOrder))
	for i, c := range columnsInOrder {
		head[i] = c.head(lang)
	}
	cells := [][]string{head}
	for _, r := range rows {
		if r.ParentID.IsZero() {
			continue
		}
		from := r.ValidFrom.String()
		if r.ValidFrom == always {
			from = ""
		}
		cells = append(cells, []string{r.Code, r.Name, words.Text(lang, "unit.kind."+string(r.Kind), nil), codes[r.ParentID],
			strings.Join(aliases[r.ID], "、"), strconv.Itoa(r.Sort), from, r.ValidTo.String()})
	}
	if format == CSV {
		return writeCSV(cells)
	}
	return writeXLSX(words.Text(lang, "unit.sheet", nil), cells, columnWidths)
}
