package ooxml

import (
	"fmt"
	"regexp"
	"strings"
)

// Style is the part that a paragraph plays in an official document.
type Style uint8

const (
	Body       Style = iota // 正文, third and fourth level: 仿宋 16 pt, first line two characters in
	RedHead                 // 发文机关标志: red 小标宋, as large as fits one line
	Number                  // 发文字号 with the red line below
	Title                   // 标题: 小标宋 22 pt
	Recipient               // 主送机关: flush left
	Level1                  // 一、黑体
	Level2                  // （一）楷体
	Signature               // 署名 and 成文日期: right
	AnnexMark               // 附件: 黑体, flush left
	TableTitle              // title above a table: 小标宋 18 pt
	TableHead               // head cell: 黑体 12 pt
	TableText               // cell, flush left: 仿宋 12 pt
	TableMid                // cell, centred
	LetterHead              // 信函格式: issuer, red, double line below
	LetterNumber
	lastStyle
)

// face picks one of the document's fonts.
type face func(Fonts) string

func titleFace(f Fonts) string { return f.Title }
func bodyFace(f Fonts) string  { return f.Body }
func heiFace(f Fonts) string   { return f.Hei }
func kaiFace(f Fonts) string   { return f.Kai }

// Lengths in twips (1/20 pt).
const (
	linePitch = 579 // 28.95 pt: 225 mm in 22 lines
	charWidth = 320 // 16 pt
)

// look is how a style is set. Sizes are half points, lengths twips; line 0 stands for the fixed line of the text block.
type look struct {
	id, name      string
	face          face
	size          int
	align         string
	indent        bool // first line two characters in
	line          int
	before, after int
	outline       int // 1 for the first level of the outline, 0 for none
	red           bool
	border        string // w:pBdr and what stands beside it
	outdent       int    // both sides beyond the text block
}

const (
	redLine    = `<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="FF0000"/></w:pBdr>`
	letterLine = `<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="11" w:color="FF0000"/></w:pBdr>`
)

// looks in the order of the constants.
var looks = [lastStyle]look{
	Body:         {id: "Body", name: "公文正文", face: bodyFace, size: 32, align: "both", indent: true},
	RedHead:      {id: "RedHead", name: "发文机关标志", face: titleFace, size: 96, align: "center", line: 1158, before: 1850, red: true},
	Number:       {id: "Number", name: "发文字号", face: bodyFace, size: 32, align: "center", before: 1158, border: redLine},
	Title:        {id: "DocTitle", name: "公文标题", face: titleFace, size: 44, align: "center", line: 660, before: 1158, after: 579},
	Recipient:    {id: "Recipient", name: "主送机关", face: bodyFace, size: 32, align: "left"},
	Level1:       {id: "Level1", name: "一级标题", face: heiFace, size: 32, align: "both", indent: true, outline: 1},
	Level2:       {id: "Level2", name: "二级标题", face: kaiFace, size: 32, align: "both", indent: true, outline: 2},
	Signature:    {id: "Signature", name: "署名日期", face: bodyFace, size: 32, align: "right"},
	AnnexMark:    {id: "AnnexMark", name: "附件标识", face: heiFace, size: 32, align: "left"},
	TableTitle:   {id: "TableTitle", name: "表格标题", face: titleFace, size: 36, align: "center", after: 200},
	TableHead:    {id: "TableHead", name: "表头", face: heiFace, size: 24, align: "center", line: 360},
	TableText:    {id: "TableText", name: "表格文字", face: bodyFace, size: 24, align: "left", line: 360},
	TableMid:     {id: "TableMid", name: "表格居中", face: bodyFace, size: 24, align: "center", line: 360},
	LetterHead:   {id: "LetterHead", name: "信函机关标志", face: titleFace, size: 80, align: "center", line: 960, red: true, border: letterLine, outdent: 397},
	LetterNumber: {id: "LetterNumber", name: "信函文号", face: bodyFace, size: 32, align: "right", before: 120},
}

// xml is the style's entry in styles.xml.
func (l look) xml(f Fonts) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s`, l.id, l.name, l.border)
	b.WriteString(`<w:spacing` + attr("w:before", l.before) + attr("w:after", l.after) + attr("w:line", l.pitch()) + ` w:lineRule="exact"/>`)
	switch {
	case l.indent:
		b.WriteString(`<w:ind w:firstLineChars="200"` + attr("w:firstLine", 2*charWidth) + `/>`)
	case l.outdent > 0:
		b.WriteString(`<w:ind` + attr("w:left", -l.outdent) + attr("w:right", -l.outdent) + `/>`)
	}
	b.WriteString(`<w:jc w:val="` + l.align + `"/>`)
	if l.outline > 0 {
		b.WriteString(`<w:outlineLvl` + attr("w:val", l.outline-1) + `/>`)
	}
	b.WriteString(`</w:pPr><w:rPr>` + fontXML(l.face(f), f.Latin))
	if l.red {
		b.WriteString(`<w:color w:val="FF0000"/>`)
	}
	b.WriteString(sizeXML(l.size) + `</w:rPr></w:style>`)
	return b.String()
}

// pitch is the fixed line height.
func (l look) pitch() int {
	if l.line == 0 {
		return linePitch
	}
	return l.line
}

// fontXML names the face for every script, so that no reader falls back to a theme.
func fontXML(asian, latin string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%[2]s" w:hAnsi="%[2]s" w:eastAsia="%[1]s" w:cs="%[2]s"/>`, escape(asian), escape(latin))
}

// sizeXML is a size in half points.
func sizeXML(half int) string {
	return `<w:sz` + attr("w:val", half) + `/><w:szCs` + attr("w:val", half) + `/>`
}

// stylesXML is the part word/styles.xml.
func stylesXML(f Fonts) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles xmlns:w="` + mainNS + `"><w:docDefaults><w:rPrDefault><w:rPr>` + fontXML(f.Body, f.Latin) + sizeXML(32) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	for _, l := range looks {
		b.WriteString(l.xml(f))
	}
	b.WriteString(`<w:style w:type="character" w:customStyle="1" w:styleId="PlainBody"><w:name w:val="标题后正文"/><w:rPr>` +
		fontXML(f.Body, f.Latin) + `</w:rPr></w:style></w:styles>`)
	return b.String()
}

var (
	level1 = regexp.MustCompile(`^[一二三四五六七八九十]+、`)
	level2 = regexp.MustCompile(`^（[一二三四五六七八九十]+）`)
	annex  = regexp.MustCompile(`^附件\d*$`)
)

// StyleOf is the style that a line of plain text asks for by its numbering: Level1, Level2, AnnexMark or Body.
func StyleOf(line string) Style {
	switch {
	case level1.MatchString(line):
		return Level1
	case level2.MatchString(line):
		return Level2
	case annex.MatchString(line):
		return AnnexMark
	}
	return Body
}
