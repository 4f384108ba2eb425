package document

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Sheet writes a table row by row into a file of a spreadsheet program. Nothing of it is kept in memory, so a hundred thousand rows
// cost no more than ten. Every cell is text or a number: none is ever a formula.
type Sheet interface {
	Row(cells ...any) error // a string or an int for each column
	Close() error           // completes the file; the writer below stays open
}

// formulaStart are the characters that make a spreadsheet program run a cell of a CSV file as a formula (OWASP CSV injection), with
// their full-width forms.
const formulaStart = "=+-@\t\r\n|＝＋－＠"

// SafeCell is a text that no spreadsheet program takes for a formula: an apostrophe stands before what could begin one.
func SafeCell(text string) string {
	if r, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune(formulaStart, r) {
		return "'" + text
	}
	return text
}

type csvSheet struct{ w *csv.Writer }

// NewCSV writes UTF-8 with a byte order mark, by which Excel knows the encoding.
func NewCSV(to io.Writer) (Sheet, error) {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return nil, fmt.Errorf("write table: %w", err)
	}
	w := csv.NewWriter(to)
	w.UseCRLF = true
	return csvSheet{w}, nil
}

func (s csvSheet) Row(cells ...any) error {
	row := make([]string, len(cells))
	for i, cell := range cells {
		switch v := cell.(type) {
		case string:
			row[i] = SafeCell(v)
		default:
			row[i] = fmt.Sprint(v)
		}
	}
	if err := s.w.Write(row); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func (s csvSheet) Close() error {
	s.w.Flush()
	return s.w.Error()
}

type xlsxSheet struct {
	pack *zip.Writer
	to   *bufio.Writer
	row  int
}

// The parts of a workbook of one sheet (ECMA-376). Texts stand in their cells (inlineStr), so that no table of strings has to be kept.
const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`
	rootRels     = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels     = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	bookText     = xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>`
	stylesText   = xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>`
	sheetHead    = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
)

// NewXLSX writes a workbook of one sheet with columns of the given widths in characters; the first frozen rows stay when one scrolls.
func NewXLSX(to io.Writer, name string, widths []int, frozen int) (Sheet, error) {
	pack := zip.NewWriter(to)
	for _, part := range []struct{ name, text string }{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", rootRels},
		{"xl/_rels/workbook.xml.rels", bookRels}, {"xl/workbook.xml", fmt.Sprintf(bookText, escaped(name))}, {"xl/styles.xml", stylesText}} {
		w, err := pack.Create(part.name)
		if err == nil {
			_, err = io.WriteString(w, part.text)
		}
		if err != nil {
			return nil, fmt.Errorf("write workbook: %w", err)
		}
	}
	w, err := pack.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	s := &xlsxSheet{pack: pack, to: bufio.NewWriterSize(w, 64<<10)}
	_, err = s.to.WriteString(sheetHead + `<sheetViews><sheetView workbookViewId="0"><pane ySplit="` + strconv.Itoa(frozen) + `" topLeftCell="A` +
		strconv.Itoa(frozen+1) + `" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>` + columnsText(widths) + `</cols><sheetData>`)
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return s, nil
}

func columnsText(widths []int) string {
	var b strings.Builder
	for i, width := range widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width)
	}
	return b.String()
}

func (s *xlsxSheet) Row(cells ...any) error {
	s.row++
	b := s.to
	_, _ = b.WriteString(`<row r="` + strconv.Itoa(s.row) + `">`)
	for i, cell := range cells {
		at := columnName(i) + strconv.Itoa(s.row)
		switch v := cell.(type) {
		case int:
			_, _ = b.WriteString(`<c r="` + at + `"><v>` + strconv.Itoa(v) + `</v></c>`)
		default:
			_, _ = b.WriteString(`<c r="` + at + `" t="inlineStr"><is><t xml:space="preserve">` + escaped(fmt.Sprint(v)) + `</t></is></c>`)
		}
	}
	if _, err := b.WriteString(`</row>`); err != nil { // a bufio.Writer keeps its first error
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func (s *xlsxSheet) Close() error {
	_, _ = s.to.WriteString(`</sheetData></worksheet>`)
	if err := s.to.Flush(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if err := s.pack.Close(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// columnName is the letters of a column: 0 is A, 26 is AA.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// escaped is a text for XML; characters that XML does not know are replaced.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}
