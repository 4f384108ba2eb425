package vitals

import (
	"context"
	"time"
)

// Run is what a server knows of one of its jobs since it started.
type Run struct {
	Name     string
	When     string        // five fields of cron
	Alone    bool          // whether one of several servers does it at a time
	Lease    time.Duration // how long the lease of a job done alone lasts
	Began    time.Time     // the last run; zero before the first
	Ended    time.Time     // zero while it runs
	FailedAt time.Time     // the last run that failed
	Failure  string        // what it said
	Failing  bool          // whether the last run that ended failed
	Next     func(after time.Time) time.Time
}

// patience is how long after its time a job may come before somebody should look.
const patience = 15 * time.Minute

// SystemJob is one piece of the program's own work.
type SystemJob struct {
	Name      string    `json:"name" doc:"The job" example:"deadlines"`
	Schedule  string    `json:"schedule" doc:"When it comes: five fields of cron, Asia/Shanghai" example:"* * * * *"`
	Alone     bool      `json:"alone" doc:"Whether one server does it at a time"`
	Server    string    `json:"server,omitempty" doc:"The server that did it last: of a job done alone its holder, else the one that answers" example:"duban-1/812"`
	Elsewhere bool      `json:"elsewhere" doc:"Whether another server does it: how long it took and whether it failed is known there"`
	Running   bool      `json:"running" doc:"Whether it is at work"`
	LastAt    time.Time `json:"last_at,omitzero" doc:"Instant of the last run; missing before the first"`
	TookMs    int64     `json:"took_ms,omitempty" doc:"How long the last run took, in milliseconds; missing where it is not known" example:"42"`
	NextAt    time.Time `json:"next_at,omitzero" doc:"Instant at which it comes next"`
	Late      bool      `json:"late" doc:"Whether a run that was due more than 15 minutes ago has not come"`
	Failing   bool      `json:"failing" doc:"Whether its last run failed"`
	FailedAt  time.Time `json:"failed_at,omitzero" doc:"Instant of the last failure since this server started"`
	Failure   string    `json:"failure,omitempty" doc:"What it said"`
	Condition Condition `json:"condition" enum:"good,warn,bad" doc:"Whether somebody should look"`
}

// jobs are those of this server; of a job that another server leads, what its lease tells.
func (s *Service) jobs(ctx context.Context, now time.Time) ([]SystemJob, error) {
	leases, err := s.store.Leases(ctx, "job.")
	if err != nil {
		return nil, err
	}
	all := []SystemJob{}
	for _, run := range s.set.Runs() {
		job := SystemJob{Name: run.Name, Schedule: run.When, Alone: run.Alone}
		lease, led := leases[run.Name]
		job.Elsewhere = run.Alone && led && lease.Holder != s.set.Server
		if job.Elsewhere {
			job.Server, job.LastAt = lease.Holder, lease.Until.Add(-run.Lease)
		} else {
			job.takeRun(run, s.set.Server)
		}
		job.judge(run, s.started, now)
		all = append(all, job)
	}
	return all, nil
}

// takeRun writes down what this server did.
func (j *SystemJob) takeRun(run Run, server string) {
	j.LastAt, j.Failing, j.FailedAt, j.Failure = run.Began, run.Failing, run.FailedAt, run.Failure
	if run.Began.IsZero() {
		return
	}
	j.Server = server
	if j.Running = run.Ended.IsZero(); !j.Running {
		j.TookMs = max(run.Ended.Sub(run.Began).Milliseconds(), 1)
	}
}

// judge holds the last run against the time of the next one. A job that never ran is held against the start of the server.
func (j *SystemJob) judge(run Run, started, now time.Time) {
	since := j.LastAt
	if since.IsZero() {
		since = started
	}
	j.NextAt = run.Next(now)
	j.Late = !j.Running && now.Sub(run.Next(since)) > patience
	switch {
	case j.Failing:
		j.Condition = Bad
	case j.Late:
		j.Condition = Warn
	default:
		j.Condition = Good
	}
}
