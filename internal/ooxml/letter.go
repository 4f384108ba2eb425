package ooxml

// Letter is a document in letter form (信函格式, GB/T 9704-2012 part 10.1), the form of supervision letters and rectification
// notices. Title may be broken by sense with "\n". Body lines are set by their numbering, see StyleOf.
type Letter struct {
	Issuer    string // full name on the head and under the text, e.g. 岚江省教育厅
	Number    string // 文号
	Title     string
	Recipient string // main recipient without the colon
	Body      []string
	Annexes   []string // names of annexes, listed under the text
	Date      string   // 成文日期 as written
	Slip      *Slip    // receipt slip on a page of its own, or nil
}

// Slip is a receipt slip (回执) that the recipient fills in and returns. A field with a value is printed filled in.
type Slip struct {
	Title  string
	Fields []SlipField
	Note   string // e.g. to whom and by when it goes back
}

// SlipField is one line of a slip.
type SlipField struct{ Label, Value string }

// Document is the letter as a document.
func (l Letter) Document() Document {
	blocks := []Block{
		Paragraph{Style: LetterHead, Text: l.Issuer},
		Paragraph{Style: LetterNumber, Text: l.Number},
		Paragraph{Style: Title, Text: l.Title},
		Paragraph{Style: Recipient, Text: l.Recipient + "："},
	}
	for _, line := range l.Body {
		blocks = append(blocks, Paragraph{Style: StyleOf(line), Text: line})
	}
	blocks = append(blocks, annexList(l.Annexes)...)
	blocks = append(blocks, Sign(l.Issuer, l.Date)...)
	if l.Slip != nil {
		blocks = append(blocks, l.Slip.blocks()...)
	}
	return Document{Title: joined(l.Title), Blocks: blocks, letter: true}
}

// Bytes is the DOCX file of the letter; errors as in Document.Bytes.
func (l Letter) Bytes() ([]byte, error) { return l.Document().Bytes() }

const slipRow = 680 // 12 mm: room to write in by hand

func (s Slip) blocks() []Block {
	table := Table{Columns: []Column{{Width: 3, Center: true}, {Width: 7}}, MinHeight: slipRow}
	for _, f := range s.Fields {
		table.Rows = append(table.Rows, []string{f.Label, f.Value})
	}
	blocks := []Block{Paragraph{Style: Title, Text: s.Title, NewPage: true}, table}
	if s.Note != "" {
		blocks = append(blocks, Paragraph{Style: Body, Text: s.Note})
	}
	return blocks
}
