package ooxml

import (
	"strings"

	"github.com/duban-gov/duban/internal/fault"
)

// Column is a column of a table. Width is a share of the text block's width in proportion to the other columns.
type Column struct {
	Head   string
	Width  int
	Center bool
}

// Table is a bordered table. If any column has a head, the head row repeats on every page. A row of one cell in a table of
// several columns is a section row that spans them all.
type Table struct {
	Columns []Column
	Rows    [][]string
	// MinHeight is the least height of a row in twips, 0 for as high as its text.
	MinHeight int
}

func (t Table) check() error {
	total := 0
	for _, c := range t.Columns {
		if c.Width <= 0 {
			return fault.New(fault.Invalid, "ooxml.table").With("row", 0)
		}
		if err := checkText(c.Head); err != nil {
			return err
		}
		total += c.Width
	}
	if total == 0 {
		return fault.New(fault.Invalid, "ooxml.table").With("row", 0)
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) && len(row) != 1 {
			return fault.New(fault.Invalid, "ooxml.table").With("row", i+1)
		}
		for _, cell := range row {
			if err := checkText(cell); err != nil {
				return err
			}
		}
	}
	return nil
}

const tableProps = `<w:tblPr><w:tblW w:w="%" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>` +
	`<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="8" w:space="0" w:color="auto"/>` +
	`<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="8" w:space="0" w:color="auto"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/>` +
	`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>` +
	`<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>`

func (t Table) write(b *strings.Builder, width int, sect string) {
	grid := t.grid(width)
	b.WriteString(`<w:tbl>` + strings.Replace(tableProps, `"%"`, attrValue(width), 1) + `<w:tblGrid>`)
	for _, w := range grid {
		b.WriteString(`<w:gridCol` + attr("w:w", w) + `/>`)
	}
	b.WriteString(`</w:tblGrid>`)
	if heads, any := t.heads(); any {
		t.writeRow(b, heads, grid, TableHead, `<w:tblHeader/>`)
	}
	for _, row := range t.Rows {
		if len(row) == 1 && len(t.Columns) > 1 {
			b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
			writeCell(b, row[0], width, len(grid), TableHead)
			b.WriteString(`</w:tr>`)
			continue
		}
		t.writeRow(b, row, grid, TableText, "")
	}
	b.WriteString(`</w:tbl>`)
	// Word wants a paragraph after a table; this one takes no room.
	b.WriteString(`<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>` + sect + `</w:pPr></w:p>`)
}

// grid divides the width among the columns; the last one takes the rounding.
func (t Table) grid(width int) []int {
	total := 0
	for _, c := range t.Columns {
		total += c.Width
	}
	grid, left := make([]int, len(t.Columns)), width
	for i, c := range t.Columns {
		grid[i] = width * c.Width / total
		left -= grid[i]
	}
	grid[len(grid)-1] += left
	return grid
}

// heads lists the column heads and whether there is any.
func (t Table) heads() (heads []string, any bool) {
	for _, c := range t.Columns {
		heads = append(heads, c.Head)
		any = any || c.Head != ""
	}
	return heads, any
}

func (t Table) writeRow(b *strings.Builder, row []string, grid []int, style Style, props string) {
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if t.MinHeight > 0 {
		b.WriteString(`<w:trHeight` + attr("w:val", t.MinHeight) + ` w:hRule="atLeast"/>`)
	}
	b.WriteString(props + `</w:trPr>`)
	for i, text := range row {
		s := style
		if s == TableText && t.Columns[i].Center {
			s = TableMid
		}
		writeCell(b, text, grid[i], 1, s)
	}
	b.WriteString(`</w:tr>`)
}

// writeCell writes one cell; "\n" in its text begins a new paragraph.
func writeCell(b *strings.Builder, text string, width, span int, style Style) {
	b.WriteString(`<w:tc><w:tcPr><w:tcW` + attr("w:w", width) + ` w:type="dxa"/>`)
	if span > 1 {
		b.WriteString(`<w:gridSpan` + attr("w:val", span) + `/>`)
	}
	b.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	for line := range strings.SplitSeq(text, "\n") {
		Paragraph{Style: style, Text: line}.write(b, width, "")
	}
	b.WriteString(`</w:tc>`)
}
