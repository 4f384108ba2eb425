package crash

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// stepEvents wants one event for each step and no other, and an urge for each that wants a reply.
func (a *auditor) stepEvents() {
	told := make(map[string]int)
	for id, events := range a.history {
		for _, e := range events {
			if e.step() {
				told[fmt.Sprint(id, e.after.Step, e.after.Revision, e.after.Recipients)]++
			}
		}
	}
	a.rows(func(scan func(...any) error) error {
		var of ident.ID
		var subject, step string
		var revision, recipients int
		err := scan(&of, &subject, &step, &revision, &recipients)
		key := fmt.Sprint(of, subject+"."+step, revision, recipients)
		if told[key] != 1 {
			a.t.Errorf("step %s.%s of duty %s has %d events", subject, step, of, told[key])
		}
		delete(told, key)
		return err
	}, "SELECT subject_id, subject, rule_step, due_revision, recipients FROM steps")
	for key := range told {
		a.t.Errorf("an event tells of a step that was not taken: %s", key)
	}
	a.nothing("step", "SELECT rule_step || ' was taken before its day' FROM steps WHERE taken_at < planned_at")
	a.nothing("urge", `SELECT s.subject || '.' || s.rule_step || ' has ' || count(u.id) || ' urges' FROM steps s LEFT JOIN urges u ON u.step_id = s.id
		GROUP BY s.id, s.subject, s.rule_step, s.kind HAVING count(u.id) <> CASE WHEN s.kind = 'urge' OR s.kind = 'escalate' AND s.subject = 'duty' THEN 1 ELSE 0 END`)
}

// ladders computes for every duty the steps that its deadlines ask for until now and holds those taken against them: an open
// duty has them all; one that was signed or closed meanwhile may lack some, and has no other.
func (a *auditor) ladders() {
	taken := make(map[ident.ID]map[string]bool)
	a.rows(func(scan func(...any) error) error {
		var of ident.ID
		var subject, step string
		err := scan(&of, &subject, &step)
		if taken[of] == nil {
			taken[of] = make(map[string]bool)
		}
		if key := subject + "." + step; taken[of][key] {
			a.t.Errorf("step %s of duty %s was taken twice", key, of)
		} else {
			taken[of][key] = true
		}
		return err
	}, "SELECT subject_id, subject, rule_step FROM steps")
	expected, counted := 0, 0
	a.rows(func(scan func(...any) error) error {
		var id ident.ID
		var start, due, signBy workday.Date
		var open bool
		var signed *time.Time
		if err := scan(&id, &start, &due, &signBy, &open, &signed); err != nil {
			return err
		}
		all := a.plan(ladder.Facts{Subject: ladder.OnDuty, Revision: 1, Start: start, Due: due})
		sign := a.plan(ladder.Facts{Subject: ladder.OnAcceptance, Revision: 1, Due: signBy})
		a.compare(id, taken[id], all, open)
		a.compare(id, taken[id], sign, signed == nil)
		for key := range taken[id] {
			if counted++; !all[key] && !sign[key] {
				a.t.Errorf("step %s of duty %s was not due", key, id)
			}
		}
		expected += len(all) + len(sign)
		return nil
	}, "SELECT w.id, w.start_date, d.due_date, d.accept_due_date, d.open, d.accepted_at FROM duties d JOIN watches w ON w.id = d.id")
	a.t.Logf("%d steps taken of %d that the dates alone ask for", counted, expected)
	if counted == 0 {
		a.t.Error("no deadline passed: the test shows nothing")
	}
}

// plan is the set of steps that a ladder asks for until now.
func (a *auditor) plan(f ladder.Facts) map[string]bool {
	rules := a.app.Rules
	until := make(map[string]bool)
	for _, s := range ladder.DryRun(f, time.Time{}, rules.Zone, rules.Calendar, rules.Ladders[f.Subject]) {
		if !s.PlannedAt.After(a.h.now()) {
			until[string(f.Subject)+"."+s.StepID] = true
		}
	}
	return until
}

func (a *auditor) compare(id ident.ID, taken, want map[string]bool, complete bool) {
	for key := range want {
		if complete && !taken[key] {
			a.t.Errorf("step %s of duty %s is missing", key, id)
		}
	}
}

// messages wants every event to have all its messages: for a step as many as it reached, or none while a digest speaks for it;
// for an act as many as the same act in the same unit has anywhere.
func (a *auditor) messages() {
	a.nothing("messages of a step", `SELECT s.rule_step || ' reached ' || s.recipients || ' people and told ' || s.told FROM
		(SELECT e.id, s.rule_step, s.recipients, count(m.id) AS told FROM steps s
		JOIN events e ON e.subject = s.subject AND e.subject_id = s.subject_id AND e.action = 'step.' || s.kind AND e.at = s.taken_at
		LEFT JOIN messages m ON m.event_id = e.id GROUP BY e.id, s.rule_step, s.recipients, s.id) s WHERE s.told <> 0 AND s.told <> s.recipients`)
	a.nothing("messages of an act", `SELECT n.action || ' told ' || min(n.told) || ' to ' || max(n.told) || ' people of one unit' FROM
		(SELECT e.action, e.unit_id, count(m.id) AS told FROM events e LEFT JOIN messages m ON m.event_id = e.id
		WHERE e.subject = 'duty' AND e.action NOT LIKE 'step.%' GROUP BY e.id, e.action, e.unit_id) n
		GROUP BY n.action, n.unit_id HAVING min(n.told) <> max(n.told)`)
	a.nothing("messages of nobody", "SELECT m.template FROM messages m LEFT JOIN events e ON e.id = m.event_id WHERE e.id IS NULL")
}

// digests wants what was taken without a word to be in a digest: at least as many mentions as there were silent steps.
func (a *auditor) digests() {
	type line struct {
		id     ident.ID
		silent int // recipients of a step that was not told
		digest bool
	}
	var lines []line
	a.rows(func(scan func(...any) error) error {
		var l line
		err := scan(&l.id, &l.digest, &l.silent)
		lines = append(lines, l)
		return err
	}, `SELECT e.id, e.action = 'catch_up', COALESCE((SELECT s.recipients FROM steps s WHERE s.subject = e.subject AND s.subject_id = e.subject_id
			AND e.action = 'step.' || s.kind AND e.at = s.taken_at AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.event_id = e.id) ORDER BY s.id LIMIT 1), 0)
		FROM events e WHERE e.action = 'catch_up' OR e.action LIKE 'step.%' ORDER BY e.id`)
	mentions := make(map[ident.ID]int)
	a.rows(func(scan func(...any) error) error {
		var of ident.ID
		var raw []byte
		var params struct{ N int }
		if err := scan(&of, &raw); err != nil {
			return err
		}
		err := json.Unmarshal(raw, &params)
		mentions[of] += params.N
		return err
	}, "SELECT event_id, params FROM messages WHERE template = 'watch.digest'")
	silent := 0
	for _, l := range lines {
		silent += l.silent
		if l.digest {
			if mentions[l.id] < silent {
				a.t.Errorf("a digest mentions %d steps, %d were taken without a word before it", mentions[l.id], silent)
			}
			silent = 0
		}
	}
	if silent > 0 {
		a.t.Errorf("%d times nobody was told of a step, and no digest follows", silent)
	}
}
