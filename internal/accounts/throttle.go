package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/logintry"
	"github.com/duban-gov/duban/internal/fault"
)

// Guessing is slowed by a delay that doubles with each failure. Nobody is locked out: an address from which the account has
// signed in before has a count of its own, so that strangers who guess elsewhere do not keep the owner waiting.
const (
	freeTries        = 5  // failures per account before the first delay
	freeAddressTries = 30 // per address: an office shares one
	firstDelay       = 2 * time.Second
	longestDelay     = 15 * time.Minute // about 100 tries a day and account reach the hash (SP 800-63B-4: at most 100)
	forgetFailures   = 24 * time.Hour
	rememberAddress  = 90 * 24 * time.Hour
)

// tries names the counters of one sign-in.
type tries struct{ account, address, known string }

func subject(kind string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return kind + ":" + hex.EncodeToString(h.Sum(nil)[:16])
}

// network is what counts as one address: an IPv6 caller owns a whole /64 and could come from another one each time.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

// delay is how long the next try waits after n failures.
func delay(n, free int) time.Duration {
	if n < free {
		return 0
	}
	return min(firstDelay<<min(n-free, 20), longestDelay)
}

// reserve counts a try as failed before it is judged, so that parallel tries cannot slip past the count, and refuses one that
// comes too early. A success takes the count back.
func (s *Service) reserve(ctx context.Context, login, address string) (tries, error) {
	address = network(address)
	t := tries{account: subject("account", login), address: subject("address", address), known: subject("known", login, address)}
	known, err := s.store.Read().LoginTry.Query().Where(logintry.Subject(t.known), logintry.SinceGT(s.store.Now().Add(-rememberAddress))).Exist(ctx)
	if err != nil {
		return t, fmt.Errorf("look for a known address: %w", err)
	}
	counted := t.account
	if known {
		counted = t.known
	}
	return t, s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := s.count(ctx, tx, t.address, freeAddressTries); err != nil {
			return err
		}
		return s.count(ctx, tx, counted, freeTries)
	})
}

// count adds a failure to a counter, or refuses while it is blocked. The upsert locks the row until the commit, so the next
// try sees the delay set here.
func (s *Service) count(ctx context.Context, tx *ent.Tx, subject string, free int) error {
	now := s.store.Now()
	rows, err := tx.QueryContext(ctx, `INSERT INTO login_tries (id, subject, failures, since) VALUES ($1, $2, 1, $3)
		ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN login_tries.since < $4 THEN 1 ELSE login_tries.failures + 1 END, since = $3
		WHERE login_tries.blocked_until IS NULL OR login_tries.blocked_until <= $3 RETURNING failures`,
		s.store.NewID(), subject, now, now.Add(-forgetFailures))
	if err != nil {
		return fmt.Errorf("count try: %w", err)
	}
	failures := 0
	if rows.Next() {
		err = rows.Scan(&failures)
	}
	if closed := rows.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("count try: %w", err)
	}
	if failures == 0 {
		return s.blocked(ctx, tx, subject, now)
	}
	wait := delay(failures, free)
	if wait == 0 {
		return nil
	}
	return tx.LoginTry.Update().Where(logintry.Subject(subject)).SetBlockedUntil(now.Add(wait)).Exec(ctx)
}

// blocked tells how long to wait.
func (s *Service) blocked(ctx context.Context, tx *ent.Tx, subject string, now time.Time) error {
	row, err := tx.LoginTry.Query().Where(logintry.Subject(subject)).Only(ctx)
	if err != nil {
		return fmt.Errorf("read try: %w", err)
	}
	seconds := int(max(row.BlockedUntil.Sub(now), time.Second).Round(time.Second) / time.Second)
	return fault.New(fault.Limited, "limited").With("seconds", seconds)
}

// succeed takes back what reserve counted: the account starts afresh, the address becomes a known one of it.
func (s *Service) succeed(ctx context.Context, tx *ent.Tx, t tries) error {
	if err := tx.LoginTry.Update().Where(logintry.Subject(t.address), logintry.FailuresGT(0)).AddFailures(-1).ClearBlockedUntil().Exec(ctx); err != nil {
		return fmt.Errorf("reset tries of address: %w", err)
	}
	if err := tx.LoginTry.Update().Where(logintry.Subject(t.account)).SetFailures(0).ClearBlockedUntil().Exec(ctx); err != nil {
		return fmt.Errorf("reset tries of account: %w", err)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO login_tries (id, subject, failures, since) VALUES ($1, $2, 0, $3)
		ON CONFLICT (subject) DO UPDATE SET failures = 0, since = excluded.since, blocked_until = NULL`, s.store.NewID(), t.known, s.store.Now())
	if err != nil {
		return fmt.Errorf("remember address: %w", err)
	}
	return nil
}
