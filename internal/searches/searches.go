// Package searches looks for words in what a person may see: tasks, plans with their documents, notices and findings. It reads the
// tables themselves, each through the gate's predicate, so a hit can never be stale and never betrays what its reader may not open;
// docs/adr/0040-search.md says why there is no index of words.
package searches

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Service holds the search.
type Service struct {
	store *store.Store
	gate  *access.Gate
}

// New returns the service.
func New(s *store.Store, gate *access.Gate) *Service { return &Service{store: s, gate: gate} }

// Bounds of a search.
const (
	maxText   = 100 // characters
	maxWords  = 8
	usualHits = 20
	maxHits   = 50
	looked    = 200 // newest hits of a kind that are ranked
	around    = 24  // characters of an excerpt before the first hit
	excerpted = 90  // characters of an excerpt
)

// Mark is a stretch of a text in characters, the end not included.
type Mark struct {
	From int `json:"from" doc:"First character, from 0" example:"2"`
	To   int `json:"to" doc:"Character after the last" example:"5"`
}

// SearchHit is one thing that was found.
type SearchHit struct {
	Kind         string    `json:"kind" enum:"task,plan,notice,finding" doc:"What it is" example:"task"`
	ID           ident.ID  `json:"id" doc:"Its id"`
	PlanID       ident.ID  `json:"plan_id,omitzero" doc:"Plan of a task"`
	Number       string    `json:"number,omitempty" doc:"Number of a task, plan or notice" example:"（一）1"`
	Title        string    `json:"title" doc:"Title" example:"推进高校信息公开"`
	TitleSpans   []Mark    `json:"title_spans" doc:"Where the words stand in the title"`
	Excerpt      string    `json:"excerpt,omitempty" doc:"Part of the text around the first hit"`
	ExcerptSpans []Mark    `json:"excerpt_spans" doc:"Where the words stand in the excerpt"`
	UnitName     string    `json:"unit_name,omitempty" doc:"Unit of a notice or finding" example:"岚山大学"`
	At           time.Time `json:"at" doc:"Instant at which it was made"`
}

// SearchHits are the best hits.
type SearchHits struct {
	Items []SearchHit `json:"items" doc:"Best first: words in the title before words in the text, newer before older"`
	More  bool        `json:"more" doc:"Whether more was found than is listed"`
}

// found is a hit with what ranks it.
type found struct {
	SearchHit
	text  string
	score int
}

// Search finds what contains every word, wherever its reader may look. Kinds that the reader may not see are passed over.
func (s *Service) Search(ctx context.Context, text string, kind string, limit int) (SearchHits, error) {
	hits := SearchHits{Items: []SearchHit{}}
	if _, err := s.gate.May(ctx, access.PlanRead); err != nil {
		return hits, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return hits, err
	}
	words, err := split(text)
	if err != nil {
		return hits, err
	}
	if limit <= 0 {
		limit = usualHits
	}
	limit = min(limit, maxHits)
	var all []found
	for _, source := range sources {
		if kind != "" && kind != source.kind {
			continue
		}
		part, err := source.find(ctx, s, actor, words)
		if err != nil {
			return hits, fmt.Errorf("search for %ss: %w", source.kind, err)
		}
		all = append(all, part...)
	}
	for i := range all {
		all[i].rank(words)
	}
	slices.SortStableFunc(all, func(a, b found) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return b.At.Compare(a.At)
	})
	hits.More = len(all) > limit
	for _, f := range all[:min(limit, len(all))] {
		hits.Items = append(hits.Items, f.SearchHit)
	}
	return hits, nil
}

// split cuts a text into words in lower case.
func split(text string) ([]string, error) {
	if len([]rune(text)) > maxText {
		return nil, fault.BadFields(fault.Field{Location: "query.q", Code: "query.too_long", Params: fault.Params{"limit": maxText}})
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(text, "　", " ")))
	if len(words) == 0 {
		return nil, fault.BadField("query.q", "required")
	}
	if len(words) > maxWords {
		return nil, fault.BadFields(fault.Field{Location: "query.q", Code: "search.too_many", Params: fault.Params{"limit": maxWords}})
	}
	return words, nil
}

// rank marks the words in title and text and scores the hit: a word in the title counts ten, at its beginning three more.
func (f *found) rank(words []string) {
	f.TitleSpans, f.ExcerptSpans = spans(f.Title, words), []Mark{}
	title := strings.ToLower(f.Title)
	for _, w := range words {
		switch at := strings.Index(title, w); {
		case at == 0:
			f.score += 13
		case at > 0:
			f.score += 10
		case strings.Contains(strings.ToLower(f.Number), w):
			f.score += 12
		default:
			f.score++
		}
	}
	if f.text == "" {
		return
	}
	f.Excerpt = excerpt(f.text, words)
	f.ExcerptSpans = spans(f.Excerpt, words)
}

// lower is a text in lower case with as many characters as before.
func lower(text string) []rune {
	all := []rune(text)
	for i, r := range all {
		if l := []rune(strings.ToLower(string(r))); len(l) == 1 {
			all[i] = l[0]
		}
	}
	return all
}

// spans are where words stand in a text, in order and without overlap.
func spans(text string, words []string) []Mark {
	all, runes := []Mark{}, lower(text)
	for i := 0; i < len(runes); {
		best := 0
		for _, w := range words {
			if word := []rune(w); len(word) > best && i+len(word) <= len(runes) && slices.Equal(runes[i:i+len(word)], word) {
				best = len(word)
			}
		}
		if best == 0 {
			i++
			continue
		}
		all = append(all, Mark{From: i, To: i + best})
		i += best
	}
	return all
}

// excerpt is the part of a text around its first hit.
func excerpt(text string, words []string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	hits := spans(string(runes), words)
	from := 0
	if len(hits) > 0 {
		from = max(0, hits[0].From-around)
	}
	to := min(len(runes), from+excerpted)
	cut := string(runes[from:to])
	if from > 0 {
		cut = "…" + cut
	}
	if to < len(runes) {
		cut += "…"
	}
	return cut
}
