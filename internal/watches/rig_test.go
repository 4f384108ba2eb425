package watches_test

import (
	"context"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// rig is the ground with a watch service; every step reaches one fixed person.
type rig struct {
	*testkit.Kit
	Watches *watches.Service
	Person  ident.ID
	sets    ladder.Sets
}

func newRig(t testing.TB) *rig {
	t.Helper()
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	r := &rig{Kit: testkit.New(t), sets: sets}
	r.Watches = watches.New(r.Store, r.Gate, r.Log, r.rules(), nil)
	return r
}

func (r *rig) rules() watches.Rules {
	return watches.Rules{Ladders: r.sets, Calendar: workday.China(), Zone: shanghai}
}

// one answers every question about the owner with the rig's person.
func (r *rig) one(_ context.Context, _ *ent.Tx, _ workday.Date, asked []watches.Reach) (map[watches.Reach][]ident.ID, error) {
	answers := make(map[watches.Reach][]ident.ID)
	for _, q := range asked {
		if q.To == ladder.Owner || q.To == ladder.UnitHead {
			answers[q] = []ident.ID{r.Person}
		}
	}
	return answers, nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (r *rig) write(do func(ctx context.Context, tx *ent.Tx) error) {
	r.T.Helper()
	must(r.T, r.Store.Write(access.System(r.T.Context(), "test"), do))
}

// at moves the clock to a local date and hour.
func (r *rig) at(date string, hour int) {
	r.Clock.Set(workday.MustDate(date).Start(shanghai).Add(time.Duration(hour) * time.Hour))
}
