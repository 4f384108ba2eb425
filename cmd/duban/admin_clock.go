package main

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
)

type adminClockCmd struct {
	Reset bool `help:"Believe the clock again: it had run ahead by mistake and was put right. What was done meanwhile stays done."`
}

// Run says how the clock stands against the latest instant that was seen, and resets that mark where it is asked to.
func (k *adminClockCmd) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app.App) error {
		ctx := access.System(ctx, "deadlines")
		if k.Reset {
			if err := a.Watches.ResetTime(ctx); err != nil {
				return err
			}
		}
		state, err := a.Watches.Clock(ctx)
		if err != nil {
			return err
		}
		return c.print(state, [][]string{{"now", state.Now.Format(time.RFC3339)}, {"seen", state.Seen.Format(time.RFC3339)},
			{"checked", state.Checked.Format(time.RFC3339)}, {"back", fmt.Sprint(state.Back)}, {"seconds", fmt.Sprint(state.Seconds)}})
	})
}
