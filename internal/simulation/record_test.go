package simulation

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	tr "github.com/duban-gov/duban/internal/transition"
)

// laws are statements that find what must not be; each names one finding a row.
var laws = map[string]string{
	"a duty without a person who owes it": `SELECT d.id || '' FROM duties d WHERE d.open AND NOT EXISTS (SELECT 1 FROM posts p JOIN users u ON u.id = p.user_id
		WHERE p.unit_id = d.unit_id AND p.role IN ('unit_clerk', 'unit_head') AND u.disabled_at IS NULL AND p.valid_to >= 'TODAY' AND p.valid_from <= 'TODAY')`,
	"a clock that says another date than its duty": `SELECT d.id || ': ' || d.due_date || ' and ' || w.due_date FROM duties d LEFT JOIN watches w ON w.id = d.id
		WHERE w.id IS NULL OR w.due_date <> d.due_date OR w.due_revision <> d.due_revision OR w.unit_id <> d.unit_id OR d.status = 'assigned' AND w.sign_due_date <> d.accept_due_date`,
	"a clock that says another date than its notice": `SELECT n.id || ': ' || n.due_date || ' and ' || w.due_date FROM notices n LEFT JOIN watches w ON w.id = n.id
		WHERE n.number <> '' AND (w.id IS NULL OR w.due_date <> n.due_date OR w.due_revision <> n.due_revision OR n.status = 'served' AND w.sign_due_date <> n.sign_due_date)`,
	"a revision without its line in the ledger": `SELECT o.id || ' in ' || o.due_revision FROM
		(SELECT id, due_revision, 'duty' AS subject FROM duties UNION ALL SELECT id, due_revision, 'notice' FROM notices) o
		WHERE o.due_revision <> 1 + (SELECT count(*) FROM due_changes c WHERE c.subject = o.subject AND c.subject_id = o.id)`,
	"a ledger that does not lead to the date": `SELECT o.id || ' is due ' || o.due_date FROM
		(SELECT id, due_revision, due_date, original_due_date, 'duty' AS subject FROM duties UNION ALL SELECT id, due_revision, due_date, original_due_date, 'notice' FROM notices) o
		WHERE o.due_date <> COALESCE((SELECT c.new_date FROM due_changes c WHERE c.subject = o.subject AND c.subject_id = o.id AND c.revision = o.due_revision), o.original_due_date)`,
	"a line of the ledger that does not follow the one before": `SELECT c.subject_id || ' revision ' || c.revision FROM due_changes c JOIN due_changes b
		ON b.subject = c.subject AND b.subject_id = c.subject_id AND b.revision = c.revision - 1 WHERE c.subject <> 'acceptance' AND c.old_date <> b.new_date`,
	"a gap in the numbers": `SELECT s.last || ' are given, ' || count(DISTINCT n.serial) || ' are used' FROM number_series s LEFT JOIN
		(SELECT 'rectification' AS kind, authority_id, year, serial FROM notices UNION ALL SELECT 'inspection', authority_id, year, serial FROM inspections) n
		ON n.kind = s.kind AND n.authority_id = s.authority_id AND n.year = s.year AND n.serial BETWEEN 1 AND s.last WHERE s.kind <> 'node' GROUP BY s.id, s.last HAVING count(n.serial) <> s.last OR count(DISTINCT n.serial) <> s.last`,
	"a voided number without a reason": `SELECT n.number FROM notices n WHERE n.status = 'voided' AND n.serial > 0 AND NOT EXISTS
		(SELECT 1 FROM number_voids v WHERE v.authority_id = n.authority_id AND v.year = n.year AND v.serial = n.serial)`,
	"a calendar half applied": `SELECT name FROM calendar_versions WHERE status = 'approved'`,
}

// record holds what must be true after each single act.
func (w *world) record() error {
	for _, what := range slices.Sorted(maps.Keys(laws)) {
		text := laws[what]
		if err := w.nothing(what, strings.ReplaceAll(text, "TODAY", w.today().String())); err != nil {
			return err
		}
	}
	return w.dated()
}

// nothing wants a query to find no row.
func (w *world) nothing(what, text string) error {
	return w.each(text, func(scan func(...any) error) error {
		var found string
		if err := scan(&found); err != nil {
			return err
		}
		return fmt.Errorf("%s: %s", what, found)
	})
}

