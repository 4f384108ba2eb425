package clause

import (
	"strings"
	"unicode/utf8"
)

// region is where a clause says who is responsible: a bracket, a label with its value, or a sentence that is nothing else.
type region struct {
	i, j   int // the whole of it
	lo, hi int // the expression inside
	base   role
	label  bool
}

// regions finds every responsibility region of the view, in order. The view keeps them until its text changes.
func regions(v *view) []region {
	if !v.looked || v.lookedAt != v.s {
		v.regs, v.looked, v.lookedAt = findRegions(v), true, v.s
	}
	return v.regs
}

func findRegions(v *view) []region {
	found := labelRegions(v)
	covered := func(i int) bool {
		for _, r := range found {
			if i >= r.i && i < r.j {
				return true
			}
		}
		return false
	}
	var brackets []region
	for _, b := range bracketsOf(v.s) {
		if covered(b[0]) || !isDuty(v, b[0], b[1]) {
			continue
		}
		brackets = append(brackets, region{i: b[0], j: b[1], lo: b[0] + len("（"), hi: b[1] - len("）")})
	}
	var all []region
	for len(found) > 0 || len(brackets) > 0 {
		if len(brackets) == 0 || len(found) > 0 && found[0].i < brackets[0].i {
			all, found = append(all, found[0]), found[1:]
			continue
		}
		all, brackets = append(all, brackets[0]), brackets[1:]
	}
	if len(all) == 0 {
		return sentenceRegions(v)
	}
	return all
}

// maxLabels is how many labels of one clause are looked at; real ones have a handful.
const maxLabels = 200

// labelRegions finds labels with what follows them up to the next label, the stop or the end of the bracket around it.
func labelRegions(v *view) []region {
	in := windows(v.s)
	heads := label.all(v.s, in, maxLabels)
	if len(heads) == 0 {
		return nil
	}
	stops := append(timeLabel.all(v.s, in, maxLabels), otherLabel.all(v.s, in, maxLabels)...)
	var found []region
	for k, h := range heads {
		limit := len(v.s)
		if k+1 < len(heads) {
			limit = heads[k+1][0]
		}
		for _, s := range stops {
			if s[0] >= h[1] && s[0] < limit {
				limit = s[0]
			}
		}
		end := valueEnd(v.s, h[1], limit)
		if inProse.MatchString(tail(v.s[:h[0]], 3)) && !anyBody(v, h[1], end) {
			continue
		}
		start, stop := h[0], end
		if strings.HasSuffix(v.s[:start], "（") {
			start -= len("（")
		}
		if strings.HasPrefix(v.s[stop:], "）") {
			stop += len("）")
		}
		found = append(found, region{i: start, j: stop, lo: h[1], hi: end, base: labelRole(v.s[h[0]:h[1]]), label: true})
	}
	return found
}

// inProse is text that a label's words go on from (明确责任单位：…): then it is a label only if bodies follow.
var inProse = rx(`[一-龥]$`)

func anyBody(v *view, i, j int) bool {
	for _, n := range splitNames(v, i, j) {
		if looksLikeBody(n.text) {
			return true
		}
	}
	return false
}

// valueEnd is where a label's value ends: a bracket that closes outside it, or a stop after which no further bodies come.
func valueEnd(s string, i, limit int) int {
	depth := 0
	for k, r := range s[i:limit] {
		switch r {
		case '（', '〔', '“', '《':
			depth++
		case '）', '〕', '”', '》':
			if depth--; depth < 0 {
				return i + k
			}
		case '。', '\n':
			if depth == 0 {
				return i + k
			}
		}
	}
	return limit
}

// bracketsOf lists the outermost （…） of a text as byte ranges.
func bracketsOf(s string) [][2]int {
	var out [][2]int
	depth, start := 0, 0
	for k, r := range s {
		switch r {
		case '（':
			if depth == 0 {
				start = k
			}
			depth++
		case '）':
			if depth == 0 {
				continue
			}
			if depth--; depth == 0 {
				out = append(out, [2]int{start, k + len("）")})
			}
		}
	}
	return out
}

