package plans

import (
	"strconv"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
)

// rule is a check of lint. Its text is "field.<id>" in the language files, so that a refusal to issue names it as well.
type rule struct {
	id       string
	severity Severity
}

// The rules. Ids are contract: documents, scripts and acknowledgements name them.
var (
	ruleNoUnit        = rule{"plan.no_unit", LintError}            // nobody is responsible
	ruleNoLead        = rule{"plan.no_lead", LintError}            // supported by somebody, led by nobody
	ruleManyLeads     = rule{"plan.many_leads", LintWarning}       // several leads, and the text does not share the work out
	ruleLeadSupports  = rule{"plan.lead_supports", LintError}      // a unit leads and supports
	ruleUnknownName   = rule{"plan.unknown_name", LintError}       // a name that means nobody; its question is open
	ruleUnitEnded     = rule{"plan.unit_ended", LintError}         // the unit does not exist on the day
	ruleEmptyRoster   = rule{"plan.empty_roster", LintError}       // the collective has no member on the day
	ruleOpenList      = rule{"plan.open_list", LintWarning}        // the list ends with 等: who else?
	ruleNoDeadline    = rule{"plan.no_deadline", LintWarning}      // nothing says when
	ruleOpenDeadline  = rule{"plan.open_deadline", LintWarning}    // counts from an event without a date
	ruleDuePast       = rule{"plan.due_past", LintWarning}         // due before it is issued
	ruleDayOff        = rule{"plan.day_off", LintWarning}          // due on a day off
	ruleProvisional   = rule{"plan.provisional", LintWarning}      // due in a year whose holidays are not settled
	ruleChildLate     = rule{"plan.child_after_parent", LintError} // a part due after the whole
	ruleSuccessor     = rule{"plan.successor_early", LintError}    // due before what it waits for can be done
	ruleCycle         = rule{"plan.cycle", LintError}              // nodes wait for each other
	ruleNoYear        = rule{"plan.no_year", LintError}            // the year of the deadlines is not known
	ruleUnknownLeader = rule{"plan.unknown_leader", LintWarning}   // a supervising leader whom no user bears the name of
	ruleUnplaced      = rule{"plan.unplaced", LintWarning}         // text that stands in no node
	ruleLoad          = rule{"plan.load", LintWarning}             // too much due of one unit in one working week
	ruleSameAsk       = rule{"plan.same_ask", LintWarning}         // another plan asks the same of the same unit
	ruleAskedTwice    = rule{"plan.asked_twice", LintWarning}      // an indicator is asked of the same unit twice
)

// nodeRules look at one node.
var nodeRules = []func(*linter, *ent.Task){(*linter).bodies, (*linter).leading, (*linter).named, (*linter).dated}

// bodies wants somebody to be responsible for every clause.
func (l *linter) bodies(t *ent.Task) {
	if l.children[t.ID] > 0 || l.general(t) || len(l.assigned[t.ID]) > 0 {
		return
	}
	if l.inherits(t, func(up *ent.Task) bool { return len(l.assigned[up.ID]) > 0 }) {
		return
	}
	l.say(ruleNoUnit, t, "", map[string]any{"task": t.Title})
}

// leading wants exactly one lead, unless the text shares the work out, and no unit on both sides.
func (l *linter) leading(t *ent.Task) {
	all := l.assigned[t.ID]
	if len(all) == 0 {
		return
	}
	leads := l.leads(t)
	switch {
	case leads == 0 && !severalLeads(t.Mode):
		l.say(ruleNoLead, t, "", map[string]any{"task": t.Title})
	case leads > 1 && !severalLeads(t.Mode):
		l.say(ruleManyLeads, t, "", map[string]any{"task": t.Title, "n": leads})
	}
	part := map[ident.ID]plan.AssignmentPart{}
	for _, a := range all {
		if have, twice := part[a.UnitID]; twice && !a.UnitID.IsZero() && have != a.Part {
			l.say(ruleLeadSupports, t, a.UnitID.String(), map[string]any{"task": t.Title, "unit": a.Name})
			l.at(a.SpanStart, a.SpanEnd)
		}
		part[a.UnitID] = a.Part
	}
}

