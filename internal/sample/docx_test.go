package sample

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documentXML is the main part of the plan's file; every part must be well-formed.
func documentXML(t *testing.T) string {
	t.Helper()
	file := PlanDOCX()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	document := ""
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		dec := xml.NewDecoder(bytes.NewReader(text))
		for err == nil {
			_, err = dec.Token()
		}
		if err != io.EOF {
			t.Errorf("%s: %v", f.Name, err)
		}
		if f.Name == "word/document.xml" {
			document = string(text)
		}
	}
	return document
}

func TestPlanDOCX_holds_the_text_of_the_plan(t *testing.T) {
	texts := regexp.MustCompile(`<w:t [^>]*>([^<]*)</w:t>`)
	var got []string
	for _, p := range strings.Split(documentXML(t), "</w:p>") {
		text := ""
		for _, m := range texts.FindAllStringSubmatch(p, -1) {
			text += html.UnescapeString(m[1])
		}
		if text != "" {
			got = append(got, text)
		}
	}
	var want []string
	for _, line := range planLines() {
		row, ok := cells(line)
		if !ok {
			row = []string{line}
		}
		for _, cell := range row {
			if cell != "" {
				want = append(want, cell)
			}
		}
	}
	if !slices.Equal(got, want) {
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Fatalf("paragraph %d: %q, want %q", i, got[min(i, len(got)-1)], want[i])
			}
		}
		t.Fatalf("%d paragraphs, want %d", len(got), len(want))
	}
}

func TestPlanDOCX_is_the_same_every_time(t *testing.T) {
	if !bytes.Equal(PlanDOCX(), PlanDOCX()) {
		t.Error("two files differ")
	}
}

func TestPlanDOCX_sets_the_annex_as_a_landscape_table(t *testing.T) {
	document := documentXML(t)
	if strings.Count(document, `w:orient="landscape"`) != 1 || strings.Count(document, "<w:tblHeader/>") != 1 {
		t.Error("the annex is not on landscape pages or its head does not repeat")
	}
	if n := strings.Count(document, `<w:gridSpan w:val="7"/>`); n != 3 {
		t.Errorf("%d section rows span the table, want 3", n)
	}
	for style, want := range map[string]int{"RedHead": 1, "DocTitle": 2, "Level1": 4, "Level2": 5, "AnnexMark": 1} {
		if n := strings.Count(document, `<w:pStyle w:val="`+style+`"/>`); n != want {
			t.Errorf("%d paragraphs are %s, want %d", n, style, want)
		}
	}
}
