package ledgers

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// cells are the fields that a comparison looks at, in the order in which they are named.
var cells = []struct {
	name string
	of   func(duties.Duty) any
}{
	{"due_date", func(d duties.Duty) any { return d.DueDate }},
	{"status", func(d duties.Duty) any { return d.Status }},
	{"unit_id", func(d duties.Duty) any { return d.UnitID }},
	{"progress", func(d duties.Duty) any { return d.Progress }},
	{"light", func(d duties.Duty) any { return d.Light }},
	{"leader_id", func(d duties.Duty) any { return d.LeaderID }},
	{"reported_at", func(d duties.Duty) any { return d.ReportedAt.UnixMilli() }},
}

// difference compares a duty with what it was.
func difference(was, is duties.Duty) *WasRow {
	d := &WasRow{Change: "same", Cells: []string{}, Status: was.Status, Light: was.Light, Progress: was.Progress, DueDate: was.DueDate,
		UnitID: was.UnitID, UnitName: was.UnitName}
	for _, c := range cells {
		if c.of(was) != c.of(is) {
			d.Cells = append(d.Cells, c.name)
		}
	}
	switch {
	case len(d.Cells) > 0 && d.Cells[0] == "due_date":
		d.Change = "moved"
	case len(d.Cells) > 0:
		d.Change = "changed"
	}
	return d
}

// compareRows adds to each row what it was at an instant.
func (s *Service) compareRows(ctx context.Context, l *lens, since time.Time, rows []LedgerRow) error {
	if err := s.before(l, since); err != nil {
		return err
	}
	place, ids := byID(rows)
	then := &lens{at: since, today: l.today}
	found, err := s.dutiesThen(ctx, then, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Was = &WasRow{Change: "added", Cells: []string{}}
	}
	for _, was := range found {
		row := &rows[place[was.ID]]
		row.Was = difference(was, row.Duty)
	}
	return nil
}

// before refuses an instant of comparison that does not lie before the one that is looked at.
func (s *Service) before(l *lens, since time.Time) error {
	if since.After(s.moment(l)) {
		return fault.BadField("query.since", "ledger.since")
	}
	return nil
}

// LedgerChanges counts what became of the ledger since an instant.
type LedgerChanges struct {
	Added   int         `json:"added" doc:"Duties that were not there" example:"3"`
	Moved   int         `json:"moved" doc:"Duties whose due date differs" example:"5"`
	Changed int         `json:"changed" doc:"Duties of which something else differs" example:"40"`
	Same    int         `json:"same" doc:"Duties as they were" example:"80"`
	Capped  bool        `json:"capped" doc:"Whether there are more than were looked at: the counts are those of the first ten thousand"`
	Left    []LedgerRow `json:"left" doc:"Duties that fitted the question then and do not now, at most two hundred, with what they are now and were"`
	More    bool        `json:"more" doc:"Whether more left than are listed"`
}

// maxLooked is how many duties are looked at for counts: enough for an authority's year, few enough for an answer at once.
const maxLooked = 10_000

// Changes counts what was added, moved and changed since an instant, and lists what no longer fits the question.
func (s *Service) Changes(ctx context.Context, in LedgerQuery) (LedgerChanges, error) {
	sum := LedgerChanges{Left: []LedgerRow{}}
	l, err := s.read(ctx, in.Text, in.AsOf)
	if err != nil {
		return sum, err
	}
	if in.Since.IsZero() {
		return sum, fault.BadField("query.since", "required")
	}
	if err := s.before(l, in.Since); err != nil {
		return sum, err
	}
	ids, err := s.first(ctx, l, maxLooked+1)
	if err != nil {
		return sum, err
	}
	sum.Capped = len(ids) > maxLooked
	ids = ids[:min(len(ids), maxLooked)]
	if err := s.tally(ctx, l, in.Since, ids, &sum); err != nil {
		return sum, err
	}
	return sum, s.left(ctx, l, in, ids, &sum)
}

// first finds the first duties of a lens, by due date.
func (s *Service) first(ctx context.Context, l *lens, limit int) ([]ident.ID, error) {
	o, _ := sortOf("") // the usual order is one
	keys, err := s.keys(ctx, l, o, nil, limit)
	return idsOf(keys), err
}

// chunk is how many duties one statement reads by id.
const chunk = 500

// inChunks hands over ids in pieces.
func inChunks(ids []ident.ID, use func([]ident.ID) error) error {
	for len(ids) > 0 {
		n := min(chunk, len(ids))
		if err := use(ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// tally compares duties with what they were.
func (s *Service) tally(ctx context.Context, l *lens, since time.Time, ids []ident.ID, sum *LedgerChanges) error {
	then := &lens{at: since, today: l.today}
	now := &lens{at: s.moment(l), today: l.today}
	return inChunks(ids, func(part []ident.ID) error {
		are, err := s.dutiesThen(ctx, now, part)
		if err != nil {
			return err
		}
		were, err := s.dutiesThen(ctx, then, part)
		if err != nil {
			return err
		}
		was := make(map[ident.ID]duties.Duty, len(were))
		for _, d := range were {
			was[d.ID] = d
		}
		for _, d := range are {
			old, had := was[d.ID]
			sum.add(had, old, d)
		}
		return nil
	})
}

func (sum *LedgerChanges) add(had bool, was, is duties.Duty) {
	if !had {
		sum.Added++
		return
	}
	switch difference(was, is).Change {
	case "moved":
		sum.Moved++
	case "changed":
		sum.Changed++
	default:
		sum.Same++
	}
}

// left lists what fitted then and does not now.
func (s *Service) left(ctx context.Context, l *lens, in LedgerQuery, fit []ident.ID, sum *LedgerChanges) error {
	then, err := s.read(ctx, in.Text, in.Since)
	if err != nil {
		return err
	}
	fitted, err := s.first(ctx, then, maxLooked)
	if err != nil {
		return err
	}
	fits := make(map[ident.ID]bool, len(fit))
	for _, id := range fit {
		fits[id] = true
	}
	var gone []ident.ID
	for _, id := range fitted {
		if !fits[id] && len(gone) <= maxPage && !sum.Capped {
			gone = append(gone, id)
		}
	}
	sum.More = len(gone) > maxPage || sum.Capped
	if sum.Left, err = s.rows(ctx, l, in.Since, gone[:min(len(gone), maxPage)]); err != nil {
		return fmt.Errorf("list what left the ledger: %w", err)
	}
	return nil
}
