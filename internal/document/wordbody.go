package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/duban-gov/duban/internal/clause"
)

// wordReader walks word/document.xml once.
type wordReader struct {
	t     *tokens
	nums  *numberings
	out   clause.Builder
	cells int
	bytes int
}

// paragraph is a paragraph as read.
type paragraph struct {
	text  string
	level int
	boxes []string
}

func (w *wordReader) body() error {
	seen := false
	for {
		tok, err := w.t.next()
		if errors.Is(err, io.EOF) {
			if !seen {
				return bad("not_docx")
			}
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "body":
			seen = true
		case "p":
			if err := w.topParagraph(); err != nil {
				return err
			}
		case "tbl":
			if err := w.table(); err != nil {
				return err
			}
		default:
			if skipped(e) {
				if err := w.t.skip(); err != nil {
					return err
				}
			}
		}
	}
}

// skipped are elements whose text is not the document's: deletions, the copy for old readers, field codes, phonetic guides.
func skipped(e xml.StartElement) bool {
	switch e.Name.Local {
	case "del", "moveFrom", "Fallback", "instrText", "delText", "rt", "sectPr", "delInstrText", "sdtPr", "commentReference", "footnoteReference", "object", "oMath", "oMathPara":
		return true
	}
	return false
}

func (w *wordReader) topParagraph() error {
	p, err := w.paragraph()
	if err != nil {
		return err
	}
	w.out.Paragraph(p.text, p.level)
	for _, box := range p.boxes {
		w.out.Paragraph(box, 0)
	}
	return nil
}

// paragraph reads the paragraph just opened, with the number that Word makes in front.
func (w *wordReader) paragraph() (paragraph, error) {
	var b strings.Builder
	var p paragraph
	style, numID, lvl := "", "", -1
	for depth := 1; depth > 0; {
		tok, err := w.t.next()
		if err != nil {
			return p, notEOF(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if skipped(e) {
				if err := w.t.skip(); err != nil {
					return p, err
				}
				continue
			}
			switch e.Name.Local {
			case "p": // a paragraph inside a text box of this one
				box, err := w.paragraph()
				if err != nil {
					return p, err
				}
				p.boxes = append(append(p.boxes, box.text), box.boxes...)
				continue
			case "pStyle":
				style = attr(e, "val")
			case "numId":
				numID = attr(e, "val")
			case "ilvl":
				lvl = atoi(attr(e, "val"))
			case "outlineLvl":
				if l := atoi(attr(e, "val")); l < 9 {
					p.level = l + 1
				}
			case "tab", "ptab":
				if depth > 1 && b.Len() > 0 {
					b.WriteByte(' ')
				}
			case "br", "cr":
				b.WriteByte('\n')
			case "noBreakHyphen":
				b.WriteByte('-')
			case "t":
				text, err := w.text()
				if err != nil {
					return p, err
				}
				b.WriteString(text)
				continue
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	p.text = w.numbered(b.String(), style, numID, lvl, &p.level)
	return p, nil
}

// numbered puts the list's number before a paragraph's text.
func (w *wordReader) numbered(text, style, numID string, lvl int, heading *int) string {
	s := w.nums.heading[style]
	if *heading == 0 {
		*heading = s.outline
	}
	if numID == "" {
		numID = s.numID
	}
	if lvl < 0 {
		lvl = max(s.level, 0)
	}
	if numID == "" || strings.TrimSpace(text) == "" {
		return text
	}
	return w.nums.label(numID, lvl) + text
}

// text reads the characters of a w:t just opened.
func (w *wordReader) text() (string, error) {
	var b strings.Builder
	for {
		tok, err := w.t.next()
		if err != nil {
			return "", notEOF(err)
		}
		switch e := tok.(type) {
		case xml.CharData:
			if w.bytes += len(e); w.bytes > MaxText {
				return "", tooLarge("text_too_long", MaxText)
			}
			b.Write(e)
		case xml.StartElement:
			if err := w.t.skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}
