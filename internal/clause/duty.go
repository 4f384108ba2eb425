package clause

import (
	"strings"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/plan"
)

// Mode is how a clause names those responsible.
type Mode string

const (
	ModeNone        Mode = ""
	ExplicitLead    Mode = "explicit_lead"     // A牵头，B参与; 牵头单位：A
	LeadByDuty      Mode = "lead_by_duty"      // A牵头，B按职责分工负责
	FirstListedLead Mode = "first_listed_lead" // 列第一位者为牵头单位
	Joint           Mode = "joint"             // A、B负责; 责任单位：A、B
	ByDuty          Mode = "by_duty"           // A、B按职责分工负责
	JointWith       Mode = "joint_with"        // A会同B
	Subject         Mode = "subject"           // the sentence's subject acts
	Guide           Mode = "guide"             // A指导
	Table           Mode = "table"             // a column of a table
	Multi           Mode = "multi"             // several clauses in one paragraph
)

// role is what a phrase makes of the bodies in it.
type role int

const (
	roleMain    role = iota // responsible, rank not said (负责, 责任单位)
	roleLead                // 牵头
	roleSupport             // 配合, 参与
	roleGuide               // 指导
	roleByDuty              // 按职责分工负责
	roleIgnored             // 分管领导, 联系人: persons, not units
)

// party is a body with its role in a clause.
type party struct {
	mention
	role role
}

// duty is the responsibility expression of a clause as read.
type duty struct {
	parties []party
	with    bool // 会同
	open    bool
	times   [][2]int // phrases inside it that say when, not who (…，6月底前完成)
}

// readExpression reads a responsibility expression s[i:j] (the inside of a bracket, or what follows a label) into d. base is
// the role of bodies that no verb ranks.
func (d *duty) readExpression(v *view, i, j int, base role, labelled bool) {
	var pending []mention
	group := 0
	for _, ph := range phrases(v.s, i, j) {
		lo, hi := ph[0], ph[1]
		if lo >= hi {
			continue
		}
		if isTimePhrase(v, lo, hi) {
			d.times = append(d.times, [2]int{lo, hi})
			continue
		}
		if m := asLabel.FindStringSubmatchIndex(v.s[lo:hi]); m != nil {
			d.add(shift(splitNames(v, lo+m[2], lo+m[3]), &group), labelRole(v.s[lo+m[4]:lo+m[5]]))
			continue
		}
		k := strings.Index(v.s[lo:hi], "会同")
		if k < 0 {
			k = strings.Index(v.s[lo:hi], "会商")
		}
		if k == 0 && len(d.parties) > 0 || k > 0 && endsBody(v.s[lo:lo+k]) {
			d.with = true
			d.add(pending, roleLead)
			d.add(shift(splitNames(v, lo, lo+k), &group), roleLead)
			pending = nil
			rest := lo + k + len("会同")
			end := rest + verbAt(v.s[rest:hi])
			d.add(shift(splitNames(v, rest, end), &group), roleSupport)
			continue
		}
		at := verbAt(v.s[lo:hi])
		names := shift(splitNames(v, lo, lo+at), &group)
		pending = append(pending, names...)
		if lo+at == hi {
			continue
		}
		r := verbRole(v.s[lo+at : hi])
		if r == roleMain && base != roleMain && labelled {
			r = base
		}
		d.add(pending, r)
		pending = nil
	}
	d.add(pending, base)
}

// isTimePhrase reports a phrase of a responsibility bracket that says when (2019年12月底前完成; 持续推进).
func isTimePhrase(v *view, lo, hi int) bool {
	if utf8.RuneCountInString(v.s[lo:hi]) > 40 || !timeHint.MatchString(v.s[lo:hi]) {
		return false
	}
	all := findDeadlines(v, lo, hi, 2000, false)
	if len(all) > 0 && all[0].i == lo { // it begins with the time: 每月5日前通报
		return true
	}
	return (len(all) > 0 || lasting.MatchString(v.s[lo:hi])) && !endsBody(v.s[lo:hi])
}

var lasting = rx(`(?:长期坚持|持续推进|长期推进|持续落实)$`)

var timeHint = rx(`[年月日季周]|长期|持续|常态|常抓`)

// shift renumbers the groups of names so that they stay apart from those of earlier phrases.
func shift(items []mention, group *int) []mention {
	top := *group
	for k := range items {
		items[k].group += *group + 1
		top = max(top, items[k].group)
	}
	*group = top
	return items
}

var hanText = rx(`[一-龥]`)

func (d *duty) add(items []mention, r role) {
	for _, m := range items {
		d.open = d.open || m.open
		if m.text == "" || r == roleIgnored || !hanText.MatchString(m.text) {
			continue
		}
		d.parties = append(d.parties, party{m, r})
	}
}

// resolved is a duty with the roles settled.
type resolved struct {
	lead, support, collective []party
	mode                      Mode
}

// resolve settles who leads: an explicit lead makes the others support; a declaration makes the first listed the lead; else all
// lead jointly. Collectives stay apart.
func (d *duty) resolve(firstListed bool) resolved {
	var r resolved
	hasLead, hasSupport, byDuty, guide := false, false, false, len(d.parties) > 0
	for _, p := range d.parties {
		hasLead = hasLead || p.role == roleLead
		hasSupport = hasSupport || p.role == roleSupport
		byDuty = byDuty || p.role == roleByDuty
		guide = guide && p.role == roleGuide
	}
	first := firstListed && !hasLead
	for _, p := range d.parties {
		switch {
		case isCollective(p.text):
			r.collective = addOnce(r.collective, p)
		case p.role == roleLead, !hasLead && p.role != roleSupport && (!first || len(r.lead) == 0 || r.lead[0].text == p.text):
			r.lead = addOnce(r.lead, p)
		default:
			r.support = addOnce(r.support, p)
		}
	}
	switch {
	case len(d.parties) == 0:
	case d.with:
		r.mode = JointWith
	case hasLead && byDuty:
		r.mode = LeadByDuty
	case hasLead:
		r.mode = ExplicitLead
	case first:
		r.mode = FirstListedLead
	case guide:
		r.mode = Guide
	case byDuty:
		r.mode = ByDuty
	case hasSupport:
		r.mode = ExplicitLead
	default:
		r.mode = Joint
	}
	return r
}

// addOnce adds a body that the list does not name yet. One body may stand in two lists (lead and support): a lint rule says so.
func addOnce(list []party, p party) []party {
	for _, q := range list {
		if q.text == p.text {
			return list
		}
	}
	return append(list, p)
}

// each calls f for every body with the assignment part of its list.
func (r resolved) each(f func(plan.AssignmentPart, party)) {
	for _, p := range r.lead {
		f(plan.Lead, p)
	}
	for _, p := range r.support {
		f(plan.Support, p)
	}
	for _, p := range r.collective {
		f(plan.Collective, p)
	}
}
