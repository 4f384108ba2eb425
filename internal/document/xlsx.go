package document

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/duban-gov/duban/internal/clause"
	"github.com/xuri/excelize/v2"
)

// Limits of workbooks beyond those of all files.
const (
	MaxSheets = 64
	MaxSheet  = 48 << 20 // bytes of one worksheet's XML, which is held in memory
	// maxMarks is how many tags one worksheet may hold: four make a cell with a value, one makes a cell that is only coloured. The
	// library builds every cell in memory, whatever it holds.
	maxMarks = 4 * MaxCells
)

// ReadXLSX reads every visible sheet of a workbook as one table each, with merged cells; rows of a single cell above the table
// (its title) become paragraphs. Values are read as stored, dates written as 2025-06-30. Faults: those of ReadDOCX, with
// document.not_xlsx for a file that is no workbook.
func ReadXLSX(name string, raw []byte) (src clause.Source, err error) {
	a, err := openArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return clause.Source{}, err
	}
	return a.xlsx(name, raw)
}

func (a *archive) xlsx(name string, raw []byte) (src clause.Source, err error) {
	if err := a.checkWorkbook(); err != nil {
		return clause.Source{}, err
	}
	defer func() { // a workbook is untrusted, and the library is not ours
		if r := recover(); r != nil {
			src, err = clause.Source{}, bad("broken").Because(fmt.Errorf("panic: %v", r))
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: MaxUnzip, UnzipXMLSizeLimit: MaxUnzip})
	if err != nil {
		return clause.Source{}, workbookFault(err)
	}
	defer f.Close()
	r := &sheetReader{file: f}
	sheets := f.GetSheetList()
	if len(sheets) > MaxSheets {
		return clause.Source{}, tooLarge("too_many_parts", MaxSheets)
	}
	for _, sheet := range sheets {
		if shown, err := f.GetSheetVisible(sheet); err != nil || !shown {
			continue
		}
		if err := r.sheet(sheet); err != nil {
			return clause.Source{}, err
		}
	}
	if r.out.Empty() {
		return clause.Source{}, bad("empty")
	}
	return r.out.Source(name, "xlsx"), nil
}

// checkWorkbook unpacks every XML part once within the limits, so that the library meets no bomb and no document type.
func (a *archive) checkWorkbook() error {
	if a.parts["xl/workbook.xml"] == nil {
		return bad("not_xlsx")
	}
	for name := range a.parts {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		raw, err := a.read(name)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "xl/worksheets/") && len(raw) > MaxSheet {
			return tooLarge("bomb", MaxSheet)
		}
		if strings.HasPrefix(name, "xl/worksheets/") && bytes.Count(raw, []byte("<")) > maxMarks {
			return tooLarge("too_many_cells", MaxCells)
		}
		if bytes.Contains(raw, []byte("<!DOCTYPE")) {
			return bad("doctype")
		}
		if name == "[content_types].xml" && bytes.Contains(raw, []byte("macroEnabled")) {
			return unsupported("macro")
		}
	}
	return nil
}

func workbookFault(err error) error {
	if errors.Is(err, excelize.ErrWorkbookPassword) || errors.Is(err, excelize.ErrWorkbookFileFormat) {
		return bad("not_xlsx").Because(err)
	}
	return bad("broken").Because(err)
}

// sheetReader lays sheets into one source.
type sheetReader struct {
	file  *excelize.File
	out   clause.Builder
	cells int
	bytes int
}

// area is a merged range, both ends inclusive, counted from 0.
type area struct{ top, left, bottom, right int }

func (r *sheetReader) sheet(name string) error {
	areas, err := r.areas(name)
	if err != nil {
		return err
	}
	rows, err := r.file.Rows(name)
	if err != nil {
		return bad("broken").Because(err)
	}
	defer rows.Close()
	started := false
	for n := 0; rows.Next(); n++ {
		values, err := rows.Columns()
		if err != nil {
			return bad("broken").Because(err)
		}
		if err := r.count(values); err != nil {
			return err
		}
		only, filled := single(values)
		switch {
		case filled == 0:
			continue
		case filled == 1 && !started:
			r.out.Paragraph(only, 0)
			continue
		}
		if !started {
			r.out.NewTable()
			started = true
		}
		r.out.Row(r.cellsOf(name, n, values, areas))
	}
	if err := rows.Error(); err != nil {
		return bad("broken").Because(err)
	}
	return nil
}

// count holds the limits of cells and text over the whole workbook.
func (r *sheetReader) count(values []string) error {
	if r.cells += len(values) + 1; r.cells > MaxCells {
		return tooLarge("too_many_cells", MaxCells)
	}
	for _, v := range values {
		r.bytes += len(v)
	}
	if r.bytes > MaxText {
		return tooLarge("text_too_long", MaxText)
	}
	return nil
}

func single(values []string) (string, int) {
	only, n := "", 0
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			only, n = v, n+1
		}
	}
	return only, n
}

// cellsOf makes a row's cells, merged ones once; a cell below the top of its range is a continuation.
func (r *sheetReader) cellsOf(sheet string, row int, values []string, areas map[int][]area) []clause.CellText {
	width := len(values)
	for _, a := range areas[row] {
		width = max(width, a.right+1)
	}
	var cells []clause.CellText
	for col := 0; col < width; {
		c := clause.CellText{Columns: 1}
		if col < len(values) {
			c.Text = r.value(sheet, row, col, values[col])
		}
		for _, a := range areas[row] {
			if a.left == col {
				c.Columns, c.Merged = a.right-a.left+1, row > a.top
			}
		}
		cells = append(cells, c)
		col += c.Columns
	}
	return cells
}

// areas lists the merged ranges of a sheet by each row that they touch.
func (r *sheetReader) areas(sheet string) (map[int][]area, error) {
	merged, err := r.file.GetMergeCells(sheet, true)
	if err != nil {
		return nil, bad("broken").Because(err)
	}
	byRow := make(map[int][]area)
	total := 0
	for _, m := range merged {
		left, top, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil || right < left || bottom < top {
			return nil, bad("broken")
		}
		a := area{top - 1, left - 1, bottom - 1, min(right-1, left+62)}
		if total += bottom - top + 1; total > MaxCells {
			return nil, tooLarge("too_many_cells", MaxCells)
		}
		for row := a.top; row <= a.bottom; row++ {
			byRow[row] = append(byRow[row], a)
		}
	}
	return byRow, nil
}

// value is a cell's text; a number that is formatted as a date is written as one.
func (r *sheetReader) value(sheet string, row, col int, raw string) string {
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil || serial < 36526 || serial > 73050 { // 2000-01-01 … 2099-12-31
		return raw
	}
	cell, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		return raw
	}
	id, err := r.file.GetCellStyle(sheet, cell)
	if err != nil {
		return raw
	}
	style, err := r.file.GetStyle(id)
	if err != nil || !isDateFormat(style) {
		return raw
	}
	day, err := excelize.ExcelDateToTime(serial, false)
	if err != nil {
		return raw
	}
	return day.Format("2006-01-02")
}

// isDateFormat reports a number format of dates: the built-in ones, or a custom one that has both year and month or day.
func isDateFormat(s *excelize.Style) bool {
	if s.CustomNumFmt != nil {
		f := strings.ToLower(*s.CustomNumFmt)
		return strings.Contains(f, "yy") || strings.Contains(f, "m") && strings.Contains(f, "d")
	}
	return s.NumFmt >= 14 && s.NumFmt <= 17 || s.NumFmt == 22 || s.NumFmt >= 27 && s.NumFmt <= 36 || s.NumFmt >= 50 && s.NumFmt <= 58
}
