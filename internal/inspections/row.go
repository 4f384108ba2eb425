package inspections

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/inspectionunit"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
)

func (s *Service) view(ctx context.Context, client *ent.Client, actor access.Actor, row *ent.Inspection) (Inspection, error) {
	views, err := s.views(ctx, client, actor, []*ent.Inspection{row})
	if err != nil {
		return Inspection{}, err
	}
	return views[0], nil
}

// views maps rows with their units, teams and overlaps, each read once for the whole page.
func (s *Service) views(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.Inspection) ([]Inspection, error) {
	parts, err := readParts(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	views := make([]Inspection, len(rows))
	for i, r := range rows {
		v := Inspection{ID: r.ID, Title: r.Title, Kind: r.Kind, Status: r.Status, Basis: r.Basis, Scope: r.Scope, Method: r.Method,
			StartsOn: r.StartsOn, EndsOn: r.EndsOn, Units: []InspectedUnit{}, Team: []TeamMember{}, PlanID: r.PlanID,
			Conclusion: r.Conclusion, CreatedByID: r.CreatedByID, CreatedAt: r.CreatedAt, OpenedAt: r.OpenedAt, FinishedAt: r.FinishedAt,
			Overlaps: []InspectionOverlap{}, Version: r.Version}
		for _, id := range parts.units[r.ID] {
			v.Units = append(v.Units, InspectedUnit{ID: id, Name: parts.unitNames[id]})
		}
		team := false
		for _, m := range parts.members[r.ID] {
			v.Team = append(v.Team, TeamMember{UserID: m.UserID, Name: parts.userNames[m.UserID], Leads: m.Leads})
			team = team || m.UserID == actor.ID
		}
		v.Overlaps = append(v.Overlaps, parts.overlaps(r)...)
		v.AllowedActions = s.allowed(ctx, r, team)
		views[i] = v
	}
	return views, nil
}

// parts is what a page of inspections needs besides its rows.
type parts struct {
	units     map[ident.ID][]ident.ID // inspection → units
	members   map[ident.ID][]*ent.InspectionMember
	others    map[ident.ID][]*ent.Inspection // unit → inspections of it
	unitNames map[ident.ID]string
	userNames map[ident.ID]string
}

func readParts(ctx context.Context, client *ent.Client, rows []*ent.Inspection) (*parts, error) {
	p := &parts{units: map[ident.ID][]ident.ID{}, members: map[ident.ID][]*ent.InspectionMember{}, others: map[ident.ID][]*ent.Inspection{}}
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	links, err := client.InspectionUnit.Query().Where(inspectionunit.InspectionIDIn(ids...)).Order(inspectionunit.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of inspections: %w", err)
	}
	var units []ident.ID
	for _, l := range links {
		p.units[l.InspectionID] = append(p.units[l.InspectionID], l.UnitID)
		units = append(units, l.UnitID)
	}
	members, err := client.InspectionMember.Query().Where(inspectionmember.InspectionIDIn(ids...)).
		Order(inspectionmember.ByLeads(sql.OrderDesc()), inspectionmember.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read teams of inspections: %w", err)
	}
	var users []ident.ID
	for _, m := range members {
		p.members[m.InspectionID] = append(p.members[m.InspectionID], m)
		users = append(users, m.UserID)
	}
	if p.unitNames, err = unitNames(ctx, client, unique(units)); err != nil {
		return nil, err
	}
	if p.userNames, err = userNames(ctx, client, unique(users)); err != nil {
		return nil, err
	}
	return p, p.readOthers(ctx, client, rows, unique(units))
}

// readOthers reads the inspections that meet one of the units within the days of the page.
func (p *parts) readOthers(ctx context.Context, client *ent.Client, rows []*ent.Inspection, units []ident.ID) error {
	if len(units) == 0 {
		return nil
	}
	from, to := rows[0].StartsOn, rows[0].EndsOn
	for _, r := range rows {
		if r.StartsOn.Before(from) {
			from = r.StartsOn
		}
		if r.EndsOn.After(to) {
			to = r.EndsOn
		}
	}
	links, err := client.InspectionUnit.Query().Where(inspectionunit.UnitIDIn(units...)).Where(func(sel *sql.Selector) {
		t := sql.Table(inspection.Table)
		sel.Where(sql.In(sel.C(inspectionunit.FieldInspectionID), sql.Select(t.C(inspection.FieldID)).From(t).
			Where(sql.And(sql.LTE(t.C(inspection.FieldStartsOn), to), sql.GTE(t.C(inspection.FieldEndsOn), from)))))
	}).Order(inspectionunit.ByInspectionID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read overlapping inspections: %w", err)
	}
	var ids []ident.ID
	for _, l := range links {
		ids = append(ids, l.InspectionID)
	}
	found, err := client.Inspection.Query().Where(inspection.IDIn(unique(ids)...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read overlapping inspections: %w", err)
	}
	byID := make(map[ident.ID]*ent.Inspection, len(found))
	for _, f := range found {
		byID[f.ID] = f
	}
	for _, l := range links {
		p.others[l.UnitID] = append(p.others[l.UnitID], byID[l.InspectionID])
	}
	return nil
}

// overlaps lists the other inspections of the same units whose days meet those of r (Order 733 art. 15: no duplicate
// supervision).
func (p *parts) overlaps(r *ent.Inspection) []InspectionOverlap {
	var list []InspectionOverlap
	for _, unitID := range p.units[r.ID] {
		for _, o := range p.others[unitID] {
			if o.ID == r.ID || o.AuthorityID != r.AuthorityID || o.StartsOn.After(r.EndsOn) || o.EndsOn.Before(r.StartsOn) {
				continue
			}
			list = append(list, InspectionOverlap{InspectionID: o.ID, Title: o.Title, UnitID: unitID, UnitName: p.unitNames[unitID],
				StartsOn: o.StartsOn, EndsOn: o.EndsOn})
		}
	}
	return list
}

func (s *Service) allowed(ctx context.Context, r *ent.Inspection, team bool) []access.AllowedAction {
	facts := access.Facts{AuthorityID: r.AuthorityID, OwnerID: r.CreatedByID}
	return s.gate.Actions(ctx, facts, rectify.InspectionTable.Allowed(tr.Facts[rectify.InspectionStatus]{
		Status: r.Status, Relations: tr.PartOfTeam.If(team),
	}))
}

func (s *Service) findingView(ctx context.Context, client *ent.Client, actor access.Actor, row *ent.Finding) (Finding, error) {
	views, err := s.findingViews(ctx, client, actor, []*ent.Finding{row})
	if err != nil {
		return Finding{}, err
	}
	return views[0], nil
}

func (s *Service) findingViews(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.Finding) ([]Finding, error) {
	var units, inspections []ident.ID
	for _, r := range rows {
		units, inspections = append(units, r.UnitID), append(inspections, r.InspectionID)
	}
	names, err := unitNames(ctx, client, unique(units))
	if err != nil {
		return nil, err
	}
	mine, err := client.InspectionMember.Query().
		Where(inspectionmember.UserID(actor.ID), inspectionmember.InspectionIDIn(unique(inspections)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read teams of findings: %w", err)
	}
	onTeam := make(map[ident.ID]bool, len(mine))
	for _, m := range mine {
		onTeam[m.InspectionID] = true
	}
	views := make([]Finding, len(rows))
	for i, r := range rows {
		views[i] = Finding{ID: r.ID, InspectionID: r.InspectionID, NoticeID: r.NoticeID, DutyID: r.DutyID, UnitID: r.UnitID,
			UnitName: names[r.UnitID], Severity: r.Severity, Status: r.Status, Description: r.Description, Basis: r.Basis,
			Requirement: r.Requirement, FoundByID: r.FoundByID, Reason: r.Reason, ClosedAt: r.ClosedAt, CreatedAt: r.CreatedAt,
			Version: r.Version, AllowedActions: s.allowedOnFinding(ctx, actor, r, onTeam[r.InspectionID])}
	}
	return views, nil
}

func (s *Service) allowedOnFinding(ctx context.Context, actor access.Actor, r *ent.Finding, team bool) []access.AllowedAction {
	allowed := rectify.FindingTable.Allowed(tr.Facts[rectify.FindingStatus]{
		Status: r.Status, Relations: tr.PartOfTeam.If(team) | tr.Holder.If(actor.InUnit(r.UnitID)),
	})
	for i := range allowed {
		if allowed[i].Action == rectify.DismissFinding && allowed[i].Enabled && !r.NoticeID.IsZero() {
			allowed[i].Enabled, allowed[i].Reason = false, errInNotice
		}
	}
	return s.gate.Actions(ctx, findingFacts(r), allowed)
}

func unitNames(ctx context.Context, client *ent.Client, ids []ident.ID) (map[ident.ID]string, error) {
	rows, err := client.Unit.Query().Where(entunit.IDIn(ids...)).Select(entunit.FieldID, entunit.FieldName).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of units: %w", err)
	}
	names := make(map[ident.ID]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}

func userNames(ctx context.Context, client *ent.Client, ids []ident.ID) (map[ident.ID]string, error) {
	rows, err := client.User.Query().Where(user.IDIn(ids...)).Select(user.FieldID, user.FieldName).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of users: %w", err)
	}
	names := make(map[ident.ID]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}
