package ledgers

import (
	"context"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/query"
)

// sayView is a view with its question in the reader's words.
func (s *Service) sayView(ctx context.Context, actor access.Actor, view SavedView) (SavedView, error) {
	views := []SavedView{view}
	err := s.sayViews(ctx, actor, views)
	return views[0], err
}

// sayViews puts the questions of views into the reader's words.
func (s *Service) sayViews(ctx context.Context, actor access.Actor, views []SavedView) error {
	questions := make([]question, len(views))
	for i, v := range views {
		questions[i].text = v.Query
		if q, err := query.Parse(v.Query, s.watches.Today()); err == nil { // one that an earlier version could read stands as it is
			questions[i].query = q
		}
	}
	said, err := s.saidAll(ctx, actor.AuthorityID, questions)
	if err != nil {
		return err
	}
	for i := range views {
		if views[i].Asked = said[i]; said[i] == "" {
			views[i].Asked = views[i].Query
		}
	}
	return nil
}
