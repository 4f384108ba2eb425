package apitest

import "github.com/duban-gov/duban/internal/ledgers"

// fillSeeing gives a person a view and a calendar feed.
func (w *world) fillSeeing(owner *actor) {
	w.T.Helper()
	ctx := w.as(owner.name)
	view, err := w.app.Ledgers.SaveView(ctx, ledgers.SaveViewInput{Name: "逾期", Query: "灯:逾期"})
	w.must(err)
	w.add("view", "mine", "saved_views", view.ID, w.home.University, "owner", owner.name)
	feed, err := w.app.Feeds.Create(ctx)
	w.must(err)
	w.add("feed", "live", "", feed.ID, w.home.University, "owner", owner.name)
}

// crowdSeeing fills the lists of one person.
func (w *world) crowdSeeing() {
	w.T.Helper()
	ctx := w.as("unit_clerk.own")
	for range 3 {
		_, err := w.app.Ledgers.SaveView(ctx, ledgers.SaveViewInput{Name: "视图"})
		w.must(err)
		_, err = w.app.Feeds.Create(ctx)
		w.must(err)
	}
}
