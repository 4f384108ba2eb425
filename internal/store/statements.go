package store

import (
	"container/list"
	"context"
	"database/sql/driver"
	"strings"
	"sync/atomic"

	"modernc.org/sqlite"
)

// Parsing and planning a statement costs SQLite more than running it for one row. Each connection therefore keeps the
// statements that it used last, as pgx does on PostgreSQL by itself.
const (
	keptStatements = 200
	keptText       = 64 << 10 // bytes; a longer text is unlikely to come again
)

// statementKeeper opens SQLite connections that keep their statements prepared.
type statementKeeper struct {
	driver.Connector
	ran *atomic.Int64 // statements run, over all connections
}

func newStatementKeeper(dsn string, ran *atomic.Int64) (driver.Connector, error) {
	base, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return statementKeeper{base, ran}, nil
}

// Connect implements driver.Connector.
func (k statementKeeper) Connect(ctx context.Context) (driver.Conn, error) {
	base, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &keepingConn{sqliteConn: base.(sqliteConn), ran: k.ran, kept: make(map[string]*list.Element), order: list.New()}, nil
}

// sqliteConn is what the driver's connection can do and database/sql makes use of.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// sqliteStmt is what the driver's statement can do.
type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// keepingConn is a connection with its statements, the last used one in front. database/sql uses a connection from one
// goroutine at a time.
type keepingConn struct {
	sqliteConn
	ran   *atomic.Int64
	kept  map[string]*list.Element // of *keptStmt, by text
	order *list.List
}

type keptStmt struct {
	sqliteStmt
	text string
	busy bool // its rows are being read: nobody else may run it
	gone bool // it left the list while busy, and is closed with its rows
}

// Close closes the statements and the connection.
func (c *keepingConn) Close() error {
	for e := c.order.Front(); e != nil; e = e.Next() {
		_ = e.Value.(*keptStmt).Close() // the connection goes with them
	}
	c.kept, c.order = nil, list.New()
	return c.sqliteConn.Close()
}

// ExecContext implements driver.ExecerContext.
func (c *keepingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	defer s.release()
	return s.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext. The statement is busy until the rows are closed.
func (c *keepingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		s.release()
		return nil, err
	}
	return &keptRows{Rows: rows, stmt: s}, nil
}

// take finds a statement that is kept and free, or prepares it; what is taken has to be released.
func (c *keepingConn) take(ctx context.Context, text string) (*keptStmt, error) {
	c.ran.Add(1)
	if e, ok := c.kept[text]; ok && !e.Value.(*keptStmt).busy {
		c.order.MoveToFront(e)
		s := e.Value.(*keptStmt)
		s.busy = true
		return s, nil
	}
	base, err := c.PrepareContext(ctx, numbered(text))
	if err != nil {
		return nil, err
	}
	s := &keptStmt{sqliteStmt: base.(sqliteStmt), text: text, busy: true}
	if _, twin := c.kept[text]; twin || len(text) > keptText {
		s.gone = true
		return s, nil
	}
	c.kept[text] = c.order.PushFront(s)
	if c.order.Len() > keptStatements {
		c.drop(c.order.Back())
	}
	return s, nil
}

// drop forgets a statement; one whose rows are being read is closed when they are.
func (c *keepingConn) drop(e *list.Element) {
	s := c.order.Remove(e).(*keptStmt)
	delete(c.kept, s.text)
	s.gone = true
	if !s.busy {
		_ = s.Close() // nothing was lost: it only read and wrote through its connection
	}
}

func (s *keptStmt) release() {
	s.busy = false
	if s.gone {
		_ = s.Close() // as in drop
	}
}

// keptRows gives the statement back when the rows are closed.
type keptRows struct {
	driver.Rows
	stmt *keptStmt
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	if r.stmt != nil {
		r.stmt.release()
		r.stmt = nil
	}
	return err
}

// ColumnTypeDatabaseTypeName implements driver.RowsColumnTypeDatabaseTypeName.
func (r *keptRows) ColumnTypeDatabaseTypeName(i int) string {
	return r.Rows.(driver.RowsColumnTypeDatabaseTypeName).ColumnTypeDatabaseTypeName(i)
}

// numbered writes the placeholders $1, $2, … as SQLite likes them: ? where each stands once and in order, else ?1, ?2, …. To
// SQLite the former are names, which it looks up one by one, so that a statement of a thousand placeholders costs a million
// comparisons to parse and again to bind. Text in quotes stays as it is.
func numbered(text string) string {
	if !strings.Contains(text, "$") {
		return text
	}
	plain, counted := make([]byte, 0, len(text)), []byte(text)
	inOrder, last := true, 0
	var quote byte
	for i := 0; i < len(text); i++ {
		b := text[i]
		switch {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '\'' || b == '"' || b == '`':
			quote = b
		case b == '$' && i+1 < len(text) && isDigit(text[i+1]):
			counted[i], b = '?', '?'
			n := 0
			for ; i+1 < len(text) && isDigit(text[i+1]); i++ {
				n = 10*n + int(text[i+1]-'0')
			}
			inOrder, last = inOrder && n == last+1, n
		}
		plain = append(plain, b)
	}
	if inOrder {
		return string(plain)
	}
	return string(counted)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
