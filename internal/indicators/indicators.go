// Package indicators keeps the figures that an authority asks its units for (指标): what each indicator is, which tasks ask for it, what
// was confirmed. A figure confirmed for a unit, an indicator and a period answers every plan that asks for it: another report
// finds it given, and another number says why it differs. Beside it stands the burden meter: how many fields a unit is asked for.
package indicators

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
)

// Service owns indicators, what tasks ask for, and figures.
type Service struct {
	store       *store.Store
	gate        *access.Gate
	log         *timeline.Log
	occurrences *occurrences.Service
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, o *occurrences.Service) *Service {
	return &Service{store: s, gate: gate, log: log, occurrences: o}
}

// Indicator is a figure that is asked for once a period (指标).
type Indicator struct {
	ID         ident.ID      `json:"id" doc:"Id of the indicator"`
	Name       string        `json:"name" doc:"What is counted" example:"主动公开信息数"`
	Measure    string        `json:"measure,omitempty" doc:"Unit of measure" example:"条"`
	Every      cycle.Every   `json:"every" enum:"week,month,quarter,half_year,semester,year" doc:"Period that a figure is of" example:"quarter"`
	Gather     figure.Gather `json:"gather" enum:"sum,last,avg,max" doc:"How figures become one: added; each unit's latest, added; the mean; the greatest" example:"sum"`
	Definition string        `json:"definition,omitempty" doc:"What counts and what does not" example:"含门户网站和新媒体，同一信息不重复计"`
	RetiredAt  time.Time     `json:"retired_at,omitzero" doc:"Instant since which it is asked for no more"`
	CreatedAt  time.Time     `json:"created_at" doc:"Instant of its making"`
	Version    int           `json:"version" doc:"Counts the changes" example:"1"`
	Manage     bool          `json:"manage" doc:"Whether the caller may change it"`
}

