package apitest

import (
	"context"
	"database/sql"
	"strings"
)

// snapshot is a copy of every table, kept beside the tables themselves on a connection of its own, so that each allowed cell
// starts from the same state without a new database.
type snapshot struct {
	conn     *sql.Conn
	tables   []string
	postgres bool
}

// save copies every table. The copy of the database that a test works on loses the triggers that forbid change of the
// history, or it could not be put back; what they forbid is held by tests of the store.
func (w *world) save() *snapshot {
	w.T.Helper()
	s := &snapshot{postgres: w.Store.Postgres()}
	driver, dsn := "sqlite", strings.TrimPrefix(w.URL, "sqlite:")+"?_pragma=busy_timeout(15000)&_pragma=synchronous(OFF)&_txlock=immediate"
	if s.postgres {
		driver, dsn = "pgx", w.URL
	}
	db, err := sql.Open(driver, dsn)
	w.must(err)
	w.T.Cleanup(func() { _ = db.Close() })
	s.conn, err = db.Conn(w.T.Context())
	w.must(err)
	w.T.Cleanup(func() { _ = s.conn.Close() })
	w.saveTables(s)
	return s
}

func (w *world) saveTables(s *snapshot) {
	w.T.Helper()
	names := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	prepare := []string{"ATTACH ':memory:' AS saved"}
	if s.postgres {
		names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
		prepare = []string{"CREATE SCHEMA saved", "CREATE TABLE saved.touched (name text)", touchFunction, "SET session_replication_role = replica"}
	} else {
		for _, trigger := range w.column(s, "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
			prepare = append(prepare, "DROP TRIGGER "+trigger)
		}
	}
	s.tables = w.column(s, names)
	for _, table := range s.tables {
		prepare = append(prepare, "CREATE TABLE saved."+table+" AS SELECT * FROM "+s.main(table))
		if s.postgres {
			prepare = append(prepare, "CREATE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE ON "+s.main(table)+" EXECUTE FUNCTION saved.touch()")
		}
	}
	for _, text := range prepare {
		w.run(s, text)
	}
}

func (s *snapshot) main(table string) string {
	if s.postgres {
		return "public." + table
	}
	return "main." + table
}

// touchFunction notes on PostgreSQL which tables a statement wrote to: putting all of them back takes too long there.
const touchFunction = `CREATE FUNCTION saved.touch() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN INSERT INTO saved.touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$`

// restore puts every table back.
func (w *world) restore() {
	w.T.Helper()
	begin := "BEGIN IMMEDIATE"
	if w.saved.postgres {
		begin = "BEGIN"
	}
	tables := w.saved.tables
	if w.saved.postgres {
		tables = w.column(w.saved, "SELECT DISTINCT name FROM saved.touched")
	}
	w.run(w.saved, begin)
	for _, table := range tables {
		w.run(w.saved, "DELETE FROM "+w.saved.main(table))
		w.run(w.saved, "INSERT INTO "+w.saved.main(table)+" SELECT * FROM saved."+table)
	}
	if w.saved.postgres {
		w.run(w.saved, "DELETE FROM saved.touched")
	}
	w.run(w.saved, "COMMIT")
}

// differing lists the tables that are no longer as they were saved.
func (w *world) differing() []string {
	w.T.Helper()
	var all []string
	for _, table := range w.saved.tables {
		var n int
		mine, kept := w.saved.main(table), "saved."+table
		text := "SELECT (SELECT count(*) FROM (SELECT * FROM " + mine + " EXCEPT SELECT * FROM " + kept + ") a) + (SELECT count(*) FROM (SELECT * FROM " +
			kept + " EXCEPT SELECT * FROM " + mine + ") b)"
		if w.saved.postgres { // json columns have no equality: rows are compared as text
			text = "SELECT count(*) FROM (SELECT a::text FROM " + mine + " a EXCEPT SELECT b::text FROM " + kept + " b) c"
		}
		w.must(w.saved.conn.QueryRowContext(context.Background(), text).Scan(&n))
		if n > 0 {
			all = append(all, table)
		}
	}
	return all
}

func (w *world) run(s *snapshot, text string) {
	w.T.Helper()
	if _, err := s.conn.ExecContext(context.Background(), text); err != nil {
		w.T.Fatalf("%s: %v", text, err)
	}
}

func (w *world) column(s *snapshot, text string) []string {
	w.T.Helper()
	rows, err := s.conn.QueryContext(context.Background(), text)
	w.must(err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		w.must(rows.Scan(&one))
		all = append(all, one)
	}
	w.must(rows.Err())
	return all
}
