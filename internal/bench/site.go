package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// start is the instant at which the clock of every run stands first: Monday 2017-03-06, 10:00 in Shanghai.
var start = time.Date(2017, 3, 6, 2, 0, 0, 0, time.UTC)

// clock goes on from start with the wall's pace. Processes that share the epoch share the clock.
func clock(epoch time.Time) func() time.Time {
	return func() time.Time { return start.Add(time.Since(epoch)) } //nolint:forbidigo // a measure takes wall time
}

// site is one data set in a database of its own, with the program built over it and a bare connection beside it.
type site struct {
	Options
	size  int
	epoch time.Time
	url   string
	app   *app.App
	store *store.Store
	bare  *sql.DB // one connection that writes, for the raw side of in-process measures
	drop  func() error
	house
	httpState
}

func newSite(ctx context.Context, o Options, size int) (*site, error) {
	s := &site{Options: o, size: size, epoch: time.Now()} //nolint:forbidigo // see clock
	var err error
	if s.url, s.drop, err = freshDatabase(ctx, o.DatabaseURL); err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	began := time.Now() //nolint:forbidigo // see clock
	if err := s.build(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.say("%d duties: built in %.1f s", size, time.Since(began).Seconds()) //nolint:forbidigo // see clock
	return s, nil
}

func (s *site) open(ctx context.Context) error {
	c := config.Default()
	c.DatabaseURL = s.url
	var err error
	if s.app, err = app.Build(ctx, c, app.Options{Now: clock(s.epoch), Migrate: true}); err != nil {
		return err
	}
	s.store = s.app.Store
	s.bare, err = openBare(s.url, true)
	return err
}

func (s *site) close() error {
	errs := []error{s.stopServers()}
	if s.bare != nil {
		errs = append(errs, s.bare.Close())
	}
	if s.app != nil {
		errs = append(errs, s.app.Close())
	}
	if s.drop != nil {
		errs = append(errs, s.drop())
	}
	return errors.Join(errs...)
}

func (s *site) say(format string, args ...any) {
	fmt.Fprintf(s.Progress, format+"\n", args...)
}

// acting is a context in which a person of the data set acts.
func (s *site) acting(ctx context.Context, p person) context.Context {
	return access.With(ctx, access.Actor{ID: p.id, AuthorityID: s.authority, Name: p.name, Posts: []access.Post{p.post}})
}

// freshDatabase makes an empty database: a file in a temporary folder, or a database on the server.
func freshDatabase(ctx context.Context, at string) (name string, drop func() error, err error) {
	if strings.HasPrefix(at, "postgres") {
		return freshPostgres(ctx, at)
	}
	folder, err := os.MkdirTemp(strings.TrimPrefix(at, "sqlite:"), "duban-bench-")
	if err != nil {
		return "", nil, err
	}
	return "sqlite:" + filepath.Join(folder, "bench.db"), func() error { return os.RemoveAll(folder) }, nil
}

func freshPostgres(ctx context.Context, server string) (string, func() error, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, errors.New("the address of the PostgreSQL server cannot be read")
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		return "", nil, err
	}
	name := fmt.Sprintf("duban_bench_%d_%d", os.Getpid(), time.Now().UnixNano()%1e9) //nolint:forbidigo // only a name
	if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, errors.Join(err, admin.Close())
	}
	u.Path = "/" + name
	return u.String(), func() error {
		_, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
		return errors.Join(err, admin.Close())
	}, nil
}

// openBare opens the database with the driver alone, as durable as the program's own connections. One writer takes part on
// SQLite; readers get a pool of the program's size.
func openBare(databaseURL string, write bool) (*sql.DB, error) {
	file, lite := strings.CutPrefix(databaseURL, "sqlite:")
	if !lite {
		db, err := sql.Open("pgx", databaseURL)
		if err == nil {
			db.SetMaxOpenConns(16)
			db.SetMaxIdleConns(16)
		}
		return db, err
	}
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath()}).String() +
		"?_pragma=busy_timeout(15000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-16000)" +
		"&_pragma=foreign_keys(1)&_time_integer_format=unix_milli&_inttotime=1&_timezone=UTC"
	conns := 4
	if write {
		dsn, conns = dsn+"&_txlock=immediate", 1
	} else {
		dsn += "&_pragma=query_only(1)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err == nil {
		db.SetMaxOpenConns(conns)
		db.SetMaxIdleConns(conns)
	}
	return db, err
}

func (s *site) newID() ident.ID { return s.store.NewID() }
