package app

import (
	"context"
	"fmt"
	"os"

	"github.com/duban-gov/duban/internal/jobs"
)

// runJobs wakes the program's own work until the context ends.
func (a *App) runJobs(ctx context.Context) error {
	host, _ := os.Hostname() // a name for people who look at the lease; the process number tells servers of one machine apart
	holder := fmt.Sprintf("%s/%d", host, os.Getpid())
	runner := jobs.New(zoneName, holder, a.Store.Lead, a.logger, jobs.Standard(jobs.Times(a.Config.Jobs), a.Watches, a.Duties, a.Messages, a.Accounts, a.Calendars, a.Occurrences)...)
	return runner.Run(ctx)
}
