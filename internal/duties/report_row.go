package duties

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/predicate"
	entreport "github.com/duban-gov/duban/ent/report"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// Report is a unit's progress report (进展报告) or completion request (办结申请).
type Report struct {
	ID             ident.ID               `json:"id" doc:"Id of the report"`
	DutyID         ident.ID               `json:"duty_id" doc:"Duty it is about"`
	Kind           duty.ReportKind        `json:"kind" enum:"progress,completion" doc:"progress or completion" example:"progress"`
	Period         string                 `json:"period,omitempty" doc:"Period reported on" example:"2017-Q1"`
	Status         duty.ReportStatus      `json:"status" enum:"draft,submitted,reviewed,confirmed,sent_back" doc:"State" example:"submitted"`
	Progress       int                    `json:"progress" doc:"Progress in basis points" example:"4500"`
	Narrative      string                 `json:"narrative" doc:"What was done"`
	Problems       string                 `json:"problems,omitempty" doc:"What stands in the way"`
	NextSteps      string                 `json:"next_steps,omitempty" doc:"What comes next"`
	Responsible    string                 `json:"responsible,omitempty" doc:"Who does it"`
	Measures       string                 `json:"measures,omitempty" doc:"Measures taken"`
	OccurrenceID   ident.ID               `json:"occurrence_id,omitzero" doc:"The report asked for that this one answers"`
	DueDate        workday.Date           `json:"due_date,omitzero" doc:"Day by which it was asked for" example:"2017-03-31"`
	HandedInOn     workday.Date           `json:"handed_in_on,omitzero" doc:"Day on which it was submitted first; sending back does not change it, taking back does" example:"2017-04-05"`
	DaysLate       int                    `json:"days_late,omitempty" doc:"Days from the due date to that day" example:"5"`
	Figures        json.RawMessage        `json:"figures,omitempty" doc:"Figures reported, by indicator"`
	Revision       int                    `json:"revision" doc:"1, or which correction of the report it is" example:"1"`
	CorrectsID     ident.ID               `json:"corrects_id,omitzero" doc:"Version that it corrects"`
	CorrectedByID  ident.ID               `json:"corrected_by_id,omitzero" doc:"Version that corrects it; in force once that is confirmed"`
	AuthorID       ident.ID               `json:"author_id" doc:"Who wrote it"`
	SubmittedByID  ident.ID               `json:"submitted_by_id,omitzero" doc:"Who submitted it"`
	SubmittedAt    time.Time              `json:"submitted_at,omitzero" doc:"Instant of submission"`
	ReviewerID     ident.ID               `json:"reviewer_id,omitzero" doc:"Who passed it inside the unit"`
	ReviewedAt     time.Time              `json:"reviewed_at,omitzero" doc:"Instant of review"`
	ConfirmedByID  ident.ID               `json:"confirmed_by_id,omitzero" doc:"Who confirmed it"`
	ConfirmedAt    time.Time              `json:"confirmed_at,omitzero" doc:"Instant of confirmation"`
	SendBackReason string                 `json:"send_back_reason,omitempty" doc:"Why it was sent back"`
	CreatedAt      time.Time              `json:"created_at" doc:"Instant of the first draft"`
	Version        int                    `json:"version" doc:"Counts the changes" example:"2"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// showReport is a report as the caller sees it.
func (s *Service) showReport(ctx context.Context, f *filing) Report {
	r := f.report
	allowed := duty.ReportTable(f.kind).Allowed(tr.Facts[duty.ReportStatus]{Status: r.Status, Relations: f.relations(), Circumstances: f.circumstances()})
	if !f.later.IsZero() {
		allowed = slices.DeleteFunc(allowed, func(a tr.Allowed) bool { return a.Action == duty.CorrectReport })
	}
	return Report{
		Revision: r.Revision, CorrectsID: r.CorrectsID, CorrectedByID: f.later,
		Responsible: r.Responsible, Measures: r.Measures, OccurrenceID: r.OccurrenceID, DueDate: r.DueDate, HandedInOn: r.HandedInOn, DaysLate: daysLate(r),
		ID: r.ID, DutyID: r.DutyID, Kind: r.Kind, Period: r.Period, Status: r.Status, Progress: r.Progress, Narrative: r.Narrative,
		Problems: r.Problems, NextSteps: r.NextSteps, Figures: r.Figures, AuthorID: r.AuthorID, SubmittedByID: r.SubmittedByID,
		SubmittedAt: r.SubmittedAt.UTC(), ReviewerID: r.ReviewerID, ReviewedAt: r.ReviewedAt.UTC(), ConfirmedByID: r.ConfirmedByID,
		ConfirmedAt: r.ConfirmedAt.UTC(), SendBackReason: r.SendBackReason, CreatedAt: r.CreatedAt.UTC(), Version: r.Version,
		AllowedActions: s.gate.Actions(ctx, factsOf(f.is), allowed),
	}
}

// daysLate counts from the due date of the occurrence that a report answers to the day on which it was handed in.
func daysLate(r *ent.Report) int {
	if r.DueDate.IsZero() || r.HandedInOn.IsZero() || r.Revision > 1 {
		return 0
	}
	return max(0, r.DueDate.DaysUntil(r.HandedInOn))
}

// ReportPage is a page of reports.
type ReportPage struct {
	Items []Report `json:"items" doc:"Reports, oldest first"`
	Next  string   `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Report shows one report; a draft exists for its unit only.
func (s *Service) Report(ctx context.Context, id ident.ID) (Report, error) {
	if _, err := s.gate.May(ctx, access.ReportRead); err != nil {
		return Report{}, err
	}
	row, err := s.store.Read().Report.Get(ctx, id)
	if ent.IsNotFound(err) {
		return Report{}, fault.Missing("report")
	}
	if err != nil {
		return Report{}, fmt.Errorf("read report: %w", err)
	}
	w, err := s.look(ctx, row.DutyID, access.ReportRead)
	if fault.KindOf(err) == fault.NotFound || err == nil && !s.mayRead(w, row) {
		return Report{}, fault.Missing("report")
	}
	if err != nil {
		return Report{}, err
	}
	later, err := s.corrections(ctx, []*ent.Report{row})
	if err != nil {
		return Report{}, err
	}
	return s.showReport(ctx, &filing{work: w, report: row, kind: row.Kind, later: seenBy(w, later[id])}), nil
}

// Reports lists the reports on a duty, oldest first.
func (s *Service) Reports(ctx context.Context, dutyID ident.ID, after string, limit int) (ReportPage, error) {
	page := ReportPage{Items: []Report{}}
	w, err := s.look(ctx, dutyID, access.ReportRead)
	if err != nil {
		return page, err
	}
	from, limit, err := cursor(after, limit)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Report.Query().Where(entreport.DutyID(dutyID), entreport.IDGT(from))
	if !w.actor.InUnit(w.is.UnitID) {
		query.Where(entreport.StatusNEQ(duty.ReportDraft))
	}
	rows, err := query.Order(entreport.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list reports: %w", err)
	}
	later, err := s.corrections(ctx, rows)
	if err != nil {
		return page, err
	}
	for i, row := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, s.showReport(ctx, &filing{work: w, report: row, kind: row.Kind, later: seenBy(w, later[row.ID])}))
	}
	return page, nil
}

// look loads a duty for reading what belongs to it, within the reach of a permission.
func (s *Service) look(ctx context.Context, id ident.ID, permission access.Permission) (*work, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	row, err := s.store.Read().Duty.Query().Where(entduty.ID(id), predicate.Duty(reach.Predicate(columns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("duty")
	}
	if err != nil {
		return nil, fmt.Errorf("read duty: %w", err)
	}
	return &work{is: row, will: *row, actor: actor, today: s.watches.Today()}, nil
}

const (
	usualPage = 50
	maxPage   = 200
)

// cursor reads the position of a list ordered by id.
func cursor(after string, limit int) (ident.ID, int, error) {
	limit = pageSize(limit)
	if after == "" {
		return ident.ID{}, limit, nil
	}
	id, err := ident.Parse(after)
	if err != nil {
		return ident.ID{}, limit, fault.BadField("query.after", "cursor")
	}
	return id, limit, nil
}

func pageSize(limit int) int {
	if limit <= 0 {
		return usualPage
	}
	return min(limit, maxPage)
}
