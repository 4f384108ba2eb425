package jobs

import (
	"context"

	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/watches"
)

// deliverAtOnce is how many messages one run hands out.
const deliverAtOnce = 500

// Standard lists the program's jobs.
func Standard(w *watches.Service, d *duties.Service, m *messages.Service, a *accounts.Service) []Job {
	return []Job{
		{"deadlines", "* * * * *", func(ctx context.Context) error {
			_, err := w.Check(ctx, 0)
			return err
		}},
		{"messages", "* * * * *", func(ctx context.Context) error {
			_, err := m.Deliver(ctx, deliverAtOnce)
			return err
		}},
		{"sessions", "20 * * * *", a.Purge},
		{"counters", "40 2 * * *", func(ctx context.Context) error {
			_, err := d.CheckFigures(ctx)
			return err
		}},
	}
}
