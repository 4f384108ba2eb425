package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/words"
)

// fataler is what *testing.T and *rapid.T share here.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// unpack returns the parts of a DOCX file; each must be well-formed XML.
func unpack(t fataler, file []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("not a zip file: %v", err)
	}
	parts := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatalf("open %s: %v", f.Name, err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatalf("read %s: %v", f.Name, err)
		}
		dec := xml.NewDecoder(bytes.NewReader(text))
		for err == nil {
			_, err = dec.Token()
		}
		if err != io.EOF {
			t.Fatalf("%s is not well-formed: %v", f.Name, err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}

// paragraphs reads the text back, one entry a paragraph.
func paragraphs(t fataler, document string) []string {
	t.Helper()
	var list []string
	var text strings.Builder
	dec := xml.NewDecoder(strings.NewReader(document))
	inText := false
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatalf("document: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "t":
				inText = true
			case "br":
				text.WriteByte('\n')
			case "tab":
				text.WriteByte('\t')
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "t":
				inText = false
			case "p":
				list = append(list, text.String())
				text.Reset()
			}
		case xml.CharData:
			if inText {
				text.Write(e)
			}
		}
	}
}

// build makes the file and unpacks it.
func build(t *testing.T, d Document) map[string]string {
	t.Helper()
	file, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return unpack(t, file)
}

func TestBytes_keep_any_text_or_refuse_it(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		style := Style(rapid.IntRange(0, int(lastStyle)-1).Draw(t, "style"))
		file, err := Document{Title: text, Blocks: []Block{Paragraph{Style: style, Text: text}}}.Bytes()
		control := strings.ContainsFunc(text, func(r rune) bool {
			return r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF
		})
		if control {
			if fault.CodeOf(err) != "ooxml.text" {
				t.Fatalf("a control character gives %v", err)
			}
			return
		}
		if err != nil {
			t.Fatalf("good text is refused: %v", err)
		}
		if got := paragraphs(t, unpack(t, file)["word/document.xml"]); !slices.Equal(got, []string{text}) {
			t.Fatalf("text comes back as %q", got)
		}
	})
}

func TestBytes_refuse_what_cannot_be_written(t *testing.T) {
	two := []Column{{Head: "甲", Width: 1}, {Head: "乙", Width: 1}}
	cases := map[string]struct {
		block Block
		code  string
	}{
		"broken_utf8":     {Paragraph{Text: "正\xff文"}, "ooxml.text"},
		"nul":             {Paragraph{Text: "a\x00b"}, "ooxml.text"},
		"bad_cell":        {Table{Columns: two, Rows: [][]string{{"1", "\x01"}}}, "ooxml.text"},
		"bad_head":        {Table{Columns: []Column{{Head: "\x02", Width: 1}}}, "ooxml.text"},
		"too_many_cells":  {Table{Columns: two, Rows: [][]string{{"1", "2", "3"}}}, "ooxml.table"},
		"row_of_no_cells": {Table{Columns: two, Rows: [][]string{{}}}, "ooxml.table"},
		"no_columns":      {Table{}, "ooxml.table"},
		"width_zero":      {Table{Columns: []Column{{Head: "甲"}}}, "ooxml.table"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Document{Blocks: []Block{Paragraph{Text: "好"}, c.block}}.Bytes()
			if !errors.Is(err, fault.New(fault.Invalid, c.code)) {
				t.Fatalf("err = %v, want %s", err, c.code)
			}
			if f := fault.As(err); f.Params["block"] != 2 {
				t.Errorf("block = %v, want 2", f.Params["block"])
			}
			text := words.Text(words.ZhCN, "fault."+c.code, fault.As(err).Params)
			if text == "fault."+c.code || strings.Contains(text, "{") {
				t.Errorf("the message lacks words or a parameter: %s", text)
			}
		})
	}
}

// everything has every style, a table, and both orientations.
func everything() Document {
	d := Document{Title: "通知"}
	for s := range lastStyle {
		d.Blocks = append(d.Blocks, Paragraph{Style: s, Text: "一、总则。其余照旧"})
	}
	table := Table{
		Columns: []Column{{Head: "序号", Width: 1, Center: true}, {Head: "事项", Width: 6}},
		Rows:    [][]string{{"一、公开"}, {"1", "目录\n清单"}},
	}
	d.Blocks = append(d.Blocks, Section{Landscape: true}, table, Section{}, Paragraph{Text: "完"})
	d.Blocks = append(d.Blocks, Sign("岚江省教育厅", "2017年3月15日")...)
	return d
}

