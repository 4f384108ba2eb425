package plans

import "github.com/duban-gov/duban/ent"

// create is the statement that inserts a node.
func create(tx *ent.Tx, t *ent.Task) *ent.TaskCreate {
	c := tx.Task.Create().SetID(t.ID).SetAuthorityID(t.AuthorityID).SetPlanID(t.PlanID).SetVersion(max(t.Version, 1)).
		SetParentID(t.ParentID).SetPath(t.Path).SetKind(t.Kind).SetNumber(t.Number).SetTitle(t.Title).SetContent(t.Content).
		SetSpanStart(t.SpanStart).SetSpanEnd(t.SpanEnd).SetParagraph(t.Paragraph).SetDeadlineKind(t.DeadlineKind).
		SetDeadlinePhrase(t.DeadlinePhrase).SetDeadlineRule(t.DeadlineRule).SetDeadlineStart(t.DeadlineStart).SetDeadlineEnd(t.DeadlineEnd).
		SetStartDate(t.StartDate).SetDueDate(t.DueDate).SetRecurrence(t.Recurrence).SetWeight(t.Weight).SetRollUp(t.RollUp).
		SetRollUpK(t.RollUpK).SetLeaderID(t.LeaderID).SetMode(t.Mode)
	if len(t.Milestones) > 0 {
		c.SetMilestones(t.Milestones)
	}
	if len(t.Targets) > 0 {
		c.SetTargets(t.Targets)
	}
	if len(t.Contract) > 0 {
		c.SetContract(t.Contract)
	}
	return c
}

// update is the statement that brings a node to the given state and raises its version.
func update(tx *ent.Tx, t *ent.Task) *ent.TaskUpdateOne {
	u := tx.Task.UpdateOneID(t.ID).AddVersion(1).
		SetParentID(t.ParentID).SetPath(t.Path).SetKind(t.Kind).SetNumber(t.Number).SetTitle(t.Title).SetContent(t.Content).
		SetSpanStart(t.SpanStart).SetSpanEnd(t.SpanEnd).SetParagraph(t.Paragraph).SetDeadlineKind(t.DeadlineKind).
		SetDeadlinePhrase(t.DeadlinePhrase).SetDeadlineRule(t.DeadlineRule).SetDeadlineStart(t.DeadlineStart).SetDeadlineEnd(t.DeadlineEnd).
		SetStartDate(t.StartDate).SetDueDate(t.DueDate).SetRecurrence(t.Recurrence).SetWeight(t.Weight).SetRollUp(t.RollUp).
		SetRollUpK(t.RollUpK).SetLeaderID(t.LeaderID).SetMode(t.Mode)
	if len(t.Milestones) > 0 {
		u.SetMilestones(t.Milestones)
	} else {
		u.ClearMilestones()
	}
	if len(t.Targets) > 0 {
		u.SetTargets(t.Targets)
	} else {
		u.ClearTargets()
	}
	if len(t.Contract) > 0 {
		u.SetContract(t.Contract)
	} else {
		u.ClearContract()
	}
	return u
}
