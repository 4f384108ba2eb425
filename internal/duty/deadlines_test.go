package duty_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/rulefile"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

func TestDeadlines_as_shipped(t *testing.T) {
	d, err := duty.LoadDeadlines(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	due := workday.MustDate("2017-10-09")
	for on, late := range map[string]bool{"2017-10-03": false, "2017-10-04": true, "2017-10-09": true, "2017-10-20": true} {
		if d.Late(due, workday.MustDate(on)) != late {
			t.Errorf("a move on %s: late %v", on, !late)
		}
	}
	if d.Late(workday.Date{}, due) {
		t.Error("a first date is no move")
	}
	if got := d.Latest(due); got != workday.MustDate("2017-10-06") {
		t.Errorf("a share may run to %s", got)
	}
	if !d.Latest(workday.Date{}).IsZero() {
		t.Error("a share of a duty without a due date has a last day")
	}
}

func TestDeadlines_names_every_fault(t *testing.T) {
	var d duty.Deadlines
	f := fault.As(rulefile.Parse(duty.DeadlinesFile, []byte("id: X\nlate_days: -1\nreview_days: 400\n"), &d))
	if f == nil || len(f.Fields) != 4 {
		t.Fatalf("got %v, want four faults", f)
	}
}
