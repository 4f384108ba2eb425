package jobs

import (
	"context"

	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/watches"
)

// deliverAtOnce is how many messages one run hands out.
const deliverAtOnce = 500

// Times are the cron lines at which the standard jobs wake.
type Times struct{ Deadlines, Deliver, Nightly string }

// Standard lists the program's jobs.
func Standard(at Times, w *watches.Service, d *duties.Service, m *messages.Service, a *accounts.Service, c *calendars.Service, o *occurrences.Service) []Job {
	return []Job{
		{Name: "deadlines", When: at.Deadlines, Run: func(ctx context.Context) error {
			_, err := w.Check(ctx, 0)
			return err
		}},
		{Name: "calendar", When: at.Deadlines, Run: c.Finish},
		{Name: "reports", When: at.Deadlines, Run: func(ctx context.Context) error {
			_, err := o.Check(ctx)
			return err
		}},
		{Name: "messages", When: at.Deliver, Run: func(ctx context.Context) error {
			_, err := m.Deliver(ctx, deliverAtOnce)
			return err
		}},
		{Name: "sessions", When: "20 * * * *", Alone: true, Run: a.Purge},
		{Name: "counters", When: at.Nightly, Alone: true, Run: func(ctx context.Context) error {
			_, err := d.CheckFigures(ctx)
			return err
		}},
	}
}
