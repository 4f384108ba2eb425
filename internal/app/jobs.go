package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/duban-gov/duban/internal/jobs"
	"github.com/duban-gov/duban/internal/vitals"
)

// buildJobs plans the program's own work and what tells how it does.
func (a *App) buildJobs() {
	host, _ := os.Hostname() // a name for people who look at the lease; the process number tells servers of one machine apart
	holder := fmt.Sprintf("%s/%d", host, os.Getpid())
	a.runner = jobs.New(zoneName, holder, a.Store.Lead, a.logger, jobs.Standard(jobs.Times(a.Config.Jobs), a.Watches, a.Duties, a.Messages, a.Accounts, a.Calendars, a.Occurrences, a.Digests)...).
		Timed(a.Store.Now)
	set := vitals.Settings{Version: Version, Server: holder, Runs: a.runner.Runs, Mail: a.Config.Mail.Host != "", Bucket: a.Config.S3.Bucket != "", DataDir: a.Config.DataDir}
	if file, ok := strings.CutPrefix(a.Config.DatabaseURL, "sqlite:"); ok {
		set.DatabaseAt = filepath.Dir(file)
	}
	a.Vitals = vitals.New(a.Store, a.Gate, set)
}

// runJobs wakes the program's own work until the context ends.
func (a *App) runJobs(ctx context.Context) error { return a.runner.Run(ctx) }
