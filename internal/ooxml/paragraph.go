package ooxml

import (
	"strings"
	"unicode/utf8"
)

// Paragraph is a paragraph of text. In it "\n" breaks the line (titles are broken by sense) and "\t" is a tab. In a first- or
// second-level paragraph that goes on after its first sentence, only that sentence has the heading's font.
type Paragraph struct {
	Style   Style
	Text    string
	NewPage bool // begins a page

	right int // hundredths of a character in from the right
}

func (p Paragraph) check() error { return checkText(p.Text) }

// maxHead is the width of the text block, 156 mm, in half points: a red head must fit it in one line.
const maxHead = 884

func (p Paragraph) write(b *strings.Builder, _ int, sect string) {
	l := looks[p.Style]
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + l.id + `"/>`)
	if p.NewPage {
		b.WriteString(`<w:pageBreakBefore/>`)
	}
	if p.right > 0 {
		b.WriteString(`<w:ind` + attr("w:rightChars", p.right) + attr("w:right", p.right*charWidth/100) + `/>`)
	}
	b.WriteString(sect + `</w:pPr>`)
	head, rest := p.Text, ""
	if p.Style == Level1 || p.Style == Level2 {
		head, rest = firstSentence(p.Text)
	}
	writeRun(b, head, p.fit(l))
	if rest != "" {
		writeRun(b, rest, `<w:rPr><w:rStyle w:val="PlainBody"/></w:rPr>`)
	}
	b.WriteString(`</w:p>`)
}

// fit shrinks a head that would need a second line; "" leaves the style's size.
func (p Paragraph) fit(l look) string {
	n := utf8.RuneCountInString(p.Text)
	if (p.Style != RedHead && p.Style != LetterHead) || n*l.size <= maxHead {
		return ""
	}
	return `<w:rPr>` + sizeXML(max(maxHead/n, 32)) + `</w:rPr>`
}

// firstSentence splits after the first full stop, if anything follows it.
func firstSentence(text string) (head, rest string) {
	const stop = "。"
	if i := strings.Index(text, stop); i >= 0 {
		return text[:i+len(stop)], text[i+len(stop):]
	}
	return text, ""
}

// writeRun writes text with its breaks and tabs.
func writeRun(b *strings.Builder, text, props string) {
	if text == "" {
		return
	}
	b.WriteString(`<w:r>` + props)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for j, part := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteString(`<w:tab/>`)
			}
			if part != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escape(part) + `</w:t>`)
			}
		}
	}
	b.WriteString(`</w:r>`)
}

// Sign is the signature for a sealed document: the date four characters in from the right, the issuer centred over it.
func Sign(issuer, date string) []Block {
	const dateRight = 400
	right := dateRight + (width(date)-width(issuer))/2
	return []Block{
		Paragraph{Style: Signature},
		Paragraph{Style: Signature, Text: issuer, right: max(right, 0)},
		Paragraph{Style: Signature, Text: date, right: dateRight},
	}
}

// width is the set width of a text in hundredths of a character; ASCII is half as wide as a Chinese character.
func width(text string) int {
	w := 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			w += 50
		} else {
			w += 100
		}
	}
	return w
}
