package store

import (
	"context"
	"fmt"
)

// Size is what the database says of itself: its version and its bytes. On SQLite that is the file without what still stands in its
// write-ahead log.
type Size struct {
	Version string
	Bytes   int64
}

// Size asks the database, in one statement.
func (s *Store) Size(ctx context.Context) (Size, error) {
	text := "SELECT sqlite_version(), n.page_count * p.page_size FROM pragma_page_count n, pragma_page_size p"
	if s.Postgres() {
		text = "SELECT current_setting('server_version'), pg_database_size(current_database())"
	}
	var size Size
	if err := s.readDB.QueryRowContext(ctx, text).Scan(&size.Version, &size.Bytes); err != nil {
		return Size{}, fmt.Errorf("read size of database: %w", err)
	}
	return size, nil
}
