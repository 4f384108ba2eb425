package duties_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/duban-gov/duban/internal/duties"
)

// TestCheckFigures_beside_changes_bends_nothing counts in full while people change what is counted: a count that saw half of a
// change would take the other half for an error and put it "right".
func TestCheckFigures_beside_changes_bends_nothing(t *testing.T) {
	b := newBureau(t, 100)
	var all []duties.Duty
	for after := ""; ; {
		page, err := b.Duties.List(b.People["office"], duties.DutyQuery{After: after, Limit: 200})
		must(t, err)
		all = append(all, page.Items...)
		if after = page.Next; after == "" {
			break
		}
	}
	const people = 4
	var at atomic.Int64
	var working sync.WaitGroup
	for range people {
		working.Go(func() {
			for i := at.Add(1) - 1; int(i) < len(all); i = at.Add(1) - 1 {
				d := all[i]
				if _, err := b.Duties.Cancel(b.People["office"], d.ID, d.Version, duties.CancelDutyInput{Reason: "任务取消"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for int(at.Load()) < len(all) {
		b.agree(t)
	}
	working.Wait()
	b.agree(t)
}
