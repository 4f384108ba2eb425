package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// The short form has fewer duties; DUTIES=10000 is the long one.
const (
	four        = 4
	killEvery   = 500 * time.Millisecond
	shortDuties = 3000
)

// crossing is the due date of all the duties; the phases are the days that the clock is put on to: before the due date, the day
// itself, and the days of the urge and of the escalation after it.
var (
	crossing = workday.NewDate(2017, 9, 15)
	phases   = []time.Duration{13 * day, day, 3 * day, 7 * day}
)

// TestCheck_by_Four_servers_that_are_killed_takes_each_step_once lets four processes look at thousands of duties that cross their
// due date, and kills one of them every half second until all is done: no step missing, none too many.
func TestCheck_by_Four_servers_that_are_killed_takes_each_step_once(t *testing.T) {
	h := prepare(t)
	if !h.postgres() {
		t.Skip("four processes on one SQLite file are not a way to run the program")
	}
	want := shortDuties
	if text := os.Getenv("DUTIES"); text != "" {
		n, err := strconv.Atoi(text)
		must(t, err)
		want = n
	}
	n := h.crowd(t, want)
	watcher, err := store.Open(t.Context(), store.Options{URL: h.url, Now: h.now})
	must(t, err)
	defer watcher.Close()
	kills := 0
	start := time.Now()
	for _, jump := range phases {
		h.days += jump
		kills += h.besiege(t, watcher)
	}
	t.Logf("%d duties, %d kills in %s", n, kills, time.Since(start).Round(100*time.Millisecond))
	if kills < len(phases) {
		t.Errorf("only %d servers were killed: that shows nothing", kills)
	}
	h.audit(t, nil)
}

// crowd gives the units of the house so many duties more, all due on one day.
func (h *house) crowd(t *testing.T, want int) int {
	t.Helper()
	a := h.open(t)
	defer a.Close()
	to := h.everybody(t, a)
	made := 0
	for made < want {
		must(t, a.Store.Write(access.System(t.Context(), "test"), func(ctx context.Context, tx *ent.Tx) error {
			n, err := h.dispatch(ctx, a, tx, to[:min(len(to), want-made)])
			made += n
			return err
		}))
	}
	return made + len(h.duties)
}

// everybody are the units that hold a duty, each once.
func (h *house) everybody(t *testing.T, a *app.App) []duties.Recipient {
	t.Helper()
	rows, err := a.Store.Read().Duty.Query().Order(entduty.ByID()).All(t.Context())
	must(t, err)
	var to []duties.Recipient
	seen := make(map[ident.ID]bool)
	for _, d := range rows {
		if !seen[d.UnitID] {
			seen[d.UnitID] = true
			to = append(to, duties.Recipient{UnitID: d.UnitID, UnitPath: d.UnitPath, Part: duty.Lead})
		}
	}
	return to
}

func (h *house) dispatch(ctx context.Context, a *app.App, tx *ent.Tx, to []duties.Recipient) (int, error) {
	tasks, err := tx.Task.Query().Count(ctx)
	if err != nil {
		return 0, err
	}
	row, err := tx.Plan.Get(ctx, h.planID)
	if err != nil {
		return 0, err
	}
	task, err := tx.Task.Create().SetID(a.Store.NewID()).SetAuthorityID(row.AuthorityID).SetPlanID(h.planID).SetKind(plan.Task).
		SetTitle(fmt.Sprint("事项", tasks)).SetPath(unit.Segment(1000 + tasks)).SetDueDate(crossing).Save(ctx)
	if err != nil {
		return 0, err
	}
	made, err := a.Duties.Dispatch(ctx, tx, task, to)
	return len(made), err
}

// besiege starts four servers and kills one of them every half second, and starts it again, until nothing is due. It returns how
// many it killed.
func (h *house) besiege(t *testing.T, watcher *store.Store) (kills int) {
	t.Helper()
	var servers [four]*exec.Cmd
	for i := range servers {
		servers[i] = h.spawn(t)
	}
	defer func() {
		for _, s := range servers {
			end(t, s)
		}
	}()
	for until := time.Now().Add(5 * patience); ; {
		wait(t, killEvery)
		if due, closed := h.left(t, watcher); due == 0 && closed {
			return kills
		} else if time.Now().After(until) {
			t.Fatalf("%d clocks are due and not looked at (round closed: %v)", due, closed)
		}
		victim := rand.IntN(four) // some live long enough to do something, on a machine of any speed
		end(t, servers[victim])
		servers[victim] = h.spawn(t)
		kills++
	}
}

// spawn starts a server and does not wait for it to listen.
func (h *house) spawn(t *testing.T) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(h.binary, "serve", "--listen", "127.0.0.1:0")
	cmd.Env = h.environment()
	must(t, cmd.Start())
	return cmd
}

func end(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	must(t, cmd.Process.Kill())
	_ = cmd.Wait() // it was killed: it ends with an error
}
