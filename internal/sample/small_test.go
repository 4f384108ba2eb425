package sample

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/workday"
)

func TestTablePlanFacts_restate_the_rows(t *testing.T) {
	bearers, facts := known(), TablePlanFacts()
	var rows [][]string
	for line := range strings.Lines(TablePlan) {
		if row, ok := cells(strings.TrimSpace(line)); ok && strings.Trim(row[0], "0123456789") == "" {
			rows = append(rows, row)
		}
	}
	if len(facts) != 6 || len(rows) != len(facts) {
		t.Fatalf("%d rows and %d facts, want 6", len(rows), len(facts))
	}
	for i, f := range facts {
		row := rows[i]
		others := slices.Concat(f.Supports, f.Collectives)
		if f.No != row[0] || f.Title != row[1] || !slices.Equal(f.Leads, []string{row[3]}) || strings.Join(others, "、") != row[4] {
			t.Errorf("fact %+v does not restate %v", f, row)
		}
		for _, name := range append(others, f.Leads...) {
			if bearers[name] != 1 {
				t.Errorf("%s has %d bearers", name, bearers[name])
			}
		}
	}
}

var (
	bracket  = regexp.MustCompile(`（([^（）]*)）\n`)
	deadline = regexp.MustCompile(`2017年(\d+)月(?:(\d+)日|底)前完成`)
)

// clause is what stands in the bracket of the point at fault.
func clause(t *testing.T, d Defect) (leads, supports []string, due string) {
	t.Helper()
	lines := strings.Split(d.Text, "\n")
	at := d.At
	if i := strings.Index(at, "（"); i >= 0 {
		at = at[i:]
	} else {
		at += ". "
	}
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, at) })
	if i < 0 {
		t.Fatalf("%s: no point %s", d.Fault, d.At)
	}
	text := bracket.FindStringSubmatch(lines[i] + "\n")[1]
	for part := range strings.SplitSeq(text, "，") {
		switch {
		case strings.HasSuffix(part, "牵头"):
			leads = strings.Split(strings.TrimSuffix(part, "牵头"), "、")
		case strings.HasSuffix(part, "配合"):
			supports = strings.Split(strings.TrimSuffix(part, "配合"), "、")
		default:
			due = part
		}
	}
	return leads, supports, due
}

func TestDefects_have_just_the_fault_they_name(t *testing.T) {
	bearers, codes := known(), map[string]string{}
	for _, u := range Authority(Options{}).Units {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			codes[name] = u.Code
		}
	}
	seen := map[Fault]bool{}
	for _, d := range Defects() {
		seen[d.Fault] = true
		leads, supports, due := clause(t, d)
		found := map[Fault]bool{
			NoLead:   len(leads) == 0 && len(supports) > 0,
			TwoLeads: len(leads) > 1,
			NoUnit:   len(leads)+len(supports) == 0,
		}
		for _, name := range slices.Concat(leads, supports) {
			found[UnknownUnit] = found[UnknownUnit] || bearers[name] == 0
			found[AmbiguousUnit] = found[AmbiguousUnit] || bearers[name] > 1
			for _, lead := range leads {
				twice := slices.Contains(supports, name) && codes[lead] == codes[name] && codes[name] != ""
				found[LeadSupports] = found[LeadSupports] || twice
			}
		}
		m := deadline.FindStringSubmatch(due)
		if m == nil {
			t.Errorf("%s: no deadline in %q", d.Fault, due)
			continue
		}
		found[PastDate] = m[0] == "2017年2月20日前完成"
		found[DayOff] = m[0] == "2017年10月5日前完成"
		found[ChildAfterParent] = strings.Contains(d.At, "（") && m[1] == "11"
		for fault, is := range found {
			if is != (fault == d.Fault) {
				t.Errorf("%s: fault %s found: %v", d.Fault, fault, is)
			}
		}
	}
	if len(seen) != 9 || len(Defects()) != 9 {
		t.Errorf("%d faults in %d plans, want 9", len(seen), len(Defects()))
	}
	if !workday.NewDate(2017, 2, 20).Before(PlanDate) {
		t.Error("the past date is not past")
	}
}
