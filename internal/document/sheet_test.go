package document_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/document"
)

func TestSheet_xlsx_is_read_back_as_it_was_written(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom([]string{"=1+1", "岚山大学", "a<b&c", "+86", "@x", "\tx", "多\n行", "'", "", "-5"}), 3, 3), 1, 20).Draw(rt, "rows")
		var file bytes.Buffer
		s, err := document.NewXLSX(&file, "台账", []int{10, 20, 30}, 1)
		if err != nil {
			rt.Fatal(err)
		}
		for i, row := range rows {
			if err := s.Row(row[0], row[1], row[2], i); err != nil {
				rt.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			rt.Fatal(err)
		}
		book, err := excelize.OpenReader(&file)
		if err != nil {
			rt.Fatal(err)
		}
		defer book.Close()
		for i, row := range rows {
			for j, want := range append(row, fmt.Sprint(i)) {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				got, err := book.GetCellValue("台账", at)
				if err != nil || got != want {
					rt.Fatalf("%s is %q, want %q (%v)", at, got, want, err)
				}
				if formula, _ := book.GetCellFormula("台账", at); formula != "" {
					rt.Fatalf("%s is a formula: %s", at, formula)
				}
			}
		}
	})
}

func TestSheet_csv_begins_no_formula(t *testing.T) {
	var file bytes.Buffer
	s, err := document.NewCSV(&file)
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range []string{"=1+1", "+86", "-5", "@SUM(A1)", "\tx", "\rx", "＝1", "岚山大学", "a=b"} {
		if err := s.Row(cell, 7); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(file.String(), "\ufeff") {
		t.Error("no byte order mark: Excel would read it as GBK")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[:7] {
		if !strings.HasPrefix(row[0], "'") || row[1] != "7" {
			t.Errorf("%q could be run as a formula", row)
		}
	}
	if rows[7][0] != "岚山大学" || rows[8][0] != "a=b" {
		t.Errorf("harmless cells were changed: %q", rows[7:])
	}
}
