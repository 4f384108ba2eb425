package units

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/roster"
	"github.com/duban-gov/duban/ent/rostermember"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Roster is a named collective: a rule, or a list of dated members.
type Roster struct {
	ID             ident.ID    `json:"id" doc:"Id of the roster"`
	Name           string      `json:"name" doc:"Name as documents write it" example:"各高校"`
	Aliases        []string    `json:"aliases" doc:"Other ways in which documents write it" example:"[\"普通高等学校\"]"`
	Kinds          []unit.Kind `json:"kinds" doc:"Rule: kinds of its members; none means every kind" example:"[\"university\"]"`
	UnderID        ident.ID    `json:"under_id,omitzero" doc:"Rule: only units below this one"`
	Listed         bool        `json:"listed" doc:"Whether its members are a list instead of a rule" example:"false"`
	Version        int         `json:"version" doc:"Version to name in If-Match" example:"1"`
	AllowedActions []string    `json:"allowed_actions" doc:"What the caller may do with it now" example:"[\"update\"]"`
}

// RosterMember is a member of a listed roster for a period.
type RosterMember struct {
	UnitID    ident.ID     `json:"unit_id" doc:"Unit" example:"0h2kz9f7x3b1c"`
	ValidFrom workday.Date `json:"valid_from,omitzero" doc:"First day; missing if it always was" example:"2017-01-01"`
	ValidTo   workday.Date `json:"valid_to,omitzero" doc:"Last day; missing while it goes on" example:"2017-12-31"`
}

// SaveRosterInput describes a roster, new or changed.
type SaveRosterInput struct {
	Name    string         `json:"name" minLength:"1" maxLength:"60" doc:"Name as documents write it" example:"各高校"`
	Aliases []string       `json:"aliases,omitempty" maxItems:"20" doc:"Other ways in which documents write it" example:"[\"普通高等学校\"]"`
	Kinds   []unit.Kind    `json:"kinds,omitempty" maxItems:"8" doc:"Rule: kinds of its members" example:"[\"university\"]"`
	UnderID ident.ID       `json:"under_id,omitzero" doc:"Rule: only units below this one; the root if missing"`
	Listed  bool           `json:"listed,omitempty" doc:"Whether its members are the list below" example:"false"`
	Members []RosterMember `json:"members,omitempty" maxItems:"20000" doc:"List: the members; replaces all"`
}

// RosterPage is one page of rosters in the order of their creation.
type RosterPage struct {
	Items []Roster `json:"items" doc:"Rosters"`
	Next  string   `json:"next" doc:"Cursor of the next page; empty at the end"`
}

var rosterColumns = access.Columns{Authority: roster.FieldAuthorityID}

func (s *Service) rosterView(actor access.Actor, r *ent.Roster) Roster {
	v := Roster{ID: r.ID, Name: r.Name, Aliases: append([]string{}, r.Aliases...), Kinds: append([]unit.Kind{}, r.Kinds...), UnderID: r.UnderID,
		Listed: r.Listed, Version: r.Version, AllowedActions: []string{}}
	if s.gate.Filter(actor, access.RosterManage).Covers(access.Facts{AuthorityID: r.AuthorityID}) {
		v.AllowedActions = []string{"update"}
	}
	return v
}

// check holds the rules for a roster: a rule names kinds or a unit, a list names members, and never both.
func (in SaveRosterInput) check() error {
	var fields []fault.Field
	bad := func(location, code string) {
		fields = append(fields, fault.Field{Location: location, Code: code})
	}
	if strings.TrimSpace(in.Name) == "" {
		bad("body.name", "unit.name_required")
	}
	if in.Listed && (len(in.Kinds) > 0 || !in.UnderID.IsZero()) || !in.Listed && len(in.Members) > 0 {
		bad("body.listed", "roster.rule_or_list")
	}
	for i, k := range in.Kinds {
		if !known(k) {
			bad(fmt.Sprintf("body.kinds[%d]", i), "unit.kind_unknown")
		}
	}
	for i, m := range in.Members {
		if !m.ValidFrom.IsZero() && !m.ValidTo.IsZero() && m.ValidTo.Before(m.ValidFrom) {
			bad(fmt.Sprintf("body.members[%d].valid_to", i), "unit.period_reversed")
		}
	}
	if len(fields) > 0 {
		return fault.BadFields(fields...)
	}
	return nil
}

// CreateRoster adds a roster to the caller's authority.
func (s *Service) CreateRoster(ctx context.Context, in SaveRosterInput) (Roster, error) {
	if _, err := s.gate.May(ctx, access.RosterManage); err != nil {
		return Roster{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Roster{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Roster, error) {
		r, err := s.LoadRoster(ctx, tx, actor.AuthorityID, in)
		if err != nil {
			return Roster{}, err
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: r.AuthorityID, Subject: "roster", SubjectID: r.ID, Action: "create", After: in})
		return s.rosterView(actor, r), err
	})
}

