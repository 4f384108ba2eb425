package store

import (
	"context"
	"database/sql"
)

// Exec runs a statement on the writer's pool, as an operator's tool would.
func (s *Store) Exec(ctx context.Context, text string) (sql.Result, error) {
	return s.writeDB.ExecContext(ctx, text)
}

// Pause is how long Write waits after the n-th failed try.
var Pause = pause

// MaxTries is how often Write tries.
const MaxTries = maxTries
