package store

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/fault"
)

// SQLite result codes (sqlite.org/rescode.html); the low byte is the primary code.
const (
	sqliteBusy   = 5
	sqliteLocked = 6
	sqliteFull   = 13
)

// PostgreSQL error codes (appendix A of its manual).
var retryCodes = map[string]bool{"40001": true, "40P01": true} // serialization failure, deadlock

// retryable reports whether the same transaction may succeed when it runs again. A failed commit whose fate is unknown is not.
func retryable(err error) bool {
	if errors.Is(err, errGroupLost) || errors.Is(err, ErrRefused) {
		return true
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		code := lite.Code() & 0xff
		return code == sqliteBusy || code == sqliteLocked
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && retryCodes[pg.Code]
}

// Fault turns errors of ent and the drivers into faults; a fault passes through unchanged, and so does what stays internal.
func Fault(err error) error {
	if err == nil || fault.As(err) != nil {
		return err
	}
	switch {
	case ent.IsNotFound(err):
		return fault.Missing("object").Because(err)
	case unavailable(err):
		return fault.New(fault.Unavailable, "unavailable").Because(err)
	}
	return err
}

// IsDuplicate reports whether a unique index refused the row.
func IsDuplicate(err error) bool {
	if !ent.IsConstraintError(err) {
		var lite *sqlite.Error
		var pg *pgconn.PgError
		return errors.As(err, &lite) && lite.Code() == 2067 || errors.As(err, &pg) && pg.Code == "23505"
	}
	text := err.Error()
	return strings.Contains(text, "UNIQUE") || strings.Contains(text, "23505")
}

func unavailable(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		code := lite.Code() & 0xff
		return code == sqliteBusy || code == sqliteLocked || code == sqliteFull
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) { // 08 connection, 53 resources, 57P0x shutting down
		return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "53") || strings.HasPrefix(pg.Code, "57P")
	}
	var connect *pgconn.ConnectError
	return errors.As(err, &connect)
}
