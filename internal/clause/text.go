package clause

import (
	"strings"
	"unicode/utf8"
)

var (
	markdownHead = rx(`^\s{0,3}(#{1,6})\s+\S`)
	pipeRule     = rx(`^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$`)
)

// FromText makes a source of pasted text or a Markdown file: one block a line; lines of pipes or tabs are table rows. The text
// is kept to the character (line ends \r\n and \r count as one \n), so offsets are those of what the user sees.
func FromText(name, text string) Source {
	text = strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\uFEFF")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	src := Source{Name: name, Format: "text", Text: text}
	lines := strings.Split(text, "\n")
	at, table, inTable := 0, 0, false
	for i, line := range lines {
		block := Block{Kind: Paragraph, Span: Span{at, at + utf8.RuneCountInString(line)}}
		sep := rowSeparator(lines, i)
		switch {
		case sep != 0:
			if !inTable {
				table++
			}
			block.Kind, block.Table, block.Cells = Row, table, splitRow(line, at, sep)
		case markdownHead.MatchString(line):
			block.Level = len(markdownHead.FindStringSubmatch(line)[1])
			src.Format = "markdown"
		}
		inTable = sep != 0
		src.Blocks = append(src.Blocks, block)
		at = block.Span.End + 1
	}
	return src
}

// rowSeparator is the mark between the cells of a line that is a table row, 0 if it is none. A lone tab is no table: a row has
// pipes on it twice, or two tabs, or one tab like its neighbour.
func rowSeparator(lines []string, i int) rune {
	line := lines[i]
	if strings.Count(line, "|") >= 2 || pipeRule.MatchString(line) && strings.Contains(line, "|") {
		return '|'
	}
	tabs := strings.Count(strings.TrimSpace(line), "\t")
	if tabs >= 2 {
		return '\t'
	}
	near := func(j int) bool {
		return j >= 0 && j < len(lines) && strings.Count(strings.TrimSpace(lines[j]), "\t") >= 1
	}
	if tabs == 1 && (near(i-1) || near(i+1)) {
		return '\t'
	}
	return 0
}

// splitRow cuts a line into its cells; at is the line's offset.
func splitRow(line string, at int, sep rune) []Cell {
	runes := []rune(line)
	lo, hi := 0, len(runes)
	if sep == '|' {
		for lo < hi && (runes[lo] == ' ' || runes[lo] == '\t' || runes[lo] == '　') {
			lo++
		}
		if lo < hi && runes[lo] == '|' {
			lo++
		}
		for hi > lo && (runes[hi-1] == ' ' || runes[hi-1] == '\t' || runes[hi-1] == '　') {
			hi--
		}
		if hi > lo && runes[hi-1] == '|' {
			hi--
		}
	}
	var cells []Cell
	start := lo
	for k := lo; k <= hi; k++ {
		if k < hi && runes[k] != sep {
			continue
		}
		cells = append(cells, Cell{Span: Span{at + start, at + k}, Column: len(cells), Columns: 1})
		start = k + 1
	}
	return cells
}
