package clause

import (
	"strings"
	"unicode/utf8"
)

// Span is a half-open range of rune offsets in a source's text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Empty reports whether the span holds no character.
func (s Span) Empty() bool { return s.End <= s.Start }

// Len is the number of characters.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// BlockKind is what a block of the source is.
type BlockKind string

const (
	Paragraph BlockKind = "paragraph" // 段落
	Row       BlockKind = "row"       // 表格行
)

// Cell is one cell of a table row.
type Cell struct {
	Span Span `json:"span"`
	// Column is the cell's place in the table's grid, from 0.
	Column int `json:"column"`
	// Columns is how many grid columns it covers (gridSpan); at least 1.
	Columns int `json:"columns"`
	// Merged marks the continuation of the cell above (vMerge); its text is that cell's.
	Merged bool `json:"merged,omitempty"`
}

// Block is a paragraph or a table row of the source. Blocks follow each other with one line break between them; the cells of a
// row with one tab or, in pasted text, whatever the text has.
type Block struct {
	Kind BlockKind `json:"kind"`
	Span Span      `json:"span"`
	// Level is the heading level given by the file's own means (Word heading style, Markdown #); 0 for none.
	Level int `json:"level,omitempty"`
	// Table counts tables from 1; 0 for a paragraph.
	Table int    `json:"table,omitempty"`
	Cells []Cell `json:"cells,omitempty"`
}

// Source is a normalised document: one text and the blocks that lie in it in order.
type Source struct {
	// Name is the file's name as given; "" for pasted text.
	Name string `json:"name,omitempty"`
	// Format is text, markdown, docx or xlsx.
	Format string  `json:"format"`
	Text   string  `json:"text"`
	Blocks []Block `json:"blocks"`
}

// Builder lays blocks into a source, one line break between them. The zero value is ready.
type Builder struct {
	text   strings.Builder
	runes  int
	blocks []Block
	tables int
}

// lay writes text and returns where it stands.
func (b *Builder) lay(s string) Span {
	s = strings.ToValidUTF8(s, "\uFFFD")
	start := b.runes
	b.text.WriteString(s)
	b.runes += utf8.RuneCountInString(s)
	return Span{start, b.runes}
}

func (b *Builder) next() {
	if len(b.blocks) > 0 {
		b.lay("\n")
	}
}

// Paragraph adds a paragraph; line breaks inside it stay.
func (b *Builder) Paragraph(text string, level int) {
	b.next()
	b.blocks = append(b.blocks, Block{Kind: Paragraph, Span: b.lay(text), Level: level})
}

// NewTable starts a table: rows added from now on belong to it.
func (b *Builder) NewTable() { b.tables++ }

// CellText is the content of a cell to be added.
type CellText struct {
	Text    string
	Columns int // grid columns covered; 0 counts as 1
	Merged  bool
}

// Row adds a table row; its cells stand in the text with a tab between them.
func (b *Builder) Row(cells []CellText) {
	if b.tables == 0 {
		b.tables = 1
	}
	b.next()
	row := Block{Kind: Row, Table: b.tables}
	start, column := b.runes, 0
	for i, c := range cells {
		if i > 0 {
			b.lay("\t")
		}
		width := max(c.Columns, 1)
		row.Cells = append(row.Cells, Cell{Span: b.lay(c.Text), Column: column, Columns: width, Merged: c.Merged})
		column += width
	}
	row.Span = Span{start, b.runes}
	b.blocks = append(b.blocks, row)
}

// Empty reports whether nothing but white space was added.
func (b *Builder) Empty() bool { return strings.TrimSpace(b.text.String()) == "" }

// Source returns what was built.
func (b *Builder) Source(name, format string) Source {
	return Source{Name: name, Format: format, Text: b.text.String(), Blocks: b.blocks}
}
