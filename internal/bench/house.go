package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// The shape of a data set: every unit holds 200 open duties and 50 closed ones; 100 units share 250 tasks.
const (
	openOfUnit = 200
	dutiesEach = 250
	sharing    = 100
	smallest   = openOfUnit
	fanOut     = 10 // children of an inner node; three levels stand above the tasks
)

var firstDay = workday.MustDate("2016-01-01")

type place struct {
	id   ident.ID
	path unit.Path
}

type person struct {
	id   ident.ID
	name string
	post access.Post
}

// house is the authority of a data set: its units with a clerk and a head each, and its office.
type house struct {
	authority ident.ID
	plan      ident.ID
	root      place
	units     []place
	clerks    []person
	office    person
	leader    person
	tasks     []task
	duties    []dutyRow // those that are open, by unit
	rawBlocks int64     // blocks of ids given out for SQL
}

func (s *site) build(ctx context.Context) error {
	steps := []func(context.Context, *ent.Tx) error{s.buildUnits, s.buildPeople, s.buildTasks, s.buildDuties}
	for _, step := range steps {
		if err := s.store.Write(ctx, step); err != nil {
			return err
		}
	}
	return s.settle(ctx)
}

// settle gathers statistics and folds the log into the database, as a running installation has done long ago.
func (s *site) settle(ctx context.Context) error {
	texts := []string{"ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"}
	if s.store.Postgres() {
		texts = []string{"VACUUM ANALYZE", "CHECKPOINT"}
	}
	for _, text := range texts {
		if _, err := s.bare.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("settle: %w", err)
		}
	}
	return nil
}

var unitColumns = []string{"id", "authority_id", "parent_id", "path", "kind", "name", "code", "sort", "valid_from", "valid_to", "successor_id", "created_at", "version"}

func (s *site) buildUnits(ctx context.Context, tx *ent.Tx) error {
	s.authority = s.newID()
	s.root = place{s.newID(), unit.Segment(1)}
	s.units = make([]place, max(1, s.size/openOfUnit))
	err := tx.Authority.Create().SetID(s.authority).SetName("江北省教育厅").SetShortName("省教育厅").SetDocPrefix("江教督").
		SetRootUnitID(s.root.id).SetCreatedAt(s.store.Now()).Exec(ctx)
	if err != nil {
		return err
	}
	rows := [][]any{s.unitRow(s.root, ident.ID{}, unit.Department, "江北省教育厅", 1)}
	for i := range s.units {
		s.units[i] = place{s.newID(), unit.Child(s.root.path, unit.Segment(i+2))}
		rows = append(rows, s.unitRow(s.units[i], s.root.id, unit.University, fmt.Sprintf("江北第%d学院", i+1), i+2))
	}
	return s.store.InsertRows(ctx, tx, "units", unitColumns, rows)
}

func (s *site) unitRow(p place, parent ident.ID, kind unit.Kind, name string, n int) []any {
	return []any{p.id, s.authority, parent, p.path, string(kind), name, fmt.Sprintf("U%05d", n), n, firstDay, workday.Date{}, ident.ID{}, s.store.Now(), 1}
}

var (
	userColumns = []string{"id", "authority_id", "login", "name", "email", "created_at"}
	postColumns = []string{"id", "authority_id", "user_id", "unit_id", "role", "valid_from", "valid_to", "acting_for_id", "granted_by_id", "created_at", "version"}
)

func (s *site) buildPeople(ctx context.Context, tx *ent.Tx) error {
	var users, posts [][]any
	now := s.store.Now()
	hire := func(name string, role post.Role, in place) person {
		p := person{id: s.newID(), name: name, post: access.Post{ID: s.newID(), UnitID: in.id, UnitPath: in.path, Role: role}}
		users = append(users, []any{p.id, s.authority, "u" + p.id.String(), name, p.id.String() + "@example.gov.cn", now})
		posts = append(posts, []any{p.post.ID, s.authority, p.id, in.id, string(role), firstDay, workday.Date{}, ident.ID{}, ident.ID{}, now, 1})
		return p
	}
	s.office, s.leader = hire("督查室", post.Office, s.root), hire("厅领导", post.Leader, s.root)
	s.clerks = make([]person, len(s.units))
	for i, u := range s.units {
		s.clerks[i] = hire(fmt.Sprintf("经办人%d", i+1), post.UnitClerk, u)
		hire(fmt.Sprintf("负责人%d", i+1), post.UnitHead, u)
	}
	if err := s.store.InsertRows(ctx, tx, "users", userColumns, users); err != nil {
		return err
	}
	return s.store.InsertRows(ctx, tx, "posts", postColumns, posts)
}

// instantOf is 09:00 in Shanghai on a day.
func instantOf(d workday.Date) time.Time { return d.Start(time.UTC).Add(time.Hour) }
