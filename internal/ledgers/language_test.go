package ledgers_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/words"
)

// What is suggested in a language is read as what it stands for.
func TestLanguage_is_read_in_every_language(t *testing.T) {
	o := newOffice(t)
	for _, lang := range words.Langs {
		all, err := o.Ledgers.Language(words.With(o.Actors["clerk"], lang))
		must(t, err)
		for i, k := range query.Suggestions() {
			w := all.Items[i]
			for j, value := range w.Values {
				q, err := query.Parse(w.Name+":"+value, o.Watches.Today())
				if err != nil || q.Terms[0].Key != k.Key || q.Terms[0].Texts[0] != k.Codes[j] {
					t.Errorf("%s: %s:%s is read as %+v, %v", lang, w.Name, value, q, err)
				}
			}
			if _, err := o.Ledgers.List(o.Actors["clerk"], ledgers.LedgerQuery{Text: w.Name + ":1"}); err != nil && len(w.Values) == 0 && w.Key != "due" && w.Key != "original" && w.Key != "reported" {
				t.Errorf("%s: %s: %v", lang, w.Name, err)
			}
		}
	}
}
