package plans

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqljson"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/assignment"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
)

// maxPage is the largest page.
const maxPage = 200

// PlanQuery selects plans; empty fields select all.
type PlanQuery struct {
	Year   int
	Status plan.Status
	// Templates selects the templates instead of the plans.
	Templates bool
	After     string
	Limit     int
}

// List is one page of the plans that the caller may see, latest first.
func (s *Service) List(ctx context.Context, in PlanQuery) (PlanPage, error) {
	q, err := s.visible(ctx, s.store.Read().Plan.Query())
	if err != nil {
		return PlanPage{}, err
	}
	q.Where(func(s *sql.Selector) {
		marked := sqljson.HasKey(s.C(entplan.FieldDeclarations), sqljson.Path("template"))
		if !in.Templates {
			marked = sql.Not(marked)
		}
		s.Where(marked)
	})
	if in.Year != 0 {
		q.Where(entplan.Year(in.Year))
	}
	if in.Status != "" {
		q.Where(entplan.StatusEQ(in.Status))
	}
	if in.After != "" {
		after, err := ident.Parse(in.After)
		if err != nil {
			return PlanPage{}, fault.BadField("query.after", "cursor")
		}
		q.Where(entplan.IDLT(after))
	}
	limit := pageSize(in.Limit)
	rows, err := q.Order(ent.Desc(entplan.FieldID)).Limit(limit + 1).All(ctx)
	if err != nil {
		return PlanPage{}, fmt.Errorf("list plans: %w", err)
	}
	page := PlanPage{Items: []Plan{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, s.view(ctx, r))
	}
	return page, nil
}

func pageSize(limit int) int { return min(max(limit, 1), maxPage) }

// Get is one plan.
func (s *Service) Get(ctx context.Context, id ident.ID) (Plan, error) {
	row, err := s.seen(ctx, s.store.Read(), id)
	if err != nil {
		return Plan{}, err
	}
	return s.view(ctx, row), nil
}

// TaskQuery selects nodes of a plan; empty fields select all.
type TaskQuery struct {
	Under ident.ID // only below this node
	Depth int      // at most so many levels below Under (or the top); 0 means any
	After string
	Limit int
}

// Tasks is one page of a plan's nodes in document order.
func (s *Service) Tasks(ctx context.Context, planID ident.ID, in TaskQuery) (TaskPage, error) {
	client := s.store.Read()
	if _, err := s.seen(ctx, client, planID); err != nil {
		return TaskPage{}, err
	}
	q := client.Task.Query().Where(task.PlanID(planID))
	if err := narrow(ctx, client, q, planID, in); err != nil {
		return TaskPage{}, err
	}
	limit := pageSize(in.Limit)
	rows, err := q.Order(task.ByPath()).Limit(limit + 1).All(ctx)
	if err != nil {
		return TaskPage{}, fmt.Errorf("list tasks: %w", err)
	}
	page := TaskPage{Items: []Task{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = base64.RawURLEncoding.EncodeToString([]byte(rows[limit-1].Path))
	}
	page.Items, err = taskViews(ctx, client, rows)
	return page, err
}

// narrow adds the conditions of a query over nodes.
func narrow(ctx context.Context, client *ent.Client, q *ent.TaskQuery, planID ident.ID, in TaskQuery) error {
	root := ""
	if !in.Under.IsZero() {
		under, err := taskIn(ctx, client, planID, in.Under)
		if err != nil {
			return err
		}
		root = under.Path
		q.Where(task.PathGT(root), task.PathLT(root+pathEnd))
	}
	if in.Depth > 0 {
		q.Where(notDeeper(len(root) + in.Depth*segmentWidth))
	}
	if in.After != "" {
		after, err := base64.RawURLEncoding.DecodeString(in.After)
		if err != nil || !unit.IsPath(string(after)) {
			return fault.BadField("query.after", "cursor")
		}
		q.Where(task.PathGT(string(after)))
	}
	return nil
}

// taskIn is a node of a plan.
func taskIn(ctx context.Context, client *ent.Client, planID, id ident.ID) (*ent.Task, error) {
	row, err := client.Task.Query().Where(task.ID(id), task.PlanID(planID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("task")
	}
	if err != nil {
		return nil, fmt.Errorf("read task: %w", err)
	}
	return row, nil
}

// Task is one node, of whatever plan the caller may see.
func (s *Service) Task(ctx context.Context, id ident.ID) (Task, error) {
	client := s.store.Read()
	row, _, err := s.taskSeen(ctx, client, id)
	if err != nil {
		return Task{}, err
	}
	views, err := taskViews(ctx, client, []*ent.Task{row})
	if err != nil {
		return Task{}, err
	}
	return views[0], nil
}

// taskSeen is a node with its plan, if the caller may see that.
func (s *Service) taskSeen(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Task, *ent.Plan, error) {
	if _, err := s.gate.May(ctx, access.PlanRead); err != nil { // first: the answer must not tell which ids there are
		return nil, nil, err
	}
	row, err := client.Task.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil, fault.Missing("task")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read task: %w", err)
	}
	p, err := s.seen(ctx, client, row.PlanID)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil, fault.Missing("task")
	}
	return row, p, err
}

