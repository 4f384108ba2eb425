package vitals

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// SystemDatabase is the database as it speaks of itself.
type SystemDatabase struct {
	Kind      string    `json:"kind" enum:"sqlite,postgres" doc:"Which database"`
	Version   string    `json:"version" doc:"Its version" example:"17.2"`
	Bytes     int64     `json:"bytes" doc:"Its size; on SQLite without the write-ahead log" example:"104857600"`
	Schema    int64     `json:"schema" doc:"The last migration that it has" example:"20170101000000"`
	Newest    int64     `json:"newest" doc:"The last migration that this program knows" example:"20170101000000"`
	Warnings  []string  `json:"warnings" enum:"fsync,synchronous_commit,standby" doc:"Settings under which an acknowledged write can be lost"`
	Condition Condition `json:"condition" enum:"good,warn,bad" doc:"Whether somebody should look"`
}

// SystemStorage is what lies in files.
type SystemStorage struct {
	Bucket   bool         `json:"bucket" doc:"Whether files lie in a bucket of their own service, whose room is not known here"`
	Files    int64        `json:"files" doc:"Files of evidence that the caller's authority has uploaded" example:"1200"`
	Bytes    int64        `json:"bytes" doc:"Their bytes; content that was uploaded twice lies there once and is counted twice" example:"734003200"`
	Counting bool         `json:"counting" doc:"Whether counting is still under way after the start: there are at least so many"`
	Disks    []SystemDisk `json:"disks" doc:"The file systems that the program writes to; one that holds both stands once"`
}

// SystemDisk is a file system.
type SystemDisk struct {
	Holds     []string  `json:"holds" enum:"files,database" doc:"What lies there"`
	Free      int64     `json:"free" doc:"Free bytes" example:"53687091200"`
	Total     int64     `json:"total" doc:"All bytes" example:"107374182400"`
	Condition Condition `json:"condition" enum:"good,warn,bad" doc:"Whether somebody should look: under 10 % or 5 GiB, under 3 % or 1 GiB"`
}

func (s *Service) database(ctx context.Context) (SystemDatabase, error) {
	view := SystemDatabase{Kind: "sqlite", Condition: Good}
	if s.store.Postgres() {
		view.Kind = "postgres"
	}
	size, err := s.store.Size(ctx)
	if err != nil {
		return view, err
	}
	view.Version, view.Bytes = size.Version, size.Bytes
	if view.Schema, err = s.store.Applied(ctx); err != nil {
		return view, fmt.Errorf("read schema version: %w", err)
	}
	if view.Newest, err = store.Newest(s.store.Dialect); err != nil {
		return view, err
	}
	warnings, err := s.store.Durability(ctx)
	if err != nil {
		return view, err
	}
	view.Warnings = append([]string{}, warnings...)
	if len(warnings) > 0 || view.Schema != view.Newest {
		view.Condition = Warn
	}
	return view, nil
}

func (s *Service) storage(ctx context.Context, authority ident.ID, now time.Time) (SystemStorage, error) {
	view := SystemStorage{Bucket: s.set.Bucket, Disks: []SystemDisk{}}
	sum, whole, err := s.evidence(ctx, authority, now)
	if err != nil {
		return view, err
	}
	view.Files, view.Bytes, view.Counting = sum.files, sum.bytes, !whole
	seen := map[uint64]int{}
	for _, place := range []struct{ holds, dir string }{{"files", s.set.DataDir}, {"database", s.set.DatabaseAt}} {
		if place.dir == "" {
			continue
		}
		room, err := s.set.Space(place.dir)
		if errors.Is(err, errors.ErrUnsupported) {
			continue
		}
		if err != nil {
			return view, err
		}
		if i, known := seen[room.Device]; known {
			view.Disks[i].Holds = append(view.Disks[i].Holds, place.holds)
			continue
		}
		seen[room.Device] = len(view.Disks)
		view.Disks = append(view.Disks, SystemDisk{Holds: []string{place.holds}, Free: room.Free, Total: room.Total, Condition: roomy(room.Free, room.Total)})
	}
	return view, nil
}

const gibibyte = 1 << 30

// roomy judges a file system. Both a share and a size count: five per cent of a large disk is plenty, of a small one it is one film.
func roomy(free, total int64) Condition {
	switch {
	case free < gibibyte || free < total/33:
		return Bad
	case free < 5*gibibyte || free < total/10:
		return Warn
	}
	return Good
}

// tally is what an authority has uploaded.
type tally struct{ files, bytes int64 }

const (
	countAtOnce = 50_000           // rows that one question counts at most
	settled     = 10 * time.Minute // no transaction with an older id is still open
)

// evidence counts uploads. Rows are only ever added, in the order of their ids: what was counted once is kept, and a question
// reads what came since. After a start the first questions catch up in pieces.
func (s *Service) evidence(ctx context.Context, authority ident.ID, now time.Time) (sum tally, whole bool, err error) {
	s.counting.Lock()
	defer s.counting.Unlock()
	firm := ident.NewMaker(0).At(now.Add(-settled))
	if firm.Compare(s.upTo) < 0 { // the clock went back: what was counted stays counted
		firm = s.upTo
	}
	rows, last, err := s.countFrom(ctx, s.upTo, firm)
	if err != nil {
		return tally{}, false, err
	}
	for id, more := range rows {
		s.counted[id] = tally{s.counted[id].files + more.files, s.counted[id].bytes + more.bytes}
	}
	if whole = last.IsZero(); !whole {
		s.upTo = last
		return s.counted[authority], false, nil
	}
	s.upTo = firm
	fresh, more, err := s.countFrom(ctx, firm, ident.FromInt(math.MaxInt64))
	if err != nil {
		return tally{}, false, err
	}
	sum = s.counted[authority]
	return tally{sum.files + fresh[authority].files, sum.bytes + fresh[authority].bytes}, more.IsZero(), nil
}

// countFrom counts the uploads with ids after one and up to another, by authority; last is where it stopped, zero at the end.
func (s *Service) countFrom(ctx context.Context, after, upTo ident.ID) (map[ident.ID]tally, ident.ID, error) {
	sums, n, last := map[ident.ID]tally{}, int64(0), ident.ID{}
	err := store.Each(ctx, s.store.DB(), `SELECT authority_id, count(*), max(id),
		CAST(sum(CASE WHEN blob_key <> '' THEN 1 ELSE 0 END) AS bigint), CAST(sum(CASE WHEN blob_key <> '' THEN size ELSE 0 END) AS bigint)
		FROM (SELECT id, authority_id, blob_key, size FROM evidences WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) e GROUP BY authority_id`,
		[]any{after, upTo, countAtOnce}, func(scan func(...any) error) error {
			var authority, most ident.ID
			var rows int64
			var sum tally
			if err := scan(&authority, &rows, &most, &sum.files, &sum.bytes); err != nil {
				return err
			}
			sums[authority] = sum
			if n += rows; most.Compare(last) > 0 {
				last = most
			}
			return nil
		})
	if err != nil {
		return nil, ident.ID{}, fmt.Errorf("count evidence: %w", err)
	}
	if n < countAtOnce {
		last = ident.ID{}
	}
	return sums, last, nil
}
