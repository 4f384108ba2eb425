package ledgers_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
)

func TestExport_has_as_many_rows_as_the_question_has_answers(t *testing.T) {
	o := worked(t)
	o.task("=1+1", "+公开,“引号”", "2017-11-11", o.School)
	for _, text := range []string{"", "是:全部", "灯:逾期", "单位:无此单位"} {
		want, err := o.Ledgers.Facets(o.Actors["office"], ledgers.LedgerQuery{Text: text})
		must(t, err)
		for _, format := range []string{"csv", "xlsx"} {
			file, err := o.Ledgers.Export(o.Actors["office"], ledgers.ExportLedgerInput{Q: text, Format: format, Columns: []string{"number", "title", "unit", "progress"}})
			must(t, err)
			var b bytes.Buffer
			must(t, file.Write(&b))
			rows := table(t, format, b.Bytes())
			if file.Rows != want.Count || len(rows) != want.Count+2 {
				t.Errorf("%q as %s: %d rows said, %d written, %d counted", text, format, file.Rows, len(rows)-2, want.Count)
			}
			if head := rows[0][0]; !strings.Contains(head, "截至 2017-03-24 09:00") || !strings.Contains(head, "督查室") || !strings.Contains(head, fmt.Sprint("共 ", want.Count)) {
				t.Errorf("head line %q", head)
			}
			for _, row := range rows[2:] {
				if format == "csv" && strings.ContainsRune("=+-@", rune(row[0][0])) {
					t.Errorf("a cell could be run: %q", row)
				}
			}
		}
	}
	if n := o.Store.Read().Event.Query().Where(event.Subject("ledger"), event.Action("export")).CountX(t.Context()); n != 8 {
		t.Errorf("%d events for 8 exports", n)
	}
}

func table(t *testing.T, format string, raw []byte) [][]string {
	t.Helper()
	if format == "csv" {
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff")))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		must(t, err)
		return rows
	}
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	must(t, err)
	defer book.Close()
	rows, err := book.GetRows("台账")
	must(t, err)
	return rows
}

func TestExport_of_the_past_shows_what_changed(t *testing.T) {
	o := newOffice(t)
	d := o.first(t, "clerk", "任务:双一流")
	before := o.Store.Now()
	o.Clock.Advance(time.Hour)
	_, err := o.Duties.Accept(o.Actors["clerk"], d.ID, d.Version)
	must(t, err)
	file, err := o.Ledgers.Export(o.Actors["clerk"], ledgers.ExportLedgerInput{Q: "任务:双一流", Format: "csv", Since: before.Format(time.RFC3339), Columns: []string{"status", "change"}})
	must(t, err)
	var b bytes.Buffer
	must(t, file.Write(&b))
	if rows := table(t, "csv", b.Bytes()); rows[2][0] != "承办中" || rows[2][1] != "有变化" {
		t.Errorf("rows %q", rows)
	}
	_, err = o.Ledgers.Export(o.Actors["clerk"], ledgers.ExportLedgerInput{Format: "csv", Columns: []string{"number", "secret"}})
	wantField(t, err, "body.columns[1]", "ledger.column")
}

// TestExport_of_many_rows measures: EXPORT_ROWS=100000 is the largest file.
func TestExport_of_many_rows_keeps_its_memory(t *testing.T) {
	if testkit.Race {
		t.Skip("memory means nothing under the race detector")
	}
	n, _ := strconv.Atoi(os.Getenv("EXPORT_ROWS"))
	if n == 0 {
		n = 3000
	}
	o := newOffice(t)
	for i := range n / 3 {
		o.task(fmt.Sprint(i), "推进政务公开标准化规范化工作", "2017-11-11", o.University, o.School, o.Bureau)
	}
	file, err := o.Ledgers.Export(o.Actors["office"], ledgers.ExportLedgerInput{Format: "xlsx"})
	must(t, err)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	most := &peak{}
	must(t, file.Write(most))
	runtime.ReadMemStats(&after)
	t.Logf("%d rows, %d KB, in %s, heap at most %d MB above", file.Rows, most.n>>10, time.Since(start).Round(time.Millisecond), (most.heap-min(most.heap, before.HeapAlloc))>>20)
	if most.heap > before.HeapAlloc+64<<20 {
		t.Errorf("the heap grew by %d MB", (most.heap-before.HeapAlloc)>>20)
	}
}

// peak counts what is written and looks at the heap from time to time.
type peak struct {
	n, looks int
	heap     uint64
}

func (p *peak) Write(b []byte) (int, error) {
	p.n += len(b)
	if p.looks++; p.looks%50 == 1 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		p.heap = max(p.heap, m.HeapAlloc)
	}
	return len(b), nil
}

