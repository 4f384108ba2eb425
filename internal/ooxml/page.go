package ooxml

import (
	"fmt"
	"strings"
)

// Page sizes and margins in twips. GB/T 9704-2012: top 37 mm, binding side 28 mm, text block 156 × 225 mm. On a landscape page
// the table's head lies at the binding side, so the margins turn with the paper.
const (
	paperShort, paperLong                            = 11906, 16838
	marginTop, marginBottom, marginLeft, marginRight = 2098, 1984, 1587, 1474
	letterTop                                        = 1701 // 30 mm: the issuer's name of a letter
	numberFoot                                       = 1304 // page number 7 mm below the text block
	landscapeFoot                                    = 794  // the same on a landscape page
	letterFootEdge                                   = 1134 // 20 mm: the foot line of a letter
	portraitWidth                                    = paperShort - marginLeft - marginRight
	landscapeWidth                                   = paperLong - marginTop - marginBottom
)

// documentXML is the part word/document.xml.
func documentXML(d Document) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document xmlns:w="` + mainNS + `" xmlns:r="` + relNS + `"><w:body>`)
	current, blocks := Section{}, trimSections(d.Blocks)
	for i, block := range blocks {
		if s, ok := block.(Section); ok {
			current = s
			continue
		}
		sect := ""
		if i+1 < len(blocks) {
			if _, ends := blocks[i+1].(Section); ends {
				sect = current.xml(d.letter)
			}
		}
		block.write(&b, current.width(), sect)
	}
	b.WriteString(current.xml(d.letter) + `</w:body></w:document>`)
	return b.String()
}

// trimSections drops sections at the end, which would have nothing in them.
func trimSections(blocks []Block) []Block {
	for len(blocks) > 0 {
		if _, ok := blocks[len(blocks)-1].(Section); !ok {
			break
		}
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

// width is that of the text block.
func (s Section) width() int {
	if s.Landscape {
		return landscapeWidth
	}
	return portraitWidth
}

// xml is the section's properties, written where the section ends.
func (s Section) xml(letter bool) string {
	var b strings.Builder
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="` + oddFooter + `"/><w:footerReference w:type="even" r:id="` + evenFooter + `"/>`)
	top, foot, first := marginTop, numberFoot, ""
	if letter {
		b.WriteString(`<w:footerReference w:type="first" r:id="` + firstFooter + `"/>`)
		top, foot, first = letterTop, letterFootEdge, `<w:titlePg/>`
	}
	const page = `<w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/>`
	if s.Landscape {
		fmt.Fprintf(&b, page, paperLong, paperShort, ` w:orient="landscape"`, marginLeft, marginTop, marginRight, marginBottom, landscapeFoot)
	} else {
		fmt.Fprintf(&b, page, paperShort, paperLong, "", top, marginRight, marginBottom, marginLeft, foot)
	}
	b.WriteString(first + `<w:docGrid w:type="lines"` + attr("w:linePitch", linePitch) + `/></w:sectPr>`)
	return b.String()
}

// pageNumber is a footer "— 1 —" in 14 pt 宋体, one character in from the outer side.
func pageNumber(side string, f Fonts) string {
	props := `<w:rPr>` + fontXML(f.Song, f.Song) + sizeXML(28) + `</w:rPr>`
	field := func(kind string) string { return `<w:r>` + props + `<w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	text := func(t string) string { return `<w:r>` + props + `<w:t xml:space="preserve">` + t + `</w:t></w:r>` }
	return xmlHead + `<w:ftr xmlns:w="` + mainNS + `"><w:p><w:pPr><w:ind w:` + side + `Chars="100" w:` + side + `="280"/><w:jc w:val="` + side + `"/></w:pPr>` +
		text("— ") + field("begin") + `<w:r>` + props + `<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` + field("separate") + text("1") +
		field("end") + text(" —") + `</w:p></w:ftr>`
}

// letterFoot is the foot of a letter's first page: a double red line, thin over thick, 170 mm wide, and no number.
const letterFoot = xmlHead + `<w:ftr xmlns:w="` + mainNS + `"><w:p><w:pPr><w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" ` +
	`w:color="FF0000"/></w:pBdr><w:spacing w:line="40" w:lineRule="exact"/><w:ind w:left="-397" w:right="-397"/></w:pPr></w:p></w:ftr>`
