package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/xuri/excelize/v2"
)

// workbook makes a workbook of rows on one sheet, with merged ranges.
func workbook(t testing.TB, rows [][]any, merged ...[2]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for k, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, k+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merged {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadXLSX_finds_header_groups_and_dates(t *testing.T) {
	due := time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)
	raw := workbook(t, [][]any{
		{"云泽市教育局2025年任务分解表"},
		{},
		{"重点领域", "序号", "工作任务", "牵头科室", "配合科室", "完成时限"},
		{"课程建设", 1, "编写校本教材", "教研科", "电教馆", due},
		{"", 2, "开设实践课", "基教科", "", "每学期"},
	}, [2]string{"A4", "A5"})
	src, err := Read("表.xlsx", raw)
	if err != nil {
		t.Fatal(err)
	}
	d := clause.Parse(src, clause.Options{})
	if len(d.Nodes) != 3 || d.Title != "云泽市教育局2025年任务分解表" || d.Year != 2025 {
		t.Fatalf("title %q, year %d, nodes %+v", d.Title, d.Year, d.Nodes)
	}
	group, first, second := d.Nodes[0], d.Nodes[1], d.Nodes[2]
	if group.Title != "课程建设" || first.Parent != group.ID || second.Parent != group.ID {
		t.Errorf("groups: %+v", d.Nodes)
	}
	if first.Title != "编写校本教材" || first.Number != "1" || len(first.Assignments) != 2 || first.Deadline.Date.String() != "2025-06-30" {
		t.Errorf("first row: %+v", first)
	}
	if second.Deadline.RRule != "FREQ=MONTHLY;INTERVAL=6" || len(second.Assignments) != 1 {
		t.Errorf("second row: %+v", second)
	}
}

// replaced is a zip with one part put in another's place.
func replaced(t testing.TB, raw []byte, name, content string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			text = []byte(content)
		}
		parts = append(parts, f.Name, string(text))
	}
	return pack(t, parts...)
}

func TestReadXLSX_refuses_hostile_workbooks_by_name(t *testing.T) {
	var rows strings.Builder
	for k := 1; k <= 70; k++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>`, k, k, k)
	}
	many := replaced(t, workbook(t, nil), "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+rows.String()+`</sheetData></worksheet>`)
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"no value":       {workbook(t, nil), "document.empty"},
		"too many cells": {many, "document.too_many_cells"},
		"doctype":        {pack(t, "xl/workbook.xml", `<!DOCTYPE a><workbook/>`), "document.doctype"},
		"no sheet":       {pack(t, "xl/workbook.xml", `<workbook/>`), "document.broken"},
		"bomb":           {pack(t, "xl/workbook.xml", "<workbook/>", "xl/worksheets/sheet1.xml", "<worksheet>"+strings.Repeat(" ", MaxSheet)), "document.bomb"},
		"macro":          {pack(t, "xl/workbook.xml", "<workbook/>", "xl/vbaProject.bin", "x"), "document.macro"},
	} {
		_, err := Read("x.xlsx", c.raw)
		if fault.CodeOf(err) != c.code {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
		}
	}
}
