package ledgers

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/document"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// maxExport is how many rows one file may have: a spreadsheet program holds a million, a reader far less.
const maxExport = 100_000

// ExportLedgerInput asks for a file of the ledger: the question as it is asked of the list, and the columns.
type ExportLedgerInput struct {
	Q       string   `json:"q,omitempty" maxLength:"500" doc:"What is looked for, in the query language" example:"灯:逾期"`
	Sort    string   `json:"sort,omitempty" enum:"due,-due,original_due,-original_due,unit,-unit,progress,-progress" doc:"Order; by due date if missing" example:"due"`
	AsOf    string   `json:"as_of,omitempty" maxLength:"40" doc:"The ledger as it was at this instant, or at the end of this day" example:"2017-09-01"`
	Since   string   `json:"since,omitempty" maxLength:"40" doc:"Adds a column with what changed since" example:"2017-08-01"`
	Columns []string `json:"columns,omitempty" maxItems:"40" doc:"Columns in their order; the usual ones if missing" example:"[\"number\",\"title\",\"unit\",\"due\",\"light\"]"`
	Format  string   `json:"format" enum:"xlsx,csv" doc:"Form of the file" example:"xlsx"`
}

// LedgerFile is a file that is written while it is sent.
type LedgerFile struct {
	Name  string
	Rows  int // rows of the table, without the two above it
	Write func(to io.Writer) error
}

// cellOf makes one cell.
type cellOf func(lang words.Lang, zone *time.Location, r *LedgerRow) any

func day(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return workday.DateOf(t, zone).String()
}

// exported are the columns of a file, with their widths in characters.
var exported = []struct {
	name  string
	width int
	cell  cellOf
}{
	{"number", 10, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.TaskNumber }},
	{"title", 44, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.TaskTitle }},
	{"plan", 28, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.PlanTitle }},
	{"unit", 20, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.UnitName }},
	{"part", 8, func(l words.Lang, _ *time.Location, r *LedgerRow) any {
		return words.Text(l, "ledger.part."+string(r.Part), nil)
	}},
	{"leader", 12, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.LeaderName }},
	{"status", 12, func(l words.Lang, _ *time.Location, r *LedgerRow) any {
		return words.Text(l, "status.duty."+string(r.Status), nil)
	}},
	{"original_due", 12, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.OriginalDueDate.String() }},
	{"due", 12, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.DueDate.String() }},
	{"light", 10, lightCell},
	{"progress", 9, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.Progress / 100 }},
	{"last_word", 44, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.LastWord }},
	{"reported", 12, func(_ words.Lang, z *time.Location, r *LedgerRow) any { return day(r.ReportedAt, z) }},
	{"urges", 8, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.Urges }},
	{"extensions", 8, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.Extensions }},
	{"sign_by", 12, func(_ words.Lang, _ *time.Location, r *LedgerRow) any { return r.SignBy.String() }},
	{"accepted", 12, func(_ words.Lang, z *time.Location, r *LedgerRow) any { return day(r.AcceptedAt, z) }},
	{"closed", 12, func(_ words.Lang, z *time.Location, r *LedgerRow) any { return day(r.ClosedAt, z) }},
	{"change", 24, changeCell},
}

// usual are the columns of a file that asks for none.
var usual = []string{"number", "title", "unit", "part", "leader", "status", "original_due", "due", "light", "progress", "last_word", "urges", "extensions"}

// lightCell names a light; of the red ones only those past their due date are late (逾期), a rule may light the others before it.
func lightCell(l words.Lang, _ *time.Location, r *LedgerRow) any {
	if r.Light == ladder.Red && r.Overdue {
		return words.Text(l, "query.value.is.overdue", nil)
	}
	return words.Text(l, "query.value.light."+string(r.Light), nil)
}

// changeCell says in words what changed.
func changeCell(l words.Lang, _ *time.Location, r *LedgerRow) any {
	if r.Was == nil || r.Was.Change == "same" {
		return ""
	}
	text := words.Text(l, "ledger.change."+r.Was.Change, nil)
	if r.Was.Change == "moved" {
		text += " " + r.Was.DueDate.String() + "→" + r.DueDate.String()
	}
	return text
}

// Export makes a file of all that fits a question, and an event that says who took what. The file shows the moment at which it was
// asked for, however long it takes to send, and has as many rows as the question has answers.
func (s *Service) Export(ctx context.Context, in ExportLedgerInput) (LedgerFile, error) {
	file, err := s.export(ctx, in)
	if f := fault.As(err); f != nil { // the question is read as that of a list, and came in a body
		for i := range f.Fields {
			f.Fields[i].Location = strings.Replace(f.Fields[i].Location, "query.", "body.", 1)
		}
	}
	return file, err
}

