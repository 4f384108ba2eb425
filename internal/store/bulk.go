package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
)

// maxVariables bounds the placeholders of one statement: few enough that parsing stays cheap, far below either dialect's limit.
const maxVariables = 1200

// InsertRows writes many rows of one table with few statements. Every row has one value per column.
func (s *Store) InsertRows(ctx context.Context, tx *ent.Tx, table string, columns []string, rows [][]any) error {
	return inBatches(columns, rows, func(n int, args []any) error {
		if _, err := tx.ExecContext(ctx, s.insertText(table, columns, n), args...); err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
		return nil
	})
}

// InsertNew is InsertRows that leaves out a row which a unique index refuses; it returns the ids of the rows that are new. The
// first column is the id.
func (s *Store) InsertNew(ctx context.Context, tx *ent.Tx, table string, columns []string, rows [][]any) (map[ident.ID]bool, error) {
	fresh := make(map[ident.ID]bool, len(rows))
	err := inBatches(columns, rows, func(n int, args []any) error {
		text := s.insertText(table, columns, n) + " ON CONFLICT DO NOTHING RETURNING " + columns[0]
		err := Each(ctx, tx, text, args, func(scan func(...any) error) error {
			var id ident.ID
			if err := scan(&id); err != nil {
				return err
			}
			fresh[id] = true
			return nil
		})
		if err != nil {
			return fmt.Errorf("insert new into %s: %w", table, err)
		}
		return nil
	})
	return fresh, err
}

func inBatches(columns []string, rows [][]any, write func(n int, args []any) error) error {
	most := max(1, maxVariables/len(columns))
	args := make([]any, 0, min(len(rows), most)*len(columns))
	for len(rows) > 0 {
		n := min(len(rows), most)
		args = args[:0]
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		if err := write(n, args); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// insertText is the statement for some rows.
func (s *Store) insertText(table string, columns []string, rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES ")
	for i := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		s.placeholders(&b, 1+i*len(columns), len(columns))
		b.WriteByte(')')
	}
	return b.String()
}

// placeholders writes n placeholders from a number on. PostgreSQL wants the numbers; SQLite keeps a list of every placeholder that
// has a name or a number and walks it again and again, so that there a thousand of them cost more than the rows.
func (s *Store) placeholders(b *strings.Builder, from, n int) {
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		if s.Postgres() {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(from + i))
		} else {
			b.WriteByte('?')
		}
	}
}

// Queryer is what reads: a transaction, or the pool.
type Queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Execer is what changes rows: a transaction.
type Execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Each runs a query and hands its rows, one by one, to use.
func Each(ctx context.Context, q Queryer, query string, args []any, use func(scan func(...any) error) error) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := use(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// In is the text of a list of placeholders in brackets, numbered from a number on, and the values as arguments. It stands after
// every other placeholder of its statement.
func In[T any](s *Store, from int, values []T) (text string, args []any) {
	var b strings.Builder
	b.WriteByte('(')
	s.placeholders(&b, from, len(values))
	b.WriteByte(')')
	args = make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return b.String(), args
}

// RowsFrom is the FROM item v that reads the rows of a JSON array of arrays, given as the placeholder's argument. Columns are
// "name type" with the types bigint and text, which both dialects know. One statement then writes thousands of rows.
func (s *Store) RowsFrom(placeholder string, columns ...string) string {
	items := make([]string, len(columns))
	for i, column := range columns {
		name, kind, _ := strings.Cut(column, " ")
		items[i] = fmt.Sprintf("CAST(value ->> %d AS %s) AS %s", i, kind, name)
	}
	source := "json_each(" + placeholder + ")"
	if s.Postgres() {
		source = "json_array_elements(" + placeholder + "::json)"
	}
	return "(SELECT " + strings.Join(items, ", ") + " FROM " + source + ") AS v"
}
