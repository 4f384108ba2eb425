package units

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/duban-gov/duban/internal/fault"
)

// Format is the form of a table file.
type Format string

const (
	XLSX Format = "xlsx"
	CSV  Format = "csv" // UTF-8 with byte order mark; GB18030, as Excel saves it in Chinese, is read too
)

// Limits of a table file: what a hostile one may cost.
const (
	maxRows     = 50_000
	maxColumns  = 64
	maxCell     = 2000     // bytes
	maxUnpacked = 64 << 20 // bytes of an unpacked workbook
	bom         = "\ufeff"
)

// table is the cells of a file, the head row first; short rows are as they are.
type table struct {
	sheet string // name of the worksheet; empty for CSV
	rows  [][]string
}

// readTable reads a table file; the form is told by its first bytes, not by its name.
func readTable(file []byte) (table, error) {
	var t table
	var err error
	if bytes.HasPrefix(file, []byte("PK")) {
		t, err = readXLSX(file)
	} else {
		t, err = readCSV(file)
	}
	if err != nil {
		return table{}, err
	}
	if len(t.rows) < 2 {
		return table{}, fault.BadField("body.file", "sheet.empty")
	}
	return t, nil
}

func unreadable(err error) error { return fault.BadField("body.file", "sheet.unreadable").Because(err) }

// readXLSX reads the first worksheet. Values are taken raw: a formatted date would come in the style of another country.
func readXLSX(file []byte) (t table, err error) {
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return table{}, unreadable(err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	t.sheet = book.GetSheetName(0)
	rows, err := book.Rows(t.sheet)
	if err != nil {
		return table{}, unreadable(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return table{}, unreadable(err)
		}
		if err := t.add(cells); err != nil {
			return table{}, err
		}
	}
	if err := rows.Error(); err != nil {
		return table{}, unreadable(err)
	}
	return t, nil
}

// readCSV reads comma- or tab-separated text.
func readCSV(file []byte) (table, error) {
	if !utf8.Valid(file) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(file)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return table{}, fault.BadField("body.file", "sheet.encoding")
		}
		file = decoded
	}
	text := strings.TrimPrefix(string(file), bom)
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	if head, _, _ := strings.Cut(text, "\n"); strings.Contains(head, "\t") && !strings.Contains(head, ",") {
		r.Comma = '\t'
	}
	var t table
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return table{}, unreadable(err)
		}
		line, _ := r.FieldPos(0)
		for len(t.rows) < line-1 { // the reader drops blank lines and joins quoted ones; line numbers must stay those of the file
			t.rows = append(t.rows, nil)
		}
		for i := range cells {
			cells[i] = unguard(cells[i])
		}
		if err := t.add(cells); err != nil {
			return table{}, err
		}
	}
}

// add takes a row in within the limits.
func (t *table) add(cells []string) error {
	if len(t.rows) > maxRows {
		return fault.BadFields(fault.Field{Location: "body.file", Code: "sheet.too_many_rows", Params: fault.Params{"limit": maxRows}})
	}
	if len(cells) > maxColumns {
		return fault.BadFields(fault.Field{Location: place(len(t.rows), maxColumns), Code: "sheet.too_wide", Params: fault.Params{"limit": maxColumns}})
	}
	for i, cell := range cells {
		if len(cell) > maxCell {
			return fault.BadFields(fault.Field{Location: place(len(t.rows), i), Code: "sheet.cell_too_long", Params: fault.Params{"limit": maxCell}})
		}
	}
	t.rows = append(t.rows, cells)
	return nil
}

// formulaStart are the characters that make a spreadsheet program run a CSV cell as a formula, with their full-width forms.
const formulaStart = "=+-@\t\r＝＋－＠"

// guard makes a CSV cell safe to open in a spreadsheet program (OWASP CSV injection); unguard takes it back.
func guard(cell string) string {
	if cell != "" && strings.ContainsRune(formulaStart, first(cell)) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && rest != "" && strings.ContainsRune(formulaStart, first(rest)) {
		return rest
	}
	return cell
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// writeCSV writes rows as UTF-8 with a byte order mark, by which Excel knows the encoding.
func writeCSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(bom)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = guard(cell)
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// writeXLSX writes rows as text cells of one worksheet, with the head row frozen.
func writeXLSX(name string, rows [][]string, widths []float64) (file []byte, err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := book.SetSheetName(book.GetSheetName(0), name); err != nil {
		return nil, err
	}
	w, err := book.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = cell // a string is written as text, never as a formula
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return nil, err
		}
		if err := w.SetRow(at, cells); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
