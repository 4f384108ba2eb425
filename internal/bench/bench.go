// Package bench measures the program beside a bare handler or raw SQL that does the same work: in one run, on one machine, on one
// database, at equal durability. The figures are ratios; docs/performance.md says what each row means.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// Options say what to measure.
type Options struct {
	DatabaseURL string        // a PostgreSQL server ("postgres://…"), or "sqlite:FOLDER" for the folder of the temporary files; "" is the system's
	Sizes       []int         // open duties in the database, one data set each
	Clients     []int         // clients at once, for what is asked over HTTP
	Duration    time.Duration // of one measure over HTTP
	Only        []string      // names of measures; none means all
	Progress    io.Writer     // what is being done; discards if nil
	Self        []string      // the command that runs this program as a server: ServeChild in a process of its own
}

// Cost is what one side of a comparison needed.
type Cost struct {
	Rate   float64 `json:"rate" doc:"Units of work a second"`
	P50    float64 `json:"p50_ms" doc:"Median time of one operation, milliseconds"`
	P99    float64 `json:"p99_ms" doc:"99th percentile, milliseconds"`
	CPU    float64 `json:"cpu_us,omitempty" doc:"Processor time of the serving process for a unit of work, microseconds"`
	RSS    float64 `json:"rss_mb,omitempty" doc:"Resident memory of the serving process afterwards, megabytes"`
	Allocs float64 `json:"allocs,omitempty" doc:"Allocations for a unit of work"`
	Failed int     `json:"failed,omitempty" doc:"Operations that did not succeed"`
}

// Row is one line of the result: ours beside the bare one.
type Row struct {
	Measure string  `json:"measure"`
	Duties  int     `json:"duties" doc:"Open duties in the database"`
	Clients int     `json:"clients,omitempty"`
	Unit    string  `json:"unit" doc:"What the rate counts"`
	Ours    Cost    `json:"ours"`
	Bare    Cost    `json:"bare"`
	Ratio   float64 `json:"ratio" doc:"Rate of ours over that of the bare one"`

	// CPURatio is steadier than Ratio on a machine that others use too.
	CPURatio float64 `json:"cpu_ratio,omitempty" doc:"Processor time of the bare one over that of ours"`
}

// Result is a whole run.
type Result struct {
	Database string `json:"database" doc:"sqlite or postgres"`
	Rows     []Row  `json:"rows"`
}

// measure is one comparison on a data set of one size. It may make more than one row.
type measure struct {
	name  string
	about string
	run   func(ctx context.Context, s *site) ([]Row, error)
}

// measures stand in the order in which they run: those that only read or add little first, the bulk ones last.
var measures = []measure{
	{"decision", "one permission decision, in the process", decisions},
	{"size", "bytes of the database for a duty, with indexes and history", bytesPerDuty},
	{"cold", "from the start of the process to the first page of duties", coldStart},
	{"list", "my open duties, 50 by due date, filtered, over HTTP", overHTTP("list", (*site).listing)},
	{"survey", "the open duties of the whole authority, 50 by due date, over HTTP", overHTTP("list, all units", (*site).surveying)},
	{"get", "one duty with its permission check, over HTTP", overHTTP("get", (*site).looking)},
	{"report", "a new report on a duty, over HTTP", overHTTP("create report", (*site).reporting)},
	{"update", "a change of a draft report, over HTTP", overHTTP("update report", (*site).editing)},
	{"confirm", "the confirmation of progress, with its roll-up to the plan, over HTTP", confirming},
	{"mixed", "50 % list, 30 % get, 15 % update, 5 % create, over HTTP", overHTTP("mixed 80/20", (*site).mixing)},
	{"idle", "a deadline check when nothing is due", idleChecks},
	{"check", "a deadline check with one duty in a hundred due", deadlineChecks},
	{"dispatch", "the issue of key points to all units", dispatches},
}

// Names lists the measures with what they do, for the help of the command.
func Names() [][2]string {
	names := make([][2]string, len(measures))
	for i, m := range measures {
		names[i] = [2]string{m.name, m.about}
	}
	return names
}

// Run measures everything asked for. Databases and files that it makes are gone afterwards.
func Run(ctx context.Context, o Options) (Result, error) {
	if err := o.check(); err != nil {
		return Result{}, err
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	var result Result
	for _, size := range o.Sizes {
		rows, name, err := runSize(ctx, o, size)
		result.Database, result.Rows = name, append(result.Rows, rows...)
		if err != nil {
			return result, err
		}
	}
	return result, nil
}

func runSize(ctx context.Context, o Options, size int) (rows []Row, name string, err error) {
	s, err := newSite(ctx, o, size)
	if err != nil {
		return nil, "", fmt.Errorf("build data set of %d duties: %w", size, err)
	}
	defer func() { err = errors.Join(err, s.close()) }()
	for _, m := range measures {
		if len(o.Only) > 0 && !slices.Contains(o.Only, m.name) {
			continue
		}
		s.say("%d duties: %s", size, m.about)
		more, err := m.run(ctx, s)
		if err != nil {
			return rows, s.store.Dialect, fmt.Errorf("measure %s at %d duties: %w", m.name, size, err)
		}
		for _, r := range more {
			s.say("%d duties: %s: %s %s a second, %s of the bare side", size, r.Measure, number(r.Ours.Rate), r.Unit, number(r.Ratio))
		}
		rows = append(rows, more...)
	}
	return rows, s.store.Dialect, nil
}

func (o Options) check() error {
	if len(o.Sizes) == 0 || slices.Min(o.Sizes) < smallest {
		return fmt.Errorf("a size is at least %d duties", smallest)
	}
	if len(o.Clients) == 0 || slices.Min(o.Clients) < 1 {
		return errors.New("at least one client has to ask")
	}
	if o.Duration <= 0 {
		return errors.New("a measure takes some time")
	}
	for _, name := range o.Only {
		if !slices.ContainsFunc(measures, func(m measure) bool { return m.name == name }) {
			return fmt.Errorf("no measure is called %q", name)
		}
	}
	return nil
}

// row puts both sides together.
func row(measure string, s *site, clients int, unit string, ours, bare Cost) Row {
	r := Row{Measure: measure, Duties: s.size, Clients: clients, Unit: unit, Ours: ours, Bare: bare}
	if bare.Rate > 0 {
		r.Ratio = ours.Rate / bare.Rate
	}
	if ours.CPU > 0 {
		r.CPURatio = bare.CPU / ours.CPU
	}
	return r
}
