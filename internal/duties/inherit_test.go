package duties_test

import (
	"context"
	"testing"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/duty"
)

// TestHandOver: a merged unit's open duties are inherited exactly once.
func TestHandOver(t *testing.T) {
	b := newBureau(t, 2)
	d := b.first("clerk1")
	_, err := b.Duties.Accept(b.People["clerk1"], d.ID, d.Version)
	must(t, err)
	b.write(func(ctx context.Context, tx *ent.Tx) error { return b.addUnit(ctx, tx, 3) })
	heir := b.Units[3]
	merge := func(from, to *ent.Unit) {
		t.Helper()
		b.write(func(ctx context.Context, tx *ent.Tx) error { return b.Duties.HandOver(ctx, tx, from.ID, to.ID) })
	}
	t.Run("the_successor_inherits_them_as_far_as_they_have_come", func(t *testing.T) {
		merge(b.Units[1], heir)
		row := b.Store.Read().Duty.GetX(t.Context(), d.ID)
		if row.UnitID != heir.ID || row.UnitPath != heir.Path || row.Status != duty.Active || row.AcceptedAt.IsZero() {
			t.Errorf("inherited as %+v", row)
		}
		clock := b.Store.Read().Watch.Query().Where(watch.ID(d.ID)).OnlyX(t.Context())
		if clock.UnitID != heir.ID || clock.NextCheckAt.IsZero() {
			t.Errorf("its clock is %+v", clock)
		}
		b.agree(t)
	})
	t.Run("a_share_that_the_successor_has_already_is_not_doubled", func(t *testing.T) {
		merge(b.Units[2], heir)
		left := b.Store.Read().Duty.Query().Where(entduty.UnitID(b.Units[2].ID), entduty.StatusNEQ(duty.Cancelled)).CountX(t.Context())
		owed := b.Store.Read().Duty.Query().Where(entduty.UnitID(heir.ID), entduty.Open(true)).CountX(t.Context())
		if left != 0 || owed != 2 {
			t.Errorf("%d duties are left with the merged unit, the successor owes %d; want 0 and 2", left, owed)
		}
		b.agree(t)
	})
}
