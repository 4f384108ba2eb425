package live_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/live"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
)

// patience is how long a test waits for news; quiet is how long it makes sure that there is none.
const (
	patience = 10 * time.Second
	quiet    = 1200 * time.Millisecond
)

type town struct {
	*testkit.House
	hub  *live.Hub
	stop context.CancelFunc
}

// newTown is a house whose hub runs.
func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{House: testkit.New(t).NewHouse("甲")}
	w.hub = live.New(w.Store, w.Gate, nil)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.hub.Run(ctx) }()
	w.stop = func() { cancel(); <-done }
	t.Cleanup(w.stop)
	for { // until it runs
		s, err := w.hub.Follow(w.Acting(w.Leader), "")
		if err == nil {
			s.Close()
			return w
		}
		if !errors.Is(err, fault.New(fault.Limited, "live.stopped")) {
			t.Fatal(err)
		}
	}
}

func (w *town) follow(t *testing.T, p testkit.Person, last string) *live.Stream {
	t.Helper()
	s, err := w.hub.Follow(w.Acting(p), last)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// happen writes events in one transaction.
func (w *town) happen(t *testing.T, entries ...timeline.Entry) {
	t.Helper()
	err := w.Store.Write(w.Acting(w.Office), func(ctx context.Context, tx *ent.Tx) error {
		for _, e := range entries {
			e.AuthorityID = w.Authority
			if _, err := w.Log.Append(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func next(t *testing.T, s *live.Stream) []live.Change {
	t.Helper()
	batch, err := s.Next(t.Context(), patience)
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

func ids(batch []live.Change) []ident.ID {
	var all []ident.ID
	for _, c := range batch {
		all = append(all, c.ID)
	}
	return all
}

func TestFollow_tells_each_what_the_gate_lets_them_see(t *testing.T) {
	w := newTown(t)
	people := map[string]testkit.Person{"leader": w.Leader, "head": w.Head, "school": w.SchoolClerk, "bureau": w.BureauHead, "admin": w.SystemAdmin}
	streams := map[string]*live.Stream{}
	for name, p := range people {
		streams[name] = w.follow(t, p, "")
	}
	school, bureau, notice, user := w.Store.NewID(), w.Store.NewID(), w.Store.NewID(), w.Store.NewID()
	w.happen(t,
		timeline.Entry{Subject: "duty", SubjectID: school, UnitID: w.School.ID, Action: "accept"},
		timeline.Entry{Subject: "duty", SubjectID: bureau, UnitID: w.Bureau.ID, Action: "accept"},
		timeline.Entry{Subject: "notice", SubjectID: notice, UnitID: w.Bureau.ID, Action: "draft"},
		timeline.Entry{Subject: "user", SubjectID: user, UnitID: w.School.ID, Action: "create"},
	)
	for name, want := range map[string][]ident.ID{
		"leader": {school, bureau}, // sees all duties, drafts no notices
		"head":   {school},         // the school stands below the university
		"school": {school},
		"bureau": {bureau}, // a notice is being written for it: no news yet
		"admin":  nil,      // administration touches no business, and is no news itself
	} {
		batch, err := streams[name].Next(t.Context(), map[bool]time.Duration{true: quiet, false: patience}[want == nil])
		if err != nil || !slices.Equal(ids(batch), want) {
			t.Errorf("%s was told %v (%v), want %v", name, batch, err, want)
		}
	}
}

func TestFollow_tells_a_message_to_its_reader_only(t *testing.T) {
	w := newTown(t)
	mine, other := w.follow(t, w.Clerk, ""), w.follow(t, w.BureauHead, "")
	w.happen(t, timeline.Entry{Subject: "unit", SubjectID: w.Store.NewID(), Action: "x", Tell: []timeline.Note{{To: []ident.ID{w.Clerk.ID}, Template: "duty.issued"}}})
	if batch := next(t, mine); len(batch) != 1 || batch[0].Kind != "message" {
		t.Errorf("the reader was told %v", batch)
	}
	if batch, _ := other.Next(t.Context(), quiet); len(batch) != 0 {
		t.Errorf("somebody else was told %v", batch)
	}
}

func TestFollow_tells_an_older_event_that_was_committed_later(t *testing.T) {
	w := newTown(t)
	s := w.follow(t, w.Leader, "")
	early := w.Store.NewID()
	w.Clock.Advance(live.Late / 2)
	w.happen(t, timeline.Entry{Subject: "duty", SubjectID: w.Store.NewID(), UnitID: w.School.ID, Action: "accept"})
	next(t, s)
	subject := w.Store.NewID()
	err := w.Store.Write(w.Acting(w.Office), func(ctx context.Context, tx *ent.Tx) error {
		return tx.Event.Create().SetID(early).SetAuthorityID(w.Authority).SetAt(w.Clock.Now()).SetActorID(w.Office.ID).SetActorName("x").
			SetSubject("duty").SetSubjectID(subject).SetUnitID(w.School.ID).SetAction("close").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(next(t, s)); !slices.Equal(got, []ident.ID{subject}) {
		t.Errorf("told %v, want %v", got, subject)
	}
	if batch, _ := s.Next(t.Context(), quiet); len(batch) != 0 {
		t.Errorf("told again: %v", batch)
	}
}

func TestFollow_resumes_where_the_reader_was(t *testing.T) {
	w := newTown(t)
	first := w.follow(t, w.Leader, "")
	cursor := w.hub.Cursor()
	first.Close()
	w.Clock.Advance(time.Minute)
	missed := w.Store.NewID()
	w.happen(t, timeline.Entry{Subject: "duty", SubjectID: missed, UnitID: w.School.ID, Action: "accept"})
	if got := ids(next(t, w.follow(t, w.Leader, cursor))); !slices.Equal(got, []ident.ID{missed}) {
		t.Errorf("told %v, want %v", got, missed)
	}
	if batch, _ := w.follow(t, w.BureauHead, cursor).Next(t.Context(), quiet); len(batch) != 0 {
		t.Errorf("the resumed stream told what the gate hides: %v", batch)
	}
	w.Clock.Advance(2 * live.Stale)
	for _, last := range []string{cursor, "not-a-cursor"} {
		if batch := next(t, w.follow(t, w.Leader, last)); len(batch) != 1 || batch[0].Kind != live.Reset {
			t.Errorf("resumed at %q: told %v, want a reset", last, batch)
		}
	}
}

func TestFollow_says_reset_instead_of_a_flood(t *testing.T) {
	w := newTown(t)
	s := w.follow(t, w.Leader, "")
	entries := make([]timeline.Entry, live.Most+1)
	for i := range entries {
		entries[i] = timeline.Entry{Subject: "duty", SubjectID: w.Store.NewID(), UnitID: w.School.ID, Action: "issue"}
	}
	w.happen(t, entries...)
	if batch := next(t, s); len(batch) != 1 || batch[0].Kind != live.Reset {
		t.Errorf("told %d changes, want one reset", len(batch))
	}
}

func TestNext_says_reset_to_a_reader_that_was_too_slow(t *testing.T) {
	w := newTown(t)
	s := w.follow(t, w.Leader, "")
	for range live.Boxed + 1 {
		w.hub.Tell("duty", w.Store.NewID(), w.Authority, w.School.ID, string(w.School.Path), "accept")
	}
	if batch := next(t, s); len(batch) != 1 || batch[0].Kind != live.Reset {
		t.Errorf("told %v, want one reset", batch)
	}
	if batch, _ := s.Next(t.Context(), quiet); len(batch) != 0 {
		t.Errorf("told %v after the reset", batch)
	}
}

func TestFollow_holds_its_limits(t *testing.T) {
	w := newTown(t)
	streams := make([]*live.Stream, live.MaxEach)
	for i := range streams {
		streams[i] = w.follow(t, w.Leader, "")
	}
	if _, err := w.hub.Follow(w.Acting(w.Leader), ""); !errors.Is(err, fault.New(fault.Limited, "live.too_many")) {
		t.Errorf("one stream more: %v", err)
	}
	w.follow(t, w.Head, "") // another person still may
	streams[0].Close()
	streams[0].Close() // twice is once
	w.follow(t, w.Leader, "")
	if _, err := w.hub.Follow(w.Acting(w.Nobody), ""); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("without a post: %v", err)
	}
	if _, err := w.hub.Follow(t.Context(), ""); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("without a session: %v", err)
	}
	w.stop()
	if _, err := streams[1].Next(t.Context(), patience); !errors.Is(err, live.ErrEnded) {
		t.Errorf("after the stop: %v", err)
	}
	if _, err := w.hub.Follow(w.Acting(w.Leader), ""); !errors.Is(err, fault.New(fault.Limited, "live.stopped")) {
		t.Errorf("after the stop: %v", err)
	}
}

func TestFollow_tells_one_s_own_draft_to_one_s_other_window(t *testing.T) {
	w := newTown(t)
	s := w.follow(t, w.Clerk, "")
	draft := w.Store.NewID()
	err := w.Store.Write(w.Acting(w.Clerk), func(ctx context.Context, tx *ent.Tx) error {
		_, err := w.Log.Append(ctx, tx, timeline.Entry{AuthorityID: w.Authority, Subject: "notice", SubjectID: draft, UnitID: w.Bureau.ID, Action: "draft"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(next(t, s)); !slices.Equal(got, []ident.ID{draft}) {
		t.Errorf("told %v, want %v", got, draft)
	}
}
