package document

import (
	"encoding/xml"
	"strings"

	"github.com/duban-gov/duban/internal/clause"
)

// table reads the table just opened row by row. The text of a table inside a cell joins that cell.
func (w *wordReader) table() error {
	w.out.NewTable()
	for depth := 1; depth > 0; {
		tok, err := w.t.next()
		if err != nil {
			return notEOF(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Local == "tr":
				cells, err := w.row()
				if err != nil {
					return err
				}
				if len(cells) > 0 {
					w.out.Row(cells)
				}
				continue
			case skipped(e):
				if err := w.t.skip(); err != nil {
					return err
				}
				continue
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// row reads the cells of the row just opened; a row that was deleted with tracking has none.
func (w *wordReader) row() ([]clause.CellText, error) {
	var cells []clause.CellText
	deleted := false
	for depth := 1; depth > 0; {
		tok, err := w.t.next()
		if err != nil {
			return nil, notEOF(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Local == "tc":
				if w.cells++; w.cells > MaxCells {
					return nil, tooLarge("too_many_cells", MaxCells)
				}
				c, err := w.cell()
				if err != nil {
					return nil, err
				}
				cells = append(cells, c)
				continue
			case e.Name.Local == "gridBefore":
				for n := min(atoi(attr(e, "val")), 64); n > 0; n-- {
					cells = append(cells, clause.CellText{})
				}
			case skipped(e):
				deleted = deleted || e.Name.Local == "del" && depth == 2
				if err := w.t.skip(); err != nil {
					return nil, err
				}
				continue
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	if deleted {
		return nil, nil
	}
	return cells, nil
}

// cell reads the cell just opened; its paragraphs are parted by line breaks.
func (w *wordReader) cell() (clause.CellText, error) {
	c := clause.CellText{Columns: 1}
	var parts []string
	for depth := 1; depth > 0; {
		tok, err := w.t.next()
		if err != nil {
			return c, notEOF(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Local == "p":
				p, err := w.paragraph()
				if err != nil {
					return c, err
				}
				parts = append(append(parts, p.text), p.boxes...)
				continue
			case e.Name.Local == "gridSpan":
				c.Columns = min(max(atoi(attr(e, "val")), 1), 64)
			case e.Name.Local == "vMerge":
				c.Merged = attr(e, "val") != "restart"
			case skipped(e):
				if err := w.t.skip(); err != nil {
					return c, err
				}
				continue
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	c.Text = strings.TrimRight(strings.Join(parts, "\n"), "\n ")
	return c, nil
}
