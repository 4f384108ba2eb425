package units_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
)

const head = "编码,名称,类别,上级编码,简称,排序,启用日期,停用日期\n"

func TestImport_takes_lines_in_any_order_with_parents(t *testing.T) {
	h := newHouse(t)
	file := head + "S1,云州一中,学校,C1,一中,1,,\n" + "C1,云州市教育局,市州教育局,,,2,2010-01-01,\n" + "D1,政策法规处,处室,root,法规处、政法处,1,,2018/10/31\n"
	dry, err := h.Import(h.office(), []byte(file), true)
	if err != nil || dry.Created != 3 || !dry.DryRun {
		t.Fatalf("dry run says %+v, %v", dry, err)
	}
	if n := h.count(t); n != 1 {
		t.Fatalf("a dry run wrote %d units", n-1)
	}
	done, err := h.Import(h.office(), []byte(file), false)
	if err != nil || done.Created != 3 || done.Lines != 3 || done.DryRun {
		t.Fatalf("import says %+v, %v", done, err)
	}
	page, err := h.List(h.office(), units.UnitQuery{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var tree []string
	for _, u := range page.Items[1:] {
		tree = append(tree, fmt.Sprintf("%d %s %s %v %s %s", len(u.Path)/4, u.Code, u.Kind, u.Aliases, u.ValidFrom, u.ValidTo))
	}
	want := []string{"2 C1 city_bureau [] 2010-01-01 ", "3 S1 school [一中]  ", "2 D1 division [法规处 政法处]  2018-10-31"}
	if !slices.Equal(tree, want) {
		t.Errorf("tree is %q", tree)
	}
	if got := h.events("authority", h.authority.ID); !slices.Equal(got, []string{"create", "import_units"}) {
		t.Errorf("history %v", got)
	}
	t.Run("again_changes_nothing", func(t *testing.T) {
		again, err := h.Import(h.office(), []byte(file), false)
		if err != nil || again.Unchanged != 3 || again.Created+again.Updated != 0 {
			t.Errorf("says %+v, %v", again, err)
		}
	})
	t.Run("known_code_updates_and_keeps_the_old_name", func(t *testing.T) {
		r, err := h.Import(h.office(), []byte(head+"C1,云州市教育体育局,市州教育局,,教体局,2,2010-01-01,\n"), false)
		if err != nil || r.Updated != 1 {
			t.Fatalf("says %+v, %v", r, err)
		}
		matches, err := h.Find(h.office(), "云州市教育局", day("2016-01-01"))
		if err != nil || len(matches) != 1 || matches[0].Unit.Name != "云州市教育体育局" || !matches[0].Exact {
			t.Errorf("the older document finds %+v, %v", matches, err)
		}
	})
	t.Run("another_place_or_end_is_refused", func(t *testing.T) {
		_, err := h.Import(h.office(), []byte(head+"S1,云州一中,学校,D1,一中,1,,2017-03-01\n"), false)
		wantField(t, err, "line 2 column D", "sheet.moved")
		wantField(t, err, "line 2 column H", "sheet.ended")
	})
}

func TestImport_lists_every_fault_and_writes_nothing(t *testing.T) {
	h := newHouse(t)
	file := head +
		"D1,政策法规处,处室,,,1,,\n" + // good
		",人事处,处室,,,x,,\n" +
		"D1,财务处,处室,,,1,,\n" +
		"D3,,科室,,,1,2017-02-30,\n" +
		"D4,审计处,处室,NONE,,1,2017-05-01,2017-04-01\n" +
		"\n" +
		"A,甲处,处室,B,,1,,\n" +
		"B,乙处,处室,A,,1,,\n" +
		"D8,政策法规处,处室,root,,1,,\n" +
		"D9,隐\u202e藏处,处室,,,1,,\n"
	for _, dry := range []bool{true, false} {
		_, err := h.Import(h.office(), []byte(file), dry)
		wantCode(t, err, fault.Invalid, "sheet.invalid")
		for _, want := range [][2]string{
			{"line 3 column A", "required"}, {"line 3 column F", "sheet.number"}, {"line 4 column A", "sheet.twice"},
			{"line 5 column B", "required"}, {"line 5 column C", "sheet.kind"}, {"line 5 column G", "date"},
			{"line 6 column D", "sheet.parent"}, {"line 6 column H", "unit.period_reversed"}, {"line 8 column D", "sheet.circle"},
			{"line 10 column B", "sheet.name_taken"}, {"line 11 column B", "hidden_character"},
		} {
			wantField(t, err, want[0], want[1])
		}
	}
	if n := h.count(t); n != 1 {
		t.Errorf("%d units were written", n-1)
	}
}

func TestImport_refuses_what_is_no_table(t *testing.T) {
	h := newHouse(t)
	wide := excelize.NewFile()
	_ = wide.SetCellStr("Sheet1", "XFD1", "x")
	_ = wide.SetCellStr("Sheet1", "XFD2", "x")
	for name, c := range map[string]struct {
		file        []byte
		place, code string
	}{
		"empty":             {nil, "body.file", "sheet.empty"},
		"head_only":         {[]byte(head), "body.file", "sheet.empty"},
		"blank_lines_only":  {[]byte(head + "\n,,,\n"), "body.file", "sheet.empty"},
		"broken_zip":        {[]byte("PK\x03\x04nonsense"), "body.file", "sheet.unreadable"},
		"binary":            {[]byte{0xff, 0xff, 0x00, 0x81}, "body.file", "sheet.encoding"},
		"other_columns":     {[]byte("姓名,电话\n张三,1\n"), "line 1 column A", "sheet.unknown_column"},
		"too_many_rows":     {[]byte(head + strings.Repeat("a\n", 50_001)), "body.file", "sheet.too_many_rows"},
		"workbook_too_wide": {workbook(t, wide), "line 1 column BM", "sheet.too_wide"},
		"endless_cell":      {[]byte(head + "D1," + strings.Repeat("长", 700) + "\n"), "line 2 column B", "sheet.cell_too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Import(h.office(), c.file, false)
			wantField(t, err, c.place, c.code)
		})
	}
}

func TestImport_reads_what_Chinese_Excel_saves(t *testing.T) {
	h := newHouse(t)
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(head + "D1,政策法规处,处室,,,1,2017年3月6日,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := h.Import(h.office(), gb, false); err != nil || r.Created != 1 {
		t.Errorf("GB18030: %+v, %v", r, err)
	}
	book := excelize.NewFile()
	for i, row := range [][]any{{"编码", "名称", "类别", "上级编码", "启用日期"}, {"D2", "人事处", "Division", "", time.Date(2016, 5, 4, 0, 0, 0, 0, time.UTC)}} {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow("Sheet1", at, &row); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := h.Import(h.office(), workbook(t, book), false); err != nil || r.Created != 1 {
		t.Fatalf("XLSX: %+v, %v", r, err)
	}
	page, err := h.List(h.office(), units.UnitQuery{Name: "人事处", Limit: 1})
	if err != nil || len(page.Items) != 1 || page.Items[0].ValidFrom != day("2016-05-04") || page.Items[0].Kind != unit.Division {
		t.Errorf("read %+v, %v", page.Items, err)
	}
}

func TestExport_comes_back_unchanged(t *testing.T) {
	h := newHouse(t)
	file := head + "C1,云州市教育局,市州教育局,,教体局、市局,2,2010-01-01,\nS1,=cmd|'/C calc'!A0,学校,C1,@一中,1,,\n'-D,政策法规处,处室,,,0,,2018-10-31\n"
	if _, err := h.Import(h.office(), []byte(file), false); err != nil {
		t.Fatal(err)
	}
	for _, format := range []units.Format{units.CSV, units.XLSX} {
		table, err := h.Export(h.office(), format)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := h.Import(h.office(), table, false); err != nil || r.Unchanged != 3 {
			t.Errorf("%s came back as %+v, %v", format, r, err)
		}
	}
	t.Run("no_cell_is_a_formula", func(t *testing.T) {
		table, err := h.Export(h.office(), units.CSV)
		if err != nil || !bytes.HasPrefix(table, []byte("\xef\xbb\xbf")) {
			t.Fatalf("export begins with %q, %v", table[:3], err)
		}
		rows, err := csv.NewReader(bytes.NewReader(table[3:])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@＝＋－＠\t\r", []rune(cell)[0]) {
					t.Errorf("cell %q would run", cell)
				}
			}
		}
	})
	t.Run("other_format_is_refused", func(t *testing.T) {
		_, err := h.Export(h.office(), "pdf")
		wantField(t, err, "query.format", "sheet.format")
	})
}

