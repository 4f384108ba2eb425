package ladder

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/workday"
)

// offered reads a rule file that is shipped as an offer.
func offered(t *testing.T, name string) RuleSet {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "policies", "rules", "offer-duty-"+name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := Parse(name, raw)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// shownLights prints the lights of a duty in the order of their days, without steps, until time alone changes nothing more.
func shownLights(b *strings.Builder, f Facts, set RuleSet) {
	last := ""
	for day := f.Start.Number(); day != math.MaxInt; {
		at := workday.NumberedDate(day)
		out := Assess(f, at.Start(shanghai), shanghai, china, set, func(string) bool { return true })
		if state := fmt.Sprintf("%-6s %s", out.Light, out.LightRule); state != last {
			fmt.Fprintf(b, "  %s %s  %-22s planned %5.2f %%\n", at, at.Weekday().String()[:3], state, float64(out.LightInputs.Planned)/100)
			last = state
		}
		day = math.MaxInt
		if !out.NextCheck.IsZero() {
			day = workday.DateOf(out.NextCheck, shanghai).Number()
		}
	}
}

// TestOffers_ofAYear prints what every offered rule file makes of one duty; docs/lights.md walks through it.
func TestOffers_ofAYear(t *testing.T) {
	var b strings.Builder
	f := Facts{Subject: OnDuty, Start: workday.MustDate("2017-03-01"), Due: workday.MustDate("2017-09-30")}
	half := f
	half.Path = Milestones(f.Start, f.Due, []workday.Date{workday.MustDate("2017-06-30")})
	for _, c := range []struct {
		name    string
		facts   Facts
		percent int
		yellows int
	}{
		{"trajectory", half, 0, 0}, {"trajectory", half, 4000, 0},
		{"share", f, 0, 0}, {"share", f, 4000, 0},
		{"repetition", f, 0, 0}, {"repetition", f, 0, 2},
		{"colours", f, 0, 0},
	} {
		c.facts.Percent, c.facts.Yellows = c.percent, c.yellows
		fmt.Fprintf(&b, "%s, start %s, due %s, progress %d %%, %d yellow lights on record\n", c.name, f.Start, f.Due, c.percent/100, c.yellows)
		shownLights(&b, c.facts, offered(t, c.name))
	}
	b.WriteString("the letters of colours\n")
	for _, s := range DryRun(f, at(t, "2017-01-01 00:00"), shanghai, china, offered(t, "colours")) {
		fmt.Fprintf(&b, "  %s %s  %-12s %-9s %-6s → %v", s.PlannedOn, s.PlannedOn.Weekday().String()[:3], s.StepID, s.Kind, s.Colour, s.To)
		if !s.ReplyDue.IsZero() {
			fmt.Fprintf(&b, ", reply by %s", s.ReplyDue)
		}
		b.WriteString("\n")
	}
	golden(t, "offers-2017.txt", b.String())
}
