// Package jobs is what the clock on the wall wakes. A job says "look now" to a use case and holds no rule: what is due follows
// from what is on record, so a job that comes late, twice or on two servers does nothing wrong. Each job acts under a name
// of its own.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/duban-gov/duban/internal/access"
)

// Job is one piece of the program's own work.
type Job struct {
	Name string // the system actor under which it works, and its lease
	When string // five fields of cron, in the zone of the runner
	// Alone says that one server does it at a time. What several servers may do side by side is never kept waiting for the lease
	// of one that died.
	Alone bool
	Run   func(ctx context.Context) error
}

// Lead takes or renews the lease of a job for a time, so that one of several servers works at it; the others pass.
type Lead func(ctx context.Context, job, holder string, lasts time.Duration) (bool, error)

// Runner wakes jobs until it is stopped.
type Runner struct {
	zone   string
	holder string
	lead   Lead
	log    *slog.Logger
	jobs   []Job
	book   book
}

// hold is how long a lease lasts: longer than a job takes, short enough that another server soon steps in.
const hold = 5 * time.Minute

// New returns a runner; zone is that of the times of day, holder names this server.
func New(zone, holder string, lead Lead, log *slog.Logger, jobs ...Job) *Runner {
	wall := time.Now //nolint:forbidigo // cron wakes by the machine's clock; Timed names the program's
	return &Runner{zone: zone, holder: holder, lead: lead, log: log, jobs: jobs, book: book{now: wall, wall: wall, kept: map[string]entry{}}}
}

// Run runs every job once, so that what came due while the program was down is caught up with, then as the clock says, until
// the context ends. It returns when no job is at work any more.
func (r *Runner) Run(ctx context.Context) error {
	logger := cronLog{r.log}
	clock := cron.New(cron.WithLogger(logger), cron.WithChain(cron.Recover(logger), cron.SkipIfStillRunning(logger)))
	var first sync.WaitGroup
	for _, job := range r.jobs {
		if _, err := clock.AddFunc("CRON_TZ="+r.zone+" "+job.When, func() { r.Wake(ctx, job) }); err != nil {
			return fmt.Errorf("plan job %s: %w", job.Name, err)
		}
	}
	for _, job := range r.jobs {
		first.Go(func() { cron.NewChain(cron.Recover(logger)).Then(cron.FuncJob(func() { r.Wake(ctx, job) })).Run() })
	}
	clock.Start()
	<-ctx.Done()
	<-clock.Stop().Done()
	first.Wait()
	return nil
}

// Wake runs one job once under its own name, if this server leads it. A job is bounded by its lease, so that one that hangs does
// not keep the others of its kind from running for ever.
func (r *Runner) Wake(ctx context.Context, job Job) {
	ctx, cancel := context.WithTimeout(access.System(ctx, job.Name), hold)
	defer cancel()
	leads, err := true, error(nil)
	if job.Alone {
		leads, err = r.lead(ctx, "job."+job.Name, r.holder, hold)
	}
	if err == nil && !leads {
		return
	}
	if err == nil {
		err = r.book.during(job.Name, func() error { return job.Run(ctx) })
	} else {
		r.book.failed(job.Name, err)
	}
	if err != nil && ctx.Err() == nil {
		r.log.ErrorContext(ctx, "job failed", "job", job.Name, "error", err)
	}
}

// cronLog hands cron's own messages (a panic, a run passed over) to the program's log.
type cronLog struct{ to *slog.Logger }

func (l cronLog) Info(msg string, pairs ...any) { l.to.Debug("cron: "+msg, pairs...) }

func (l cronLog) Error(err error, msg string, pairs ...any) {
	l.to.Error("cron: "+msg, append(pairs, "error", err)...)
}