// named wants every name to mean somebody who exists on the day.
func (l *linter) named(t *ent.Task) {
	for _, a := range l.assigned[t.ID] {
		u := l.unit[a.UnitID]
		switch {
		case !resolved(a):
			l.say(ruleUnknownName, t, a.ID.String(), map[string]any{"name": a.Norm})
		case !a.UnitID.IsZero() && !l.exists(u):
			l.say(ruleUnitEnded, t, a.ID.String(), map[string]any{"name": a.Name, "on": l.on.String()})
		case !a.RosterID.IsZero() && len(l.members[a.RosterID]) == 0:
			l.say(ruleEmptyRoster, t, a.ID.String(), map[string]any{"name": a.Name, "on": l.on.String()})
		case a.OpenList && a.Sort == 0:
			l.say(ruleOpenList, t, "", map[string]any{"task": t.Title})
		default:
			continue
		}
		l.at(a.SpanStart, a.SpanEnd)
	}
}

// dated wants a deadline that can be kept.
func (l *linter) dated(t *ent.Task) {
	due := map[string]any{"task": t.Title, "due": t.DueDate.String(), "phrase": t.DeadlinePhrase}
	switch {
	case t.DueDate.IsZero() && t.DeadlineKind == plan.NoDeadline:
		owed := len(l.assigned[t.ID]) > 0
		if owed && !l.inherits(t, func(up *ent.Task) bool { return up.DeadlineKind != plan.NoDeadline }) {
			l.say(ruleNoDeadline, t, "", due)
		}
		return
	case t.DueDate.IsZero() && (t.DeadlineKind == plan.Relative || t.DeadlineKind == plan.OnDate || t.DeadlineKind == plan.Period):
		l.say(ruleOpenDeadline, t, "", due)
	case t.DueDate.IsZero():
		return
	case t.DueDate.Before(l.on):
		l.say(ruleDuePast, t, "", due)
	case l.calendar.Provisional(t.DueDate):
		l.say(ruleProvisional, t, "", due)
	case !l.calendar.IsWorkday(t.DueDate):
		l.say(ruleDayOff, t, "", due)
	default:
		return
	}
	l.at(t.DeadlineStart, t.DeadlineEnd)
}

// net asks the graph for cycles and for deadlines that contradict each other.
func (l *linter) net() {
	g, err := l.sheet.net()
	if err != nil {
		params := map[string]any{"n": 0, "cycle": ""}
		var first *ent.Task
		if f := fault.As(err); f != nil {
			if cycle, ok := f.Params["cycle"].([]ident.ID); ok && len(cycle) > 0 {
				first = l.byID[cycle[0]]
				params = map[string]any{"n": len(cycle), "cycle": l.titles(cycle)}
			}
		}
		l.say(ruleCycle, first, "", params)
		return
	}
	for _, i := range g.Feasibility() {
		t, because := l.byID[i.Node], l.byID[i.Because]
		r, blamed := ruleSuccessor, t
		if i.Part {
			r, blamed = ruleChildLate, because
		}
		l.say(r, blamed, i.Node.String()+"-"+i.Because.String(),
			map[string]any{"task": t.Title, "other": because.Title, "due": i.Due.String(), "earliest": i.Earliest.String()})
		l.at(blamed.DeadlineStart, blamed.DeadlineEnd)
	}
}

// titles names nodes in order.
func (sh *sheet) titles(ids []ident.ID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = sh.byID[id].Title
	}
	return strings.Join(list, " → ")
}

// whole looks at what is not about one node.
func (l *linter) whole() {
	for _, q := range l.Questions {
		if q.Kind == kindNoYear && q.AnsweredAt.IsZero() {
			l.say(ruleNoYear, nil, "", map[string]any{"phrase": q.Phrase})
			l.at(q.SpanStart, q.SpanEnd)
		}
	}
	for _, unknown := range l.extras.Leaders {
		if t := l.byID[unknown.TaskID]; t != nil && t.LeaderID.IsZero() {
			l.say(ruleUnknownLeader, t, unknown.Name, map[string]any{"name": unknown.Name})
		}
	}
	for _, u := range l.unplaced {
		if u.Reason == clause.Unknown && strings.TrimSpace(u.Text) != "" {
			l.say(ruleUnplaced, nil, strconv.Itoa(u.Span.Start), map[string]any{"text": shorten(u.Text, 40)})
			l.at(u.Span.Start, u.Span.End)
		}
	}
}

// shorten cuts a text to n characters.
func shorten(text string, n int) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n]) + "…"
}

// loadLimit is how many led nodes may fall due of one unit in one working week: two for each working day.
const loadLimit = 10

// busyWeeks warns of weeks in which too much is due of one unit.
func (l *linter) busyWeeks() {
	for _, w := range l.sheet.weeks(duty.Lead) {
		if w.Leads > loadLimit {
			l.say(ruleLoad, nil, w.UnitID.String()+"-"+w.Monday.String(),
				map[string]any{"unit": w.UnitName, "week": w.Monday.String(), "n": w.Leads, "limit": loadLimit})
		}
	}
}
