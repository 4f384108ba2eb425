package timeline

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Heading is what stands for an object in a list of mixed kinds, as one who may read it sees it now.
type Heading struct {
	Title  string
	Sort   string   // where objects of one kind have words of their own by sort: interview, circular
	Status string   // state; empty where the kind has none
	UnitID ident.ID // unit whose business it is; none where it is that of several
	Within ident.ID // object on whose page it stands, where it has none of its own
}

// Deeds selects what one person did; what is zero does not narrow.
type Deeds struct {
	ActorID  ident.ID
	Subjects []string  // kinds of object
	Aside    []string  // "subject.action" of lines that follow from an act on another object, which has its own line
	From     time.Time // acts at this instant or later
	To       time.Time // acts before this instant
	After    string
	Limit    int
}

// deedsText is one event for each object, the actor's latest one within the time, newest first. Its second line repeats the condition of
// the partial index, so that both databases walk one person's events and nobody else's. What an issue, a new calendar or a revision of
// a plan writes object by object is left out there: it follows from one act, which has its own line.
const deedsText = `SELECT e.id, e.at, e.actor_id, e.actor_name, e.post_id, e.subject, e.subject_id, e.action FROM events e
	WHERE e.actor_id = $1 AND e.actor_id <> 0 AND e.subject NOT IN ('task', 'user') AND e.action NOT IN ('calendar.move', 'plan.amend')
	AND e.at >= $2 AND e.at < $3 AND e.id < $4 AND %s
	AND NOT EXISTS (SELECT 1 FROM events l WHERE l.subject = e.subject AND l.subject_id = e.subject_id AND l.id > e.id
		AND l.actor_id = $1 AND l.at < $3 AND l.action NOT IN ('calendar.move', 'plan.amend') AND %s)
	ORDER BY e.id DESC LIMIT $5`

// never is later than every event.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Deeds lists what somebody did, one event for each object: their latest act on it. What the object is called, and whether the reader
// may still know, is for the caller to find out.
func (l *Log) Deeds(ctx context.Context, d Deeds) (EventPage, error) {
	page := EventPage{Items: []Event{}}
	if len(d.Subjects) == 0 {
		return page, nil
	}
	before, err := cursor(d.After)
	if err != nil {
		return page, err
	}
	if before.IsZero() {
		before = ident.FromInt(1<<63 - 1)
	}
	if d.To.IsZero() {
		d.To = never
	}
	limit := pageSize(d.Limit)
	rows, err := l.deeds(ctx, d, before, limit+1)
	if err != nil {
		return page, fmt.Errorf("read what was done: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	stood, err := l.stoodIn(ctx, rows)
	if err != nil {
		return page, err
	}
	for _, r := range rows {
		page.Items = append(page.Items, Event{ID: r.ID, At: r.At.UTC(), ActorID: r.ActorID, ActorName: r.ActorName, ActingFor: stood[r.PostID],
			Subject: r.Subject, SubjectID: r.SubjectID, Action: r.Action})
	}
	return page, nil
}

func (l *Log) deeds(ctx context.Context, d Deeds, before ident.ID, limit int) ([]*ent.Event, error) {
	text, args := deedsQuery(d, before, limit)
	var rows []*ent.Event
	err := store.Each(ctx, l.store.DB(), text, args, func(scan func(...any) error) error {
		r := &ent.Event{}
		rows = append(rows, r)
		return scan(&r.ID, &r.At, &r.ActorID, &r.ActorName, &r.PostID, &r.Subject, &r.SubjectID, &r.Action)
	})
	return rows, err
}

// deedsQuery is the statement of a page with its arguments.
func deedsQuery(d Deeds, before ident.ID, limit int) (string, []any) {
	args := []any{d.ActorID, d.From.UTC(), d.To.UTC(), before, limit}
	list := func(values []string) string {
		marks := make([]string, len(values))
		for i, v := range values {
			args = append(args, v)
			marks[i] = "$" + strconv.Itoa(len(args))
		}
		return "(" + strings.Join(marks, ", ") + ")"
	}
	kinds, aside := list(d.Subjects), list(append(slices.Clone(d.Aside), "")) // an empty list is no SQL
	counts := func(event string) string {
		return fmt.Sprintf("%[1]s.subject IN %[2]s AND %[1]s.subject || '.' || %[1]s.action NOT IN %[3]s", event, kinds, aside)
	}
	return fmt.Sprintf(deedsText, counts("e"), counts("l")), args
}
