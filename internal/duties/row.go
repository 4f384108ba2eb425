package duties

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Duty is one unit's share in one task (责任) as people see it.
type Duty struct {
	ID              ident.ID               `json:"id" doc:"Id of the duty"`
	PlanID          ident.ID               `json:"plan_id" doc:"Plan it comes from"`
	TaskID          ident.ID               `json:"task_id" doc:"Task it is a share in"`
	TaskNumber      string                 `json:"task_number" doc:"Number of the task in the document" example:"（一）1"`
	TaskTitle       string                 `json:"task_title" doc:"Title of the task" example:"推进高校信息公开"`
	UnitID          ident.ID               `json:"unit_id" doc:"Unit that holds the duty"`
	UnitName        string                 `json:"unit_name" doc:"Name of that unit" example:"政策法规处"`
	Part            duty.Part              `json:"part" enum:"lead,support" doc:"lead (牵头) or support (配合)" example:"lead"`
	Status          duty.Status            `json:"status" enum:"assigned,returned,active,review,closed,cancelled" doc:"State" example:"active"`
	Progress        int                    `json:"progress" doc:"Confirmed progress in basis points; 10000 is done" example:"4500"`
	DueDate         workday.Date           `json:"due_date,omitzero" doc:"Due date in force: the end of that day; missing if it never falls due" example:"2017-12-31"`
	OriginalDueDate workday.Date           `json:"original_due_date,omitzero" doc:"Due date at the issue of the plan" example:"2017-12-31"`
	DueRevision     int                    `json:"due_revision" doc:"Which due date this is; 1 is the original" example:"1"`
	SignBy          workday.Date           `json:"sign_by,omitzero" doc:"Last day to sign for it" example:"2017-03-08"`
	LeaderID        ident.ID               `json:"leader_id,omitzero" doc:"Supervising leader"`
	Light           ladder.Light           `json:"light" enum:"grey,green,yellow,red,done" doc:"Light" example:"green"`
	LightRule       string                 `json:"light_rule" doc:"Rule that gave the light: rule set, version, rule" example:"duty.default@1:on_time"`
	LightSince      time.Time              `json:"light_since,omitzero" doc:"Instant since which it shows"`
	Overdue         bool                   `json:"overdue" doc:"Open after the end of the due date, or closed only then"`
	AcceptedAt      time.Time              `json:"accepted_at,omitzero" doc:"Instant at which the unit signed for it"`
	ReportedAt      time.Time              `json:"reported_at,omitzero" doc:"Instant of the last report that the office confirmed"`
	ClosedAt        time.Time              `json:"closed_at,omitzero" doc:"Instant of close-out"`
	CloseReason     string                 `json:"close_reason,omitempty" doc:"Why it was struck off: done, merged, overtaken" example:"done"`
	CompletionID    ident.ID               `json:"completion_id,omitzero" doc:"Completion request at hand"`
	CreatedAt       time.Time              `json:"created_at" doc:"Instant of the dispatch"`
	UpdatedAt       time.Time              `json:"updated_at" doc:"Instant of the last change"`
	Version         int                    `json:"version" doc:"Counts the changes; a change names the version it is based on" example:"3"`
	AllowedActions  []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// linesText reads everything that a page of duties shows in one statement, by the ids of the page.
const linesText = `SELECT d.id, d.authority_id, d.plan_id, d.task_id, d.unit_id, d.unit_path, d.part, d.status, d.progress, d.due_date,
	d.original_due_date, d.due_revision, d.accept_due_date, d.leader_id, d.accepted_at, d.reported_at, d.closed_at, d.close_reason,
	d.completion_id, d.created_at, d.updated_at, d.version, t.number, t.title, u.name, w.light, w.light_rule, w.light_since
	FROM duties d JOIN tasks t ON t.id = d.task_id JOIN units u ON u.id = d.unit_id JOIN watches w ON w.id = d.id WHERE d.id IN `

// line is a duty with what decides over it.
type line struct {
	Duty
	facts      access.Facts
	completion ent.Report
	run        *run
}

func (l *line) scan(scan func(...any) error) error {
	var accepted, reported, closed, since *time.Time
	d, f := &l.Duty, &l.facts
	err := scan(&d.ID, &f.AuthorityID, &d.PlanID, &d.TaskID, &d.UnitID, &f.Path, &d.Part, &d.Status, &d.Progress, &d.DueDate,
		&d.OriginalDueDate, &d.DueRevision, &d.SignBy, &d.LeaderID, &accepted, &reported, &closed, &d.CloseReason,
		&d.CompletionID, &d.CreatedAt, &d.UpdatedAt, &d.Version, &d.TaskNumber, &d.TaskTitle, &d.UnitName, &d.Light, &d.LightRule, &since)
	f.UnitID, f.LeaderID, f.Part = d.UnitID, d.LeaderID, string(d.Part)
	d.AcceptedAt, d.ReportedAt, d.ClosedAt, d.LightSince = at(accepted), at(reported), at(closed), at(since)
	d.CreatedAt, d.UpdatedAt = d.CreatedAt.UTC(), d.UpdatedAt.UTC()
	return err
}

// at is an instant that may be missing, in UTC.
func at(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// lines reads duties by id, in the order of the ids.
func (s *Service) lines(ctx context.Context, q store.Queryer, ids []ident.ID) ([]line, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	place := make(map[ident.ID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	found := make([]line, len(ids))
	list, args := store.In(s.store, 1, ids)
	err := store.Each(ctx, q, linesText+list, args, func(scan func(...any) error) error {
		var l line
		if err := l.scan(scan); err != nil {
			return err
		}
		found[place[l.ID]] = l
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read duties: %w", err)
	}
	return found, s.completions(ctx, q, found)
}

// completions reads who wrote and passed the completion requests at hand. Few duties have one, so most pages need nothing here.
func (s *Service) completions(ctx context.Context, q store.Queryer, lines []line) error {
	place := make(map[ident.ID]int)
	var ids []ident.ID
	for i := range lines {
		if id := lines[i].CompletionID; !id.IsZero() {
			place[id] = i
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, args := store.In(s.store, 1, ids)
	err := store.Each(ctx, q, "SELECT id, author_id, submitted_by_id, reviewer_id FROM reports WHERE id IN "+list, args, func(scan func(...any) error) error {
		var r ent.Report
		if err := scan(&r.ID, &r.AuthorID, &r.SubmittedByID, &r.ReviewerID); err != nil {
			return err
		}
		lines[place[r.ID]].completion = r
		return nil
	})
	if err != nil {
		return fmt.Errorf("read completion requests: %w", err)
	}
	return s.underway(ctx, q, lines)
}

// underway reads how far the close-outs at hand are.
func (s *Service) underway(ctx context.Context, q store.Queryer, lines []line) error {
	var ids []ident.ID
	for i := range lines {
		if lines[i].Status == duty.Review {
			ids = append(ids, lines[i].CompletionID)
		}
	}
	found, err := s.runs(ctx, q, ids)
	for i := range lines {
		lines[i].run = found[lines[i].CompletionID]
	}
	return err
}

// views are the duties of a page as the caller sees them.
func (s *Service) views(ctx context.Context, q store.Queryer, ids []ident.ID) ([]Duty, error) {
	lines, err := s.lines(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	look := s.gate.Look(ctx)
	views := make([]Duty, 0, len(lines))
	for _, l := range lines {
		if !l.ID.IsZero() {
			views = append(views, s.show(look, actor, l))
		}
	}
	return views, nil
}

func (s *Service) view(ctx context.Context, q store.Queryer, id ident.ID) (Duty, error) {
	views, err := s.views(ctx, q, []ident.ID{id})
	if err != nil {
		return Duty{}, err
	}
	if len(views) == 0 {
		return Duty{}, fault.Missing("duty")
	}
	return views[0], nil
}

// show completes a line with what follows from the moment and from who looks.
func (s *Service) show(look *access.Look, actor access.Actor, l line) Duty {
	d := l.Duty
	today := s.watches.Today()
	d.Overdue = overdue(d, today, s.watches)
	row := &ent.Duty{ID: d.ID, UnitID: d.UnitID, UnitPath: l.facts.Path, LeaderID: d.LeaderID, Status: d.Status, DueDate: d.DueDate, Open: d.Status.Open()}
	w := work{is: row, actor: actor, today: today, run: l.run}
	if !d.CompletionID.IsZero() {
		w.completion = &l.completion
	}
	allowed := duty.Table.Allowed(tr.Facts[duty.Status]{Status: d.Status, Relations: w.relations(), Circumstances: w.circumstances()})
	d.AllowedActions = look.Actions(l.facts, named(allowed))
	return d
}

// named gives the act of reporting the permission of the report that it creates.
func named(allowed []tr.Allowed) []tr.Allowed {
	for i := range allowed {
		if allowed[i].Action == duty.Report {
			allowed[i].Permission = string(access.ReportSave)
		}
	}
	return allowed
}

// overdue is a function of the due date and the instant, never a stored flag. A cancelled duty is not late.
func overdue(d Duty, today workday.Date, w *watches.Service) bool {
	switch {
	case d.DueDate.IsZero() || d.Status == duty.Cancelled:
		return false
	case d.Status == duty.Closed:
		return !d.ClosedAt.Before(d.DueDate.End(w.Rules().Zone))
	}
	return today.After(d.DueDate)
}

// labels names duties for messages: the task's number and title, and the unit.
func (s *Service) labels(ctx context.Context, tx *ent.Tx, ids []ident.ID) (map[ident.ID]watches.Label, error) {
	return s.labelled(ctx, tx, ids)
}

func (s *Service) labelled(ctx context.Context, q store.Queryer, ids []ident.ID) (map[ident.ID]watches.Label, error) {
	labels := make(map[ident.ID]watches.Label, len(ids))
	list, args := store.In(s.store, 1, ids)
	text := "SELECT d.id, d.plan_id, t.number, t.title, u.name FROM duties d JOIN tasks t ON t.id = d.task_id JOIN units u ON u.id = d.unit_id WHERE d.id IN "
	err := store.Each(ctx, q, text+list, args, func(scan func(...any) error) error {
		var id ident.ID
		var number, title string
		var label watches.Label
		if err := scan(&id, &label.PlanID, &number, &title, &label.Unit); err != nil {
			return err
		}
		label.Title = clause.Heading(number, title)
		labels[id] = label
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("name duties: %w", err)
	}
	return labels, nil
}
