package clause

import (
	"strings"
	"unicode/utf8"
)

// phrases cuts an expression at commas, semicolons and stops outside brackets, and after a verb that a 、 follows (A牵头、B配合).
func phrases(s string, i, j int) [][2]int {
	var cut [][2]int
	for _, p := range commaPhrases(s, i, j) {
		for {
			loc := midLead.FindStringIndex(s[p[0]:p[1]])
			if loc == nil || !verbAfterName(s[p[0]:p[0]+loc[1]]) {
				break
			}
			mark := p[0] + loc[1] - len("、")
			cut = append(cut, [2]int{p[0], mark})
			p[0] = mark + len("、")
		}
		if k := strings.Index(s[p[0]:p[1]], "牵头"); k > 0 { // A牵头B、C配合: no mark between
			rest := s[p[0]+k+len("牵头") : p[1]]
			if at := verbAt(rest); at > 0 && at < len(rest) && looksLikeBody(lastItem(rest[:at])) && !afterLead.MatchString(rest) {
				mark := p[0] + k + len("牵头")
				cut = append(cut, [2]int{p[0], mark})
				p[0] = mark
			}
		}
		cut = append(cut, p)
	}
	return cut
}

// commaPhrases cuts a text at commas, semicolons and stops outside brackets.
func commaPhrases(s string, i, j int) [][2]int {
	var out [][2]int
	depth, start := 0, i
	for k, r := range s[i:j] {
		at := i + k
		switch r {
		case '（', '〔', '《', '“':
			depth++
		case '）', '〕', '》', '”':
			depth = max(0, depth-1)
		case '，', '；', '。', '\n':
			if depth == 0 {
				out = append(out, [2]int{start, at})
				start = at + utf8.RuneLen(r)
			}
		}
	}
	return append(out, [2]int{start, j})
}

func verbAfterName(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "、"), "和")
	return verbAt(s) < len(s)
}

// lastItem is what stands after the last mark of a list.
func lastItem(s string) string {
	k := strings.LastIndexAny(s, "、和")
	if k < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[k:])
	return s[k+size:]
}

// maxList is the longest list of bodies that is looked at, in bytes; real ones have a tenth of it.
const maxList = 9000

// verbAt is where the verb phrase of s begins: the first verb that stands right after the name of a body (so that 省委组织部 or
// 就业指导中心 are not cut); len(s) if there is none.
func verbAt(s string) int {
	if len(s) > maxList {
		return len(s)
	}
	for at := 0; at < len(s); {
		loc := verbStart.find(s[at:])
		if loc == nil {
			return len(s)
		}
		i := at + loc[0]
		left := s[:i]
		closed := strings.Count(left, "（") == strings.Count(left, "）")
		if closed && (i == 0 || endsBody(left) || strings.HasSuffix(left, "等")) && !insideName(left, s[i:]) {
			return i
		}
		at = i + len("牵")
	}
	return len(s)
}

// insideName reports a verb that is the beginning of a name's next part: 市场监管局执法…, 局指导中心.
func insideName(left, right string) bool {
	if personNoun.MatchString(right) {
		return true
	}
	if left == "" {
		return false
	}
	head := nameHead.FindString(right)
	return head != ""
}

var (
	personNoun = rx(`^(?:负责人|负责同志|负责干部|负责的)`)
	nameHead   = rx(`^(?:指导|督导|推进|执行|实施|协作|支持|配合|参与)(?:委员会|委|办公室|办|中心|局|处|室|站|组|小组|司|部)`)
)
