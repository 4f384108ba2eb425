package document

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestReadText_tells_the_encoding_by_the_content(t *testing.T) {
	const text = "一、推进学校建设。（规划处负责）"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{
		"utf-8": text, "utf-8 with mark": "\xef\xbb\xbf" + text, "gb18030": gb,
		"utf-16": "\xff\xfe" + wideBytes(text),
	} {
		src, err := Read("notes.docx", []byte(raw))
		if err != nil || src.Text != text {
			t.Errorf("%s: %q, %v", name, src.Text, err)
		}
	}
}

func wideBytes(s string) string {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}
