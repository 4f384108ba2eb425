package crash

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/ident"
)

// auditor holds what is on record against what must be.
type auditor struct {
	t       *testing.T
	h       *house
	app     *app.App
	history map[ident.ID][]event // by duty, in order
}

// event is one line of the history.
type event struct {
	id     ident.ID
	action string
	after  after
}

// after are the fields of events that the audit follows.
type after struct {
	Status       string `json:"status"`
	Progress     *int   `json:"progress"`
	ReportID     string `json:"report_id"`
	ReportStatus string `json:"report_status"`
	Step         string `json:"step"`
	Revision     int    `json:"due_revision"`
	Recipients   int    `json:"recipients"`
}

func (e event) step() bool { return strings.HasPrefix(e.action, "step.") }

// audit looks at a database that no server works on. With a load, every acknowledged write has to be there, once, and nothing
// else but what was on its way when the server died.
func (h *house) audit(t *testing.T, l *load) {
	t.Helper()
	a := &auditor{t: t, h: h, app: h.open(t), history: make(map[ident.ID][]event)}
	defer a.app.Close()
	a.quiet()
	a.database()
	a.readHistory()
	a.duties()
	a.reports()
	a.figures()
	a.repeatable()
	a.stepEvents()
	a.messages()
	if l != nil {
		for _, d := range l.lives {
			a.life(d)
		}
	}
	if l == nil || l.ending {
		a.ladders()
		a.digests()
	}
}

// rows runs a query and hands over each row.
func (a *auditor) rows(each func(scan func(...any) error) error, text string, args ...any) {
	a.t.Helper()
	rows, err := a.app.Store.DB().QueryContext(a.t.Context(), text, args...)
	must(a.t, err)
	defer rows.Close()
	for rows.Next() {
		must(a.t, each(rows.Scan))
	}
	must(a.t, rows.Err())
}

// nothing wants a query to find no row; what it finds is shown.
func (a *auditor) nothing(what, text string) {
	a.t.Helper()
	a.rows(func(scan func(...any) error) error {
		var found string
		err := scan(&found)
		a.t.Errorf("%s: %s", what, found)
		return err
	}, text)
}

// quiet waits until PostgreSQL has ended what the dead server asked of it: a commit that was under way may still come.
func (a *auditor) quiet() {
	if !a.app.Store.Postgres() {
		return
	}
	for end := time.Now().Add(patience); ; wait(a.t, 10*time.Millisecond) {
		busy := 0
		a.rows(func(scan func(...any) error) error { return scan(&busy) },
			"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()")
		if busy == 0 {
			return
		}
		if time.Now().After(end) {
			a.rows(func(scan func(...any) error) error {
				var doing string
				err := scan(&doing)
				a.t.Log(doing)
				return err
			}, `SELECT state || ' ' || COALESCE(wait_event_type || '.' || wait_event, 'no wait') || ' since ' || query_start || ': ' || left(query, 300)
				FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`)
			a.t.Fatalf("%d connections of a dead server are still at work", busy)
		}
	}
}

// database asks SQLite whether its file is whole; PostgreSQL holds its own checks.
func (a *auditor) database() {
	if a.app.Store.Postgres() {
		return
	}
	a.nothing("integrity", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'")
	a.nothing("foreign key", `SELECT "table" || ' row ' || rowid FROM pragma_foreign_key_check`)
}

func (a *auditor) readHistory() {
	a.rows(func(scan func(...any) error) error {
		var of ident.ID
		var e event
		var raw []byte
		if err := scan(&e.id, &of, &e.action, &raw); err != nil {
			return err
		}
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, &e.after); err != nil {
				return fmt.Errorf("event %s: %w", e.id, err)
			}
		}
		a.history[of] = append(a.history[of], e)
		return nil
	}, "SELECT id, subject_id, action, after FROM events WHERE subject = 'duty' OR subject = 'acceptance' ORDER BY id")
}

// moves are the acts that change the row of a duty.
var moves = func() map[string]bool {
	m := make(map[string]bool)
	for _, a := range slices.Concat(course, again) {
		if a.moves {
			m[a.event] = true
		}
	}
	return m
}()

