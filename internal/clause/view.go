package clause

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// view is a stretch of source text made even for matching: white space dropped (a line break parts the spans), half-width marks made full width, full-width
// digits and letters made half, traditional characters of the rule words made simplified. Each byte offset of s knows the
// source character it came from, so whatever matches is quoted from the source as it stands there.
type view struct {
	src  []rune
	s    string
	from []int32 // byte offset of s → offset in src; one more than len(s)

	regs     []region // what regions found in lookedAt
	looked   bool
	lookedAt string
}

// halfMarks are the half-width marks that stand for a Chinese one.
var halfMarks = map[rune]rune{',': '，', ';': '；', ':': '：', '(': '（', ')': '）', '!': '！', '?': '？', '[': '〔', ']': '〕', '【': '（', '】': '）', '﹝': '〔', '﹞': '〕', '［': '〔', '］': '〕',
	'﹑': '、', '､': '、', '｡': '。', '﹔': '；', '∶': '：', '．': '.', '％': '%', '‰': '‰', '～': '~', '∼': '~', '〜': '~', '－': '-', '–': '-', '―': '—', '─': '—'}

// newView makes the view of the given spans of src, taken as one text.
func newView(src []rune, spans ...Span) *view {
	v := &view{src: src}
	var b strings.Builder
	for n, span := range spans {
		if n > 0 {
			b.WriteByte('\n')
			v.from = append(v.from, int32(spans[n-1].End))
		}
		for i := span.Start; i < span.End; i++ {
			r := even(src, span, i)
			if r < 0 {
				continue
			}
			n, _ := b.WriteRune(r)
			for ; n > 0; n-- {
				v.from = append(v.from, int32(i))
			}
		}
	}
	end := 0
	if len(spans) > 0 {
		end = spans[len(spans)-1].End
	}
	v.from = append(v.from, int32(end))
	v.s = longSquare.ReplaceAllString(b.String(), "（$1）")
	return v
}

// longSquare is a square bracket around a clause, not one inside a name (县〔市、区〕) or a document's number.
var longSquare = rx(`〔([^〔〕]{8,})〕`)

// even is the rune that stands in the view for src[i]; -1 if none does.
func even(src []rune, span Span, i int) rune {
	r := src[i]
	if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u00a0' || unicode.IsControl(r) || r == '*' {
		return -1
	}
	if r >= '！' && r <= '～' && r != '，' && r != '；' && r != '：' && r != '（' && r != '）' && r != '！' && r != '？' {
		if h := r - 0xFEE0; unicode.IsDigit(h) || unicode.IsLetter(h) {
			return h
		}
	}
	digitBefore := i > span.Start && isDigit(src[i-1])
	switch {
	case r == ',' && digitBefore && i+1 < span.End && isDigit(src[i+1]) || r == '，' && groupComma(src, span, i):
		return -1 // thousands: 1,200
	case r == '.' && !digitBefore && i > span.Start && src[i-1] > 0x2E80:
		return '。'
	}
	if m, ok := halfMarks[r]; ok {
		return m
	}
	if s, ok := simplified[r]; ok {
		return s
	}
	return r
}

// groupComma reports a full-width comma typed between the digits of one number (1，200家).
func groupComma(src []rune, span Span, i int) bool {
	if i == span.Start || i+3 >= span.End || !isDigit(src[i-1]) {
		return false
	}
	for k := 1; k <= 3; k++ {
		if !isDigit(src[i+k]) {
			return false
		}
	}
	return i+4 >= span.End || !isDigit(src[i+4]) && src[i+4] != '年'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// span is where s[i:j] stands in the source.
func (v *view) span(i, j int) Span {
	if i >= j {
		return Span{int(v.from[i]), int(v.from[i])}
	}
	_, n := utf8.DecodeLastRuneInString(v.s[:j])
	return Span{int(v.from[i]), int(v.from[j-n]) + 1}
}

// quote is the source's own text of s[i:j], with white space and line breaks taken out.
func (v *view) quote(i, j int) string { return squeeze(v.src, v.span(i, j)) }

// gap reports whether white space stood in the source just before byte offset i.
func (v *view) gap(i int) bool {
	if i <= 0 || i >= len(v.s) {
		return false
	}
	_, n := utf8.DecodeLastRuneInString(v.s[:i])
	return int(v.from[i]) > int(v.from[i-n])+1
}

// squeeze is a stretch of source text without white space (Chinese text has none that means anything between its characters).
func squeeze(src []rune, s Span) string {
	var b strings.Builder
	for i := s.Start; i < s.End; i++ {
		r := src[i]
		if unicode.IsSpace(r) && !(i > s.Start && i+1 < s.End && isLatin(src[i-1]) && isLatin(src[i+1])) {
			continue
		}
		if r == '\u200b' || r == '\ufeff' || r == '*' {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isLatin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
