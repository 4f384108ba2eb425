// Package digests sends each person one message a day, at their hour (每日摘要): what waits for them, what is due in the next days, what
// is late. One row per person and day keeps it to one message, whatever is restarted and however many servers run; after a downtime
// only today's is sent.
package digests

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Service sends digests and keeps their settings.
type Service struct {
	store    *store.Store
	gate     *access.Gate
	log      *timeline.Log
	watches  *watches.Service
	accounts *accounts.Service
	duties   *duties.Service
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, a *accounts.Service, d *duties.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: w, accounts: a, duties: d}
}

// DigestSetting says when a person gets the daily digest.
type DigestSetting struct {
	On   bool `json:"on" doc:"Whether the caller gets one" example:"true"`
	Hour int  `json:"hour" minimum:"0" maximum:"23" doc:"Hour of the day, in the authority's zone" example:"8"`
}

// SetDigestInput chooses it.
type SetDigestInput struct {
	On   bool `json:"on" doc:"Whether to get one" example:"true"`
	Hour int  `json:"hour" minimum:"0" maximum:"23" doc:"Hour of the day, in the authority's zone" example:"8"`
}

// off is the hour of those who want no digest; usualHour is what they start with when they want one again.
const (
	off       = -1
	usualHour = 8
)

// Setting is the caller's own.
func (s *Service) Setting(ctx context.Context) (DigestSetting, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return DigestSetting{}, err
	}
	row, err := s.store.Read().User.Get(ctx, actor.ID)
	if ent.IsNotFound(err) {
		return DigestSetting{}, fault.Missing("user")
	}
	if err != nil {
		return DigestSetting{}, fmt.Errorf("read user: %w", err)
	}
	return settingOf(row), nil
}

func settingOf(row *ent.User) DigestSetting {
	if row.DigestHour == off {
		return DigestSetting{Hour: usualHour}
	}
	return DigestSetting{On: true, Hour: row.DigestHour}
}

// Set changes the caller's own setting; the last word stands. It counts from the next digest: one that was sent today is not sent
// again.
func (s *Service) Set(ctx context.Context, in SetDigestInput) (DigestSetting, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return DigestSetting{}, err
	}
	if in.Hour < 0 || in.Hour > 23 {
		return DigestSetting{}, fault.BadField("body.hour", "digest.hour")
	}
	hour := in.Hour
	if !in.On {
		hour = off
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (DigestSetting, error) {
		n, err := tx.User.Update().Where(user.ID(actor.ID)).SetDigestHour(hour).AddVersion(1).Save(ctx)
		if err != nil {
			return DigestSetting{}, fmt.Errorf("set digest: %w", err)
		}
		if n == 0 {
			return DigestSetting{}, fault.Missing("user")
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: "user", SubjectID: actor.ID, Action: "set_digest", After: in})
		return settingOf(&ent.User{DigestHour: hour}), err
	})
}

// SentDigests is what a round of the job did.
type SentDigests struct {
	People int `json:"people" doc:"People whose day was looked at"`
	Sent   int `json:"sent" doc:"Digests sent: to those for whom there is something"`
}

// atOnce is how many people one transaction writes to.
const atOnce = 100

// Send sends today's digest to everybody whose hour has come and who has not had it. It can run at any time, on any number of servers.
func (s *Service) Send(ctx context.Context) (SentDigests, error) {
	var sum SentDigests
	if _, err := s.gate.May(ctx, access.MessageDeliver); err != nil {
		return sum, err
	}
	if err := s.watches.TimeHolds(); err != nil {
		return sum, err
	}
	now := s.store.Now()
	for {
		people, err := s.waiting(ctx, now)
		if err != nil || len(people) == 0 {
			return sum, err
		}
		notes := make(map[ident.ID]*timeline.Note, len(people))
		for _, p := range people {
			note, err := s.compose(ctx, p)
			if err != nil {
				return sum, fmt.Errorf("compose digest: %w", err)
			}
			notes[p.ID] = note
		}
		sent, err := s.write(ctx, people, notes, now)
		if err != nil {
			return sum, fmt.Errorf("send digests: %w", err)
		}
		sum.People += len(people)
		sum.Sent += sent
	}
}

// person is somebody who waits for the digest of today.
type person struct{ ID, AuthorityID ident.ID }

const waitingText = `SELECT u.id, u.authority_id FROM users u WHERE u.digest_hour >= 0 AND u.digest_hour <= $1 AND u.disabled_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM digest_days g WHERE g.user_id = u.id AND g.day = $2)
	AND EXISTS (SELECT 1 FROM posts p WHERE p.user_id = u.id AND p.valid_from <= $3 AND p.valid_to >= $4) ORDER BY u.id LIMIT $5`

func (s *Service) waiting(ctx context.Context, now time.Time) ([]person, error) {
	today := s.watches.Today()
	hour := now.In(s.watches.Rules().Zone).Hour()
	var all []person
	err := store.Each(ctx, s.store.DB(), waitingText, []any{hour, today, today, today, atOnce}, func(scan func(...any) error) error {
		var p person
		err := scan(&p.ID, &p.AuthorityID)
		all = append(all, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find who waits for digest: %w", err)
	}
	return all, nil
}

var dayColumns = []string{"id", "authority_id", "user_id", "day", "at"}

// write notes the day of everybody and sends to those for whom it was not noted before: one event for each authority.
func (s *Service) write(ctx context.Context, people []person, notes map[ident.ID]*timeline.Note, now time.Time) (int, error) {
	sent := 0
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		sent = 0
		today := s.watches.Today()
		rows, by := make([][]any, len(people)), make(map[ident.ID]person, len(people))
		for i, p := range people {
			id := s.store.NewID()
			rows[i], by[id] = []any{id, p.AuthorityID, p.ID, today, now}, p
		}
		fresh, err := s.store.InsertNew(ctx, tx, "digest_days", dayColumns, rows)
		if err != nil {
			return err
		}
		entries := map[ident.ID]*timeline.Entry{}
		for i := range rows {
			id := rows[i][0].(ident.ID)
			p := by[id]
			note := notes[p.ID]
			if !fresh[id] || note == nil {
				continue
			}
			if entries[p.AuthorityID] == nil {
				entries[p.AuthorityID] = &timeline.Entry{AuthorityID: p.AuthorityID, Subject: "authority", SubjectID: p.AuthorityID, Action: "digest"}
			}
			e := entries[p.AuthorityID]
			e.Tell = append(e.Tell, *note)
			sent++
		}
		for _, e := range entries {
			e.After = map[string]any{"day": today, "people": len(e.Tell)}
			if _, err := s.log.Append(ctx, tx, *e); err != nil {
				return err
			}
		}
		return nil
	})
	return sent, err
}