// recounts are the maintained figures against a count of everything.
var recounts = map[string]string{
	"counter": `SELECT COALESCE(c.status, d.status) || ': ' || COALESCE(c.n, 0) || ' counted, ' || COALESCE(d.n, 0) || ' there'
		FROM (SELECT unit_id, plan_id, status, n FROM duty_counts WHERE n <> 0) c
		FULL JOIN (SELECT unit_id, plan_id, status, count(*) AS n FROM duties GROUP BY unit_id, plan_id, status) d
		ON d.unit_id = c.unit_id AND d.plan_id = c.plan_id AND d.status = c.status WHERE COALESCE(c.n, 0) <> COALESCE(d.n, 0)`,
	"plan": `SELECT duties || ' duties and ' || closed_duties || ' closed are counted' FROM plans p WHERE
		(duties <> (SELECT count(*) FROM duties d WHERE d.plan_id = p.id AND d.status <> 'cancelled') OR closed_duties <> (SELECT count(*) FROM duties d WHERE d.plan_id = p.id AND d.status = 'closed'))`,
	"parts of a task": `SELECT t.id || ' counts ' || t.parts FROM tasks t WHERE t.parts <> (SELECT count(*) FROM duties d WHERE d.task_id = t.id AND d.status <> 'cancelled')`,
	"events of steps": `SELECT s.subject_id || ': ' || s.n || ' steps ' || s.kind || ' with other events' FROM
		(SELECT subject_id, kind, count(*) AS n FROM steps GROUP BY subject_id, kind) s
		WHERE s.n <> (SELECT count(*) FROM events e WHERE e.subject_id = s.subject_id AND e.action = 'step.' || s.kind)`,
	"message without its event": "SELECT m.template FROM messages m LEFT JOIN events e ON e.id = m.event_id WHERE e.id IS NULL",
}

// whole holds what must be true at the end of a day, besides what is true after each act.
func (w *world) whole() error {
	if err := w.record(); err != nil {
		return err
	}
	for _, what := range slices.Sorted(maps.Keys(recounts)) {
		text := recounts[what]
		if err := w.nothing(what, text); err != nil {
			return err
		}
	}
	var steps, told int
	if err := w.Store.DB().QueryRow("SELECT (SELECT count(*) FROM steps), (SELECT count(*) FROM events WHERE action LIKE 'step.%')").Scan(&steps, &told); err != nil {
		return err
	}
	if steps != told {
		return fmt.Errorf("%d steps have %d events", steps, told)
	}
	if w.today().Number()%7 == 0 {
		checked, err := w.app.Duties.CheckFigures(w.job("counters"))
		if err != nil || checked.Wrong > 0 {
			return fmt.Errorf("%d maintained figures were wrong: %w", checked.Wrong, err)
		}
	}
	return w.history()
}

// line is one line of the history.
type line struct {
	id, of          ident.ID
	at              time.Time
	subject, action string
	after           struct {
		Status string `json:"status"`
	}
}

// history wants every line that was ever seen to stand as it was, and every new line of a duty to be a legal step of its life.
func (w *world) history() error {
	seen := 0
	var fresh []line
	err := w.each("SELECT id, subject_id, at, subject, action, before, after, reason FROM events", func(scan func(...any) error) error {
		var l line
		var before, after []byte
		var reason string
		if err := scan(&l.id, &l.of, &l.at, &l.subject, &l.action, &before, &after, &reason); err != nil {
			return err
		}
		sum := fnv.New64a()
		_, _ = fmt.Fprint(sum, l.of, l.at.UTC(), l.subject, l.action, string(before), string(after), reason) // a hash never fails to write
		was, known := w.truth.events[l.id]
		switch {
		case known && was != sum.Sum64():
			return fmt.Errorf("line %s of the history was changed", l.id)
		case known:
			seen++
			return nil
		}
		w.truth.events[l.id] = sum.Sum64()
		if len(after) > 0 {
			if err := json.Unmarshal(after, &l.after); err != nil {
				return err
			}
		}
		fresh = append(fresh, l)
		return nil
	})
	if err != nil {
		return err
	}
	if seen+len(fresh) != len(w.truth.events) {
		return fmt.Errorf("of %d lines of the history only %d are left", len(w.truth.events), seen+len(fresh))
	}
	sort.Slice(fresh, func(i, j int) bool {
		if !fresh[i].at.Equal(fresh[j].at) {
			return fresh[i].at.Before(fresh[j].at)
		}
		return fresh[i].id.Compare(fresh[j].id) < 0
	})
	for _, l := range fresh {
		if err := w.legal(l); err != nil {
			return err
		}
	}
	return w.states()
}

// legal asks the state table whether a duty may go where a line of its history says it went.
func (w *world) legal(l line) error {
	if l.subject != "duty" || l.after.Status == "" {
		return nil
	}
	was := w.truth.status[l.of]
	if was == "" {
		was = string(duty.Assigned)
	}
	row, ok := duty.Table.Row(tr.Action(l.action), duty.Status(was))
	if !ok || string(row.To) != l.after.Status {
		return fmt.Errorf("duty %s went from %s to %s by %s, which no table allows", l.of, was, l.after.Status, l.action)
	}
	w.truth.status[l.of] = l.after.Status
	return nil
}

// states wants every duty to be where its history led it.
func (w *world) states() error {
	return w.each("SELECT id, status FROM duties", func(scan func(...any) error) error {
		var id ident.ID
		var status string
		if err := scan(&id, &status); err != nil {
			return err
		}
		want := w.truth.status[id]
		if want == "" {
			want = string(duty.Assigned)
		}
		if status != want {
			return fmt.Errorf("duty %s is %s, its history leads to %s", id, status, want)
		}
		return nil
	})
}