// duties holds every duty against its history: state and progress as the last event left them, one event for each version.
func (a *auditor) duties() {
	a.rows(func(scan func(...any) error) error {
		var id ident.ID
		var status, want string
		var progress, version, reached, changes int
		if err := scan(&id, &status, &progress, &version); err != nil {
			return err
		}
		want = "assigned"
		for _, e := range a.history[id] {
			want = cmp.Or(e.after.Status, want)
			if e.after.Progress != nil {
				reached = *e.after.Progress
			}
			if moves[e.action] {
				changes++
			}
		}
		if status != want || progress != reached || version != 1+changes {
			a.t.Errorf("duty %s is %s at %d in version %d; its history leads to %s at %d in version %d", id, status, progress, version, want, reached, 1+changes)
		}
		return nil
	}, "SELECT id, status, progress, version FROM duties")
}

// reports holds every report against the history of its duty.
func (a *auditor) reports() {
	a.rows(func(scan func(...any) error) error {
		var id, of ident.ID
		var status, want string
		var version, changes int
		if err := scan(&id, &of, &status, &version); err != nil {
			return err
		}
		last := ""
		for _, e := range a.history[of] {
			last = cmp.Or(e.after.ReportID, last)
			switch {
			case e.after.ReportID == id.String():
				want, changes = e.after.ReportStatus, changes+1
			case e.action == "close" && last == id.String(): // the request at hand is confirmed with the duty
				want, changes = "confirmed", changes+1
			}
		}
		if status != want || version != changes {
			a.t.Errorf("report %s is %s in version %d; the history of duty %s leads to %s in version %d", id, status, version, of, want, changes)
		}
		return nil
	}, "SELECT id, duty_id, status, version FROM reports")
}

// figures holds the maintained counters and the roll-up against a count of everything.
func (a *auditor) figures() {
	a.nothing("counter", `SELECT COALESCE(c.status, d.status) || ': ' || COALESCE(c.n, 0) || ' counted, ' || COALESCE(d.n, 0) || ' there'
		FROM (SELECT unit_id, plan_id, status, n FROM duty_counts WHERE n <> 0) c
		FULL JOIN (SELECT unit_id, plan_id, status, count(*) AS n FROM duties GROUP BY unit_id, plan_id, status) d
		ON d.unit_id = c.unit_id AND d.plan_id = c.plan_id AND d.status = c.status WHERE COALESCE(c.n, 0) <> COALESCE(d.n, 0)`)
	a.nothing("plan", `SELECT duties || ' duties and ' || closed_duties || ' closed are counted' FROM plans p WHERE status <> 'draft' AND
		(duties <> (SELECT count(*) FROM duties d WHERE d.plan_id = p.id) OR closed_duties <> (SELECT count(*) FROM duties d WHERE d.plan_id = p.id AND d.status = 'closed'))`)
	a.nothing("progress of plan", `SELECT p.progress || ' is on record, the mean of its top tasks is ' || m.mean FROM plans p JOIN
		(SELECT plan_id, CAST(SUM(progress) AS bigint) / COUNT(*) AS mean FROM tasks WHERE parent_id = 0 AND parts > 0 GROUP BY plan_id) m
		ON m.plan_id = p.id WHERE p.progress <> m.mean`)
	checked, err := a.app.Duties.CheckFigures(access.System(a.t.Context(), "counters"))
	must(a.t, err)
	if checked.Plans != 1 || checked.Wrong != 0 {
		a.t.Errorf("of the maintained figures of %d plans %d were wrong", checked.Plans, checked.Wrong)
	}
}

// repeatable wants an answer for every request that was remembered: one without is half of a request.
func (a *auditor) repeatable() {
	a.nothing("request without an answer", "SELECT operation FROM idempotencies WHERE answer IS NULL")
}

// life holds one duty against what its writer was told: each acknowledged act is one event, in order, and besides at most the
// act that was under way.
func (a *auditor) life(l *life) {
	id, err := ident.Parse(l.id)
	must(a.t, err)
	var got, want []string
	for _, e := range a.history[id] {
		if !e.step() {
			got = append(got, e.action)
		}
	}
	for _, d := range l.done {
		want = append(want, d.event)
	}
	if slices.Equal(got, want) {
		a.rows(func(scan func(...any) error) error {
			now := object{id: l.id}
			progress := 0
			err := scan(&now.version, &now.status, &progress)
			if l.duty.status == "" || now.version != l.duty.version || now.status != l.duty.status || progress != l.progress && l.duty.status != "review" {
				a.t.Errorf("duty is %+v at %d, acknowledged was %+v at %d", now, progress, l.duty, l.progress)
			}
			return err
		}, "SELECT version, status, progress FROM duties WHERE id = $1", id)
		return
	}
	if l.pending == nil || !slices.Equal(got, append(want, l.pending.event)) {
		a.t.Errorf("the history of duty %s tells %v, acknowledged was %v, under way %v", l.id, got, want, l.pending)
	}
}
