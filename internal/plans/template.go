package plans

import (
	"context"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// SaveTemplateInput names a template.
type SaveTemplateInput struct {
	Title string `json:"title" minLength:"1" maxLength:"300" doc:"Name of the template" example:"年度政务公开工作要点模板"`
}

// SaveTemplate keeps a plan as a template (模板): its tree, wording, responsible bodies, dependencies and dates, without duties and
// progress. A template is edited like a draft and never issued. Copy makes a draft from it, for any year; its dates move by the
// years between, as those of a plan do.
func (s *Service) SaveTemplate(ctx context.Context, planID ident.ID, in SaveTemplateInput) (Plan, error) {
	if _, err := s.gate.May(ctx, access.PlanCreate); err != nil {
		return Plan{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Plan{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Plan, error) {
		row, err := s.seen(ctx, tx.Client(), planID)
		if err != nil {
			return Plan{}, err
		}
		sh, err := s.layOut(ctx, tx.Client(), row, s.today())
		if err != nil {
			return Plan{}, err
		}
		c := &copying{s: s, tx: tx, from: sh, in: CopyPlanInput{Year: row.Year, Title: strings.TrimSpace(in.Title)},
			kind: extras{CarriedFrom: planID, Template: true}, id: s.store.NewID(), ids: map[ident.ID]ident.ID{}}
		if err := c.choose(ctx); err != nil {
			return Plan{}, err
		}
		return c.write(ctx, actor.ID)
	})
}
