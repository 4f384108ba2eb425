package ooxml

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS  = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	pkgNS   = "http://schemas.openxmlformats.org/package/2006/"
	wordCT  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// zipTime stands on every entry: the earliest that the format knows, so that equal documents are equal bytes.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// part is a file inside the package.
type part struct{ name, text string }

// pack writes the parts of a document into a zip file.
func pack(d Document) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts(d) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: zipTime})
		if err != nil {
			return nil, fmt.Errorf("add %s: %w", p.name, err)
		}
		if _, err := f.Write([]byte(p.text)); err != nil {
			return nil, fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("close the package: %w", err)
	}
	return out.Bytes(), nil
}

// wordParts are the parts beside the document, by the last word of their content and relation types; rId counts from 1.
var wordParts = []struct{ file, kind string }{
	{"styles.xml", "styles"}, {"settings.xml", "settings"}, {"footer1.xml", "footer"}, {"footer2.xml", "footer"}, {"footer3.xml", "footer"},
}

// Relation ids of the footers in wordParts.
const (
	oddFooter   = "rId3"
	evenFooter  = "rId4"
	firstFooter = "rId5"
)

func parts(d Document) []part {
	var types, rels strings.Builder
	for i, p := range wordParts {
		fmt.Fprintf(&types, `<Override PartName="/word/%s" ContentType="%s%s+xml"/>`, p.file, wordCT, p.kind)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i+1, relNS, p.kind, p.file)
	}
	return []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + pkgNS + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + wordCT + `document.main+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + pkgNS + `relationships">` +
			`<Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="` + pkgNS + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="` + pkgNS + `metadata/core-properties" ` +
			`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escape(d.Title) + `</dc:title></cp:coreProperties>`},
		{"word/document.xml", documentXML(d)},
		{"word/_rels/document.xml.rels", xmlHead + `<Relationships xmlns="` + pkgNS + `relationships">` + rels.String() + `</Relationships>`},
		{"word/styles.xml", stylesXML(d.Fonts)},
		{"word/settings.xml", xmlHead + `<w:settings xmlns:w="` + mainNS + `"><w:evenAndOddHeaders/>` +
			`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" ` +
			`w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`},
		{"word/footer1.xml", pageNumber("right", d.Fonts)},
		{"word/footer2.xml", pageNumber("left", d.Fonts)},
		{"word/footer3.xml", letterFoot},
	}
}

// attrValue is a number as a quoted attribute value.
func attrValue(n int) string { return strconv.Quote(strconv.Itoa(n)) }