var afterStop = rx(`[。！；”\n]$`)

// isDuty reports whether the bracket s[i:j] says who is responsible: names with verbs, or nothing but names at a clause's end.
func isDuty(v *view, i, j int) bool {
	lo, hi := i+len("（"), j-len("）")
	if hi <= lo || utf8.RuneCountInString(v.s[lo:hi]) > 800 {
		return false
	}
	var d duty
	d.readExpression(v, lo, hi, roleMain, false)
	if len(d.parties) == 0 {
		return false
	}
	verbs, times := 0, 0
	for _, ph := range phrases(v.s, lo, hi) {
		if isTimePhrase(v, ph[0], ph[1]) {
			times++
			continue
		}
		if at := verbAt(v.s[ph[0]:ph[1]]); ph[0]+at < ph[1] {
			verbs++
		}
	}
	collectives := 0
	for _, p := range d.parties {
		if !looksLikeBody(p.text) {
			return false
		}
		if isCollective(p.text) {
			collectives++
		}
	}
	if verbs > 0 || times > 0 || d.with || i == 0 {
		return true
	}
	last := j == len(v.s) || strings.HasPrefix(v.s[j:], "。") || strings.HasPrefix(v.s[j:], "\n")
	return afterStop.MatchString(v.s[:i]) || last && (len(d.parties) > 1 || collectives > 0)
}

var sentenceDuty = rx(`牵头|配合|会同|参与|负责|协办|主办`)

// sentenceRegions finds sentences that say who is responsible and little else (由省教育厅牵头，省财政厅配合。), and sentences that begin so
// (国家发展改革委牵头建立协调机制，财政部等部门参加，…): then the region ends with the last such phrase.
func sentenceRegions(v *view) []region {
	var found []region
	for _, s := range sentences(v.s) {
		text := v.s[s[0]:s[1]]
		if !sentenceDuty.MatchString(text) || utf8.RuneCountInString(text) > 400 {
			continue
		}
		all := phrases(v.s, s[0], s[1])
		pure, end := 0, s[0]
		for _, ph := range all {
			if isTimePhrase(v, ph[0], ph[1]) && pure > 0 {
				continue
			}
			if !dutyPhrase(v, ph) {
				break
			}
			pure, end = pure+1, ph[1]
		}
		if pure > 1 || pure == 1 && len(all) == 1 {
			found = append(found, region{i: s[0], j: end, lo: s[0], hi: end})
		}
	}
	return found
}

// dutyPhrase reports a phrase of bodies with a verb of responsibility after them.
func dutyPhrase(v *view, ph [2]int) bool {
	at := verbAt(v.s[ph[0]:ph[1]])
	verb := v.s[ph[0]+at : ph[1]]
	if at == 0 || verb == "" || utf8.RuneCountInString(verb) > 14 {
		return false
	}
	var d duty
	d.readExpression(v, ph[0], ph[1], roleMain, false)
	for _, p := range d.parties {
		if !looksLikeBody(p.text) || verbHead.MatchString(p.text) {
			return false
		}
	}
	return len(d.parties) > 0
}

// sentences cuts a text at 。！？； and line breaks outside brackets.
func sentences(s string) [][2]int {
	var out [][2]int
	depth, start := 0, 0
	for k, r := range s {
		switch r {
		case '（', '《', '“':
			depth++
		case '）', '》', '”':
			depth = max(0, depth-1)
		case '。', '！', '？', '；', '\n':
			if depth > 0 && r != '\n' {
				continue
			}
			depth = 0
			if k > start {
				out = append(out, [2]int{start, k})
			}
			start = k + utf8.RuneLen(r)
		}
	}
	if start < len(s) {
		out = append(out, [2]int{start, len(s)})
	}
	return out
}
