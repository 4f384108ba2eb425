package objections

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/objection"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// Objection is a unit's application for re-examination (复核申请) with its decision.
type Objection struct {
	ID             ident.ID                `json:"id" doc:"Id"`
	Subject        rectify.ObjectedTo      `json:"subject" enum:"notice,conclusion" doc:"What it is about"`
	SubjectID      ident.ID                `json:"subject_id" doc:"The notice or conclusion"`
	Title          string                  `json:"title" doc:"Number and title of what it is about" example:"岚教督〔2017〕3号 限期整改通知书"`
	UnitID         ident.ID                `json:"unit_id" doc:"Unit that objects"`
	UnitName       string                  `json:"unit_name" doc:"Name of the unit"`
	Status         rectify.ObjectionStatus `json:"status" enum:"filed,upheld,changed,revoked,retracted" doc:"State"`
	Grounds        string                  `json:"grounds" doc:"Facts and reasons"`
	Demand         string                  `json:"demand,omitempty" doc:"What is asked for"`
	ReceivedOn     workday.Date            `json:"received_on,omitzero" doc:"Day on which the unit signed for what it objects to"`
	Until          workday.Date            `json:"until,omitzero" doc:"Last day on which it could be filed"`
	DecideBy       workday.Date            `json:"decide_by,omitzero" doc:"Last day to decide"`
	Overdue        bool                    `json:"overdue" doc:"Whether that day has passed without a decision"`
	Light          ladder.Light            `json:"light" doc:"Light of the decision's clock" enum:"grey,green,yellow,red,done"`
	LightRule      string                  `json:"light_rule,omitempty" doc:"Rule that gave the light" example:"objection.default@1:near"`
	Rule           string                  `json:"rule" doc:"Rule file and version that set the periods" example:"inspection.default@1"`
	FiledByID      ident.ID                `json:"filed_by_id" doc:"User who filed it"`
	CreatedAt      time.Time               `json:"created_at" doc:"Instant of filing"`
	Number         string                  `json:"number,omitempty" doc:"Document number of the decision" example:"岚教督复〔2017〕1号"`
	Opinion        string                  `json:"opinion,omitempty" doc:"Facts, reasons and decision"`
	DeciderIDs     []ident.ID              `json:"decider_ids" doc:"Who decided"`
	DecidedAt      time.Time               `json:"decided_at,omitzero" doc:"Instant of the decision"`
	Parts          []ObjectionPart         `json:"parts" doc:"Who had a part and therefore may not decide; filled when one objection is read by those who decide"`
	Version        int                     `json:"version" doc:"Version for If-Match"`
	AllowedActions []access.AllowedAction  `json:"allowed_actions" doc:"What the caller may do with it now"`
}

// ObjectionPart is somebody who had a part in what is objected to.
type ObjectionPart struct {
	UserID ident.ID       `json:"user_id" doc:"User"`
	Name   string         `json:"name" doc:"Name of the user"`
	Took   []rectify.Took `json:"took" doc:"Parts: team, found, drafted, served, approved, judged, concluded"`
}