// LoadRoster inserts a roster in the caller's transaction; the caller has asked for the permission and appends the event.
func (s *Service) LoadRoster(ctx context.Context, tx *ent.Tx, authorityID ident.ID, in SaveRosterInput) (*ent.Roster, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	if err := unitsOf(ctx, tx, authorityID, in); err != nil {
		return nil, err
	}
	r, err := tx.Roster.Create().SetID(s.store.NewID()).SetAuthorityID(authorityID).SetName(strings.TrimSpace(in.Name)).SetAliases(clean(in.Aliases)).
		SetKinds(in.Kinds).SetUnderID(in.UnderID).SetListed(in.Listed).SetCreatedAt(s.store.Now()).Save(ctx)
	if store.IsDuplicate(err) {
		return nil, fault.New(fault.Conflict, "roster.name_taken").With("name", in.Name)
	}
	if err != nil {
		return nil, fmt.Errorf("create roster: %w", err)
	}
	return r, s.setMembers(ctx, tx, r, in.Members)
}

// unitsOf refuses units that do not exist in the authority, whether they exist elsewhere or not.
func unitsOf(ctx context.Context, tx *ent.Tx, authorityID ident.ID, in SaveRosterInput) error {
	if !in.UnderID.IsZero() {
		found, err := tx.Unit.Query().Where(entunit.ID(in.UnderID), entunit.AuthorityID(authorityID)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for unit: %w", err)
		}
		if !found {
			return fault.BadField("body.under_id", "unit.unknown")
		}
	}
	if len(in.Members) == 0 {
		return nil
	}
	ids, err := tx.Unit.Query().Where(entunit.AuthorityID(authorityID)).IDs(ctx)
	if err != nil {
		return fmt.Errorf("read units: %w", err)
	}
	have := make(map[ident.ID]bool, len(ids))
	for _, id := range ids {
		have[id] = true
	}
	for i, m := range in.Members {
		if !have[m.UnitID] {
			return fault.BadField(fmt.Sprintf("body.members[%d].unit_id", i), "unit.unknown")
		}
	}
	return nil
}

func (s *Service) setMembers(ctx context.Context, tx *ent.Tx, r *ent.Roster, members []RosterMember) error {
	if _, err := tx.RosterMember.Delete().Where(rostermember.RosterID(r.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("clear members: %w", err)
	}
	rows := make([]*ent.RosterMemberCreate, len(members))
	for i, m := range members {
		if m.ValidFrom.IsZero() {
			m.ValidFrom = always
		}
		rows[i] = tx.RosterMember.Create().SetID(s.store.NewID()).SetAuthorityID(r.AuthorityID).SetRosterID(r.ID).SetUnitID(m.UnitID).
			SetValidFrom(m.ValidFrom).SetValidTo(m.ValidTo)
	}
	err := inBatches(rows, func(part []*ent.RosterMemberCreate) error { return tx.RosterMember.CreateBulk(part...).Exec(ctx) })
	if store.IsDuplicate(err) {
		return fault.BadField("body.members", "roster.member_twice")
	}
	if err != nil {
		return fmt.Errorf("insert members: %w", err)
	}
	return nil
}

// UpdateRoster replaces a roster's name, aliases and rule or list.
func (s *Service) UpdateRoster(ctx context.Context, id ident.ID, version int, in SaveRosterInput) (Roster, error) {
	filter, err := s.gate.May(ctx, access.RosterManage)
	if err != nil {
		return Roster{}, err
	}
	if err := named(version); err != nil {
		return Roster{}, err
	}
	if err := in.check(); err != nil {
		return Roster{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Roster{}, err
	}
	var view Roster
	return view, s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		before, err := seenRoster(ctx, tx.Roster, filter, id)
		if err != nil {
			return err
		}
		if err := unitsOf(ctx, tx, before.AuthorityID, in); err != nil {
			return err
		}
		n, err := tx.Roster.Update().Where(roster.ID(id), roster.Version(version)).AddVersion(1).SetName(strings.TrimSpace(in.Name)).
			SetAliases(clean(in.Aliases)).SetKinds(in.Kinds).SetUnderID(in.UnderID).SetListed(in.Listed).Save(ctx)
		switch {
		case store.IsDuplicate(err):
			return fault.New(fault.Conflict, "roster.name_taken").With("name", in.Name)
		case err != nil:
			return fmt.Errorf("update roster: %w", err)
		case n == 0:
			return stale()
		}
		if err := s.setMembers(ctx, tx, before, in.Members); err != nil {
			return err
		}
		after, err := tx.Roster.Get(ctx, id)
		if err != nil {
			return fmt.Errorf("read roster: %w", err)
		}
		view = s.rosterView(actor, after)
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: before.AuthorityID, Subject: "roster", SubjectID: id, Action: "update",
			Before: s.rosterView(actor, before), After: in})
		return err
	})
}

func seenRoster(ctx context.Context, client *ent.RosterClient, filter access.Filter, id ident.ID) (*ent.Roster, error) {
	r, err := client.Query().Where(roster.ID(id)).Where(filter.Predicate(rosterColumns)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("roster")
	}
	if err != nil {
		return nil, fmt.Errorf("read roster: %w", err)
	}
	return r, nil
}
