package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
)

// whole is complete progress in basis points.
const whole = 10000

// share is what one part gives to its task: whether it counts, whether it is complete, how far it is (basis points).
type share struct{ parts, closed, progress int }

// minus is the change from another share to this one.
func (a share) minus(b share) share {
	return share{a.parts - b.parts, a.closed - b.closed, a.progress - b.progress}
}

// contribution is the share of a duty. A cancelled one gives nothing; one that was struck off is complete, for whatever reason.
func contribution(d *ent.Duty) share {
	switch d.Status {
	case duty.Cancelled:
		return share{}
	case duty.Closed:
		return share{1, 1, whole}
	}
	return share{1, 0, d.Progress}
}

// node is a task as the roll-up sees it.
type node struct {
	ID, PlanID, ParentID ident.ID
	Rule                 plan.RollUp
	K, Weight            int
	Parts, Closed        int
	Sum, Total           int // sum of weight × progress over the parts, and of the weights
	Progress             int
}

// complete applies the rule to the counts of parts.
func (n node) complete() bool {
	switch n.Rule {
	case plan.Any:
		return n.Closed > 0
	case plan.KOfN:
		return n.Parts > 0 && n.Closed >= min(max(n.K, 1), n.Parts)
	case plan.All, plan.Weighted:
	}
	return n.Parts > 0 && n.Closed == n.Parts
}

// mean is the progress by the rules that a sum is enough for.
func (n node) mean() int {
	if n.Total <= 0 {
		return 0
	}
	return n.Sum / n.Total
}

// best is how many of the best parts make the progress; 0 if all do.
func (n node) best() int {
	switch n.Rule {
	case plan.Any:
		return 1
	case plan.KOfN:
		return min(max(n.K, 1), max(n.Parts, 1))
	case plan.All, plan.Weighted:
	}
	return 0
}

// share is what the task itself gives to the one above: it counts as soon as it has parts.
func (n node) share() share {
	if n.Parts == 0 {
		return share{}
	}
	return share{1, one(n.complete()), n.Progress}
}

// rollUp adds the change of one part to its task and carries what changes there upward along the path to the root and the plan. A
// level whose own share stays the same ends it: in a large plan most reports move one or two rows.
func rollUp(ctx context.Context, tx *ent.Tx, task ident.ID, change share) error {
	weight := 1
	for id := task; change != (share{}); {
		before, after, err := addShare(ctx, tx, id, change, weight)
		if err != nil {
			return fmt.Errorf("roll up task: %w", err)
		}
		change, weight = after.share().minus(before.share()), after.Weight
		if after.ParentID.IsZero() {
			return rollUpPlan(ctx, tx, after.PlanID, change)
		}
		id = after.ParentID
	}
	return nil
}

const nodeColumns = "id, plan_id, parent_id, roll_up, roll_up_k, weight, parts, closed_parts, part_sum, part_weight, progress"

func (n *node) fields() []any {
	return []any{&n.ID, &n.PlanID, &n.ParentID, &n.Rule, &n.K, &n.Weight, &n.Parts, &n.Closed, &n.Sum, &n.Total, &n.Progress}
}

// addShare adds a change to one task; weight is that of the part, which only the weighted rule asks for.
func addShare(ctx context.Context, tx *ent.Tx, id ident.ID, change share, weight int) (before, after node, err error) {
	text := `UPDATE tasks SET parts = parts + $1, closed_parts = closed_parts + $2,
		part_sum = part_sum + $3 * CASE WHEN roll_up = 'weighted' THEN $4 ELSE 1 END,
		part_weight = part_weight + $5 * CASE WHEN roll_up = 'weighted' THEN $6 ELSE 1 END
		WHERE id = $7 RETURNING ` + nodeColumns
	err = store.Each(ctx, tx, text, []any{change.parts, change.closed, change.progress, weight, change.parts, weight, id},
		func(scan func(...any) error) error { return scan(after.fields()...) })
	if err != nil {
		return before, after, err
	}
	before = after
	before.Parts, before.Closed = after.Parts-change.parts, after.Closed-change.closed
	after.Progress = after.mean()
	if k := after.best(); k > 0 {
		if after.Progress, err = bestParts(ctx, tx, id, k); err != nil {
			return before, after, err
		}
	}
	if after.Progress != before.Progress {
		_, err = tx.ExecContext(ctx, "UPDATE tasks SET progress = $1 WHERE id = $2", after.Progress, id)
	}
	return before, after, err
}

// bestParts is the mean of the k best parts of a task.
func bestParts(ctx context.Context, tx *ent.Tx, id ident.ID, k int) (int, error) {
	sum, n := 0, 0
	text := `SELECT p FROM (
		SELECT CASE WHEN status = 'closed' THEN 10000 ELSE progress END AS p FROM duties WHERE task_id = $1 AND status <> 'cancelled'
		UNION ALL SELECT progress FROM tasks WHERE parent_id = $2 AND parts > 0) AS parts ORDER BY p DESC LIMIT $3`
	err := store.Each(ctx, tx, text, []any{id, id, k}, func(scan func(...any) error) error {
		var p int
		n++
		err := scan(&p)
		sum += p
		return err
	})
	if n == 0 {
		return 0, err
	}
	return sum / n, err
}

// rollUpPlan is the mean of the plan's top nodes, of which there are few.
func rollUpPlan(ctx context.Context, tx *ent.Tx, id ident.ID, change share) error {
	if change == (share{}) {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE plans SET progress = COALESCE((SELECT SUM(t.progress) / COUNT(*) FROM tasks t
		WHERE t.plan_id = plans.id AND t.parent_id = 0 AND t.parts > 0), 0) WHERE id = $1`, id)
	if err != nil {
		return fmt.Errorf("roll up plan: %w", err)
	}
	return nil
}
