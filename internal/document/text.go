package document

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/clause"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// ReadText reads plain text or Markdown in UTF-8, UTF-16 with a mark, or GB18030 (and so GBK and GB2312). Faults:
// document.encoding, document.empty, document.text_too_long.
func ReadText(name string, raw []byte) (clause.Source, error) {
	text, err := decode(raw)
	if err != nil {
		return clause.Source{}, err
	}
	if strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }) == "" {
		return clause.Source{}, bad("empty")
	}
	if len(text) > MaxText {
		return clause.Source{}, tooLarge("text_too_long", MaxText)
	}
	return clause.FromText(name, text), nil
}

// decode tells the encoding by the mark at the head, else by what decodes without a fault.
func decode(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return wide(raw[2:], 1, 0)
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return wide(raw[2:], 0, 1)
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		return "", bad("encoding")
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) || !mostlyText(out) {
		return "", bad("encoding")
	}
	return string(out), nil
}

// wide decodes UTF-16; hi and lo are the places of the high and low byte in a pair.
func wide(raw []byte, hi, lo int) (string, error) {
	if len(raw)%2 != 0 {
		return "", bad("encoding")
	}
	units := make([]uint16, len(raw)/2)
	for k := range units {
		units[k] = uint16(raw[2*k+hi])<<8 | uint16(raw[2*k+lo])
	}
	return string(utf16.Decode(units)), nil
}

// mostlyText refuses bytes that happen to decode but read as noise: control and private characters.
func mostlyText(raw []byte) bool {
	odd, all := 0, 0
	for _, r := range string(raw) {
		all++
		if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Co, r) {
			odd++
		}
	}
	return odd*50 <= all
}
