package handovers

import (
	"bytes"
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/document"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// Export makes a file of a list: "text" is the canonical text under its hash, "xlsx" a table with the signatures below it.
func (s *Service) Export(ctx context.Context, id ident.ID, format string) (name string, file []byte, err error) {
	client := s.store.Read()
	row, err := s.find(ctx, client, id)
	if err != nil {
		return "", nil, err
	}
	rows, err := kept(ctx, client, id)
	if err != nil {
		return "", nil, err
	}
	views, err := s.views(ctx, client, []*ent.HandOver{row})
	if err != nil {
		return "", nil, err
	}
	lang := words.From(ctx)
	name = words.Text(lang, "hand_over.file", map[string]any{"unit": views[0].UnitName, "day": workday.DateOf(row.CreatedAt, s.watches.Rules().Zone).String()})
	if format == "text" {
		return name + ".txt", []byte(handover.Text(headOf(row), rows)), nil
	}
	file, err = s.table(lang, views[0], rows)
	return name + ".xlsx", file, err
}

func headOf(r *ent.HandOver) handover.Head {
	return handover.Head{UnitID: r.UnitID, Role: string(r.Role), Giver: r.GiverID, Taker: r.TakerID, Witness: r.WitnessID, DrawnAt: r.CreatedAt}
}

// tableColumns are the heads of the table, with their widths in characters.
var tableColumns = []struct {
	name  string
	width int
}{{"ordinal", 6}, {"kind", 12}, {"number", 18}, {"title", 48}, {"original_due", 12}, {"due", 12}, {"light", 8}, {"next", 28}}

// table is a list as a workbook; no cell is a formula.
func (s *Service) table(lang words.Lang, v HandOver, rows []handover.Row) ([]byte, error) {
	say := func(key string, params map[string]any) string { return words.Text(lang, key, params) }
	var b bytes.Buffer
	heads, widths := make([]any, len(tableColumns)), make([]int, len(tableColumns))
	for i, c := range tableColumns {
		heads[i], widths[i] = say("hand_over.column."+c.name, nil), c.width
	}
	sheet, err := document.NewXLSX(&b, say("hand_over.sheet", nil), widths, 2)
	if err != nil {
		return nil, fmt.Errorf("begin table: %w", err)
	}
	zone := s.watches.Rules().Zone
	lines := [][]any{{say("hand_over.head", map[string]any{"unit": v.UnitName, "role": say("role."+string(v.Role), nil), "giver": v.GiverName, "taker": v.TakerName,
		"witness": v.WitnessName, "at": v.CreatedAt.In(zone).Format("2006-01-02 15:04")})}, heads}
	for i, r := range rows {
		item := itemView(lang, i+1, r)
		light := ""
		if r.Light != "" {
			light = say("query.value.light."+r.Light, nil)
		}
		lines = append(lines, []any{item.Ordinal, say("hand_over.kind."+string(r.Kind), nil), r.Number, r.Title, r.Original.String(), r.Due.String(), light, item.Next})
	}
	lines = append(lines, []any{""}, []any{"", "SHA-256", "", v.Hash})
	for _, g := range v.Signatures {
		lines = append(lines, []any{"", say("hand_over.part."+string(g.Part), nil), g.SignerName, g.At.In(zone).Format("2006-01-02 15:04:05")})
	}
	for _, cells := range lines {
		if err := sheet.Row(cells...); err != nil {
			return nil, fmt.Errorf("write table: %w", err)
		}
	}
	if err := sheet.Close(); err != nil {
		return nil, fmt.Errorf("end table: %w", err)
	}
	return b.Bytes(), nil
}