func (s *Service) export(ctx context.Context, in ExportLedgerInput) (LedgerFile, error) {
	q := LedgerQuery{Text: in.Q, Sort: in.Sort}
	var err error
	if q.AsOf, err = s.Moment("as_of", in.AsOf); err != nil {
		return LedgerFile{}, err
	}
	if q.Since, err = s.Moment("since", in.Since); err != nil {
		return LedgerFile{}, err
	}
	columns, err := columnsOf(in)
	if err != nil {
		return LedgerFile{}, err
	}
	l, err := s.read(ctx, q.Text, q.AsOf)
	if err != nil {
		return LedgerFile{}, err
	}
	if err := s.before(l, q.Since); err != nil {
		return LedgerFile{}, err
	}
	o, err := sortOf(q.Sort)
	if err != nil {
		return LedgerFile{}, err
	}
	taken := s.moment(l)
	keys, err := s.keys(ctx, l, o, nil, maxExport+1)
	if err != nil {
		return LedgerFile{}, err
	}
	if len(keys) > maxExport {
		return LedgerFile{}, fault.New(fault.TooLarge, "ledger.export_too_large").With("limit", maxExport)
	}
	if err := s.note(ctx, l, in, len(keys)); err != nil {
		return LedgerFile{}, err
	}
	l.at = taken // the rows of one moment
	lang := words.From(ctx)
	file := LedgerFile{Rows: len(keys), Name: words.Text(lang, "ledger.file", map[string]any{"day": day(taken, s.watches.Rules().Zone)}) + "." + in.Format}
	file.Write = func(to io.Writer) error { return s.writeFile(ctx, to, l, in, q.Since, columns, idsOf(keys)) }
	return file, nil
}

// columnsOf are the places of the columns asked for.
func columnsOf(in ExportLedgerInput) ([]int, error) {
	names := in.Columns
	if len(names) == 0 {
		names = usual
		if in.Since != "" {
			names = append(slices.Clone(usual), "change")
		}
	}
	columns := make([]int, len(names))
	for i, name := range names {
		columns[i] = -1
		for j := range exported {
			if exported[j].name == name {
				columns[i] = j
			}
		}
		if columns[i] < 0 {
			return nil, fault.BadField("body.columns["+strconv.Itoa(i)+"]", "ledger.column")
		}
	}
	return columns, nil
}

// note leaves the event of an export: what leaves the house is on record.
func (s *Service) note(ctx context.Context, l *lens, in ExportLedgerInput, rows int) error {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: l.actor.AuthorityID, Subject: "ledger", SubjectID: s.store.NewID(), Action: "export",
			After: map[string]any{"q": in.Q, "format": in.Format, "as_of": in.AsOf, "since": in.Since, "rows": rows}})
		return err
	})
}

// writeFile writes the line that says what the file is, the heads, and the rows in pieces.
func (s *Service) writeFile(ctx context.Context, to io.Writer, l *lens, in ExportLedgerInput, since time.Time, columns []int, ids []ident.ID) error {
	lang, zone := words.From(ctx), s.watches.Rules().Zone
	heads, widths := make([]any, len(columns)), make([]int, len(columns))
	for i, c := range columns {
		heads[i], widths[i] = words.Text(lang, "ledger.column."+exported[c].name, nil), exported[c].width
	}
	sheet, err := newSheet(to, in.Format, words.Text(lang, "ledger.sheet", nil), widths)
	if err != nil {
		return err
	}
	asked, err := s.said(ctx, l, in.Q)
	if err != nil {
		return err
	}
	if asked == "" {
		asked = words.Text(lang, "ledger.no_filter", nil)
	}
	title := words.Text(lang, "ledger.export_head", map[string]any{"at": l.at.In(zone).Format("2006-01-02 15:04"), "q": asked, "n": len(ids), "who": l.actor.Name})
	if err := sheet.Row(title); err != nil {
		return err
	}
	if err := sheet.Row(heads...); err != nil {
		return err
	}
	err = inChunks(ids, func(part []ident.ID) error {
		rows, err := s.rows(ctx, l, since, part)
		if err != nil {
			return err
		}
		for i := range rows {
			cells := make([]any, len(columns))
			for j, c := range columns {
				cells[j] = exported[c].cell(lang, zone, &rows[i])
			}
			if err := sheet.Row(cells...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write the ledger's file: %w", err)
	}
	return sheet.Close()
}

func newSheet(to io.Writer, format, name string, widths []int) (document.Sheet, error) {
	if format == "csv" {
		return document.NewCSV(to)
	}
	return document.NewXLSX(to, name, widths, 2)
}
