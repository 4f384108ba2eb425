package scenario

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/duban-gov/duban/internal/ladder"
)

// Tally is what happened in a played year; the same seed gives the same tally.
type Tally struct {
	Duties, Accepted, Returned, Reports, Missed, SentBack     int
	Extensions, Granted, Refused, Completions, Closed         int
	Inspections, Findings, Notices, Replies, NoticesClosed    int
	Reopened, Overtaken, Looked, Events, Messages             int
	Foreseen, FiguresGiven, FiguresFound, Exported, ClockBack int
	Lights                                                    map[ladder.Light]int    // of all duties at the end
	Steps                                                     map[ladder.StepKind]int // of the whole year
	Statuses                                                  map[string]int          // of all duties at the end
}

func (t *Tally) start() {
	t.Lights, t.Steps, t.Statuses = make(map[ladder.Light]int), make(map[ladder.StepKind]int), make(map[string]int)
}

// count reads the state at the end from the database.
func (p *Play) count(ctx context.Context) error {
	for _, q := range []struct {
		text string
		into func(key string, n int)
	}{
		{"SELECT light, count(*) FROM watches WHERE subject = 'duty' GROUP BY light", func(k string, n int) { p.tally.Lights[ladder.Light(k)] = n }},
		{"SELECT kind, count(*) FROM steps GROUP BY kind", func(k string, n int) { p.tally.Steps[ladder.StepKind(k)] = n }},
		{"SELECT status, count(*) FROM duties GROUP BY status", func(k string, n int) { p.tally.Statuses[k] = n; p.tally.Duties += n }},
		{"SELECT 'events', count(*) FROM events", func(_ string, n int) { p.tally.Events = n }},
		{"SELECT 'messages', count(*) FROM messages", func(_ string, n int) { p.tally.Messages = n }},
	} {
		if err := p.each(ctx, q.text, q.into); err != nil {
			return fmt.Errorf("count the year: %w", err)
		}
	}
	return nil
}

func (p *Play) each(ctx context.Context, text string, into func(key string, n int)) error {
	rows, err := p.app.Store.DB().QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return err
		}
		into(key, n)
	}
	return rows.Err()
}

// Print writes the tally as a table that a person reads.
func (t *Tally) Print(w io.Writer) error {
	lines := []struct {
		name string
		n    int
	}{
		{"duties", t.Duties}, {"signed for", t.Accepted}, {"returned", t.Returned}, {"progress reports", t.Reports}, {"reports missed", t.Missed},
		{"sent back", t.SentBack}, {"extensions asked", t.Extensions}, {"extensions granted", t.Granted}, {"extensions refused", t.Refused},
		{"completion requests", t.Completions}, {"closed out", t.Closed}, {"inspections", t.Inspections}, {"findings", t.Findings},
		{"rectification notices", t.Notices}, {"replies", t.Replies}, {"notices closed", t.NoticesClosed}, {"notices reopened", t.Reopened},
		{"messages foreseen", t.Foreseen}, {"figures given", t.FiguresGiven}, {"figures found given", t.FiguresFound}, {"rows exported", t.Exported},
		{"clock set back", t.ClockBack},
		{"overtaken by events", t.Overtaken}, {"looks at clocks", t.Looked}, {"events", t.Events}, {"messages", t.Messages},
	}
	for _, l := range lines {
		if _, err := fmt.Fprintf(w, "%-24s %7d\n", l.name, l.n); err != nil {
			return err
		}
	}
	for _, group := range []struct {
		name string
		of   map[string]int
	}{{"light", plain(t.Lights)}, {"step", plain(t.Steps)}, {"status", t.Statuses}} {
		for _, key := range slices.Sorted(maps.Keys(group.of)) {
			if _, err := fmt.Fprintf(w, "%-24s %7d\n", group.name+" "+key, group.of[key]); err != nil {
				return err
			}
		}
	}
	return nil
}

func plain[K ~string](m map[K]int) map[string]int {
	out := make(map[string]int, len(m))
	for k, n := range m {
		out[string(k)] = n
	}
	return out
}
