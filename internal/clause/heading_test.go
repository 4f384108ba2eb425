package clause_test

import (
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/clause"
)

func TestHeadingPartsANumberWithoutAMarkFromTheTitle(t *testing.T) {
	for number, want := range map[string]string{
		"":             "加强监管",
		"26.":          "26.加强监管",
		"（一）":          "（一）加强监管",
		"三、":           "三、加强监管",
		"6":            "6 加强监管",
		"岚教督办〔2017〕1号": "岚教督办〔2017〕1号 加强监管",
	} {
		if got := clause.Heading(number, "加强监管"); got != want {
			t.Errorf("Heading(%q): %q, want %q", number, got, want)
		}
	}
}

func TestShortKeepsTheBeginningOfALongDescription(t *testing.T) {
	sixty := strings.Repeat("公开", 30)
	for text, want := range map[string]string{"": "", sixty: sixty, sixty + "栏": sixty + "…"} {
		if got := clause.Short(text); got != want {
			t.Errorf("Short(%q): %q, want %q", text, got, want)
		}
	}
}
