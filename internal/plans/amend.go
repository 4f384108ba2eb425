package plans

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// AmendPlanInput is a supplement or amendment of an issued plan: all of it holds, or nothing.
type AmendPlanInput struct {
	Reason   string        `json:"reason" maxLength:"2000" doc:"Why; everybody concerned reads it" example:"省政府办公厅新下达任务"`
	Document string        `json:"document,omitempty" maxLength:"100" doc:"Number of the document that orders it (文号)" example:"岚教函〔2017〕31号"`
	Changes  []AmendChange `json:"changes" minItems:"1" maxItems:"200" doc:"What changes"`
}

// AmendChange is one change of a revision.
type AmendChange struct {
	Act     string        `json:"act" enum:"add,cancel,redate" doc:"add a task, cancel one, or change its date" example:"redate"`
	TaskID  ident.ID      `json:"task_id,omitzero" doc:"Task to cancel or redate"`
	DueDate workday.Date  `json:"due_date,omitzero" doc:"New date, to redate" example:"2017-11-30"`
	Task    *AddTaskInput `json:"task,omitempty" doc:"The new task, to add"`
}

// PlanRevision is one supplement or amendment of an issued plan.
type PlanRevision struct {
	Number   int           `json:"number" doc:"Number of the revision, from 1" example:"1"`
	At       time.Time     `json:"at" doc:"Instant"`
	ByID     ident.ID      `json:"by_id,omitzero" doc:"Who made it"`
	ByName   string        `json:"by_name" doc:"Name" example:"苏文清"`
	Reason   string        `json:"reason" doc:"Why"`
	Document string        `json:"document,omitempty" doc:"Number of the document that orders it"`
	Changes  []AmendedTask `json:"changes" doc:"What changed"`
}

// AmendedTask is what a revision changed in one task.
type AmendedTask struct {
	Act    string       `json:"act" doc:"add, cancel or redate" example:"redate"`
	TaskID ident.ID     `json:"task_id" doc:"The task"`
	Title  string       `json:"title" doc:"Its title"`
	Old    workday.Date `json:"old,omitzero" doc:"Due date before" example:"2017-09-30"`
	New    workday.Date `json:"new,omitzero" doc:"Due date after" example:"2017-11-30"`
	Duties int          `json:"duties" doc:"Duties that it touched" example:"3"`
}

// RevisionList is the revisions of a plan.
type RevisionList struct {
	Items []PlanRevision `json:"items" doc:"Revisions, first to last"`
}

// The acts of a revision.
const (
	amendAdd    = "add"
	amendCancel = "cancel"
	amendRedate = "redate"
)

// amending is a revision in the making.
type amending struct {
	*editing
	sheet  *sheet
	reason string
	done   []AmendedTask
	got    map[ident.ID]int // duties touched, by unit
}

// Amend changes an issued plan by a numbered revision: it adds tasks, cancels them or changes their dates. Every changed date
// is a line in the deadline ledger of each duty; the baseline stays as it was. Everybody concerned gets one message.
func (s *Service) Amend(ctx context.Context, planID ident.ID, version int, in AmendPlanInput) (Plan, error) {
	if err := named(version); err != nil {
		return Plan{}, err
	}
	given := facts{Given: transition.Reason.If(strings.TrimSpace(in.Reason) != "")}
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, _, err := s.take(ctx, tx.Client(), planID, access.PlanAmend, plan.Amend, given)
		if err != nil {
			return err
		}
		if err := lock(ctx, tx, row, version); err != nil {
			return err
		}
		sh, err := s.layOut(ctx, tx.Client(), row, s.today())
		if err != nil {
			return err
		}
		e := &editing{s: s, tx: tx, plan: row, rowset: sh.rowset}
		e.index()
		a := &amending{editing: e, sheet: sh, reason: in.Reason, got: map[ident.ID]int{}}
		for i, c := range in.Changes {
			if err := a.apply(ctx, i, c); err != nil {
				return err
			}
		}
		return a.record(ctx, in)
	})
	if err != nil {
		return Plan{}, err
	}
	return s.Get(ctx, planID)
}

// apply makes one change.
func (a *amending) apply(ctx context.Context, i int, c AmendChange) error {
	location := fmt.Sprintf("body.changes[%d]", i)
	if c.Act == amendAdd {
		return a.add(ctx, location, c)
	}
	t := a.byID[c.TaskID]
	if t == nil || t.Parts == 0 {
		return fault.BadField(location+".task_id", "plan.amend_task")
	}
	for _, d := range a.done {
		if d.TaskID == t.ID {
			return fault.BadField(location+".task_id", "plan.amend_twice")
		}
	}
	was := AmendedTask{Act: c.Act, TaskID: t.ID, Title: t.Title, Old: t.DueDate}
	var touched []ident.ID
	var err error
	if c.Act == amendCancel {
		touched, err = a.s.duties.WithdrawTask(ctx, a.tx, t.ID, a.reason)
	} else {
		touched, err = a.redate(ctx, location, t, c.DueDate)
		was.New = c.DueDate
	}
	if err != nil {
		return err
	}
	a.note(was, touched)
	return nil
}

