package document

import (
	"bytes"
	"testing"

	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
)

// FuzzReadDOCX holds that no body and no file makes the readers panic or fail without a name.
func FuzzReadDOCX(f *testing.F) {
	f.Add([]byte(par("一、推进学校建设。")))
	f.Add([]byte(`<w:tbl><w:tr>` + cell("", "任务") + cell(`<w:gridSpan w:val="2"/>`, "责任单位") + `</w:tr></w:tbl>`))
	f.Add([]byte(numbered("0", "甲") + `<w:p><w:del/></w:p>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 1<<16 {
			return
		}
		for _, raw := range [][]byte{body, word(t, string(body), "word/numbering.xml", lists)} {
			src, err := Read("", raw)
			if err != nil {
				if fault.As(err) == nil {
					t.Fatalf("a fault without a name: %v", err)
				}
				continue
			}
			clause.Parse(src, clause.Options{})
		}
		_, _ = ReadDOCX("", bytes.NewReader(body), int64(len(body)))
	})
}
