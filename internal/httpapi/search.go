package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/searches"
)

type searchInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"100" doc:"Words; all of them have to stand in it" example:"信息公开"`
	Kind  string `query:"kind" enum:"task,plan,notice,finding" doc:"Only this kind" example:"task"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20" doc:"Hits at most"`
}

// registerSearch adds the search over everything.
func (a *API) registerSearch() {
	route(a, Op{ID: "search", Method: http.MethodGet, Path: "/search", Tag: "search", Permission: access.PlanRead, Summary: "Search",
		Description: "Looks for words in tasks, plans, notices and findings that the caller may open, and says where they stand. Spans count characters."},
		func(ctx context.Context, in *searchInput) (*plain[searches.SearchHits], error) {
			hits, err := a.Searches.Search(ctx, in.Q, in.Kind, in.Limit)
			return &plain[searches.SearchHits]{hits}, err
		})
}