// ObjectionPage is one page of objections, newest first.
type ObjectionPage struct {
	Items []Objection `json:"items" doc:"Objections"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// ObjectionFilter narrows a list of objections; what is zero does not narrow.
type ObjectionFilter struct {
	Status    rectify.ObjectionStatus
	Subject   rectify.ObjectedTo
	SubjectID ident.ID
	UnitID    ident.ID
	Open      bool
	After     string
	Limit     int
}

const maxPage = 200

// Get is one objection.
func (s *Service) Get(ctx context.Context, id ident.ID) (Objection, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return Objection{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Objection{}, err
	}
	return s.view(ctx, s.store.Read(), actor, row)
}

// List pages through the objections that the actor may see, newest first.
func (s *Service) List(ctx context.Context, f ObjectionFilter) (ObjectionPage, error) {
	see, err := s.gate.May(ctx, access.ObjectionRead)
	if err != nil {
		return ObjectionPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return ObjectionPage{}, err
	}
	query := s.store.Read().Objection.Query().Where(predicate.Objection(see.Predicate(columns))).Where(f.predicates()...)
	if f.After != "" {
		after, err := ident.Parse(f.After)
		if err != nil {
			return ObjectionPage{}, fault.BadField("query.after", "cursor")
		}
		query.Where(objection.IDLT(after))
	}
	limit := 50
	if f.Limit > 0 {
		limit = min(f.Limit, maxPage)
	}
	rows, err := query.Order(objection.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return ObjectionPage{}, fmt.Errorf("list objections: %w", err)
	}
	page := ObjectionPage{}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.views(ctx, s.store.Read(), actor, rows)
	return page, err
}

func (f ObjectionFilter) predicates() []predicate.Objection {
	var all []predicate.Objection
	if f.Status != "" {
		all = append(all, objection.StatusEQ(f.Status))
	}
	if f.Subject != "" {
		all = append(all, objection.SubjectEQ(f.Subject))
	}
	if !f.SubjectID.IsZero() {
		all = append(all, objection.SubjectID(f.SubjectID))
	}
	if !f.UnitID.IsZero() {
		all = append(all, objection.UnitID(f.UnitID))
	}
	if f.Open {
		all = append(all, objection.Open(true))
	}
	return all
}

// Timeline is the history of an objection, oldest first.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	read, err := s.gate.May(ctx, access.EventRead)
	if err != nil {
		return timeline.EventPage{}, err
	}
	if !read.Covers(facts(row)) {
		return timeline.EventPage{}, access.Refused(access.EventRead, "relation")
	}
	return s.log.Page(ctx, "objection", id, after, limit)
}

// view is one objection, for those who decide with everybody who may not.
func (s *Service) view(ctx context.Context, client *ent.Client, actor access.Actor, row *ent.Objection) (Objection, error) {
	views, err := s.views(ctx, client, actor, []*ent.Objection{row})
	if err != nil {
		return Objection{}, err
	}
	v := views[0]
	if !s.gate.Filter(actor, access.ObjectionUphold).Covers(facts(row)) {
		return v, nil
	}
	who, err := parts(ctx, client, row)
	if err != nil {
		return Objection{}, err
	}
	ids := make([]ident.ID, 0, len(who))
	for id := range who {
		ids = append(ids, id)
	}
	people, err := client.User.Query().Where(user.IDIn(ids...)).Order(user.ByID()).All(ctx)
	if err != nil {
		return Objection{}, fmt.Errorf("read names of users: %w", err)
	}
	for _, p := range people {
		v.Parts = append(v.Parts, ObjectionPart{UserID: p.ID, Name: p.Name, Took: who[p.ID]})
	}
	return v, nil
}

func (s *Service) views(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.Objection) ([]Objection, error) {
	names, err := unitNames(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	clocks, err := client.Watch.Query().Where(watch.SubjectEQ(ladder.OnObjection), watch.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read lights of objections: %w", err)
	}
	lights := make(map[ident.ID]*ent.Watch, len(clocks))
	for _, w := range clocks {
		lights[w.ID] = w
	}
	views := make([]Objection, len(rows))
	for i, r := range rows {
		v := Objection{ID: r.ID, Subject: r.Subject, SubjectID: r.SubjectID, Title: r.Title, UnitID: r.UnitID, UnitName: names[r.UnitID], Status: r.Status,
			Grounds: r.Grounds, Demand: r.Demand, ReceivedOn: r.ReceivedOn, Until: r.Until, DecideBy: r.DecideBy, Light: ladder.Grey, Rule: r.Rule,
			FiledByID: r.FiledByID, CreatedAt: r.CreatedAt, Number: r.Number, Opinion: r.Opinion, DeciderIDs: []ident.ID{}, DecidedAt: r.DecidedAt,
			Parts: []ObjectionPart{}, Version: r.Version}
		v.Overdue = r.Open && s.clocks.Today().After(r.DecideBy)
		if w := lights[r.ID]; w != nil {
			v.Light, v.LightRule = w.Light, w.LightRule
		}
		for _, text := range r.DeciderIds {
			if id, err := ident.Parse(text); err == nil {
				v.DeciderIDs = append(v.DeciderIDs, id)
			}
		}
		var who cast
		if r.Open && !s.gate.Filter(actor, access.ObjectionUphold).Empty() {
			if who, err = parts(ctx, client, r); err != nil {
				return nil, err
			}
		}
		v.AllowedActions = s.allowed(ctx, actor, r, who)
		views[i] = v
	}
	return views, nil
}

func (s *Service) allowed(ctx context.Context, actor access.Actor, r *ent.Objection, who cast) []access.AllowedAction {
	return s.gate.Actions(ctx, facts(r), rectify.ObjectionTable.Allowed(tr.Facts[rectify.ObjectionStatus]{Status: r.Status,
		Relations:     tr.Holder.If(actor.InUnit(r.UnitID)) | tr.Participant.If(len(who[actor.ID]) > 0),
		Circumstances: tr.Circumstances{Today: s.clocks.Today(), Until: r.Until}}))
}

func unitNames(ctx context.Context, client *ent.Client, rows []*ent.Objection) (map[ident.ID]string, error) {
	var ids []ident.ID
	for _, r := range rows {
		if !slices.Contains(ids, r.UnitID) {
			ids = append(ids, r.UnitID)
		}
	}
	units, err := client.Unit.Query().Where(entunit.IDIn(ids...)).Select(entunit.FieldID, entunit.FieldName).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of units: %w", err)
	}
	names := make(map[ident.ID]string, len(units))
	for _, u := range units {
		names[u.ID] = u.Name
	}
	return names, nil
}
