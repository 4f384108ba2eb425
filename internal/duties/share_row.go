package duties

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	entshare "github.com/duban-gov/duban/ent/share"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// full is progress that is done, in basis points.
const full = graph.Full

// Share is what a unit gives to a unit below it of a duty (内部分解).
type Share struct {
	ID          ident.ID         `json:"id" doc:"Id of the share"`
	DutyID      ident.ID         `json:"duty_id" doc:"Duty that it is a share of"`
	ParentID    ident.ID         `json:"parent_id,omitzero" doc:"Share that it is a share of, if it is not one of the duty itself"`
	UnitID      ident.ID         `json:"unit_id" doc:"Unit that holds it"`
	UnitName    string           `json:"unit_name" doc:"Its name" example:"岚山大学附属中学"`
	OuterID     ident.ID         `json:"outer_id" doc:"Unit that gave it out"`
	OuterName   string           `json:"outer_name" doc:"Its name" example:"岚山大学"`
	Status      duty.ShareStatus `json:"status" enum:"assigned,returned,active,handed_in,closed,cancelled" doc:"State" example:"active"`
	Title       string           `json:"title" doc:"What the unit has to do" example:"编制附属学校主动公开目录"`
	Content     string           `json:"content,omitempty" doc:"In detail" example:"按主动公开基本目录编制"`
	DueDate     workday.Date     `json:"due_date,omitzero" doc:"Due date" example:"2017-09-20"`
	Latest      workday.Date     `json:"latest,omitzero" doc:"Last due date that it may have" example:"2017-10-06"`
	Overdue     bool             `json:"overdue" doc:"Open after the end of its due date"`
	Weight      int              `json:"weight" doc:"Weight in the suggested progress" example:"1"`
	Required    bool             `json:"required" doc:"Whether the whole waits for it"`
	Progress    int              `json:"progress" doc:"Progress as the unit reports it, in basis points" example:"6000"`
	Suggested   int              `json:"suggested,omitempty" doc:"Progress that its own shares come to, if it was split further" example:"5000"`
	Narrative   string           `json:"narrative,omitempty" doc:"What was done"`
	Reason      string           `json:"reason,omitempty" doc:"Why it was returned, sent back or withdrawn"`
	SubmittedAt time.Time        `json:"submitted_at,omitzero" doc:"Instant at which it was handed in"`
	ClosedAt    time.Time        `json:"closed_at,omitzero" doc:"Instant of the confirmation"`
	CreatedAt   time.Time        `json:"created_at" doc:"Instant at which it was given out"`
	Version     int              `json:"version" doc:"Counts the changes" example:"1"`

	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// SharePage is a page of shares.
type SharePage struct {
	Items []Share `json:"items" doc:"Shares, the first given out first"`
	Next  string  `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// ShareFilter narrows a list of shares.
type ShareFilter struct {
	DutyID ident.ID
	Mine   bool // only those that the caller's own units hold
	Open   bool // only those that still wait for something
	After  string
	Limit  int
}

// DutySplit is how the shares of a duty come to the whole.
type DutySplit struct {
	DutyID    ident.ID     `json:"duty_id" doc:"Duty that it is about"`
	RollUp    plan.RollUp  `json:"roll_up" enum:"all,any,weighted,k_of_n" doc:"How the shares become the whole" example:"all"`
	K         int          `json:"k,omitempty" doc:"For k_of_n: how many" example:"2"`
	Split     bool         `json:"split" doc:"Whether it was split"`
	Suggested int          `json:"suggested" doc:"Progress that the shares come to, in basis points: a suggestion for the unit's own report" example:"4500"`
	Lacking   int          `json:"lacking" doc:"Shares that still have to be confirmed before the duty may be submitted as complete" example:"1"`
	Latest    workday.Date `json:"latest,omitzero" doc:"Last due date that a share may have: that of the duty less the days of review" example:"2017-10-06"`
}

// Split says how the shares of a duty come to the whole.
func (s *Service) Split(ctx context.Context, id ident.ID) (DutySplit, error) {
	w, err := s.look(ctx, id, access.DutyRead)
	if err != nil {
		return DutySplit{}, err
	}
	got, err := below(ctx, s.store.Read(), id, ident.ID{})
	return DutySplit{DutyID: id, RollUp: got.rule.Kind, K: got.rule.K, Split: got.there, Suggested: got.suggested, Lacking: got.lacking,
		Latest: s.Rules().Deadlines.Latest(w.is.DueDate)}, err
}

// GetShare shows one share.
func (s *Service) GetShare(ctx context.Context, id ident.ID) (Share, error) {
	if _, err := s.gate.May(ctx, access.ShareRead); err != nil {
		return Share{}, err
	}
	row, err := s.seenShare(ctx, s.store.Read(), id)
	if err != nil {
		return Share{}, err
	}
	p, err := s.about(ctx, s.store.Read(), row)
	if err != nil {
		return Share{}, err
	}
	return s.showShare(ctx, s.store.Read(), p)
}

var shareColumns = access.Columns{Authority: entshare.FieldAuthorityID, Unit: entshare.FieldUnitID, Path: entshare.FieldUnitPath}

// Shares lists the shares that the caller may see, in the order in which they were given out.
func (s *Service) Shares(ctx context.Context, in ShareFilter) (SharePage, error) {
	page := SharePage{Items: []Share{}}
	reach, err := s.gate.May(ctx, access.ShareRead)
	if err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	from, limit, err := cursor(in.After, in.Limit)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Share.Query().Where(predicate.Share(reach.Predicate(shareColumns)), entshare.IDGT(from))
	if !in.DutyID.IsZero() {
		query.Where(entshare.DutyID(in.DutyID))
	}
	if in.Mine {
		query.Where(entshare.UnitIDIn(unitsOf(actor)...))
	}
	if in.Open {
		query.Where(entshare.Open(true))
	}
	rows, err := query.Order(entshare.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list shares: %w", err)
	}
	for i, row := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		p, err := s.about(ctx, s.store.Read(), row)
		if err != nil {
			return page, err
		}
		view, err := s.showShare(ctx, s.store.Read(), p)
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, view)
	}
	return page, nil
}

func (s *Service) showShare(ctx context.Context, client *ent.Client, p *piece) (Share, error) {
	r := p.is
	outer, _ := p.outerUnit()
	units, err := client.Unit.Query().Where(entunit.IDIn(r.UnitID, outer)).All(ctx)
	if err != nil {
		return Share{}, fmt.Errorf("name units of share: %w", err)
	}
	names := make(map[ident.ID]string, len(units))
	for _, u := range units {
		names[u.ID] = u.Name
	}
	inner, err := below(ctx, client, r.DutyID, r.ID)
	if err != nil {
		return Share{}, err
	}
	return Share{ID: r.ID, DutyID: r.DutyID, ParentID: r.ParentID, UnitID: r.UnitID, UnitName: names[r.UnitID], OuterID: outer, OuterName: names[outer],
		Status: r.Status, Title: r.Title, Content: r.Content, DueDate: r.DueDate, Latest: p.rules.Latest(p.outerDue()),
		Overdue: r.Open && !r.DueDate.IsZero() && p.today.After(r.DueDate), Weight: r.Weight, Required: r.Required, Progress: r.Progress,
		Suggested: inner.suggested, Narrative: r.Narrative, Reason: r.Reason, SubmittedAt: r.SubmittedAt.UTC(), ClosedAt: r.ClosedAt.UTC(),
		CreatedAt: r.CreatedAt.UTC(), Version: r.Version,
		AllowedActions: s.gate.Actions(ctx, shareFacts(r), duty.ShareTable.Allowed(p.facts(0, workday.Date{})))}, nil
}
