package units

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/unitalias"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// UnitRef names a unit inside other views.
type UnitRef struct {
	ID   ident.ID  `json:"id" doc:"Id of the unit" example:"0h2kz9f7x3b1c"`
	Name string    `json:"name" doc:"Name of the unit" example:"政策法规处"`
	Kind unit.Kind `json:"kind" doc:"Kind of organisation" example:"division"`
	Path unit.Path `json:"path" doc:"Place in the tree: four characters a level" example:"00010004"`
}

// Unit is an organisation in the unit tree.
type Unit struct {
	ID             ident.ID     `json:"id" doc:"Id of the unit" example:"0h2kz9f7x3b1c"`
	ParentID       ident.ID     `json:"parent_id,omitzero" doc:"Unit above; missing for the root"`
	Path           unit.Path    `json:"path" doc:"Place in the tree: four characters a level" example:"00010004"`
	Kind           unit.Kind    `json:"kind" doc:"Kind of organisation" example:"division"`
	Name           string       `json:"name" doc:"Full name" example:"政策法规处"`
	Code           string       `json:"code" doc:"Code, unique in the authority; imports match by it" example:"D004"`
	Aliases        []string     `json:"aliases" doc:"Short names as documents write them" example:"[\"法规处\"]"`
	Sort           int          `json:"sort" doc:"Order among its siblings" example:"4"`
	ValidFrom      workday.Date `json:"valid_from,omitzero" doc:"First day; missing if it always was" example:"2017-01-01"`
	ValidTo        workday.Date `json:"valid_to,omitzero" doc:"Last day; missing while it goes on" example:"2018-10-31"`
	SuccessorID    ident.ID     `json:"successor_id,omitzero" doc:"Unit that it was merged into"`
	Version        int          `json:"version" doc:"Version to name in If-Match" example:"1"`
	AllowedActions []string     `json:"allowed_actions" doc:"What the caller may do with it now" example:"[\"update\",\"rename\"]"`
}

// Ref makes the short form of a row.
func Ref(r *ent.Unit) UnitRef { return UnitRef{ID: r.ID, Name: r.Name, Kind: r.Kind, Path: r.Path} }

// view maps a row; aliases are given, because a page of units reads them in one query.
func (s *Service) view(actor access.Actor, r *ent.Unit, aliases []string) Unit {
	u := Unit{ID: r.ID, ParentID: r.ParentID, Path: r.Path, Kind: r.Kind, Name: r.Name, Code: r.Code, Aliases: aliases, Sort: r.Sort,
		ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, SuccessorID: r.SuccessorID, Version: r.Version, AllowedActions: []string{}}
	if u.ValidFrom == always {
		u.ValidFrom = workday.Date{}
	}
	if u.Aliases == nil {
		u.Aliases = []string{}
	}
	facts := access.Facts{AuthorityID: r.AuthorityID, UnitID: r.ID, Path: r.Path}
	if s.gate.Filter(actor, access.UnitManage).Covers(facts) {
		u.AllowedActions = actions(r)
	}
	return u
}

// actions lists what a manager may do with a unit: a root neither moves nor ends, and a merged unit only keeps its record right.
func actions(r *ent.Unit) []string {
	switch {
	case !r.SuccessorID.IsZero():
		return []string{"update"}
	case r.ParentID.IsZero():
		return []string{"update", "rename", "add_child"}
	}
	return []string{"update", "rename", "add_child", "move", "merge", "close"}
}

// aliasesOf reads the aliases of units, in the order in which they were given.
func aliasesOf(ctx context.Context, client *ent.UnitAliasClient, ids ...ident.ID) (map[ident.ID][]string, error) {
	rows, err := client.Query().Where(unitalias.UnitIDIn(ids...)).Order(unitalias.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read aliases: %w", err)
	}
	return byUnit(rows), nil
}

// aliasesIn reads the aliases of all units of an authority.
func aliasesIn(ctx context.Context, client *ent.UnitAliasClient, authorityID ident.ID) (map[ident.ID][]string, error) {
	rows, err := client.Query().Where(unitalias.AuthorityID(authorityID)).Order(unitalias.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read aliases: %w", err)
	}
	return byUnit(rows), nil
}

func byUnit(rows []*ent.UnitAlias) map[ident.ID][]string {
	all := make(map[ident.ID][]string)
	for _, r := range rows {
		all[r.UnitID] = append(all[r.UnitID], r.Name)
	}
	return all
}

// full reads the aliases of one row and maps it.
func (s *Service) full(ctx context.Context, client *ent.UnitAliasClient, r *ent.Unit) (Unit, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return Unit{}, err
	}
	aliases, err := aliasesOf(ctx, client, r.ID)
	if err != nil {
		return Unit{}, err
	}
	return s.view(actor, r, aliases[r.ID]), nil
}
