package units

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// column is a column of the unit table, by the key of its head in the language files ("unit.column.<key>").
type column string

const (
	colCode      column = "code"
	colName      column = "name"
	colKind      column = "kind"
	colParent    column = "parent_code"
	colAliases   column = "aliases"
	colSort      column = "sort"
	colValidFrom column = "valid_from"
	colValidTo   column = "valid_to"
)

// columnsInOrder is the order in which an export writes them; an import takes any order and knows them by their heads.
var columnsInOrder = []column{colCode, colName, colKind, colParent, colAliases, colSort, colValidFrom, colValidTo}

var columnWidths = []float64{16, 36, 16, 16, 40, 8, 14, 14}

// needed are the columns without which a file is not a table of units.
var needed = []column{colCode, colName, colKind, colParent}

func (c column) head(lang words.Lang) string { return words.Text(lang, "unit.column."+string(c), nil) }

// heads knows every head in every language, and kinds every word for a kind of unit.
var heads, kindWords = dictionaries()

func dictionaries() (map[string]column, map[string]unit.Kind) {
	heads, kinds := map[string]column{}, map[string]unit.Kind{}
	for _, c := range columnsInOrder {
		heads[fold(string(c))] = c
		for _, lang := range words.Langs {
			heads[fold(c.head(lang))] = c
		}
	}
	for _, k := range unit.Kinds {
		kinds[fold(string(k))] = k
		for _, lang := range words.Langs {
			kinds[fold(words.Text(lang, "unit.kind."+string(k), nil))] = k
		}
	}
	return heads, kinds
}

// place names a cell as a person finds it: "line 12 column B". Row and column count from 0.
func place(row, col int) string {
	name, err := excelize.ColumnNumberToName(col + 1)
	if err != nil {
		name = strconv.Itoa(col + 1)
	}
	return fmt.Sprintf("line %d column %s", row+1, name)
}

// problems collects what is wrong with a file; the answer lists the first hundred and says how many there are.
type problems struct {
	fields []fault.Field
	total  int
}

const maxProblems = 100

func (p *problems) add(row, col int, code string, params fault.Params) {
	p.total++
	if len(p.fields) < maxProblems {
		p.fields = append(p.fields, fault.Field{Location: place(row, col), Code: code, Params: params})
	}
}

func (p *problems) err() error {
	if p.total == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, "sheet.invalid").With("total", p.total)
	f.Fields = p.fields
	return f
}

// sheetLine is one row of a unit table as read.
type sheetLine struct {
	row    int
	at     map[column]int
	parent string
	Line
}

// readLines maps the rows of a table to lines; what cannot be read is a problem with its place.
func readLines(t table, p *problems) []sheetLine {
	at := map[column]int{}
	for i, head := range t.rows[0] {
		if c, ok := heads[fold(head)]; ok {
			at[c] = i
		} else if strings.TrimSpace(head) != "" {
			p.add(0, i, "sheet.unknown_column", fault.Params{"value": head})
		}
	}
	for _, c := range needed {
		if _, ok := at[c]; !ok {
			p.add(0, len(t.rows[0]), "sheet.missing_column", fault.Params{"value": c.head(words.ZhCN)})
		}
	}
	if p.total > 0 {
		return nil
	}
	var lines []sheetLine
	for i, cells := range t.rows[1:] {
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			lines = append(lines, readLine(i+1, at, cells, p))
		}
	}
	return lines
}

func readLine(row int, at map[column]int, cells []string, p *problems) sheetLine {
	l := sheetLine{row: row, at: at}
	get := func(c column) string {
		i, ok := at[c]
		if !ok || i >= len(cells) {
			return ""
		}
		if strings.ContainsFunc(cells[i], hidden) {
			p.add(row, i, "hidden_character", nil)
		}
		return strings.TrimSpace(cells[i])
	}
	l.Code, l.Name, l.parent = get(colCode), get(colName), get(colParent)
	if l.Code == "" {
		p.add(row, at[colCode], "required", nil)
	}
	if l.Name == "" {
		p.add(row, at[colName], "required", nil)
	}
	kind, ok := kindWords[fold(get(colKind))]
	if l.Kind = kind; !ok {
		p.add(row, at[colKind], "sheet.kind", fault.Params{"value": get(colKind)})
	}
	l.Aliases = clean(strings.FieldsFunc(get(colAliases), func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }))
	if text := get(colSort); text != "" {
		n, err := strconv.Atoi(text)
		if l.Sort = n; err != nil || n < 0 {
			p.add(row, at[colSort], "sheet.number", fault.Params{"value": text})
		}
	}
	l.ValidFrom = readDate(get(colValidFrom), row, at[colValidFrom], p)
	l.ValidTo = readDate(get(colValidTo), row, at[colValidTo], p)
	if !l.ValidFrom.IsZero() && !l.ValidTo.IsZero() && l.ValidTo.Before(l.ValidFrom) {
		p.add(row, at[colValidTo], "unit.period_reversed", nil)
	}
	return l
}

// hidden are characters that no name holds and that hide or reorder others.
func hidden(r rune) bool {
	return r != '\n' && r != '\t' && r != '\r' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar)
}

// readDate reads 2017-03-06, 2017/3/6, 2017年3月6日 or the day number of a workbook.
func readDate(text string, row, col int, p *problems) workday.Date {
	if text == "" {
		return workday.Date{}
	}
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial > 0 && serial < 200_000 {
		if t, err := excelize.ExcelDateToTime(serial, false); err == nil {
			return workday.NewDate(t.Date())
		}
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/.年月日", r) })
	if len(parts) == 3 {
		if d, err := workday.ParseDate(fmt.Sprintf("%04s-%02s-%02s", parts[0], parts[1], parts[2])); err == nil {
			return d
		}
	}
	p.add(row, col, "date", nil)
	return workday.Date{}
}
