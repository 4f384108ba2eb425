package sample

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// paragraph is the line of the plan that holds a key point.
func paragraph(t *testing.T, f Fact) string {
	t.Helper()
	for _, line := range planLines() {
		if row, ok := cells(line); ok {
			if "附"+row[0] == f.No && row[1] == f.Title {
				return line
			}
		} else if strings.HasPrefix(line, f.No+". "+f.Title+"。") {
			return line
		}
	}
	t.Fatalf("the plan has no point %s %s", f.No, f.Title)
	return ""
}

// known maps every name and alias to how many units or rosters bear it.
func known() map[string]int {
	bearers := map[string]int{}
	data := Authority(Options{})
	for _, u := range data.Units {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			bearers[name]++
		}
	}
	for _, r := range data.Rosters {
		for _, name := range append([]string{r.Name}, r.Aliases...) {
			bearers[name]++
		}
	}
	return bearers
}

func TestPlanFacts_cover_every_key_point_in_order(t *testing.T) {
	var titles []string
	numbered := regexp.MustCompile(`^(\d+)\. (.+?)。`)
	for _, line := range planLines() {
		if m := numbered.FindStringSubmatch(line); m != nil {
			titles = append(titles, m[1]+m[2])
		} else if row, ok := cells(line); ok {
			if _, err := strconv.Atoi(row[0]); err == nil {
				titles = append(titles, "附"+row[0]+row[1])
			}
		}
	}
	var facts []string
	for _, f := range PlanFacts() {
		facts = append(facts, f.No+f.Title)
	}
	if len(facts) != 42 || !slices.Equal(titles, facts) {
		t.Errorf("plan has %d points %v\nfacts %d %v", len(titles), titles, len(facts), facts)
	}
}

// The words that follow or join names in a responsibility bracket; what is left between them must be the names of the fact.
var roleWords = regexp.MustCompile(`按职责分工负责|列第一位的为牵头单位|下同|牵头单位：|配合单位：|责任单位：|完成时限：|会同|牵头|配合|负责|落实|[，、；]`)

// A part that is no name must be the deadline.
var timeWords = regexp.MustCompile(`\d+[月日个]|年底前|长期坚持|持续推进|每季度|每半年|上半年|三季度末`)

func TestPlanFacts_name_exactly_the_bodies_of_the_text(t *testing.T) {
	bearers := known()
	for _, f := range PlanFacts() {
		line := paragraph(t, f)
		text := ""
		if row, ok := cells(line); ok {
			text = row[4] + "、" + strings.TrimPrefix(row[5], "无")
		} else {
			text = strings.TrimSuffix(line[strings.LastIndex(line, "。（")+len("。（"):], "）")
		}
		var bodies []string
		for _, part := range roleWords.Split(text, -1) {
			if bearers[part] > 0 || part == UnknownName {
				bodies = append(bodies, part)
			} else if part != "" && !timeWords.MatchString(part) {
				t.Errorf("%s: nobody explains %q", f.No, part)
			}
		}
		want := slices.Concat(f.Leads, f.Supports, f.Collectives)
		slices.Sort(bodies)
		slices.Sort(want)
		if !slices.Equal(bodies, want) {
			t.Errorf("%s: text names %v, fact names %v", f.No, bodies, want)
		}
	}
}

func TestPlanFacts_resolve_but_for_one_name(t *testing.T) {
	bearers, rosters := known(), map[string]bool{}
	for _, r := range Authority(Options{}).Rosters {
		for _, name := range append([]string{r.Name}, r.Aliases...) {
			rosters[name] = true
		}
	}
	unknown := 0
	for _, f := range PlanFacts() {
		for _, name := range slices.Concat(f.Leads, f.Supports, f.Collectives) {
			if name == UnknownName {
				unknown++
			} else if bearers[name] != 1 {
				t.Errorf("%s: %s has %d bearers", f.No, name, bearers[name])
			}
			if rosters[name] != slices.Contains(f.Collectives, name) {
				t.Errorf("%s: %s is a roster: %v", f.No, name, rosters[name])
			}
		}
	}
	if unknown != 1 || strings.Count(PlanText, UnknownName) != 1 {
		t.Errorf("the unknown name stands %d times among the facts", unknown)
	}
}

func TestPlanFacts_have_a_consistent_deadline(t *testing.T) {
	end := workday.NewDate(PlanYear, 12, 31)
	for _, f := range PlanFacts() {
		dated := f.Kind == plan.OnDate || f.Kind == plan.Relative || f.Kind == plan.Period
		if dated == f.Due.IsZero() {
			t.Errorf("%s: a %s deadline with date %q", f.No, f.Kind, f.Due)
		}
		if dated && (!f.Due.After(PlanDate) || f.Due.After(end)) {
			t.Errorf("%s: due %s lies outside the plan's year", f.No, f.Due)
		}
		if (f.Kind == plan.Recurring || f.Kind == plan.Relative) == (f.Rule == "") {
			t.Errorf("%s: a %s deadline with rule %q", f.No, f.Kind, f.Rule)
		}
	}
}

func TestPlanFacts_state_targets_of_the_text(t *testing.T) {
	n := 0
	for _, f := range PlanFacts() {
		line := strings.ReplaceAll(paragraph(t, f), "1500万条", "15000000条")
		for _, target := range f.Targets {
			n++
			if number := strconv.FormatInt(target.Value, 10) + target.Unit; !strings.Contains(line, number) {
				t.Errorf("%s: %s is not in the text", f.No, number)
			}
		}
	}
	if n != 20 {
		t.Errorf("%d targets were read from the table, want 20", n)
	}
}

func TestPlanFacts_name_the_leaders_who_supervise_the_lead(t *testing.T) {
	data := Authority(Options{})
	supervisor := map[string]string{}
	codes := map[string]string{}
	for _, u := range data.Units {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			codes[name] = u.Code
		}
	}
	for _, p := range data.People {
		for _, code := range p.Supervises {
			supervisor[code] = p.Name
		}
	}
	for _, f := range PlanFacts() {
		if !strings.HasPrefix(f.No, "附") {
			continue
		}
		if want := supervisor[codes[f.Leads[0]]]; f.Leaders[0] != want {
			t.Errorf("%s: first leader is %s, %s is supervised by %s", f.No, f.Leaders[0], f.Leads[0], want)
		}
	}
}
