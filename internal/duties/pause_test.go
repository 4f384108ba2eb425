package duties_test

import (
	"testing"

	"github.com/duban-gov/duban/ent/step"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/workday"
)

// TestVerification holds that the verifier's time is not the unit's: while a completion request waits, the clock stands.
func TestVerification(t *testing.T) {
	b := newBureau(t, 1)
	d := b.first("clerk1")
	d, err := b.Duties.Accept(b.People["clerk1"], d.ID, d.Version)
	must(t, err)
	b.report(t, d, duty.Completion, 10000, false)
	taken := func() int {
		t.Helper()
		_, err := b.Watches.Check(b.system("deadlines"), 0)
		must(t, err)
		return b.Store.Read().Step.Query().Where(step.SubjectID(d.ID), step.PlannedAtGT(b.Clock.Now().AddDate(0, -6, 0))).CountX(t.Context())
	}
	before := taken()
	b.Clock.Set(workday.MustDate("2017-10-20").Start(shanghai))
	t.Run("nobody_is_reminded_or_urged_for_the_verifier's_time", func(t *testing.T) {
		if after := taken(); after != before {
			t.Errorf("%d steps were taken while the request waited", after-before)
		}
	})
	t.Run("sent_back_the_clock_goes_on", func(t *testing.T) {
		now, err := b.Duties.Get(b.People["inspector"], d.ID)
		must(t, err)
		_, err = b.Duties.SendBack(b.People["inspector"], d.ID, now.Version, duties.SendBackDutyInput{Reason: "材料不全"})
		must(t, err)
		if after := taken(); after == before {
			t.Error("no step was taken after the request was sent back past its due date")
		}
	})
}
