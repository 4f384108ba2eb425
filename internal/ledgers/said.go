package ledgers

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// dayBounds is how the page writes a chosen stretch of due dates; other dates were typed.
var dayBounds = regexp.MustCompile(`^(:|<=|>=)\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$`)

// nameOf reads the names that ids of a key stand for, within an authority.
var nameOf = map[query.Key]string{
	query.Unit: unitName, query.Lead: unitName, query.Support: unitName, query.Under: unitName,
	query.Leader: "SELECT id, name FROM users WHERE authority_id = $1 AND id IN ",
	query.Plan:   "SELECT id, title FROM plans WHERE authority_id = $1 AND id IN ",
	query.Task:   "SELECT id, number || ' ' || title FROM tasks WHERE authority_id = $1 AND id IN ",
}

const unitName = "SELECT id, name FROM units WHERE authority_id = $1 AND id IN "

// called are the names of ids, by the statement that reads them.
type called map[string]map[ident.ID]string

// said is the question of a lens as an office writes it above a list (筛选条件).
func (s *Service) said(ctx context.Context, l *lens, text string) (string, error) {
	all, err := s.saidAll(ctx, l.actor.AuthorityID, []question{{l.query, text}})
	if err != nil {
		return "", err
	}
	return all[0], nil
}

// question is a question as it was read, with the text it was read from.
type question struct {
	query query.Query
	text  string
}

// saidAll puts questions into words: what was chosen, which the page writes in codes and ids, in the reader's words and by name; after
// it what was typed, as it was typed. A question that asks nothing is empty. However many there are, names are read once for each kind.
func (s *Service) saidAll(ctx context.Context, authority ident.ID, questions []question) ([]string, error) {
	names := called{}
	for _, q := range questions {
		for _, t := range q.query.Terms {
			if text := nameOf[t.Key]; text != "" {
				names.want(text, t.Texts)
			}
		}
	}
	for text, into := range names {
		if err := s.names(ctx, text, into, authority); err != nil {
			return nil, err
		}
	}
	lang := words.From(ctx)
	all := make([]string, len(questions))
	for i, q := range questions {
		all[i] = q.said(lang, names)
	}
	return all, nil
}

func (q question) said(lang words.Lang, names called) string {
	var all, typed []string
	for _, p := range piecesOf(q.query, q.text) {
		if said := p.chosen(lang, names); said != "" {
			all = append(all, said)
		} else {
			typed = append(typed, p.source)
		}
	}
	if len(typed) > 0 {
		all = append(all, words.Text(lang, "ledger.said.typed", map[string]any{"text": strings.Join(typed, " ")}))
	}
	return strings.Join(all, words.Text(lang, "ledger.said.and", nil))
}

// piece is a condition with the characters in which it was asked; term is nil for a word.
type piece struct {
	at     int
	source string
	term   *query.Term
}

// piecesOf cuts a text where its conditions begin.
func piecesOf(q query.Query, text string) []piece {
	pieces := make([]piece, 0, len(q.Terms)+len(q.Words))
	for i := range q.Terms {
		pieces = append(pieces, piece{at: q.Terms[i].At - 1, term: &q.Terms[i]})
	}
	for _, w := range q.Words {
		pieces = append(pieces, piece{at: w.At - 1})
	}
	slices.SortFunc(pieces, func(a, b piece) int { return a.at - b.at })
	signs := []rune(text)
	for i := range pieces {
		end := len(signs)
		if i+1 < len(pieces) {
			end = pieces[i+1].at
		}
		pieces[i].source = strings.TrimSpace(string(signs[pieces[i].at:end]))
	}
	return pieces
}

// chosen is a condition in words if it was written in codes and ids, which nobody reads; otherwise it is empty.
func (p piece) chosen(lang words.Lang, names called) string {
	if p.term == nil {
		return ""
	}
	t := *p.term
	value, coded := strings.CutPrefix(strings.TrimLeft(p.source, "-!"), string(t.Key))
	var list []string
	switch {
	case nameOf[t.Key] != "": // an id is nobody's own word, whatever key stands before it
		list = names.of(nameOf[t.Key], t.Texts)
	case !coded:
	case t.Key == query.Due || t.Key == query.Original:
		if dayBounds.MatchString(value) {
			list = []string{stretch(lang, t.From, t.To)}
		}
	case value == ":"+strings.Join(t.Texts, ","):
		list = valuesOf(lang, t)
	}
	if len(list) == 0 {
		return ""
	}
	said := strings.Join(list, words.Text(lang, "ledger.said.or", nil))
	if t.Key != query.Is { // these say by themselves what they mean
		said = words.Text(lang, "ledger.said.pair", map[string]any{"key": words.Text(lang, "ledger.said.key."+string(t.Key), nil), "value": said})
	}
	if t.Not {
		said = words.Text(lang, "ledger.said.not", map[string]any{"what": said})
	}
	return said
}

// want asks for the names of the ids among texts.
func (c called) want(text string, texts []string) {
	if c[text] == nil {
		c[text] = map[ident.ID]string{}
	}
	ids, _ := known(texts)
	for _, id := range ids {
		c[text][id] = ""
	}
}

// of are the names of ids; none where one of them is a name already, or an id that nobody has.
func (c called) of(text string, texts []string) []string {
	ids, typed := known(texts)
	if len(typed) > 0 {
		return nil
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		if list[i] = c[text][id]; list[i] == "" {
			return nil
		}
	}
	return list
}

// valuesOf are the codes of a term in words.
func valuesOf(lang words.Lang, t query.Term) []string {
	topic := map[query.Key]string{query.Light: "query.value.light.", query.Status: "status.duty.", query.Is: "ledger.said.is."}[t.Key]
	if topic == "" {
		return nil
	}
	list := make([]string, len(t.Texts))
	for i, code := range t.Texts {
		list[i] = words.Text(lang, topic+code, nil)
	}
	return list
}

// stretch is a stretch of days in words.
func stretch(lang words.Lang, from, to workday.Date) string {
	days := map[string]any{"from": from.String(), "to": to.String()}
	switch {
	case from == to:
		return from.String()
	case from.IsZero():
		return words.Text(lang, "ledger.said.until", days)
	case to.IsZero():
		return words.Text(lang, "ledger.said.since", days)
	}
	return words.Text(lang, "ledger.said.stretch", days)
}
