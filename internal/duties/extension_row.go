package duties

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	entextension "github.com/duban-gov/duban/ent/extension"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// Extension is a request for more time (延期申请).
type Extension struct {
	ID             ident.ID               `json:"id" doc:"Id of the extension"`
	DutyID         ident.ID               `json:"duty_id" doc:"Duty it is about"`
	Status         duty.ExtensionStatus   `json:"status" enum:"requested,opined,granted,refused,withdrawn" doc:"State" example:"requested"`
	FromDate       workday.Date           `json:"from_date" doc:"Due date when it was asked for" example:"2017-12-31"`
	WantedDate     workday.Date           `json:"wanted_date" doc:"Date asked for" example:"2018-01-31"`
	GrantedDate    workday.Date           `json:"granted_date,omitzero" doc:"Date granted" example:"2018-01-15"`
	Reason         string                 `json:"reason" doc:"Why the date cannot be kept"`
	Progress       int                    `json:"progress" doc:"Where the work stood, in basis points" example:"6000"`
	RequestedByID  ident.ID               `json:"requested_by_id" doc:"Who asked"`
	Opinion        string                 `json:"opinion,omitempty" doc:"Opinion before the decision"`
	OpinedByID     ident.ID               `json:"opined_by_id,omitzero" doc:"Who gave the opinion"`
	OpinedAt       time.Time              `json:"opined_at,omitzero" doc:"Instant of the opinion"`
	Decision       string                 `json:"decision,omitempty" doc:"Remark or reason of the decision"`
	DecidedByID    ident.ID               `json:"decided_by_id,omitzero" doc:"Who decided"`
	DecidedAt      time.Time              `json:"decided_at,omitzero" doc:"Instant of the decision"`
	CreatedAt      time.Time              `json:"created_at" doc:"Instant of the request"`
	Version        int                    `json:"version" doc:"Counts the changes" example:"1"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

func (s *Service) showExtension(ctx context.Context, p *plea) Extension {
	e := p.ext
	allowed := duty.ExtensionTable.Allowed(tr.Facts[duty.ExtensionStatus]{Status: e.Status, Relations: p.relations(), Circumstances: p.circumstances()})
	return Extension{
		ID: e.ID, DutyID: e.DutyID, Status: e.Status, FromDate: e.FromDate, WantedDate: e.WantedDate, GrantedDate: e.GrantedDate, Reason: e.Reason,
		Progress: e.Progress, RequestedByID: e.RequestedByID, Opinion: e.Opinion, OpinedByID: e.OpinedByID, OpinedAt: e.OpinedAt.UTC(),
		Decision: e.Decision, DecidedByID: e.DecidedByID, DecidedAt: e.DecidedAt.UTC(), CreatedAt: e.CreatedAt.UTC(), Version: e.Version,
		AllowedActions: s.gate.Actions(ctx, factsOf(p.is), allowed),
	}
}

// ExtensionPage is a page of extensions.
type ExtensionPage struct {
	Items []Extension `json:"items" doc:"Extensions, oldest first"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Extension shows one request for more time.
func (s *Service) Extension(ctx context.Context, id ident.ID) (Extension, error) {
	if _, err := s.gate.May(ctx, access.ExtensionRead); err != nil {
		return Extension{}, err
	}
	row, err := s.store.Read().Extension.Get(ctx, id)
	if ent.IsNotFound(err) {
		return Extension{}, fault.Missing("extension")
	}
	if err != nil {
		return Extension{}, fmt.Errorf("read extension: %w", err)
	}
	w, err := s.look(ctx, row.DutyID, access.ExtensionRead)
	if fault.KindOf(err) == fault.NotFound {
		return Extension{}, fault.Missing("extension")
	}
	if err != nil {
		return Extension{}, err
	}
	return s.showExtension(ctx, &plea{work: w, ext: row}), nil
}

// Extensions lists the requests for more time on a duty, oldest first.
func (s *Service) Extensions(ctx context.Context, dutyID ident.ID, after string, limit int) (ExtensionPage, error) {
	page := ExtensionPage{Items: []Extension{}}
	w, err := s.look(ctx, dutyID, access.ExtensionRead)
	if err != nil {
		return page, err
	}
	from, limit, err := cursor(after, limit)
	if err != nil {
		return page, err
	}
	rows, err := s.store.Read().Extension.Query().Where(entextension.DutyID(dutyID), entextension.IDGT(from)).
		Order(entextension.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list extensions: %w", err)
	}
	for i, row := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, s.showExtension(ctx, &plea{work: w, ext: row}))
	}
	return page, nil
}