// taskViews maps nodes with their assignments, which are read in one query.
func taskViews(ctx context.Context, client *ent.Client, rows []*ent.Task) ([]Task, error) {
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	assigned, err := client.Assignment.Query().Where(assignment.TaskIDIn(ids...)).Order(assignment.BySort(), assignment.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read assignments: %w", err)
	}
	names, err := namesOf(ctx, client, assigned)
	if err != nil {
		return nil, err
	}
	byTask := make(map[ident.ID][]*ent.Assignment, len(rows))
	for _, a := range assigned {
		byTask[a.TaskID] = append(byTask[a.TaskID], a)
	}
	views := make([]Task, len(rows))
	for i, r := range rows {
		views[i] = taskView(r, byTask[r.ID], names)
	}
	return views, nil
}

// sourcePart is how many characters of the source one answer carries at most.
const sourcePart = 100_000

// Source is a part of the source text, from a character on.
func (s *Service) Source(ctx context.Context, planID ident.ID, from int) (PlanSource, error) {
	client := s.store.Read()
	row, err := s.seen(ctx, client, planID)
	if err != nil {
		return PlanSource{}, err
	}
	if row.DocumentID.IsZero() {
		return PlanSource{}, fault.Missing("document")
	}
	d, err := client.Document.Get(ctx, row.DocumentID)
	if err != nil {
		return PlanSource{}, fmt.Errorf("read document: %w", err)
	}
	text := []rune(d.Content)
	if from < 0 || from > len(text) {
		return PlanSource{}, fault.BadField("query.from", "maximum")
	}
	part := PlanSource{DocumentID: d.ID, Name: d.Name, MediaType: d.MediaType, SHA256: d.Sha256, Size: d.Size, Length: len(text), From: from}
	end := min(from+sourcePart, len(text))
	part.Text = string(text[from:end])
	if end < len(text) {
		part.Next = end
	}
	return part, nil
}

// File is the source document as it was uploaded.
func (s *Service) File(ctx context.Context, planID ident.ID) (name, mediaType string, raw []byte, err error) {
	client := s.store.Read()
	row, err := s.seen(ctx, client, planID)
	if err != nil {
		return "", "", nil, err
	}
	if row.DocumentID.IsZero() {
		return "", "", nil, fault.Missing("document")
	}
	d, err := client.Document.Get(ctx, row.DocumentID)
	if err != nil {
		return "", "", nil, fmt.Errorf("read document: %w", err)
	}
	raw, err = s.files.Read(d.BlobKey)
	return d.Name, d.MediaType, raw, err
}

// Unplaced lists the pieces of the source that stand in no node.
func (s *Service) Unplaced(ctx context.Context, planID ident.ID) (UnplacedList, error) {
	row, err := s.seen(ctx, s.store.Read(), planID)
	if err != nil {
		return UnplacedList{}, err
	}
	var all []clause.Unplaced
	decode(row.Unplaced, &all)
	list := UnplacedList{Items: []UnplacedText{}}
	for _, u := range all {
		if strings.TrimSpace(u.Text) != "" {
			list.Items = append(list.Items, UnplacedText(u))
		}
	}
	return list, nil
}

// Timeline is one page of the history of a plan.
func (s *Service) Timeline(ctx context.Context, planID ident.ID, after string, limit int) (timeline.EventPage, error) {
	if _, err := s.gate.May(ctx, access.EventRead); err != nil {
		return timeline.EventPage{}, err
	}
	if _, err := s.seen(ctx, s.store.Read(), planID); err != nil {
		return timeline.EventPage{}, err
	}
	return s.log.Page(ctx, subject, planID, after, limit)
}
