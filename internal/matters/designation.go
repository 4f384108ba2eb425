package matters

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/designation"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// RecordDesignationInput is a government's charge to supervise for it.
type RecordDesignationInput struct {
	Government string       `json:"government" minLength:"1" maxLength:"200" doc:"Government that designated the authority" example:"岚省人民政府"`
	Number     string       `json:"number" minLength:"1" maxLength:"100" doc:"Number of its document" example:"岚政办函〔2017〕12号"`
	Scope      string       `json:"scope" minLength:"1" maxLength:"2000" doc:"Matters and duties that it covers" example:"义务教育均衡发展专项督查"`
	ValidFrom  workday.Date `json:"valid_from" doc:"First day" example:"2017-01-01"`
	ValidTo    workday.Date `json:"valid_to,omitzero" doc:"Last day; missing: until it is replaced" example:"2017-12-31"`
}

// Designate records that a government designated the authority for government supervision (Order 733 art. 7). A record is never
// changed: another one replaces it.
func (s *Service) Designate(ctx context.Context, in RecordDesignationInput) (Designation, error) {
	if _, err := s.gate.May(ctx, access.MatterDesignate); err != nil {
		return Designation{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Designation{}, err
	}
	if in.ValidFrom.IsZero() {
		return Designation{}, fault.BadField("body.valid_from", "required")
	}
	if !in.ValidTo.IsZero() && in.ValidTo.Before(in.ValidFrom) {
		return Designation{}, fault.BadField("body.valid_to", "designation.reversed")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Designation, error) {
		row, err := tx.Designation.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetGovernment(in.Government).SetNumber(in.Number).
			SetScope(in.Scope).SetValidFrom(in.ValidFrom).SetValidTo(in.ValidTo).SetCreatedByID(actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return Designation{}, fmt.Errorf("record designation: %w", err)
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: "designation", SubjectID: row.ID, Action: "record", After: in})
		return shownDesignation(row), err
	})
}

func shownDesignation(r *ent.Designation) Designation {
	return Designation{ID: r.ID, Government: r.Government, Number: r.Number, Scope: r.Scope, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, CreatedAt: r.CreatedAt.UTC()}
}

// Designations lists the designations of the authority, newest first, for those who see its matters.
func (s *Service) Designations(ctx context.Context, after string, limit int) (DesignationPage, error) {
	page := DesignationPage{Items: []Designation{}}
	see, err := s.gate.May(ctx, access.MatterRead)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Designation.Query().Where(predicate.Designation(see.Predicate(access.Columns{Authority: designation.FieldAuthorityID})))
	if after != "" {
		last, err := ident.Parse(after)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(designation.IDLT(last))
	}
	limit = pageSize(limit)
	rows, err := query.Order(designation.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list designations: %w", err)
	}
	for i, r := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, shownDesignation(r))
	}
	return page, nil
}
