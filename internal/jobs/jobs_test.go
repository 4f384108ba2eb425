package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/jobs"
	"github.com/duban-gov/duban/internal/testkit"
)

func alone(context.Context, string, string, time.Duration) (bool, error) { return true, nil }

func TestRun_runs_every_job_at_start_under_its_own_name_and_stops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	names := make(chan string, 2)
	job := func(name string) jobs.Job {
		return jobs.Job{Name: name, When: "0 0 1 1 *", Run: func(ctx context.Context) error {
			actor, err := access.From(ctx)
			names <- actor.System
			return err
		}}
	}
	done := make(chan error, 1)
	go func() {
		done <- jobs.New("Asia/Shanghai", "here", alone, slog.New(slog.DiscardHandler), job("a"), job("b")).Run(ctx)
	}()
	got := map[string]bool{<-names: true, <-names: true}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if !got["a"] || !got["b"] {
		t.Errorf("jobs ran as %v, want a and b", got)
	}
}

func TestRun_refuses_a_time_it_cannot_read(t *testing.T) {
	err := jobs.New("Asia/Shanghai", "here", alone, slog.New(slog.DiscardHandler), jobs.Job{Name: "a", When: "soon"}).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "plan job a") {
		t.Errorf("got %v", err)
	}
}

func TestRun_survives_a_job_that_panics(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	bad := jobs.Job{Name: "bad", When: "0 0 1 1 *", Run: func(context.Context) error { defer stop(); panic("no") }}
	if err := jobs.New("Asia/Shanghai", "here", alone, slog.New(slog.DiscardHandler), bad).Run(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestWake_logs_a_failure(t *testing.T) {
	var text strings.Builder
	bad := jobs.Job{Name: "bad", Run: func(context.Context) error { return errors.New("disk full") }}
	jobs.New("Asia/Shanghai", "here", alone, slog.New(slog.NewTextHandler(&text, nil))).Wake(t.Context(), bad)
	if !strings.Contains(text.String(), "disk full") || !strings.Contains(text.String(), "job=bad") {
		t.Errorf("logged %q", text.String())
	}
}

func TestWake_on_two_servers_runs_on_the_one_that_leads(t *testing.T) {
	kit := testkit.New(t)
	if kit.Store.Postgres() {
		t.Skip("PostgreSQL leases run on the database's clock, which the test cannot move")
	}
	var here, there atomic.Int32
	count := func(n *atomic.Int32) jobs.Job {
		return jobs.Job{Name: "a", Alone: true, Run: func(context.Context) error { n.Add(1); return nil }}
	}
	one := jobs.New("Asia/Shanghai", "one", kit.Store.Lead, slog.New(slog.DiscardHandler))
	two := jobs.New("Asia/Shanghai", "two", kit.Second().Lead, slog.New(slog.DiscardHandler))
	one.Wake(t.Context(), count(&here))
	two.Wake(t.Context(), count(&there))
	one.Wake(t.Context(), count(&here))
	if here.Load() != 2 || there.Load() != 0 {
		t.Errorf("ran %d and %d times, want 2 and 0", here.Load(), there.Load())
	}
	kit.Clock.Advance(6 * time.Minute)
	two.Wake(t.Context(), count(&there))
	if there.Load() != 1 {
		t.Error("the second server did not take over a lease that ran out")
	}
}

func TestRuns_tell_what_each_job_did(t *testing.T) {
	now := time.Date(2017, 4, 25, 1, 0, 30, 0, time.UTC)
	clock := func() time.Time { return now }
	broken := error(nil)
	job := jobs.Job{Name: "a", When: "17 3 * * *", Run: func(context.Context) error { now = now.Add(2 * time.Second); return broken }}
	bad := jobs.Job{Name: "b", When: "* * * * *", Run: func(context.Context) error { panic("no") }}
	r := jobs.New("Asia/Shanghai", "here", alone, slog.New(slog.DiscardHandler), job, bad).Timed(clock)
	if run := r.Runs()[0]; !run.Began.IsZero() || run.Name != "a" {
		t.Errorf("before the first run: %+v", run)
	}
	began := now
	r.Wake(t.Context(), job)
	run := r.Runs()[0]
	if !run.Began.Equal(began) || run.Ended.Sub(run.Began) != 2*time.Second || run.Failing {
		t.Errorf("after a run: %+v", run)
	}
	broken = errors.New("disk full")
	r.Wake(t.Context(), job)
	if run = r.Runs()[0]; !run.Failing || run.Failure != "disk full" || !run.FailedAt.Equal(now) {
		t.Errorf("after a failure: %+v", run)
	}
	broken = nil
	r.Wake(t.Context(), job)
	if run = r.Runs()[0]; run.Failing || run.Failure != "disk full" {
		t.Errorf("after it was mended: %+v", run)
	}
	func() {
		defer func() { _ = recover() }()
		r.Wake(t.Context(), bad)
	}()
	if run = r.Runs()[1]; !run.Failing || run.Ended.IsZero() {
		t.Errorf("after a panic: %+v", run)
	}
}

func TestRuns_tell_the_next_time_by_the_programs_clock(t *testing.T) {
	ahead := -3 * time.Hour
	nightly := jobs.Job{Name: "a", When: "17 3 * * *"}
	wall := time.Now()
	r := jobs.New("Asia/Shanghai", "here", alone, slog.New(slog.DiscardHandler), nightly).Timed(func() time.Time { return time.Now().Add(ahead) })
	next := r.Runs()[0].Next(wall.Add(ahead)).Add(-ahead)
	if until := next.Sub(wall); until <= 0 || until > 24*time.Hour+time.Minute {
		t.Errorf("the next run is in %s", until)
	}
	china, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	if at := next.In(china).Add(time.Second / 2); at.Hour() != 3 || at.Minute() != 17 {
		t.Errorf("the machine wakes it at %s", at)
	}
}
