package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
)

// A SQLite database has one writer, and every durable commit waits for the disk. The group lets transactions that arrive
// while one commits share the next commit: each runs in a savepoint of its own, so one that fails leaves nothing and harms no
// other, and nobody is answered before the shared commit is on disk.
type group struct {
	db     *sql.DB
	client *ent.Client
	driver *savepoints
	jobs   chan *job
	stop   chan struct{}
	ended  sync.WaitGroup
}

type job struct {
	ctx  context.Context
	fn   func(ctx context.Context, tx *ent.Tx) error
	err  error
	boom any // what fn panicked with
	done chan struct{}
}

// Limits of one shared commit: enough to share the disk's wait, short enough that nobody waits long for the others.
const (
	groupSize = 64
	groupTime = 20 * time.Millisecond
)

var (
	errClosed = errors.New("the store is closed")
	// errGroupLost is the fate of transactions whose shared commit was lost through another one's error; they run again.
	errGroupLost = errors.New("shared commit was lost")
)

func newGroup(db *sql.DB) *group {
	driver := &savepoints{}
	g := &group{db: db, driver: driver, client: ent.NewClient(ent.Driver(driver)), jobs: make(chan *job), stop: make(chan struct{})}
	g.ended.Go(g.run)
	return g
}

// write runs fn in a savepoint and returns when the commit that holds it is on disk. Once fn has begun it is not interrupted
// by the caller's context: an interrupted statement would roll back everybody else's work too.
func (g *group) write(ctx context.Context, fn func(ctx context.Context, tx *ent.Tx) error) error {
	j := &job{ctx: context.WithoutCancel(ctx), fn: fn, done: make(chan struct{})}
	select {
	case g.jobs <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-g.stop:
		return errClosed
	}
	<-j.done
	if j.boom != nil {
		panic(j.boom)
	}
	return j.err
}

func (g *group) close() {
	close(g.stop)
	g.ended.Wait()
}

func (g *group) run() {
	for {
		select {
		case first := <-g.jobs:
			g.commit(first)
		case <-g.stop:
			return
		}
	}
}

// commit runs first and whatever else is waiting in one transaction, then tells them all.
func (g *group) commit(first *job) {
	batch := []*job{first}
	tx, err := g.db.BeginTx(context.Background(), nil)
	if err == nil {
		g.driver.conn = entsql.Conn{ExecQuerier: tx}
		start := time.Now() //nolint:forbidigo // how long others wait is wall time
		for next := first; next != nil; next = g.waiting(&batch, start) {
			if err = g.attempt(next); err != nil {
				break
			}
		}
		if err == nil {
			err = tx.Commit()
		} else {
			err = errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}
	for _, j := range batch {
		if err != nil && j.err == nil && j.boom == nil {
			j.err = fmt.Errorf("%w: %w", errGroupLost, err)
		}
		close(j.done)
	}
}

// waiting takes one more transaction into the batch if one waits and the limits allow it.
func (g *group) waiting(batch *[]*job, start time.Time) *job {
	if len(*batch) == groupSize || time.Since(start) > groupTime { //nolint:forbidigo // as above
		return nil
	}
	select {
	case next := <-g.jobs:
		*batch = append(*batch, next)
		return next
	default:
		return nil
	}
}

// attempt runs one transaction in a savepoint. Its own failure is kept in the job; an error returned means that the shared
// transaction is lost.
func (g *group) attempt(j *job) error {
	tx, err := g.client.Tx(j.ctx)
	if err != nil {
		return err
	}
	j.err = g.guarded(j, tx)
	if j.err != nil || j.boom != nil {
		return tx.Rollback()
	}
	return tx.Commit()
}

// guarded keeps a panic of fn for the caller, so that the writer lives on.
func (g *group) guarded(j *job, tx *ent.Tx) error {
	defer func() { j.boom = recover() }()
	return j.fn(j.ctx, tx)
}

// savepoints is an ent driver whose transactions are savepoints of the group's current transaction.
type savepoints struct{ conn entsql.Conn }

type savepoint struct{ entsql.Conn }

func (d *savepoints) Tx(ctx context.Context) (dialect.Tx, error) {
	if _, err := d.conn.ExecContext(ctx, "SAVEPOINT work"); err != nil {
		return nil, fmt.Errorf("set savepoint: %w", err)
	}
	return &savepoint{d.conn}, nil
}

func (d *savepoints) Exec(ctx context.Context, query string, args, v any) error {
	return d.conn.Exec(ctx, query, args, v)
}

func (d *savepoints) Query(ctx context.Context, query string, args, v any) error {
	return d.conn.Query(ctx, query, args, v)
}

func (d *savepoints) Close() error    { return nil }
func (d *savepoints) Dialect() string { return dialect.SQLite }

func (t *savepoint) Commit() error {
	_, err := t.ExecContext(context.Background(), "RELEASE work")
	return err
}

func (t *savepoint) Rollback() error {
	if _, err := t.ExecContext(context.Background(), "ROLLBACK TO work"); err != nil {
		return err
	}
	return t.Commit()
}