// 10,000 units load in under ten seconds.
func TestImport_loads_ten_thousand_units_in_seconds(t *testing.T) {
	h := newHouse(t)
	var b strings.Builder
	b.WriteString(head)
	for i := range 10_000 {
		parent, kind := "", "市州教育局"
		if i >= 14 {
			parent, kind = fmt.Sprintf("U%d", i%14), "服务站点"
		}
		fmt.Fprintf(&b, "U%d,便民服务站%05d,%s,%s,站%d,%d,,\n", i, i, kind, parent, i, i)
	}
	start := time.Now()
	r, err := h.Import(h.office(), []byte(b.String()), false)
	took := time.Since(start)
	if err != nil || r.Created != 10_000 {
		t.Fatalf("says %+v, %v", r, err)
	}
	t.Logf("10,000 units in %v", took)
	if took > 10*time.Second && !testkit.Race {
		t.Errorf("took %v", took)
	}
	start = time.Now()
	d, err := h.Directory(t.Context(), h.Store.Read(), h.authority.ID, day("2017-03-06"))
	if err != nil {
		t.Fatal(err)
	}
	if u, sure := d.Unit("便民服务站09999"); !sure {
		t.Errorf("did not find the last one: %v", u)
	}
	d.Resolve("便民服务占09998")
	t.Logf("directory and one suggestion in %v", time.Since(start))
}

func (h *house) count(t *testing.T) int {
	t.Helper()
	n, err := h.Store.Read().Unit.Query().Count(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func workbook(t *testing.T, book *excelize.File) []byte {
	t.Helper()
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
