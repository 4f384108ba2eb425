package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`

// pack makes a zip of parts in the order given: name, content, name, content, …
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for k := 0; k+1 < len(parts); k += 2 {
		w, err := z.Create(parts[k])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[k+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// word makes a Word file of a body and further parts.
func word(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	main := `<?xml version="1.0"?><w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`
	return pack(t, append([]string{"word/document.xml", main}, parts...)...)
}

func par(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func cell(props, text string) string {
	return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + par(text) + `</w:tc>`
}

func mustRead(t *testing.T, raw []byte) string {
	t.Helper()
	src, err := Read("a.docx", raw)
	if err != nil {
		t.Fatal(err)
	}
	return src.Text
}

func TestReadDOCX_keeps_inserted_and_drops_deleted_text(t *testing.T) {
	body := `<w:p><w:r><w:t>开展</w:t></w:r><w:ins><w:r><w:t>专项</w:t></w:r></w:ins><w:del><w:r><w:delText>全面</w:delText></w:r></w:del>` +
		`<w:hyperlink><w:r><w:t>检查</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>` +
		`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + par("控件里的段落") + `</w:sdtContent></w:sdt>`
	if got := mustRead(t, word(t, body)); got != "开展专项检查\n控件里的段落" {
		t.Errorf("got %q", got)
	}
}

func TestReadDOCX_reads_a_text_box_once(t *testing.T) {
	body := `<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>` + par("框内") +
		`</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + par("框内") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
	if got := mustRead(t, word(t, body)); got != "正文\n框内" {
		t.Errorf("got %q", got)
	}
}

const lists = `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>` +
	`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

func numbered(level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestReadDOCX_writes_the_numbers_that_Word_makes(t *testing.T) {
	body := numbered("0", "总则") + numbered("1", "甲") + numbered("2", "子") + numbered("2", "丑") + numbered("1", "乙") + numbered("2", "寅") + numbered("0", "细则")
	want := "一、总则\n（一）甲\n1.子\n2.丑\n（二）乙\n1.寅\n二、细则"
	if got := mustRead(t, word(t, body, "word/numbering.xml", lists)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadDOCX_gives_cells_their_place_in_the_grid(t *testing.T) {
	body := `<w:tbl><w:tr>` + cell(`<w:gridSpan w:val="2"/>`, "甲") + cell("", "乙") + `</w:tr><w:tr>` +
		cell(`<w:vMerge w:val="restart"/>`, "丙") + cell("", "丁") + cell("", "戊") + `</w:tr><w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "己") + cell("", "庚") + `</w:tr></w:tbl>`
	src, err := Read("a.docx", word(t, body))
	if err != nil {
		t.Fatal(err)
	}
	if src.Text != "甲\t乙\n丙\t丁\t戊\n\t己\t庚" {
		t.Fatalf("text %q", src.Text)
	}
	first, third := src.Blocks[0].Cells, src.Blocks[2].Cells
	if first[1].Column != 2 || first[0].Columns != 2 || !third[0].Merged || third[1].Column != 1 {
		t.Errorf("cells %+v %+v", first, third)
	}
}

func TestRead_refuses_hostile_files_by_name(t *testing.T) {
	deep := strings.Repeat("<w:sdt>", 400) + strings.Repeat("</w:sdt>", 400)
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"nothing":           {nil, "document.empty"},
		"white space":       {[]byte(" \n\t　"), "document.empty"},
		"no paragraph":      {word(t, ""), "document.empty"},
		"bare magic":        {[]byte("PK\x03\x04rubbish"), "document.broken"},
		"other zip":         {pack(t, "a.txt", "x"), "document.not_docx"},
		"doctype":           {pack(t, "word/document.xml", `<!DOCTYPE w [<!ENTITY a "b">]><w:document `+wordNS+`><w:body/></w:document>`), "document.doctype"},
		"macro part":        {word(t, par("x"), "word/vbaProject.bin", "x"), "document.macro"},
		"macro type":        {word(t, par("x"), "[Content_Types].xml", `<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`), "document.macro"},
		"encrypted":         {append(append([]byte{}, oleMagic...), utf16le("EncryptedPackage")...), "document.encrypted"},
		"old binary":        {append(append([]byte{}, oleMagic...), 0, 0), "document.old_office"},
		"deep":              {word(t, deep), "document.too_deep"},
		"cut off":           {pack(t, "word/document.xml", `<w:document `+wordNS+`><w:body><w:p><w:r>`), "document.broken"},
		"part named twice":  {pack(t, "word/document.xml", "<a/>", "Word/Document.xml", "<a/>"), "document.broken"},
		"pdf":               {[]byte("%PDF-1.7 x"), "document.pdf"},
		"html":              {[]byte("<!DOCTYPE html><p>x"), "document.html"},
		"rtf":               {[]byte(`{\rtf1 x}`), "document.rtf"},
		"binary noise":      {[]byte{1, 0, 2, 0, 255, 254}, "document.encoding"},
		"undecodable bytes": {[]byte{0x81, 0x20, 0xff, 0xff}, "document.encoding"},
	} {
		_, err := Read("x.docx", c.raw)
		if fault.CodeOf(err) != c.code {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
		}
	}
}

func TestRead_stops_a_zip_bomb(t *testing.T) {
	raw := pack(t, "word/document.xml", `<w:document `+wordNS+`><w:body>`+strings.Repeat(" ", MaxPart+1))
	_, err := Read("x.docx", raw)
	if !errors.Is(err, fault.New(fault.TooLarge, "document.bomb")) {
		t.Errorf("got %v", err)
	}
}

// row makes a table row of cells already made.
func row(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func TestReadDOCX_plan_table_reads_into_tasks(t *testing.T) {
	down, on := `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	body := par("云泽市2025年重点任务责任表") + `<w:tbl>` +
		row(cell(down, "领域"), cell(down, "序号"), cell(down, "工作任务"), cell(`<w:gridSpan w:val="2"/>`, "责任单位"), cell(down, "完成时限")) +
		row(cell(on, ""), cell(on, ""), cell(on, ""), cell("", "牵头"), cell("", "配合"), cell(on, "")) +
		row(cell(`<w:gridSpan w:val="6"/>`, "一、办学条件")) +
		row(cell(down, "校舍"), cell("", "1"), cell("", "加固围墙"), cell(down, "后勤科"), cell("", "财务科"), cell("", "5月底前")) +
		row(cell(on, ""), cell("", "2"), cell("", "改造食堂"), cell(on, ""), cell("", "各学校"), cell("", "9月底前")) + `</w:tbl>`
	src, err := Read("x", word(t, body))
	if err != nil {
		t.Fatal(err)
	}
	d := clause.Parse(src, clause.Options{})
	var got []string
	for _, n := range d.Nodes {
		line := strings.Repeat(" ", n.Depth) + string(n.Kind) + " " + n.Number + n.Title
		for _, a := range n.Assignments {
			line += " " + string(a.Part) + ":" + a.Name
		}
		got = append(got, line+" "+n.Deadline.Date.String())
	}
	want := []string{"section 一、办学条件 ", " key_point 校舍 ", "  task 1加固围墙 lead:后勤科 support:财务科 2025-05-31", "  task 2改造食堂 lead:后勤科 collective:各学校 2025-09-30"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
