package units

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"github.com/duban-gov/duban/internal/ident"
)

// Scores of the ways to match; a suggestion adds up to 99 by how much of both names agrees.
const (
	certain      = 1000
	formerScore  = 900
	pinyinScore  = 800
	partScore    = 600
	shortScore   = 500
	similarScore = 400

	suggestions = 5
)

// fold brings a name into the form in which names are compared: without blanks, full-width forms as half-width, small letters.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		return unicode.ToLower(r)
	}, name)
}

// shortlist keeps the best way to each unit or roster.
type shortlist struct{ byID map[ident.ID]Match }

func newShortlist() *shortlist { return &shortlist{byID: map[ident.ID]Match{}} }

func (l *shortlist) empty() bool { return len(l.byID) == 0 }

// offer takes a match in unless a better one for the same unit or roster is there.
func (l *shortlist) offer(n naming, how How, score int) {
	m := Match{Unit: n.unit, Matched: n.text, How: how, Exact: score == certain, Score: score}
	id := n.unit.ID
	if !n.id.IsZero() {
		id = n.id
		m.RosterID, m.RosterName, m.Unit = n.id, n.unit.Name, UnitRef{}
	}
	if have, ok := l.byID[id]; !ok || have.Score < score {
		l.byID[id] = m
	}
}

// best lists the matches, best first; equal ones in the order of the tree, rosters last.
func (l *shortlist) best() []Match {
	all := make([]Match, 0, len(l.byID))
	for _, m := range l.byID {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(len(a.RosterName), len(b.RosterName)), cmp.Compare(a.Unit.Path, b.Unit.Path), a.RosterID.Compare(b.RosterID))
	})
	if len(all) > suggestions && !all[0].Exact {
		all = all[:suggestions]
	}
	return all
}

// suggest offers every name that comes near the key.
func (d *Directory) suggest(key string, found *shortlist) {
	if d.pinyin == nil {
		d.pinyin = make([]string, len(d.names))
		for i, n := range d.names {
			d.pinyin[i] = sound(n.key)
		}
	}
	heard, want := sound(key), []rune(key)
	for i, n := range d.names {
		if how, score := near(want, heard, []rune(n.key), d.pinyin[i]); score > 0 {
			if n.how == ByFormer {
				how = ByFormer
			}
			found.offer(n, how, score)
		}
	}
}

// near rates how close two folded names are; 0 if they have nothing to do with each other.
func near(a []rune, aSound string, b []rune, bSound string) (How, int) {
	if string(a) == string(b) {
		return BySimilar, pinyinScore + 99
	}
	if aSound == bSound && aSound != "" {
		return ByPinyin, pinyinScore + common(a, b)
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) >= 2 {
		if strings.Contains(string(long), string(short)) {
			return ByPart, partScore + 99*len(short)/len(long)
		}
		if short[0] == long[0] && inOrder(short, long) {
			return ByShort, shortScore + 99*len(short)/len(long)
		}
	}
	d := distance(a, b)
	if d*3 > len(long) { // more than a third differs
		return "", 0
	}
	return BySimilar, similarScore + 99 - 99*d/len(long)
}

// sound is the pinyin of a name without tones; characters that have none stay. Both sides use the same table, so that a
// character with two readings (重) does no harm.
func sound(name string) string {
	args := pinyin.NewArgs()
	args.Fallback = func(r rune, _ pinyin.Args) []string { return []string{string(r)} }
	return strings.Join(pinyin.LazyPinyin(name, args), " ")
}

// common is up to 99 for the share of characters that agree in place.
func common(a, b []rune) int {
	same, n := 0, max(len(a), len(b))
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			same++
		}
	}
	return 99 * same / max(n, 1)
}

// inOrder reports whether the characters of short stand in long in the same order, as in an abbreviation (思政处 in
// 思想政治工作处).
func inOrder(short, long []rune) bool {
	i := 0
	for _, r := range long {
		if i < len(short) && short[i] == r {
			i++
		}
	}
	return i == len(short)
}

// distance counts the characters to insert, delete or replace (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			step := diagonal
			if ra != rb {
				step++
			}
			diagonal = row[j+1]
			row[j+1] = min(step, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
