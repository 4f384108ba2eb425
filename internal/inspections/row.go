package inspections

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/inspectionunit"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
)

// detail is one inspection with what takes more reading: overlaps, burdens and former posts of its team.
func (s *Service) detail(ctx context.Context, client *ent.Client, actor access.Actor, row *ent.Inspection) (Inspection, error) {
	views, err := s.views(ctx, client, actor, []*ent.Inspection{row})
	if err != nil {
		return Inspection{}, err
	}
	v := views[0]
	if v.Overlaps, err = s.overlaps(ctx, client, row); err != nil {
		return Inspection{}, err
	}
	team, err := teamIDs(ctx, client, row.ID)
	if err != nil {
		return Inspection{}, err
	}
	units, err := unitIDs(ctx, client, row.ID)
	if err != nil {
		return Inspection{}, err
	}
	ties, err := s.ties(ctx, client, team, units)
	if err != nil {
		return Inspection{}, err
	}
	for _, t := range ties {
		for i := range v.Team {
			if v.Team[i].UserID == t.user && v.Team[i].Tie != "now" {
				v.Team[i].Tie, v.Team[i].TieUnit = "former", t.name
				if t.now {
					v.Team[i].Tie = "now"
				}
			}
		}
	}
	return v, nil
}

// views maps rows with their units and teams, each read once for the whole page.
func (s *Service) views(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.Inspection) ([]Inspection, error) {
	parts, err := readParts(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	views := make([]Inspection, len(rows))
	for i, r := range rows {
		v := Inspection{ID: r.ID, Title: r.Title, Number: r.Number, Kind: r.Kind, Supervision: r.Supervision, Designation: r.Designation, Status: r.Status,
			Basis: r.Basis, Scope: r.Scope, Matters: orEmpty(r.Matters), Methods: orEmpty(r.Methods), Method: r.Method, Items: orEmpty(r.Items),
			StartsOn: r.StartsOn, EndsOn: r.EndsOn, Units: []InspectedUnit{}, Team: []TeamMember{}, PlanID: r.PlanID, Revision: r.Revision,
			Conclusion: r.Conclusion, Reason: r.Reason, CreatedByID: r.CreatedByID, CreatedAt: r.CreatedAt, ProposedByID: r.ProposedByID,
			ApprovedByID: r.ApprovedByID, ApprovedAt: r.ApprovedAt, OpenedAt: r.OpenedAt, FinishedAt: r.FinishedAt, ConcludedAt: r.ConcludedAt,
			LookYear: r.LookYear, Seed: r.Seed, Population: r.Population, Overlaps: []InspectionOverlap{}, Version: r.Version}
		for _, id := range parts.units[r.ID] {
			v.Units = append(v.Units, InspectedUnit{ID: id, Name: parts.unitNames[id]})
		}
		team := false
		for _, m := range parts.members[r.ID] {
			v.Team = append(v.Team, TeamMember{UserID: m.UserID, Name: parts.userNames[m.UserID], Leads: m.Leads})
			team = team || m.UserID == actor.ID
		}
		v.AllowedActions = s.allowed(ctx, actor, r, parts.units[r.ID], team)
		views[i] = v
	}
	return views, nil
}

// parts is what a page of inspections needs besides its rows.
type parts struct {
	units     map[ident.ID][]ident.ID // inspection → units
	members   map[ident.ID][]*ent.InspectionMember
	unitNames map[ident.ID]string
	userNames map[ident.ID]string
}

func readParts(ctx context.Context, client *ent.Client, rows []*ent.Inspection) (*parts, error) {
	p := &parts{units: map[ident.ID][]ident.ID{}, members: map[ident.ID][]*ent.InspectionMember{}}
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
	return p, nil
}

func (s *Service) allowed(ctx context.Context, actor access.Actor, r *ent.Inspection, units []ident.ID, team bool) []access.AllowedAction {
	facts := access.Facts{AuthorityID: r.AuthorityID, OwnerID: r.CreatedByID}
	return s.gate.Actions(ctx, facts, rectify.InspectionTable.Allowed(tr.Facts[rectify.InspectionStatus]{
		Status: r.Status, Relations: relations(actor, r, units, team),
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
	repeats, err := s.repeats(ctx, client, actor, rows)
	if err != nil {
		return nil, err
	}
	var ids []ident.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	photos, err := evidenceCounts(ctx, client, evidence.SubjectFinding, ids)
	if err != nil {
		return nil, err
	}
	views := make([]Finding, len(rows))
	for i, r := range rows {
		views[i] = Finding{ID: r.ID, InspectionID: r.InspectionID, NoticeID: r.NoticeID, DutyID: r.DutyID, UnitID: r.UnitID,
			UnitName: names[r.UnitID], Severity: r.Severity, Status: r.Status, Description: r.Description, Basis: r.Basis,
			Requirement: r.Requirement, FoundByID: r.FoundByID, Reason: r.Reason, Photos: photos[r.ID], Repeats: orEmpty(repeats[r.ID]), ClosedAt: r.ClosedAt, CreatedAt: r.CreatedAt,
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
