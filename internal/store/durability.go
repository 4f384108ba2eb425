package store

import (
	"context"
	"fmt"
)

// Durability lists what an operator should know about how safe an acknowledged write is; nothing on SQLite, which is opened
// with synchronous=FULL. The values are "synchronous_commit" and "fsync" when they are off, and "standby" when the server has
// standbys but acknowledges before one of them has the write: a failover then loses acknowledged work.
func (s *Store) Durability(ctx context.Context) ([]string, error) {
	if !s.Postgres() {
		return nil, nil
	}
	var warnings []string
	for _, setting := range []string{"fsync", "synchronous_commit"} {
		var value string
		if err := s.readDB.QueryRowContext(ctx, "SELECT current_setting($1)", setting).Scan(&value); err != nil {
			return nil, fmt.Errorf("read setting %s: %w", setting, err)
		}
		if value == "off" {
			warnings = append(warnings, setting)
		}
	}
	var replicas int
	var names string
	err := s.readDB.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM pg_stat_replication), current_setting('synchronous_standby_names')").Scan(&replicas, &names)
	if err != nil {
		return nil, fmt.Errorf("read replication: %w", err)
	}
	if replicas > 0 && names == "" {
		warnings = append(warnings, "standby")
	}
	return warnings, nil
}
