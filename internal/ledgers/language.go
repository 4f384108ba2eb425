package ledgers

import (
	"context"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/words"
)

// QueryWord is one key of the query language as the reader writes it.
type QueryWord struct {
	Key    string   `json:"key" doc:"Code of the key" example:"light"`
	Name   string   `json:"name" doc:"The key in the reader's language" example:"灯"`
	Signs  string   `json:"signs" doc:"Signs that may stand after it" example:":"`
	Hint   string   `json:"hint" doc:"What it asks, with an example" example:"亮灯：灯:逾期"`
	Values []string `json:"values" doc:"Its values in the reader's language; empty where it takes names, numbers or dates" example:"[\"逾期\"]"`
}

// QueryLanguage is all that can be asked.
type QueryLanguage struct {
	Items []QueryWord `json:"items" doc:"Keys in the order in which they are offered"`
}

// Language lists the keys of the query language in the reader's language, for suggestions.
func (s *Service) Language(ctx context.Context) (QueryLanguage, error) {
	all := QueryLanguage{Items: []QueryWord{}}
	if _, err := s.gate.May(ctx, access.DutyRead); err != nil {
		return all, err
	}
	lang := words.From(ctx)
	for _, k := range query.Suggestions() {
		w := QueryWord{Key: string(k.Key), Name: words.Text(lang, "query.key."+string(k.Key), nil), Signs: k.Signs,
			Hint: words.Text(lang, "query.hint."+string(k.Key), nil), Values: []string{}}
		for _, code := range k.Codes {
			w.Values = append(w.Values, words.Text(lang, "query.value."+string(k.Key)+"."+code, nil))
		}
		all.Items = append(all.Items, w)
	}
	return all, nil
}
