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

// said is a question as an office writes it above a list (筛选条件): what was chosen, which the page writes in codes and ids, in the
// reader's words and by name; after it what was typed, as it was typed. It is empty where nothing is asked.
func (s *Service) said(ctx context.Context, l *lens, text string) (string, error) {
	lang := words.From(ctx)
	var all, typed []string
	for _, p := range piecesOf(l.query, text) {
		said, err := s.chosen(ctx, l, lang, p)
		if err != nil {
			return "", err
		}
		if said == "" {
			typed = append(typed, p.source)
			continue
		}
		all = append(all, said)
	}
	if len(typed) > 0 {
		all = append(all, words.Text(lang, "ledger.said.typed", map[string]any{"text": strings.Join(typed, " ")}))
	}
	return strings.Join(all, words.Text(lang, "ledger.said.and", nil)), nil
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
func (s *Service) chosen(ctx context.Context, l *lens, lang words.Lang, p piece) (string, error) {
	if p.term == nil {
		return "", nil
	}
	t := *p.term
	value, coded := strings.CutPrefix(strings.TrimLeft(p.source, "-!"), string(t.Key))
	var list []string
	switch {
	case nameOf[t.Key] != "": // an id is nobody's own word, whatever key stands before it
		var err error
		if list, err = s.called(ctx, l, t); err != nil {
			return "", err
		}
	case !coded:
	case t.Key == query.Due || t.Key == query.Original:
		if dayBounds.MatchString(value) {
			list = []string{stretch(lang, t.From, t.To)}
		}
	case value == ":"+strings.Join(t.Texts, ","):
		list = valuesOf(lang, t)
	}
	if len(list) == 0 {
		return "", nil
	}
	said := strings.Join(list, words.Text(lang, "ledger.said.or", nil))
	if t.Key != query.Is { // these say by themselves what they mean
		said = words.Text(lang, "ledger.said.pair", map[string]any{"key": words.Text(lang, "ledger.said.key."+string(t.Key), nil), "value": said})
	}
	if t.Not {
		said = words.Text(lang, "ledger.said.not", map[string]any{"what": said})
	}
	return said, nil
}

// called are the names of the ids of a term; none where it has a name, or an id that nobody has.
func (s *Service) called(ctx context.Context, l *lens, t query.Term) ([]string, error) {
	ids, typed := known(t.Texts)
	if len(typed) > 0 {
		return nil, nil
	}
	names := make(map[ident.ID]string)
	for _, id := range ids {
		names[id] = ""
	}
	if err := s.names(ctx, nameOf[t.Key], names, l.actor.AuthorityID); err != nil {
		return nil, err
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		if list[i] = names[id]; list[i] == "" {
			return nil, nil
		}
	}
	return list, nil
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
