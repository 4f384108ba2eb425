package query

import (
	"strings"
	"unicode"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// Bounds of a query: what a hostile one may cost.
const (
	maxText  = 500 // characters
	maxTerms = 30
	maxTexts = 20 // values of one term
)

// Parse reads a query. Dates like "本月" are counted from today. A fault names the place in the text: its parameter position is the
// number of the character, from 1.
func Parse(text string, today workday.Date) (Query, error) {
	var q Query
	if n := len([]rune(text)); n > maxText {
		return q, fault.BadFields(fault.Field{Location: "query.q", Code: "query.too_long", Params: fault.Params{"limit": maxText}})
	}
	parts, err := split(text)
	if err != nil {
		return q, err
	}
	if len(parts) > maxTerms {
		return q, bad("query.too_many", parts[maxTerms].at, "limit", maxTerms)
	}
	for _, p := range parts {
		if p.sign == "" {
			q.Words = append(q.Words, Word{Text: p.value, Not: p.not, At: p.at})
			continue
		}
		term, err := p.term(today)
		if err != nil {
			return Query{}, err
		}
		q.Terms = append(q.Terms, term)
	}
	return q, nil
}

// bad is a fault at a place of the text.
func bad(code string, at int, more ...any) error {
	params := fault.Params{"position": at}
	for i := 0; i+1 < len(more); i += 2 {
		params[more[i].(string)] = more[i+1]
	}
	return fault.BadFields(fault.Field{Location: "query.q", Code: code, Params: params})
}

// part is a piece of the text between blanks: a word, or key, sign and value.
type part struct {
	key, sign, value string
	not              bool
	quoted           bool // the value stood in quotes: commas do not divide it
	at, valueAt      int
}

// wide maps the signs as a Chinese keyboard writes them.
var wide = map[rune]rune{'：': ':', '＜': '<', '＞': '>', '＝': '=', '“': '"', '”': '"', '，': ',', '、': ',', '－': '-', '　': ' ', '｜': ','}

// reader goes through the characters of a text; pos is the number of the next one, from 0.
type reader struct {
	text []rune
	pos  int
}

func (r *reader) next() (rune, bool) {
	if r.pos >= len(r.text) {
		return 0, false
	}
	return r.text[r.pos], true
}

// split cuts a text into its parts.
func split(text string) ([]part, error) {
	r := &reader{text: []rune(text)}
	for i, c := range r.text {
		if plain, ok := wide[c]; ok {
			r.text[i] = plain
		}
	}
	var parts []part
	for {
		for c, ok := r.next(); ok && unicode.IsSpace(c); c, ok = r.next() {
			r.pos++
		}
		if _, ok := r.next(); !ok {
			return parts, nil
		}
		p, err := r.part()
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
}

// part reads one part. A minus or an exclamation mark before it turns it round.
func (r *reader) part() (part, error) {
	p := part{at: r.pos + 1}
	if c, _ := r.next(); (c == '-' || c == '!') && r.pos+1 < len(r.text) && !unicode.IsSpace(r.text[r.pos+1]) {
		p.not = true
		r.pos++
	}
	var word strings.Builder
	for c, ok := r.next(); ok && !unicode.IsSpace(c); c, ok = r.next() {
		switch {
		case c == '"':
			text, err := r.quoted()
			if err != nil {
				return p, err
			}
			word.WriteString(text)
			p.quoted = true
			continue
		case p.sign == "" && word.Len() > 0 && !p.quoted && strings.ContainsRune(":<>=", c):
			p.key = strings.ToLower(word.String())
			p.sign = r.sign()
			p.valueAt = r.pos + 1
			word.Reset()
			continue
		}
		word.WriteRune(c)
		r.pos++
	}
	p.value = word.String()
	if p.sign != "" && strings.TrimSpace(p.value) == "" {
		return p, bad("query.no_value", p.valueAt, "word", p.key)
	}
	return p, nil
}

// quoted reads a text in quotes.
func (r *reader) quoted() (string, error) {
	start := r.pos
	for end := start + 1; end < len(r.text); end++ {
		if r.text[end] == '"' {
			r.pos = end + 1
			return string(r.text[start+1 : end]), nil
		}
	}
	return "", bad("query.quote", start+1)
}

// sign reads a colon, an equals sign or a comparison.
func (r *reader) sign() string {
	c := r.text[r.pos]
	r.pos++
	if (c == '<' || c == '>') && r.pos < len(r.text) && r.text[r.pos] == '=' {
		r.pos++
		return string(c) + "="
	}
	if c == '=' {
		return ":"
	}
	return string(c)
}

// term reads key and value.
func (p part) term(today workday.Date) (Term, error) {
	s, ok := byName[p.key]
	if !ok {
		return Term{}, bad("query.unknown_key", p.at, "word", p.key)
	}
	if p.sign != ":" && (s.kind == names || s.kind == codes) {
		// 逾期 and 临期 are lights as well as days: a comparison asks for the days
		return Term{}, bad("query.sign", p.valueAt-1, "word", p.key)
	}
	t := Term{Key: s.key, Not: p.not, At: p.at}
	switch s.kind {
	case names, codes:
		return t, p.texts(s, &t)
	case number, days:
		return t, p.number(s, &t)
	}
	return t, p.dates(&t, today)
}

// texts reads values that a comma divides; one of them has to fit.
func (p part) texts(s *spec, t *Term) error {
	list := []string{p.value}
	if !p.quoted {
		list = strings.Split(p.value, ",")
	}
	if len(list) > maxTexts {
		return bad("query.too_many", p.valueAt, "limit", maxTexts)
	}
	at := p.valueAt
	for _, text := range list {
		word := strings.TrimSpace(text)
		if word == "" {
			return bad("query.no_value", at, "word", p.key)
		}
		if s.kind == codes {
			code, ok := s.code(strings.ToLower(word))
			if !ok {
				return bad("query.unknown_value", at, "word", word, "key", p.key)
			}
			word = code
		}
		t.Texts = append(t.Texts, word)
		at += len([]rune(text)) + 1
	}
	return nil
}
