package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
)

// share is what a part gives to its task: whether it counts, whether it is complete, how far it is (basis points).
type share struct{ parts, closed, progress int }

// minus is the change from another share to this one.
func (a share) minus(b share) share {
	return share{a.parts - b.parts, a.closed - b.closed, a.progress - b.progress}
}

// contribution is the share of a duty. A cancelled one gives nothing; one that was struck off is complete, for whatever reason;
// one that is open is never quite complete, whatever it reports: only verification makes it so.
func contribution(d *ent.Duty) share {
	switch d.Status {
	case duty.Cancelled:
		return share{}
	case duty.Closed:
		return share{1, 1, graph.Full}
	case duty.Assigned, duty.Returned, duty.Active, duty.Review:
		return share{1, 0, min(d.Progress, graph.Full-1)}
	}
	return share{}
}

// node is a task as the roll-up sees it.
type node struct {
	ID, PlanID, ParentID ident.ID
	Rule                 plan.RollUp
	K, Weight            int
	Parts, Closed        int
	Sum, Total           int // of progress, by weight where the rule is weighted, and of the weights
	Progress             int
}

// tally is the node's parts as the law of progress reads them; the best of them is known only where it was looked up.
func (n node) tally(best int) graph.Tally {
	return graph.Tally{Parts: n.Parts, Done: n.Closed, Best: best, Sum: n.Sum, Weight: n.Total, Weighted: n.Sum}
}

// share is what the task itself gives to the one above: it counts as soon as it has parts.
func (n node) share() share {
	if n.Parts == 0 {
		return share{}
	}
	return share{1, one(n.Progress == graph.Full), n.Progress}
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
	best := 0
	if after.Rule == plan.Any {
		if best, err = bestPart(ctx, tx, id); err != nil {
			return before, after, err
		}
	}
	after.Progress = graph.Rule{Kind: after.Rule, K: after.K}.Progress(after.tally(best))
	if after.Progress != before.Progress {
		_, err = tx.ExecContext(ctx, "UPDATE tasks SET progress = $1 WHERE id = $2", after.Progress, id)
	}
	return before, after, err
}

// bestPart is the greatest progress among the parts of a task.
func bestPart(ctx context.Context, tx *ent.Tx, id ident.ID) (int, error) {
	best := 0
	text := `SELECT COALESCE(MAX(p), 0) FROM (
		SELECT CASE WHEN status = 'closed' THEN 10000 WHEN progress > 9999 THEN 9999 ELSE progress END AS p FROM duties WHERE task_id = $1 AND status <> 'cancelled'
		UNION ALL SELECT progress FROM tasks WHERE parent_id = $2 AND parts > 0) AS parts`
	err := store.Each(ctx, tx, text, []any{id, id}, func(scan func(...any) error) error { return scan(&best) })
	return best, err
}

// planProgress is the mean of a plan's top nodes, of which there are few, cut to a whole basis point on either database.
const planProgress = `COALESCE((SELECT CAST(SUM(t.progress) AS bigint) / COUNT(*) FROM tasks t
	WHERE t.plan_id = plans.id AND t.parent_id = 0 AND t.parts > 0), 0)`

// rollUpPlan carries a change of a top node into the plan. The plan is locked by a statement of its own: PostgreSQL gives the
// tasks to a statement that waited for the plan as they were before it waited.
func rollUpPlan(ctx context.Context, tx *ent.Tx, id ident.ID, change share) error {
	if change == (share{}) {
		return nil
	}
	for _, text := range []string{"UPDATE plans SET progress = progress WHERE id = $1", "UPDATE plans SET progress = " + planProgress + " WHERE id = $1"} {
		if _, err := tx.ExecContext(ctx, text, id); err != nil {
			return fmt.Errorf("roll up plan: %w", err)
		}
	}
	return nil
}
