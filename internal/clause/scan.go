package clause

import (
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// pattern is a regular expression that knows which characters every match of it holds. Most stretches of a text lack one of them,
// and are passed by without running the expression.
type pattern struct {
	re    *lazy
	needs func() []charset // every match has a character of each
}

// charset is a set of characters, folded into 256 bits: it may say that a character is in it that is not, never the reverse.
type charset [4]uint64

func (c *charset) add(r rune) {
	h := uint32(r) * 2654435761 >> 24
	c[h>>6] |= 1 << (h & 63)
}

// meets reports whether two sets may have a character in common.
func (c charset) meets(o charset) bool {
	return c[0]&o[0]|c[1]&o[1]|c[2]&o[2]|c[3]&o[3] != 0
}

func charsOf(s string) charset {
	var c charset
	for _, r := range s {
		c.add(r)
	}
	return c
}

// compile makes a pattern of an expression; it is read at its first use.
func compile(expr string) *pattern {
	return &pattern{re: rx(expr), needs: sync.OnceValue(func() []charset { return charsNeeded(expr) })}
}

// charsNeeded works out what the matches of an expression need.
func charsNeeded(expr string) []charset {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic(err) // a test has compiled it
	}
	var needs []charset
	for _, set := range needed(tree.Simplify()) {
		needs = append(needs, charsOf(set))
	}
	return needs
}

// maxNeed is the largest set of characters that is worth looking for.
const maxNeed = 40

// needed lists sets of characters of which every match of the expression has one each.
func needed(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		var sets []string
		for _, r := range re.Rune {
			sets = addSet(sets, string(r))
		}
		return sets
	case syntax.OpCharClass:
		var set []rune
		for k := 0; k < len(re.Rune); k += 2 {
			for r := re.Rune[k]; r <= re.Rune[k+1]; r++ {
				if set = append(set, r); len(set) > maxNeed {
					return nil
				}
			}
		}
		return []string{string(set)}
	case syntax.OpConcat:
		var sets []string
		for _, sub := range re.Sub {
			for _, set := range needed(sub) {
				sets = addSet(sets, set)
			}
		}
		return sets
	case syntax.OpAlternate:
		return neededByAll(re.Sub)
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	}
	return nil
}

// neededByAll joins the sets of alternatives: each set of one with the set of every other that it shares most with.
func neededByAll(subs []*syntax.Regexp) []string {
	all := make([][]string, len(subs))
	for k, sub := range subs {
		if all[k] = needed(sub); len(all[k]) == 0 {
			return nil
		}
	}
	var sets []string
	for _, seeds := range all {
		for _, set := range seeds {
			for _, other := range all {
				set = leastUnion(set, other)
			}
			if utf8.RuneCountInString(set) <= maxNeed {
				sets = addSet(sets, set)
			}
		}
	}
	return sets
}

func leastUnion(set string, choices []string) string {
	best := ""
	for _, c := range choices {
		if u := union(set, c); best == "" || len(u) < len(best) {
			best = u
		}
	}
	return best
}

func union(a, b string) string {
	set := append([]rune(a), []rune(b)...)
	slices.Sort(set)
	return string(slices.Compact(set))
}

func addSet(sets []string, set string) []string {
	if slices.Contains(sets, set) {
		return sets
	}
	return append(sets, set)
}

// examined counts the bytes given to expressions: the work of reading, which tests bound.
var examined atomic.Int64

// may reports whether a text of these characters can match.
func (p *pattern) may(has charset) bool {
	for _, need := range p.needs() {
		if !need.meets(has) {
			return false
		}
	}
	return true
}

// find is the first match in s, nil if there is none.
func (p *pattern) find(s string) []int {
	if !p.may(charsOf(s)) {
		return nil
	}
	examined.Add(int64(len(s)))
	return p.re.FindStringIndex(s)
}

// findAll lists the matches in s.
func (p *pattern) findAll(s string) [][]int {
	if !p.may(charsOf(s)) {
		return nil
	}
	examined.Add(int64(len(s)))
	return p.re.FindAllStringSubmatchIndex(s, -1)
}

// window is a stretch of text between two marks of a sentence, with the mark before and the mark after it.
type window struct {
	i, j int
	has  charset
}

// maxWindow bounds a stretch without marks, in bytes; a phrase of a sentence has a tenth of it.
const maxWindow = 1500

// windows cuts a text at the marks that no phrase goes across.
func windows(s string) []window {
	var out []window
	var has charset
	start, bare := 0, true
	end := func(j int) {
		if !bare {
			out = append(out, window{start, j, has})
		}
	}
	for k, r := range s {
		n := utf8.RuneLen(r)
		has.add(r)
		switch r {
		case '。', '；', '，', '\n':
			end(k + n)
			start, bare, has = k, true, charset{}
			has.add(r)
			continue
		}
		if bare = false; k-start > maxWindow {
			end(k)
			start, has = k, charset{}
			has.add(r)
		}
	}
	end(len(s))
	return out
}

// each calls f with every match in the windows of s, in order, until f says no more. Offsets are those of s.
func (p *pattern) each(s string, in []window, f func(loc []int) bool) {
	for _, w := range in {
		if !p.may(w.has) {
			continue
		}
		examined.Add(int64(w.j - w.i))
		for _, loc := range p.re.FindAllStringSubmatchIndex(s[w.i:w.j], -1) {
			for k := range loc {
				if loc[k] >= 0 {
					loc[k] += w.i
				}
			}
			if !f(loc) {
				return
			}
		}
	}
}

// all lists the first n matches in the windows of s.
func (p *pattern) all(s string, in []window, n int) [][]int {
	var out [][]int
	p.each(s, in, func(loc []int) bool {
		out = append(out, loc)
		return len(out) < n
	})
	return out
}

// suffixes is a set of endings.
type suffixes struct {
	words map[string]bool
	max   int // bytes of the longest
}

func suffixesOf(words string) suffixes {
	s := suffixes{words: map[string]bool{}}
	for _, w := range strings.Split(words, "|") {
		s.words[w], s.max = true, max(s.max, len(w))
	}
	return s
}

// end reports whether a text ends with one of the set.
func (s suffixes) end(text string) bool {
	for n := 1; n <= min(s.max, len(text)); n++ {
		if at := len(text) - n; utf8.RuneStart(text[at]) && s.words[text[at:]] {
			return true
		}
	}
	return false
}
