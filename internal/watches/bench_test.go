package watches_test

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// TestCheck_costs_what_is_due measures a round over many open clocks of which one in a hundred is due. CHECK_CLOCKS=1000000 is the
// full size.
func TestCheck_costs_what_is_due(t *testing.T) {
	clocks, _ := strconv.Atoi(os.Getenv("CHECK_CLOCKS"))
	if clocks == 0 {
		t.Skip("set CHECK_CLOCKS=1000000 to measure the full check")
	}
	r := newRig(t)
	r.people() // every step has one message
	ctx := access.System(t.Context(), "deadlines")
	authority := r.Store.NewID()
	units := make([]ident.ID, 9586)
	for i := range units {
		units[i] = r.Store.NewID()
	}
	for begin := 0; begin < clocks; begin += 10000 {
		due := workday.MustDate("2017-03-16") // seven working days before: 2017-03-07
		if begin > 0 && begin >= clocks/100 {
			due = workday.MustDate("2018-03-16").AddDays(begin / 10000)
		}
		r.write(func(ctx context.Context, tx *ent.Tx) error {
			var holders []watches.Holder
			for i := begin; i < min(clocks, begin+10000); i++ {
				holders = append(holders, watches.Holder{SubjectID: r.Store.NewID(), UnitID: units[i%len(units)], UnitPath: unit.Segment(1) + unit.Segment(i%len(units))})
			}
			return r.Watches.Start(ctx, tx, watches.Clock{Subject: ladder.OnDuty, AuthorityID: authority, Start: workday.MustDate("2017-03-06"), Due: due}, holders)
		})
	}
	_, err := r.Watches.Check(ctx, 0)
	must(t, err)
	r.Clock.Set(workday.MustDate("2017-03-07").Start(shanghai).Add(time.Hour))
	start := time.Now()
	checked, err := r.Watches.Check(ctx, 0)
	must(t, err)
	t.Logf("%+v in %s", checked, time.Since(start).Round(time.Millisecond))
	for range 3 {
		r.Clock.Advance(time.Minute)
		start = time.Now()
		_, err = r.Watches.Check(ctx, 0)
		must(t, err)
		t.Logf("idle in %s", time.Since(start).Round(10*time.Microsecond))
	}
}
