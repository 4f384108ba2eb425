// Package ooxml writes official documents (公文) as DOCX in the format of GB/T 9704-2012: A4, a text block of 156 × 225 mm with
// 22 lines, 小标宋 titles, 仿宋 body, 黑体 and 楷体 headings, page numbers outside. It uses the standard library only. Fonts
// are named, never embedded. The same document always gives the same bytes.
package ooxml

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/fault"
)

// Fonts are the typefaces that the document names. An empty field takes that of DefaultFonts.
type Fonts struct {
	Title string // 小标宋: red head and title
	Body  string // 仿宋
	Hei   string // 黑体: first level, table heads
	Kai   string // 楷体: second level
	Song  string // 宋体: page numbers
	Latin string // digits and Latin letters
}

// DefaultFonts are the usual names in Word and WPS.
var DefaultFonts = Fonts{
	Title: "方正小标宋简体", Body: "仿宋_GB2312", Hei: "黑体", Kai: "楷体_GB2312", Song: "宋体", Latin: "Times New Roman",
}

// Document is what is to be written. Title goes into the file's properties only; the title on paper is a paragraph.
type Document struct {
	Title  string
	Fonts  Fonts
	Blocks []Block

	letter bool // 信函格式: other margins, a foot line and no number on the first page
}

// Block is a Paragraph, a Table or the start of a Section.
type Block interface {
	check() error
	write(b *strings.Builder, width int, sect string)
}

// Section starts a new page and sets its orientation. As the first block it sets that of the first page.
type Section struct {
	Landscape bool
}

func (Section) check() error                        { return nil }
func (Section) write(*strings.Builder, int, string) {}

// Bytes is the DOCX file. A text with a character that XML cannot hold is refused with the code ooxml.text, a table whose
// rows do not fit its columns with ooxml.table; "block" counts from 1.
func (d Document) Bytes() ([]byte, error) {
	if err := checkText(d.Title); err != nil {
		return nil, err
	}
	for i, block := range d.Blocks {
		if err := block.check(); err != nil {
			if f := fault.As(err); f != nil {
				return nil, f.With("block", i+1)
			}
			return nil, err
		}
	}
	d.Fonts = d.Fonts.orDefault()
	return pack(d)
}

// orDefault fills empty names.
func (f Fonts) orDefault() Fonts {
	pick := func(name, standard string) string {
		if name == "" {
			return standard
		}
		return name
	}
	s := DefaultFonts
	return Fonts{
		Title: pick(f.Title, s.Title), Body: pick(f.Body, s.Body), Hei: pick(f.Hei, s.Hei),
		Kai: pick(f.Kai, s.Kai), Song: pick(f.Song, s.Song), Latin: pick(f.Latin, s.Latin),
	}
}

// checkText refuses what XML 1.0 cannot hold: broken UTF-8 and control characters other than tab and line feed.
func checkText(text string) error {
	for i, r := range text {
		broken := r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD")
		if broken || (r < 0x20 && r != '\t' && r != '\n') || r == 0xFFFE || r == 0xFFFF {
			return fault.New(fault.Invalid, "ooxml.text").With("position", utf8.RuneCountInString(text[:i])+1).With("block", 0)
		}
	}
	return nil
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape makes text safe inside XML text and attributes.
func escape(text string) string { return escaper.Replace(text) }

// attr is ` name="value"` for a number.
func attr(name string, value int) string { return " " + name + `="` + strconv.Itoa(value) + `"` }