// redate changes the date of a task and of its open duties.
func (a *amending) redate(ctx context.Context, location string, t *ent.Task, due workday.Date) ([]ident.ID, error) {
	if due.IsZero() || due == t.DueDate {
		return nil, fault.BadField(location+".due_date", "plan.amend_needs")
	}
	err := a.tx.Task.UpdateOneID(t.ID).SetDueDate(due).SetDeadlineRule(manual).AddVersion(1).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("redate task: %w", err)
	}
	t.DueDate, t.DeadlineRule = due, manual
	return a.s.duties.RedateTask(ctx, a.tx, t.ID, due, a.reason)
}

// add puts a new task into the plan and hands it out by the rosters of today.
func (a *amending) add(ctx context.Context, location string, c AmendChange) error {
	if c.Task == nil || strings.TrimSpace(c.Task.Title) == "" || len(c.Task.Assignments) == 0 {
		return fault.BadField(location+".task", "plan.amend_needs")
	}
	before := a.rowset.clone()
	t, err := a.newTask(ctx, *c.Task)
	if err != nil {
		return err
	}
	was, is := difference(before, a.rowset)
	if err := exchange(ctx, a.tx, was, is); err != nil {
		return err
	}
	row := *a.plan
	sh, err := a.s.layOut(ctx, a.tx.Client(), &row, a.sheet.on)
	if err != nil {
		return err
	}
	to := sh.recipients(sh.byID[t.ID])
	for _, assigned := range sh.assigned[t.ID] {
		if !resolved(assigned) {
			return fault.BadFields(fault.Field{Location: location + ".task.assignments", Code: ruleUnknownName.id, Params: fault.Params{"name": assigned.Norm}})
		}
	}
	if len(to) == 0 {
		return fault.BadField(location+".task.assignments", "plan.amend_needs")
	}
	if _, err := a.s.duties.Dispatch(ctx, a.tx, sh.byID[t.ID], to); err != nil {
		return err
	}
	touched := make([]ident.ID, len(to))
	for i, r := range to {
		touched[i] = r.UnitID
	}
	a.note(AmendedTask{Act: amendAdd, TaskID: t.ID, Title: t.Title, New: t.DueDate}, touched)
	return nil
}

func (a *amending) note(t AmendedTask, touched []ident.ID) {
	t.Duties = len(touched)
	a.done = append(a.done, t)
	for _, unit := range touched {
		a.got[unit]++
	}
}

// record numbers the revision and writes its event, with one message to everybody in the units concerned.
func (a *amending) record(ctx context.Context, in AmendPlanInput) error {
	number, err := nextRevision(ctx, a.tx, a.s.store.NewID(), a.plan)
	if err != nil {
		return err
	}
	notes, err := a.s.tellCounts(ctx, a.tx.Client(), a.got, "plan.amended",
		map[string]any{"plan": a.plan.Title, "revision": number, "reason": in.Reason})
	if err != nil {
		return err
	}
	_, err = a.s.log.Append(ctx, a.tx, timeline.Entry{AuthorityID: a.plan.AuthorityID, Subject: subject, SubjectID: a.plan.ID, PlanID: a.plan.ID,
		Action: string(plan.Amend), Reason: in.Reason, After: revisionRecord{Number: number, Document: in.Document, Changes: a.done}, Tell: notes})
	return err
}

// revisionRecord is what the history keeps of a revision.
type revisionRecord struct {
	Number   int           `json:"number"`
	Document string        `json:"document,omitempty"`
	Changes  []AmendedTask `json:"changes"`
}

// nextRevision takes the next number of a plan's revisions in the caller's transaction.
func nextRevision(ctx context.Context, tx *ent.Tx, id ident.ID, row *ent.Plan) (int, error) {
	var number int
	err := store.Each(ctx, tx, `INSERT INTO number_series (id, authority_id, kind, year, last) VALUES ($1, $2, $3, 0, 1)
		ON CONFLICT (authority_id, kind, year) DO UPDATE SET last = number_series.last + 1 RETURNING last`,
		[]any{id, row.AuthorityID, "plan_revision/" + row.ID.String()}, func(scan func(...any) error) error { return scan(&number) })
	if err != nil {
		return 0, fmt.Errorf("number revision: %w", err)
	}
	return number, nil
}

// Revisions lists the revisions of a plan.
func (s *Service) Revisions(ctx context.Context, planID ident.ID) (RevisionList, error) {
	client := s.store.Read()
	if _, err := s.seen(ctx, client, planID); err != nil {
		return RevisionList{}, err
	}
	rows, err := client.Event.Query().Where(event.Subject(subject), event.SubjectID(planID), event.Action(string(plan.Amend))).Order(event.ByID()).Limit(1000).All(ctx)
	if err != nil {
		return RevisionList{}, fmt.Errorf("read revisions: %w", err)
	}
	list := RevisionList{Items: []PlanRevision{}}
	for _, r := range rows {
		var record revisionRecord
		decode(r.After, &record)
		list.Items = append(list.Items, PlanRevision{Number: record.Number, At: r.At, ByID: r.ActorID, ByName: r.ActorName, Reason: r.Reason,
			Document: record.Document, Changes: record.Changes})
	}
	return list, nil
}