func TestBulk_gives_each_row_its_own_result(t *testing.T) {
	o := newOffice(t)
	page, err := o.Ledgers.List(o.Actors["clerk"], ledgers.LedgerQuery{})
	must(t, err)
	rows := make([]ledgers.BulkRow, 0, 4)
	for _, d := range page.Items {
		rows = append(rows, ledgers.BulkRow{ID: d.ID, Version: d.Version})
	}
	other := o.first(t, "bureau", "任务:长效")
	rows[1].Version = 9
	rows = append(rows, ledgers.BulkRow{ID: other.ID, Version: 1}, rows[0])
	results, err := o.Ledgers.Bulk(o.Actors["clerk"], ledgers.BulkDutiesInput{Action: "accept", Rows: rows})
	must(t, err)
	codes := []string{}
	for _, r := range results.Items {
		codes = append(codes, r.Code)
		if r.Done == (r.Code != "") || !r.Done && r.Reason == "" {
			t.Errorf("result %+v", r)
		}
	}
	if got := fmt.Sprint(codes); got != "[ stale  not_found]" || results.Done != 2 {
		t.Errorf("codes %s, done %d", got, results.Done)
	}
	_, err = o.Ledgers.Bulk(o.Actors["clerk"], ledgers.BulkDutiesInput{Action: "dance", Rows: rows})
	wantField(t, err, "body.action", "ledger.bulk_action")
	_, err = o.Ledgers.Bulk(o.Actors["clerk"], ledgers.BulkDutiesInput{Action: "accept"})
	wantField(t, err, "body.rows", "ledger.bulk_rows")
	results, err = o.Ledgers.Bulk(o.Actors["office"], ledgers.BulkDutiesInput{Action: "cancel", Rows: []ledgers.BulkRow{{ID: other.ID, Version: 1}}})
	must(t, err)
	if results.Items[0].Done || results.Items[0].Reason == "" {
		t.Errorf("withdrawn without a reason: %+v", results.Items)
	}
	results, err = o.Ledgers.Bulk(o.Actors["office"], ledgers.BulkDutiesInput{Action: "reassign", UnitID: o.School.ID, Reason: "职责调整", Rows: []ledgers.BulkRow{{ID: other.ID, Version: 1}}})
	must(t, err)
	if d, err := o.Duties.Get(o.Actors["office"], other.ID); err != nil || results.Done != 1 || d.UnitID != o.School.ID {
		t.Errorf("reassigned: %+v, %v", results, err)
	}
}

func TestViews_are_seen_by_whom_they_are_for(t *testing.T) {
	o := newOffice(t)
	save := func(who string, in ledgers.SaveViewInput) (ledgers.SavedView, error) {
		return o.Ledgers.SaveView(o.Actors[who], in)
	}
	mine, err := save("clerk", ledgers.SaveViewInput{Name: "我的逾期", Query: "灯:逾期", Columns: []string{"task", "due"}})
	must(t, err)
	_, err = save("head", ledgers.SaveViewInput{Name: "全校", Share: "unit", UnitID: o.University.ID, Query: "下属:岚山大学"})
	must(t, err)
	_, err = save("office", ledgers.SaveViewInput{Name: "经办人默认", Share: "role", Role: post.UnitClerk, Query: "是:我的"})
	must(t, err)
	for who, want := range map[string]string{"clerk": "[我的逾期 全校 经办人默认]", "school": "[全校 经办人默认]", "head": "[全校]", "bureau": "[]", "office": "[经办人默认]"} {
		page, err := o.Ledgers.Views(o.Actors[who], "", 0)
		must(t, err)
		names := []string{}
		for _, v := range page.Items {
			names = append(names, v.Name)
		}
		if got := fmt.Sprint(names); got != want {
			t.Errorf("%s sees %s, want %s", who, got, want)
		}
	}
	if _, err = save("head", ledgers.SaveViewInput{Name: "别人的", Share: "unit", UnitID: o.Bureau.ID}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("shared with a unit that is not below: %v", err)
	}
	if _, err = save("clerk", ledgers.SaveViewInput{Name: "默认", Share: "role", Role: post.UnitClerk}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a clerk sets the beginning of a role: %v", err)
	}
	_, err = save("clerk", ledgers.SaveViewInput{Name: "坏", Query: "颜色:红"})
	wantField(t, err, "body.query", "query.unknown_key")
	changed, err := o.Ledgers.ChangeView(o.Actors["clerk"], mine.ID, mine.Version, ledgers.SaveViewInput{Name: "改名"})
	if err != nil || changed.Version != 2 || changed.Query != "" {
		t.Errorf("changed to %+v, %v", changed, err)
	}
	if _, err = o.Ledgers.ChangeView(o.Actors["clerk"], mine.ID, 1, ledgers.SaveViewInput{Name: "旧"}); fault.CodeOf(err) != "stale" {
		t.Errorf("changed a view that had changed: %v", err)
	}
	if err = o.Ledgers.DropView(o.Actors["school"], mine.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("dropped a view of another: %v", err)
	}
	must(t, o.Ledgers.DropView(o.Actors["clerk"], mine.ID))
}

func TestViews_keep_which_due_date_counts(t *testing.T) {
	o := newOffice(t)
	clerk := o.Actors["clerk"]
	kept := func() []string {
		page, err := o.Ledgers.Views(clerk, "", 0)
		must(t, err)
		all := []string{}
		for _, v := range page.Items {
			all = append(all, fmt.Sprint(v.Name, v.Clock, v.Columns))
		}
		return all
	}
	first, err := o.Ledgers.SaveView(clerk, ledgers.SaveViewInput{Name: "原定", Clock: "original", Columns: []string{"task", "due"}})
	must(t, err)
	_, err = o.Ledgers.SaveView(clerk, ledgers.SaveViewInput{Name: "现行"})
	must(t, err)
	if got := fmt.Sprint(kept()); got != "[原定original[task due] 现行current[]]" {
		t.Errorf("kept %s", got)
	}
	// A view of an earlier version of the program is a list of columns.
	must(t, o.Store.Write(clerk, func(ctx context.Context, tx *ent.Tx) error {
		return tx.SavedView.UpdateOneID(first.ID).SetColumns([]byte(`["task","light"]`)).Exec(ctx)
	}))
	if got := kept()[0]; got != "原定current[task light]" {
		t.Errorf("an earlier view is read as %s", got)
	}
	changed, err := o.Ledgers.ChangeView(clerk, first.ID, first.Version, ledgers.SaveViewInput{Name: "原定", Clock: "original"})
	must(t, err)
	if changed.Clock != "original" || len(changed.Columns) != 0 {
		t.Errorf("changed to %+v", changed)
	}
}
