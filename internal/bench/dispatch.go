package bench

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// The issue of a plan at full size, and the smaller one on smaller data sets. The sites are those of the authority whose
// annual report the sample follows.
const (
	keyPoints, sites           = 60, 9586
	fewKeyPoints, fewSites     = 6, 958
	fullFrom                   = 100_000 // duties from which on the issue is a full one
	bareRowsOfStatement        = 50
	dispatchDue, dispatchStart = "2017-12-31", "2017-03-06"
)

// dispatches issues key points to all sites, one transaction a key point. The bare side writes the rows of duties and clocks with
// prepared statements of 50 rows, and the counters with one statement. The sides take turns, so that both meet tables and
// indexes of one size.
func dispatches(ctx context.Context, s *site) ([]Row, error) {
	points, n := fewKeyPoints, fewSites
	if s.size >= fullFrom {
		points, n = keyPoints, sites
	}
	to, err := s.buildSites(ctx, n)
	if err != nil {
		return nil, err
	}
	tasks, err := s.buildPoints(ctx, 2*points)
	if err != nil {
		return nil, err
	}
	if err := s.fold(ctx); err != nil {
		return nil, err
	}
	var ours, bare timing
	for i := range points {
		if err := bare.of(func() error { return s.bareDispatch(ctx, tasks[2*i], to) }); err != nil {
			return nil, fmt.Errorf("bare dispatch: %w", err)
		}
		if err := ours.of(func() error { return s.dispatch(ctx, tasks[2*i+1], to) }); err != nil {
			return nil, err
		}
		if i%10 == 9 {
			s.say("%d duties: key point %d of %d issued by both", s.size, i+1, points)
		}
	}
	return []Row{row(fmt.Sprintf("dispatch %d × %d", points, n), s, 0, "duties", ours.cost(points*n), bare.cost(points*n))}, nil
}

func (s *site) dispatch(ctx context.Context, task *ent.Task, to []duties.Recipient) error {
	ctx = access.System(ctx, "bench")
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := s.app.Duties.Dispatch(ctx, tx, task, to)
		return err
	})
}

// buildSites adds the units that get duties, each below the root.
func (s *site) buildSites(ctx context.Context, n int) ([]duties.Recipient, error) {
	to := make([]duties.Recipient, n)
	rows := make([][]any, n)
	for i := range to {
		at := len(s.units) + 2 + i
		p := place{s.newID(), unit.Child(s.root.path, unit.Segment(at))}
		to[i] = duties.Recipient{UnitID: p.id, UnitPath: p.path, Part: duty.Lead}
		rows[i] = s.unitRow(p, s.root.id, unit.ServiceSite, fmt.Sprintf("第%d服务站", i+1), at)
	}
	return to, s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		return s.store.InsertRows(ctx, tx, "units", unitColumns, rows)
	})
}

// buildPoints adds key points to the plan, below its root node.
func (s *site) buildPoints(ctx context.Context, n int) ([]*ent.Task, error) {
	tasks := make([]*ent.Task, n)
	above := s.tasks[0].above
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		for i := range tasks {
			tasks[i], err = tx.Task.Create().SetID(s.newID()).SetAuthorityID(s.authority).SetPlanID(s.plan).SetParentID(above[len(above)-1]).
				SetKind(plan.KeyPoint).SetNumber(fmt.Sprintf("（%d）", i+1)).SetTitle("推进政务公开标准化").SetRollUp(plan.Weighted).
				SetStartDate(workday.MustDate(dispatchStart)).SetDueDate(workday.MustDate(dispatchDue)).SetLeaderID(s.leader.id).Save(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return tasks, err
}

const bareCounts = `INSERT INTO duty_counts (id, authority_id, plan_id, unit_id, unit_path, status, n)
	SELECT d.id, d.authority_id, d.plan_id, d.unit_id, d.unit_path, d.status, 1 FROM duties d WHERE d.task_id = $1
	ON CONFLICT (unit_id, plan_id, status) DO UPDATE SET n = duty_counts.n + 1`

func (s *site) bareDispatch(ctx context.Context, task *ent.Task, to []duties.Recipient) error {
	tx, err := s.bare.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after the commit there is nothing to roll back
	now, sign := s.store.Now(), s.app.Watches.SignTerm(task.AuthorityID, s.app.Watches.Today())
	look := task.DueDate.AddDays(-10).Start(time.UTC)
	dutyRows, watchRows := make([][]any, len(to)), make([][]any, len(to))
	for i, r := range to {
		id := s.newID()
		dutyRows[i] = []any{id, task.AuthorityID, task.PlanID, task.ID, r.UnitID, r.UnitPath, "lead", "assigned", true, 0, task.DueDate, task.DueDate,
			1, sign, task.LeaderID, nil, ident.ID{}, nil, ident.ID{}, "", "", ident.ID{}, now, now, 1}
		watchRows[i] = []any{id, task.AuthorityID, string(ladder.OnDuty), r.UnitID, r.UnitPath, task.LeaderID, task.StartDate, task.DueDate, 1, sign,
			"green", "duty.default@1:on_time", now, look, 0}
	}
	if err := s.insertPrepared(ctx, tx, "duties", dutyColumns, dutyRows); err != nil {
		return err
	}
	if err := s.insertPrepared(ctx, tx, "watches", watchColumns, watchRows); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, bareCounts, task.ID); err != nil {
		return err
	}
	return tx.Commit()
}

// insertPrepared inserts rows with one prepared statement of 50 rows and one of the rest.
func (s *site) insertPrepared(ctx context.Context, tx *sql.Tx, table string, columns []string, rows [][]any) error {
	var stmt *sql.Stmt
	prepared := 0
	for len(rows) > 0 {
		n := min(bareRowsOfStatement, len(rows))
		if n != prepared {
			var err error
			if stmt, err = tx.PrepareContext(ctx, insertText(s.store.Postgres(), table, columns, n)); err != nil {
				return err
			}
			prepared = n
		}
		args := make([]any, 0, n*len(columns))
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if _, err := stmt.ExecContext(ctx, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func insertText(dollars bool, table string, columns []string, rows int) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", table, strings.Join(columns, ", "))
	for i := range rows * len(columns) {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%len(columns) == 0:
			b.WriteString("),(")
		default:
			b.WriteByte(',')
		}
		if dollars {
			fmt.Fprintf(&b, "$%d", i+1)
		} else {
			b.WriteByte('?')
		}
	}
	b.WriteByte(')')
	return b.String()
}
