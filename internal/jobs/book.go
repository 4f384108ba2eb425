package jobs

import (
	"errors"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/duban-gov/duban/internal/vitals"
)

// book keeps what this server's jobs did since it started. It lies in memory: writing it down would make every job a write.
type book struct {
	now  func() time.Time // the program's clock, by which people are told
	wall func() time.Time // the machine's, by which cron wakes

	mu   sync.Mutex
	kept map[string]entry
}

type entry struct {
	began, ended, failedAt time.Time
	failure                string
	failing                bool
}

var errPanicked = errors.New("the job panicked: the log of the server says where")

// longestFailure is how many characters of an error are kept.
const longestFailure = 300

// during notes when a job begins and what came of it. A panic is noted and goes on to whoever recovers it.
func (b *book) during(job string, run func() error) error {
	b.change(job, func(e *entry) { e.began, e.ended = b.now(), time.Time{} })
	whole := false
	defer func() {
		if !whole {
			b.failed(job, errPanicked)
		}
	}()
	err := run()
	whole = true
	if err != nil {
		b.failed(job, err)
		return err
	}
	b.change(job, func(e *entry) { e.ended, e.failing = b.now(), false })
	return nil
}

// failed notes a failure and the end of the run.
func (b *book) failed(job string, err error) {
	b.change(job, func(e *entry) {
		if e.began.IsZero() {
			e.began = b.now()
		}
		text := []rune(err.Error())
		e.ended, e.failedAt, e.failure, e.failing = b.now(), b.now(), string(text[:min(len(text), longestFailure)]), true
	})
}

func (b *book) change(job string, how func(e *entry)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.kept[job]
	how(&e)
	b.kept[job] = e
}

// Timed makes the runner tell its runs by the program's clock, which a trial may have moved against the machine's.
func (r *Runner) Timed(now func() time.Time) *Runner {
	r.book.now = now
	return r
}

// Holder is the name of this server in its leases.
func (r *Runner) Holder() string { return r.holder }

// Runs lists what every job did on this server since it started, in the order of the jobs.
func (r *Runner) Runs() []vitals.Run {
	r.book.mu.Lock()
	defer r.book.mu.Unlock()
	all := make([]vitals.Run, len(r.jobs))
	for i, job := range r.jobs {
		e := r.book.kept[job.Name]
		all[i] = vitals.Run{Name: job.Name, When: job.When, Alone: job.Alone, Lease: hold, Began: e.began, Ended: e.ended,
			FailedAt: e.failedAt, Failure: e.failure, Failing: e.failing, Next: r.next(job.When)}
	}
	return all
}

// next tells when a cron line comes after an instant of the program's clock; the zero time for a line that cannot be read, which Run refuses.
func (r *Runner) next(when string) func(time.Time) time.Time {
	ahead := r.book.now().Sub(r.book.wall())
	plan, err := cron.ParseStandard("CRON_TZ=" + r.zone + " " + when)
	return func(after time.Time) time.Time {
		if err != nil {
			return time.Time{}
		}
		return plan.Next(after.Add(-ahead)).Add(ahead).UTC()
	}
}
