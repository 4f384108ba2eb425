package sample

import (
	"github.com/duban-gov/duban/internal/ooxml"
)

// The two titles of the plan, broken by sense as the standard asks for.
const (
	noticeTitleLines = "岚江省教育厅关于印发《2017年政务公开\n和政务服务工作要点责任分工方案》的通知"
	planTitleLines   = "2017年政务公开和政务服务工作要点\n责任分工方案"
)

// noticeLines is the number of lines of the notice that issues the plan; they stand before the plan itself.
const noticeLines = 7

// PlanDOCX is the plan as an official document: the notice with its red head, the plan, and the annex table on landscape
// pages. Its text is that of PlanText; the bytes are always the same.
func PlanDOCX() []byte {
	lines := planLines()
	blocks := notice(lines[:noticeLines])
	for i := noticeLines; i < len(lines); i++ {
		line := lines[i]
		if _, isRow := cells(line); isRow {
			blocks = append(blocks, annexTable(lines[i:]))
			break
		}
		switch style := ooxml.StyleOf(line); {
		case line == PlanTitle:
			blocks = append(blocks, ooxml.Paragraph{Style: ooxml.Title, Text: planTitleLines, NewPage: true})
		case style == ooxml.AnnexMark:
			i++
			blocks = append(blocks, ooxml.Section{Landscape: true}, ooxml.Paragraph{Style: style, Text: line},
				ooxml.Paragraph{Style: ooxml.TableTitle, Text: lines[i]})
		default:
			blocks = append(blocks, ooxml.Paragraph{Style: style, Text: line})
		}
	}
	file, err := ooxml.Document{Title: PlanTitle, Blocks: blocks}.Bytes()
	if err != nil {
		panic(err) // the text is a constant of this package
	}
	return file
}

// notice sets red head, number, title, recipients, text, issuer and date.
func notice(lines []string) []ooxml.Block {
	blocks := []ooxml.Block{
		ooxml.Paragraph{Style: ooxml.RedHead, Text: lines[0]},
		ooxml.Paragraph{Style: ooxml.Number, Text: lines[1]},
		ooxml.Paragraph{Style: ooxml.Title, Text: noticeTitleLines},
		ooxml.Paragraph{Style: ooxml.Recipient, Text: lines[3]},
		ooxml.Paragraph{Text: lines[4]},
	}
	return append(blocks, ooxml.Sign(lines[5], lines[6])...)
}

// annexWidths are the shares of the annex table's columns; annexMid says which are centred.
var (
	annexWidths = []int{6, 18, 38, 10, 16, 22, 16}
	annexMid    = []bool{true, false, false, true, true, false, true}
)

// annexTable makes a table of rows, the first of which is the head. A row with text in its first cell only is a section row.
func annexTable(lines []string) ooxml.Table {
	var t ooxml.Table
	for _, line := range lines {
		row, ok := cells(line)
		if !ok {
			break
		}
		if t.Columns == nil {
			for i, head := range row {
				t.Columns = append(t.Columns, ooxml.Column{Head: head, Width: annexWidths[i], Center: annexMid[i]})
			}
			continue
		}
		if row[1] == "" {
			row = row[:1]
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
