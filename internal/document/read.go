package document

import (
	"bytes"

	"github.com/duban-gov/duban/internal/clause"
)

var oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// Read reads a file of any format that is known, by its content. name only labels the source.
func Read(name string, raw []byte) (clause.Source, error) {
	if len(raw) > MaxFile {
		return clause.Source{}, tooLarge("too_large", MaxFile)
	}
	switch {
	case len(raw) == 0:
		return clause.Source{}, bad("empty")
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return readOffice(name, raw)
	case bytes.HasPrefix(raw, oleMagic):
		return clause.Source{}, ole(raw)
	case bytes.HasPrefix(raw, []byte("%PDF-")):
		return clause.Source{}, unsupported("pdf")
	case bytes.HasPrefix(raw, []byte(`{\rtf`)):
		return clause.Source{}, unsupported("rtf")
	case isHTML(raw):
		return clause.Source{}, unsupported("html")
	}
	return ReadText(name, raw)
}

func readOffice(name string, raw []byte) (clause.Source, error) {
	a, err := openArchive(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return clause.Source{}, err
	}
	if a.parts["xl/workbook.xml"] != nil {
		return a.xlsx(name, raw)
	}
	return a.docx(name)
}

// ole tells an encrypted Office file from an old binary one; both begin with the same bytes.
func ole(raw []byte) error {
	if bytes.Contains(raw, utf16le("EncryptedPackage")) || bytes.Contains(raw, utf16le("EncryptionInfo")) {
		return unsupported("encrypted")
	}
	return unsupported("old_office")
}

func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, r := range s {
		out = append(out, byte(r), 0)
	}
	return out
}

func isHTML(raw []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(raw[:min(len(raw), 512)], []byte{0xEF, 0xBB, 0xBF})))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}
