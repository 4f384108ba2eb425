package clause

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Target is a figure that a clause asks for.
type Target struct {
	Metric string `json:"metric,omitempty"`
	// Op is >=, >, <=, <, =, ~ (左右) or range. A bare number is "=", and counts as at least when completion is judged.
	Op    string  `json:"op"`
	Value float64 `json:"value"`
	// To is the upper end of a range.
	To float64 `json:"to,omitempty"`
	// Unit as written; 万 and 亿 are multiplied into the value of counts and stay in the unit of money (亿元).
	Unit string `json:"unit"`
	// Per is year, quarter, month or week if the figure is due each.
	Per  string `json:"per,omitempty"`
	Span Span   `json:"span"`
}

// figures collects the targets of a text; what one has taken is closed to the next.
type figures struct {
	v     *view
	base  int // where text begins in the view
	text  string
	in    []window
	taken []bool
	at    []int
	tried int
	found []Target
}

// maxFigures is how many numbers of one clause are looked at; real ones have a tenth of it.
const maxFigures = 400

// findTargets reads the figures that s[i:j] of the view asks for; skip are byte ranges that belong to deadlines.
func findTargets(v *view, i, j int, skip [][2]int) []Target {
	text := maskTitles(v.s[i:j])
	f := &figures{v: v, base: i, text: text, in: windows(text), taken: make([]bool, j-i+1)}
	for _, r := range skip {
		for k := max(r[0], i); k < min(r[1], j); k++ {
			f.taken[k-i] = true
		}
	}
	f.each(ranged, readRange)
	f.each(number, readNumber)
	f.each(spoken, readSpoken)
	f.each(bareIndex, readIndex)
	order := make([]int, len(f.found))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(f.at[a], f.at[b]) })
	var out []Target
	for _, k := range order {
		t := f.found[k]
		if relativeMetric.MatchString(t.Metric) && len(out) > 0 { // 就业率达到90%，较上年提高2个百分点
			t.Metric = out[len(out)-1].Metric
		}
		out = append(out, t)
	}
	return out
}

// each reads every match of a pattern that no earlier one has taken.
func (f *figures) each(p *pattern, read func(string, []int) (Target, int, int, bool)) {
	p.each(f.text, f.in, func(m []int) bool {
		if anyTaken(f.taken, m[0], m[1]) {
			return true
		}
		if f.tried++; f.tried > maxFigures {
			return false
		}
		t, lo, hi, ok := read(f.text, m)
		if !ok || anyTaken(f.taken, lo, hi) {
			return true
		}
		for k := lo; k < hi; k++ {
			f.taken[k] = true
		}
		t.Span = f.v.span(f.base+lo, f.base+hi)
		f.found, f.at = append(f.found, t), append(f.at, lo)
		return true
	})
}

func group(s string, m []int, k int) string {
	if m[2*k] < 0 {
		return ""
	}
	return s[m[2*k]:m[2*k+1]]
}

// readNumber reads one number with its unit, comparator and metric; false if it is no target (a date, an ordinal, a condition).
func readNumber(s string, m []int) (Target, int, int, bool) {
	lo, hi := m[0], m[1]
	scale, unit, after := group(s, m, 2), group(s, m, 4), group(s, m, 5)
	before := phraseBefore(s, lo)
	if before == "" { // 选派100名骨干教师，300名青年教师: the verb stands in the phrase before
		before = verbPhrase(s, lo)
	}
	value, err := strconv.ParseFloat(group(s, m, 1), 64)
	if err != nil || notFigure(before, s[hi:], unit, after) {
		return Target{}, 0, 0, false
	}
	op, word := opBefore(before, after)
	if after == "内" && !falling.MatchString(before) {
		return Target{}, 0, 0, false
	}
	if group(s, m, 3) != "" && op == "=" {
		op = ">="
	}
	if !wanted(before, s[hi:], unit, op, after, word) {
		return Target{}, 0, 0, false
	}
	t := Target{Op: op, Metric: metric(before, word, s[hi:], unit), Per: per(s[:lo])}
	t.Value, t.Unit = scaled(value, scale, unit)
	return t, lo - len(word), hi, true
}

func readRange(s string, m []int) (Target, int, int, bool) {
	lo, hi := m[0], m[1]
	before := phraseBefore(s, lo)
	unit, after := group(s, m, 6), group(s, m, 7)
	a, err1 := strconv.ParseFloat(group(s, m, 1), 64)
	b, err2 := strconv.ParseFloat(group(s, m, 4), 64)
	if err1 != nil || err2 != nil || b <= a || notFigure(before, s[hi:], unit, after) || !wanted(before, s[hi:], unit, "range", after, "") {
		return Target{}, 0, 0, false
	}
	scale := group(s, m, 5)
	t := Target{Op: "range", Metric: metric(before, "", s[hi:], unit), Per: per(s[:lo])}
	first := group(s, m, 2)
	if first == "" {
		first = scale
	}
	t.Value, t.Unit = scaled(a, first, unit)
	t.To, _ = scaled(b, scale, unit)
	return t, lo, hi, true
}

// readSpoken reads a Chinese numeral, which is a target only where a comparator or a recurrence says so (不少于三次, 每月召开三次).
func readSpoken(s string, m []int) (Target, int, int, bool) {
	lo, hi := m[0], m[1]
	n, ok := wholeNumber(group(s, m, 1))
	before := phraseBefore(s, lo)
	op, word := opBefore(before, group(s, m, 3))
	unit := group(s, m, 2)
	recurs := per(s[:lo]) != "" && (unit == "次" || unit == "场" || unit == "期") && n > 1
	compares := word != "" && (op == ">=" || op == "<=" || op == ">") && word != "实现" && word != "覆盖"
	if !ok || n == 0 || !(recurs || compares) || strings.HasSuffix(before, "第") {
		return Target{}, 0, 0, false
	}
	if op == "to" {
		return Target{}, 0, 0, false
	}
	return Target{Op: op, Value: float64(n), Unit: unit, Metric: metric(before, word, s[hi:], unit), Per: per(s[:lo])}, lo - len(word), hi, true
}

// readIndex reads a figure without a unit.
func readIndex(s string, m []int) (Target, int, int, bool) {
	value, err := strconv.ParseFloat(group(s, m, 2), 64)
	if err != nil || value >= 1900 && value < 2100 {
		return Target{}, 0, 0, false
	}
	before := phraseBefore(s, m[0])
	op, _ := opBefore(before+group(s, m, 1), group(s, m, 3))
	return Target{Op: op, Value: value, Metric: metric(before, "", "", "%")}, m[0], max(m[5], m[7]), true
}

// maxPhrase is how many bytes before a figure are looked at for its verb and metric.
const maxPhrase = 480

// phraseBefore is the text before lo back to the last mark of the sentence.
func phraseBefore(s string, lo int) string {
	head := tail(s[:lo], maxPhrase)
	k := strings.LastIndexAny(head, "，。；：\n（")
	for k >= 0 {
		_, n := utf8.DecodeRuneInString(head[k:])
		return head[k+n:]
	}
	return head
}

// verbPhrase is the phrase before the one that begins at lo, if it too has a figure; else nothing.
func verbPhrase(s string, lo int) string {
	head := s[:lo]
	if !strings.HasSuffix(head, "，") {
		return ""
	}
	before := phraseBefore(s, lo-len("，"))
	if loc := number.find(before); loc != nil {
		return before[:loc[0]]
	}
	return ""
}
