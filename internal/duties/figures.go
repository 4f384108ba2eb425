package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
)

// CheckedFigures is what the nightly check of the maintained figures found.
type CheckedFigures struct {
	Plans int `json:"plans" doc:"Plans that were counted in full"`
	Wrong int `json:"wrong" doc:"Figures that differed and were put right"`
}

// CheckFigures counts every issued plan in full and holds the figures that deltas maintain against it: progress and parts of every
// task, duties by unit and state. What differs is put right, with an event that says what it was: nobody is to trust a
// figure that a crash or a fault of the program bent.
func (s *Service) CheckFigures(ctx context.Context) (CheckedFigures, error) {
	var sum CheckedFigures
	if _, err := s.gate.May(ctx, access.CounterCheck); err != nil {
		return sum, err
	}
	plans, err := s.store.Read().Plan.Query().All(ctx)
	if err != nil {
		return sum, fmt.Errorf("list plans: %w", err)
	}
	for _, p := range plans {
		if p.Status == plan.Draft {
			continue
		}
		wrong := 0
		err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
			wrong, err = s.checkPlan(ctx, tx, p)
			return err
		})
		if err != nil {
			return sum, fmt.Errorf("check figures of plan %s: %w", p.ID, err)
		}
		sum.Plans++
		sum.Wrong += wrong
	}
	return sum, nil
}

// checkPlan counts on one snapshot: a count that saw half of somebody's change would take the other half for an error. Where a
// repair meets a later change PostgreSQL refuses it, and the count begins anew; on SQLite the one writer waits.
func (s *Service) checkPlan(ctx context.Context, tx *ent.Tx, p *ent.Plan) (int, error) {
	if s.store.Postgres() {
		if _, err := tx.ExecContext(ctx, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); err != nil {
			return 0, fmt.Errorf("take snapshot: %w", err)
		}
	}
	tasks, err := s.checkTasks(ctx, tx, p.ID)
	if err != nil {
		return 0, err
	}
	counts, err := s.checkCounts(ctx, tx, p.ID)
	wrong := tasks + counts
	if err != nil || wrong == 0 {
		return 0, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: p.AuthorityID, Subject: "plan", SubjectID: p.ID, PlanID: p.ID, Action: "recount",
		After: map[string]any{"tasks": tasks, "counters": counts}})
	return wrong, err
}

// checkTasks computes the tree of a plan from its duties upward and repairs the nodes that differ.
func (s *Service) checkTasks(ctx context.Context, tx *ent.Tx, planID ident.ID) (int, error) {
	var nodes []node
	err := store.Each(ctx, tx, "SELECT "+nodeColumns+" FROM tasks WHERE plan_id = $1 ORDER BY path DESC, id", []any{planID}, func(scan func(...any) error) error {
		var n node
		err := scan(n.fields()...)
		nodes = append(nodes, n)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("read tasks: %w", err)
	}
	shares, err := dutyShares(ctx, tx, planID)
	if err != nil {
		return 0, err
	}
	wrong := 0
	for _, n := range deepestFirst(nodes) {
		right := n.from(shares[n.ID])
		if !n.ParentID.IsZero() && right.Parts > 0 {
			shares[n.ParentID] = append(shares[n.ParentID], parts{n: 1, weight: n.Weight, share: right.share()})
		}
		if right == n {
			continue
		}
		wrong++
		if err := right.write(ctx, tx); err != nil {
			return wrong, err
		}
	}
	n, err := checkProgress(ctx, tx, planID)
	return wrong + n, err
}

// checkProgress repairs the plan's own progress, the mean of its top nodes.
func checkProgress(ctx context.Context, tx *ent.Tx, planID ident.ID) (int, error) {
	res, err := tx.ExecContext(ctx, "UPDATE plans SET progress = "+planProgress+" WHERE id = $1 AND progress <> "+planProgress, planID)
	if err != nil {
		return 0, fmt.Errorf("repair progress of plan: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// parts are n equal parts of a node.
type parts struct {
	n, weight int
	share
}

// dutyShares counts the duties of a plan by task, state and progress: few groups, however many duties.
func dutyShares(ctx context.Context, tx *ent.Tx, planID ident.ID) (map[ident.ID][]parts, error) {
	shares := make(map[ident.ID][]parts)
	text := `SELECT d.task_id, d.status, d.progress, COUNT(*) FROM tasks t JOIN duties d ON d.task_id = t.id WHERE t.plan_id = $1
		GROUP BY d.task_id, d.status, d.progress`
	err := store.Each(ctx, tx, text, []any{planID}, func(scan func(...any) error) error {
		var d ent.Duty
		p := parts{weight: 1}
		if err := scan(&d.TaskID, &d.Status, &d.Progress, &p.n); err != nil {
			return err
		}
		if d.Status != duty.Cancelled {
			p.share = contribution(&d)
			shares[d.TaskID] = append(shares[d.TaskID], p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count duties by task: %w", err)
	}
	return shares, nil
}

// deepestFirst orders nodes so that each stands after everything below it.
func deepestFirst(nodes []node) []node {
	children := make(map[ident.ID][]node)
	for _, n := range nodes {
		children[n.ParentID] = append(children[n.ParentID], n)
	}
	order := make([]node, 0, len(nodes))
	level := children[ident.ID{}]
	for len(level) > 0 {
		order = append(order, level...)
		var next []node
		for _, n := range level {
			next = append(next, children[n.ID]...)
		}
		level = next
	}
	for i, j := 0, len(order)-1; i < j; i, j = i+1, j-1 {
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// from is the node with figures counted from its parts.
func (n node) from(all []parts) node {
	n.Parts, n.Closed, n.Sum, n.Total = 0, 0, 0, 0
	best := 0
	for _, p := range all {
		weight := 1
		if n.Rule == plan.Weighted {
			weight = p.weight
		}
		n.Parts += p.n
		n.Closed += p.n * p.closed
		n.Sum += p.n * weight * p.progress
		n.Total += p.n * weight
		best = max(best, p.progress)
	}
	n.Progress = graph.Rule{Kind: n.Rule, K: n.K}.Progress(n.tally(best))
	return n
}

func (n node) write(ctx context.Context, tx *ent.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE tasks SET parts = $1, closed_parts = $2, part_sum = $3, part_weight = $4, progress = $5 WHERE id = $6`,
		n.Parts, n.Closed, n.Sum, n.Total, n.Progress, n.ID)
	if err != nil {
		return fmt.Errorf("repair task: %w", err)
	}
	return nil
}
