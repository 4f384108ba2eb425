package inspections

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/inspectionrevision"
	"github.com/duban-gov/duban/ent/inspectionunit"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// schemeOf is the plan of an inspection as the rules read it.
func schemeOf(ctx context.Context, client *ent.Client, row *ent.Inspection) (rectify.Scheme, error) {
	units, err := unitIDs(ctx, client, row.ID)
	if err != nil {
		return rectify.Scheme{}, err
	}
	return rectify.Scheme{Title: row.Title, Kind: row.Kind, Supervision: row.Supervision, Designation: row.Designation, Basis: row.Basis,
		Scope: row.Scope, Matters: row.Matters, Methods: row.Methods, Method: row.Method, Items: row.Items, StartsOn: row.StartsOn,
		EndsOn: row.EndsOn, UnitIDs: units}, nil
}

// unitIDs are the units that an inspection is directed at, in the order of the plan.
func unitIDs(ctx context.Context, client *ent.Client, inspection ident.ID) ([]ident.ID, error) {
	rows, err := client.InspectionUnit.Query().Where(inspectionunit.InspectionID(inspection)).Order(inspectionunit.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of inspection: %w", err)
	}
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.UnitID
	}
	return ids, nil
}

// teamIDs are the people on the team of an inspection.
func teamIDs(ctx context.Context, client *ent.Client, inspection ident.ID) ([]ident.ID, error) {
	rows, err := client.InspectionMember.Query().Where(inspectionmember.InspectionID(inspection)).Order(inspectionmember.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read team: %w", err)
	}
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.UserID
	}
	return ids, nil
}

// InspectionVersion is one version of an approved plan (督查方案).
type InspectionVersion struct {
	Number      int                    `json:"number" doc:"Which version, from 1"`
	Title       string                 `json:"title" doc:"Title"`
	Kind        rectify.InspectionKind `json:"kind" doc:"Form" enum:"comprehensive,special,incident,routine,lead_check,look_back"`
	Supervision rectify.Supervision    `json:"supervision" doc:"In whose name" enum:"department,government,education"`
	Basis       string                 `json:"basis" doc:"What it is based on"`
	Scope       string                 `json:"scope" doc:"Content and scope"`
	Matters     []string               `json:"matters" doc:"What is inspected"`
	Methods     []rectify.Method       `json:"methods" doc:"Methods of Order 733 art. 12"`
	Items       []rectify.CheckItem    `json:"items" doc:"Check-list"`
	Units       []InspectedUnit        `json:"units" doc:"Units it is directed at"`
	StartsOn    workday.Date           `json:"starts_on,omitzero" doc:"First day"`
	EndsOn      workday.Date           `json:"ends_on,omitzero" doc:"Last day"`
	Reason      string                 `json:"reason,omitempty" doc:"Why it was changed; empty for the first"`
	MadeByID    ident.ID               `json:"made_by_id" doc:"User who approved or changed it"`
	CreatedAt   time.Time              `json:"created_at" doc:"Instant of the version"`
}

// InspectionVersions is the history of an approved plan.
type InspectionVersions struct {
	Items []InspectionVersion `json:"items" doc:"Versions, oldest first"`
}

// Versions lists the versions of an approved plan, oldest first.
func (s *Service) Versions(ctx context.Context, id ident.ID) (InspectionVersions, error) {
	if _, _, err := s.visible(ctx, id); err != nil {
		return InspectionVersions{}, err
	}
	client := s.store.Read()
	rows, err := client.InspectionRevision.Query().Where(inspectionrevision.InspectionID(id)).Order(inspectionrevision.ByNumber()).All(ctx)
	if err != nil {
		return InspectionVersions{}, fmt.Errorf("read versions of plan: %w", err)
	}
	var ids []ident.ID
	for _, r := range rows {
		ids = append(ids, r.Scheme.UnitIDs...)
	}
	names, err := unitNames(ctx, client, unique(ids))
	if err != nil {
		return InspectionVersions{}, err
	}
	list := InspectionVersions{Items: make([]InspectionVersion, len(rows))}
	for i, r := range rows {
		v := InspectionVersion{Number: r.Number, Title: r.Scheme.Title, Kind: r.Scheme.Kind, Supervision: r.Scheme.Supervision, Basis: r.Scheme.Basis,
			Scope: r.Scheme.Scope, Matters: orEmpty(r.Scheme.Matters), Methods: orEmpty(r.Scheme.Methods), Items: orEmpty(r.Scheme.Items), Units: []InspectedUnit{},
			StartsOn: r.Scheme.StartsOn, EndsOn: r.Scheme.EndsOn, Reason: r.Reason, MadeByID: r.MadeByID, CreatedAt: r.CreatedAt}
		for _, unit := range r.Scheme.UnitIDs {
			v.Units = append(v.Units, InspectedUnit{ID: unit, Name: names[unit]})
		}
		list.Items[i] = v
	}
	return list, nil
}

// orEmpty is a list that prints as one even when there is nothing in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
