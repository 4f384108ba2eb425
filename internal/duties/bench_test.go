package duties_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// sites is how many units the large dispatch reaches: all service sites of the sample.
const sites = 9586

// TestDispatch_reaches_every_site measures the issue of many key points to all sites. DISPATCH_POINTS=60 is the full size.
func TestDispatch_reaches_every_site(t *testing.T) {
	points, _ := strconv.Atoi(os.Getenv("DISPATCH_POINTS"))
	if points == 0 {
		t.Skip("set DISPATCH_POINTS=60 to measure the full dispatch")
	}
	b := newBureau(t, 1)
	to := b.addSites(sites)
	start := time.Now()
	for i := range points {
		b.dispatch(workday.MustDate("2017-06-01").AddDays(i*3), i, to)
	}
	spent := time.Since(start)
	t.Logf("%d duties in %s, %.0f a second", points*len(to), spent.Round(time.Millisecond), float64(points*len(to))/spent.Seconds())
	start = time.Now()
	b.at("2017-03-07", 1)
	checked, err := b.Watches.Check(access.System(t.Context(), "deadlines"), 10000)
	must(t, err)
	t.Logf("check: %+v in %s", checked, time.Since(start).Round(time.Millisecond))
	start = time.Now()
	page, err := b.Duties.List(b.People["clerk1"], duties.DutyQuery{})
	must(t, err)
	t.Logf("clerk's list of %d in %s", len(page.Items), time.Since(start).Round(10*time.Microsecond))
	start = time.Now()
	page, err = b.Duties.List(b.People["office"], duties.DutyQuery{})
	must(t, err)
	t.Logf("office's list of %d in %s", len(page.Items), time.Since(start).Round(10*time.Microsecond))
}

// addSites adds many units below the root.
func (b *bureau) addSites(n int) []duties.Recipient {
	b.T.Helper()
	var to []duties.Recipient
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		for from := 0; from < n; from += 200 {
			var rows []*ent.UnitCreate
			for i := from; i < min(n, from+200); i++ {
				id, path := b.Store.NewID(), unit.Child(b.Units[0].Path, unit.Segment(1000+i))
				rows = append(rows, tx.Unit.Create().SetID(id).SetAuthorityID(b.Authority).SetParentID(b.Units[0].ID).SetPath(path).
					SetKind(unit.ServiceSite).SetName(fmt.Sprint("站点", i)).SetCode(fmt.Sprint("s", i)).SetCreatedAt(b.Store.Now()))
				to = append(to, duties.Recipient{UnitID: id, UnitPath: path, Part: duty.Support})
			}
			if err := tx.Unit.CreateBulk(rows...).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return to
}

// dispatch issues one key point to units in a transaction of its own.
func (b *bureau) dispatch(due workday.Date, i int, to []duties.Recipient) {
	b.T.Helper()
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		task, err := tx.Task.Create().SetID(b.Store.NewID()).SetAuthorityID(b.Authority).SetPlanID(b.Plan).SetParentID(ident.ID{}).
			SetPath("0002" + unit.Segment(i+1)).SetKind(plan.KeyPoint).SetNumber(fmt.Sprint(i)).SetTitle("要点").SetDueDate(due).Save(ctx)
		if err != nil {
			return err
		}
		_, err = b.Duties.Dispatch(ctx, tx, task, to)
		return err
	})
}