// IndicatorPage is a page of indicators.
type IndicatorPage struct {
	Items []Indicator `json:"items" doc:"Indicators, oldest first"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// SaveIndicatorInput is what an indicator is. Period and way of gathering stay as they are once a figure was confirmed.
type SaveIndicatorInput struct {
	Name       string        `json:"name" minLength:"1" maxLength:"100" doc:"What is counted; unique in the authority" example:"主动公开信息数"`
	Measure    string        `json:"measure,omitempty" maxLength:"20" doc:"Unit of measure" example:"条"`
	Every      cycle.Every   `json:"every" enum:"week,month,quarter,half_year,semester,year" doc:"Period that a figure is of" example:"quarter"`
	Gather     figure.Gather `json:"gather" enum:"sum,last,avg,max" doc:"How figures become one" example:"sum"`
	Definition string        `json:"definition,omitempty" maxLength:"2000" doc:"What counts and what does not" example:"同一信息不重复计"`
}

const subject = "indicator"

func (s *Service) view(actor access.Actor, r *ent.Indicator) Indicator {
	return Indicator{ID: r.ID, Name: r.Name, Measure: r.Measure, Every: r.Every, Gather: r.Gather, Definition: r.Definition,
		RetiredAt: r.RetiredAt.UTC(), CreatedAt: r.CreatedAt.UTC(), Version: r.Version, Manage: s.gate.Can(actor, access.IndicatorManage)}
}

// List lists the authority's indicators.
func (s *Service) List(ctx context.Context, after string, limit int) (IndicatorPage, error) {
	page := IndicatorPage{Items: []Indicator{}}
	if _, err := s.gate.May(ctx, access.IndicatorRead); err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	from, limit, err := cursor(after, limit)
	if err != nil {
		return page, err
	}
	rows, err := s.store.Read().Indicator.Query().Where(entindicator.AuthorityID(actor.AuthorityID), entindicator.IDGT(from)).
		Order(entindicator.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list indicators: %w", err)
	}
	for i, r := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, s.view(actor, r))
	}
	return page, nil
}

// Create makes an indicator.
func (s *Service) Create(ctx context.Context, in SaveIndicatorInput) (Indicator, error) {
	actor, err := s.manager(ctx)
	if err != nil {
		return Indicator{}, err
	}
	if err := in.check(); err != nil {
		return Indicator{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Indicator, error) {
		row, err := tx.Indicator.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetName(in.Name).SetMeasure(in.Measure).SetEvery(in.Every).
			SetGather(in.Gather).SetDefinition(in.Definition).SetCreatedByID(actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return Indicator{}, taken(err)
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: subject, SubjectID: row.ID, Action: "create", After: in})
		return s.view(actor, row), err
	})
}

// Update changes an indicator.
func (s *Service) Update(ctx context.Context, id ident.ID, version int, in SaveIndicatorInput) (Indicator, error) {
	if err := in.check(); err != nil {
		if _, refused := s.manager(ctx); refused != nil {
			return Indicator{}, refused
		}
		return Indicator{}, err
	}
	return s.change(ctx, id, version, "update", in, func(ctx context.Context, tx *ent.Tx, row *ent.Indicator, u *ent.IndicatorUpdate) error {
		if row.Every != in.Every || row.Gather != in.Gather {
			given, err := s.anyFigure(ctx, tx, id)
			if err != nil || given {
				return orFault(err, fault.New(fault.Conflict, "indicator.has_figures"))
			}
		}
		u.SetName(in.Name).SetMeasure(in.Measure).SetEvery(in.Every).SetGather(in.Gather).SetDefinition(in.Definition)
		return nil
	})
}

// Retire asks for an indicator no more; its figures stay. Restore takes that back.
func (s *Service) Retire(ctx context.Context, id ident.ID, version int) (Indicator, error) {
	return s.change(ctx, id, version, "retire", nil, func(_ context.Context, _ *ent.Tx, row *ent.Indicator, u *ent.IndicatorUpdate) error {
		if !row.RetiredAt.IsZero() {
			return fault.New(fault.Conflict, "indicator.retired")
		}
		u.SetRetiredAt(s.store.Now())
		return nil
	})
}

// Restore asks for a retired indicator again.
func (s *Service) Restore(ctx context.Context, id ident.ID, version int) (Indicator, error) {
	return s.change(ctx, id, version, "restore", nil, func(_ context.Context, _ *ent.Tx, row *ent.Indicator, u *ent.IndicatorUpdate) error {
		if row.RetiredAt.IsZero() {
			return fault.New(fault.Conflict, "indicator.not_retired")
		}
		u.ClearRetiredAt()
		return nil
	})
}

// change is the course of every change of one indicator.
func (s *Service) change(ctx context.Context, id ident.ID, version int, action string, after any,
	do func(ctx context.Context, tx *ent.Tx, row *ent.Indicator, u *ent.IndicatorUpdate) error) (Indicator, error) {
	actor, err := s.manager(ctx)
	if err != nil {
		return Indicator{}, err
	}
	if version < 1 {
		return Indicator{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Indicator, error) {
		row, err := tx.Indicator.Query().Where(entindicator.ID(id), entindicator.AuthorityID(actor.AuthorityID)).Only(ctx)
		if ent.IsNotFound(err) {
			return Indicator{}, fault.Missing(subject)
		}
		if err != nil {
			return Indicator{}, fmt.Errorf("load indicator: %w", err)
		}
		u := tx.Indicator.Update().Where(entindicator.ID(id), entindicator.Version(version)).AddVersion(1)
		if err := do(ctx, tx, row, u); err != nil {
			return Indicator{}, err
		}
		n, err := u.Save(ctx)
		if err != nil {
			return Indicator{}, taken(err)
		}
		if n == 0 {
			return Indicator{}, fault.New(fault.Stale, "stale")
		}
		if row, err = tx.Indicator.Get(ctx, id); err != nil {
			return Indicator{}, fmt.Errorf("read indicator: %w", err)
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: subject, SubjectID: id, Action: action, After: after})
		return s.view(actor, row), err
	})
}

func (s *Service) manager(ctx context.Context) (access.Actor, error) {
	if _, err := s.gate.May(ctx, access.IndicatorManage); err != nil {
		return access.Actor{}, err
	}
	return access.From(ctx)
}

// check brings the name into its kept form; huma has checked the enumerations of what comes over HTTP.
func (in *SaveIndicatorInput) check() error {
	if in.Name = strings.TrimSpace(in.Name); in.Name == "" {
		return fault.BadField("body.name", "required")
	}
	return nil
}

func taken(err error) error {
	if store.IsDuplicate(err) {
		return fault.New(fault.Conflict, "indicator.name_taken")
	}
	return fmt.Errorf("save indicator: %w", err)
}

func orFault(err error, f *fault.Error) error {
	if err != nil {
		return err
	}
	return f
}

const (
	usualPage = 50
	maxPage   = 200
)

func cursor(after string, limit int) (ident.ID, int, error) {
	if limit <= 0 {
		limit = usualPage
	}
	limit = min(limit, maxPage)
	if after == "" {
		return ident.ID{}, limit, nil
	}
	id, err := ident.Parse(after)
	if err != nil {
		return ident.ID{}, limit, fault.BadField("query.after", "cursor")
	}
	return id, limit, nil
}