func TestBytes_refer_only_to_what_is_in_the_package(t *testing.T) {
	parts := build(t, everything())
	document := parts["word/document.xml"]
	for _, m := range regexp.MustCompile(`<w:[pr]Style w:val="([^"]+)"`).FindAllStringSubmatch(document, -1) {
		if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("style %s is not defined", m[1])
		}
	}
	rels := parts["word/_rels/document.xml.rels"]
	for _, m := range regexp.MustCompile(`r:id="([^"]+)"`).FindAllStringSubmatch(document, -1) {
		target := regexp.MustCompile(`Id="` + m[1] + `"[^>]*Target="([^"]+)"`).FindStringSubmatch(rels)
		if target == nil || parts["word/"+target[1]] == "" || !strings.HasPrefix(target[1], "footer") {
			t.Errorf("relation %s leads to %v", m[1], target)
		}
	}
	for _, m := range regexp.MustCompile(`PartName="/([^"]+)"`).FindAllStringSubmatch(parts["[Content_Types].xml"], -1) {
		if parts[m[1]] == "" {
			t.Errorf("content type for a missing part %s", m[1])
		}
	}
}

func TestBytes_are_the_same_for_the_same_document(t *testing.T) {
	first, err := everything().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	second, _ := everything().Bytes()
	if !bytes.Equal(first, second) {
		t.Error("two runs differ")
	}
}

func TestDocument_is_set_as_the_standard_says(t *testing.T) {
	parts := build(t, everything())
	document, styles := parts["word/document.xml"], parts["word/styles.xml"]
	margins := `w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`
	if n := strings.Count(document, `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar `+margins); n != 2 {
		t.Errorf("%d A4 portrait sections with margins 37/26/35/28 mm, want 2", n)
	}
	if n := strings.Count(document, `w:orient="landscape"`); n != 1 {
		t.Errorf("%d landscape sections, want 1", n)
	}
	for _, want := range []string{
		`<w:docGrid w:type="lines" w:linePitch="579"/>`, `<w:tblHeader/>`, `<w:gridSpan w:val="2"/>`, `<w:insideV w:val="single"`,
	} {
		if !strings.Contains(document, want) {
			t.Errorf("document lacks %s", want)
		}
	}
	style := func(id string) string {
		return regexp.MustCompile(`w:styleId="` + id + `".*?</w:style>`).FindString(styles)
	}
	for id, wants := range map[string][]string{
		"Body":     {`仿宋_GB2312`, `<w:sz w:val="32"/>`, `w:line="579" w:lineRule="exact"`, `w:firstLineChars="200"`},
		"DocTitle": {`方正小标宋简体`, `<w:sz w:val="44"/>`, `<w:jc w:val="center"/>`},
		"Level1":   {`黑体`, `<w:sz w:val="32"/>`},
		"Level2":   {`楷体_GB2312`},
		"RedHead":  {`w:val="FF0000"`},
	} {
		for _, want := range wants {
			if !strings.Contains(style(id), want) {
				t.Errorf("style %s lacks %s: %s", id, want, style(id))
			}
		}
	}
	if !strings.Contains(parts["word/settings.xml"], "evenAndOddHeaders") ||
		!strings.Contains(parts["word/footer1.xml"], `<w:jc w:val="right"/>`) || !strings.Contains(parts["word/footer2.xml"], `<w:jc w:val="left"/>`) {
		t.Error("page numbers do not stand outside")
	}
}

func TestFonts_can_be_chosen(t *testing.T) {
	d := everything()
	d.Fonts = Fonts{Body: `霞鹜文楷 "GB"`}
	styles := build(t, d)["word/styles.xml"]
	if !strings.Contains(styles, `w:eastAsia="霞鹜文楷 &quot;GB&quot;"`) || strings.Contains(styles, "仿宋_GB2312") || !strings.Contains(styles, "方正小标宋简体") {
		t.Error("the chosen font does not replace just the body font")
	}
}

func TestHeading_font_ends_with_the_first_sentence(t *testing.T) {
	document := build(t, Document{Blocks: []Block{Paragraph{Style: Level2, Text: "（一）目录。限期公布。"}}})["word/document.xml"]
	if !regexp.MustCompile(`（一）目录。</w:t></w:r><w:r><w:rPr><w:rStyle w:val="PlainBody"/></w:rPr><w:t[^>]*>限期公布。`).MatchString(document) {
		t.Errorf("runs are not split: %s", document)
	}
}

func TestSection_at_the_end_leaves_no_empty_page(t *testing.T) {
	document := build(t, Document{Blocks: []Block{Paragraph{Text: "完"}, Section{Landscape: true}}})["word/document.xml"]
	if strings.Count(document, "<w:sectPr>") != 1 || strings.Contains(document, "landscape") {
		t.Error("an empty section is written")
	}
}
