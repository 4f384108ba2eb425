package units

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/roster"
	"github.com/duban-gov/duban/ent/rostermember"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Members lists the units of a roster on a day, in the order of the tree. A rule takes the units of its kinds below a unit; a
// list takes the members whose period covers the day. A unit that does not exist on the day is never a member.
// The caller has checked that the roster may be seen; client may be that of a transaction.
func (s *Service) Members(ctx context.Context, client *ent.Client, rosterID ident.ID, on workday.Date) ([]UnitRef, error) {
	r, err := client.Roster.Query().Where(roster.ID(rosterID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("roster")
	}
	if err != nil {
		return nil, fmt.Errorf("read roster: %w", err)
	}
	q, err := members(ctx, client, r, on)
	if err != nil {
		return nil, err
	}
	rows, err := q.Order(entunit.ByPath()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of roster: %w", err)
	}
	return refs(rows), nil
}

// members is the query of a roster's units on a day.
func members(ctx context.Context, client *ent.Client, r *ent.Roster, on workday.Date) (*ent.UnitQuery, error) {
	q := validOn(client.Unit.Query().Where(entunit.AuthorityID(r.AuthorityID)), on)
	if !r.Listed {
		return q, byRule(ctx, client, q, r)
	}
	listed, err := client.RosterMember.Query().Where(rostermember.RosterID(r.ID), rostermember.ValidFromLTE(on), rostermember.ValidToGTE(on)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	ids := make([]ident.ID, len(listed))
	for i, m := range listed {
		ids[i] = m.UnitID
	}
	return q.Where(entunit.IDIn(ids...)), nil
}

// refs makes the short forms of rows.
func refs(rows []*ent.Unit) []UnitRef {
	all := make([]UnitRef, len(rows))
	for i, row := range rows {
		all[i] = Ref(row)
	}
	return all
}

// byRule narrows a query to the kinds of a rule below its unit; the unit itself is not below itself.
func byRule(ctx context.Context, client *ent.Client, q *ent.UnitQuery, r *ent.Roster) error {
	if len(r.Kinds) > 0 {
		q.Where(entunit.KindIn(r.Kinds...))
	}
	if r.UnderID.IsZero() {
		return nil
	}
	under, err := client.Unit.Get(ctx, r.UnderID)
	if err != nil {
		return fmt.Errorf("read unit of roster: %w", err)
	}
	q.Where(entunit.PathGT(under.Path), entunit.PathLT(unit.PathEnd(under.Path)))
	return nil
}
