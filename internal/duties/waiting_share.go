package duties

import (
	"context"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/predicate"
	entshare "github.com/duban-gov/duban/ent/share"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/units"
)

// sharesIn is the tray of shares in a state: those that the caller's units hold, or (outer) those that the caller's units gave out.
// A share of a duty that has ended waits for nobody, and nobody confirms what they handed in themselves.
func sharesIn(status duty.ShareStatus, permission access.Permission, outer bool) func(context.Context, *Service, access.Actor) ([]WaitingItem, error) {
	return func(ctx context.Context, s *Service, actor access.Actor) ([]WaitingItem, error) {
		client, places := s.store.Read(), s.unitsFor(actor, permission)
		query := client.Share.Query().Where(entshare.AuthorityID(actor.AuthorityID), entshare.StatusEQ(status), entshare.SubmittedByIDNEQ(actor.ID), ofOpenDuty)
		if outer {
			query.Where(givenOutBy(places))
		} else {
			query.Where(entshare.UnitIDIn(places...))
		}
		rows, err := query.Order(entshare.ByID()).Limit(maxPage).All(ctx)
		if err != nil {
			return nil, err
		}
		return shareItems(ctx, client, rows)
	}
}

// unitsFor are the units in which the caller holds a post that grants something.
func (s *Service) unitsFor(actor access.Actor, permission access.Permission) []ident.ID {
	var ids []ident.ID
	for _, p := range actor.Posts {
		if len(s.gate.Scopes(p.Role, permission)) > 0 {
			ids = append(ids, p.UnitID)
		}
	}
	return ids
}

// ofOpenDuty selects the shares whose duty has not ended.
func ofOpenDuty(q *entsql.Selector) {
	d := entsql.Table(entduty.Table)
	q.Where(entsql.Exists(entsql.Dialect(q.Dialect()).Select(d.C(entduty.FieldID)).From(d).Where(entsql.And(
		entsql.ColumnsEQ(d.C(entduty.FieldID), q.C(entshare.FieldDutyID)), entsql.EQ(d.C(entduty.FieldOpen), true)))))
}

// givenOutBy selects the shares that units gave out: of duties that they hold, or of shares that they hold.
func givenOutBy(ids []ident.ID) predicate.Share {
	in := make([]any, len(ids))
	for i, id := range ids {
		in[i] = id
	}
	return func(q *entsql.Selector) {
		holds := func(table, unit, key, column string) *entsql.Predicate {
			t := entsql.Table(table).As("outer_" + table)
			return entsql.Exists(entsql.Dialect(q.Dialect()).Select(t.C(key)).From(t).Where(entsql.And(
				entsql.ColumnsEQ(t.C(key), q.C(column)), entsql.In(t.C(unit), in...))))
		}
		q.Where(entsql.Or(
			entsql.And(entsql.EQ(q.C(entshare.FieldParentID), ident.ID{}), holds(entduty.Table, entduty.FieldUnitID, entduty.FieldID, entshare.FieldDutyID)),
			holds(entshare.Table, entshare.FieldUnitID, entshare.FieldID, entshare.FieldParentID)))
	}
}

// shareItems names each share by its own title and the unit that holds it.
func shareItems(ctx context.Context, client *ent.Client, rows []*ent.Share) ([]WaitingItem, error) {
	places := make([]ident.ID, len(rows))
	for i, row := range rows {
		places[i] = row.UnitID
	}
	names, err := units.Names(ctx, client, places)
	if err != nil {
		return nil, err
	}
	items := make([]WaitingItem, len(rows))
	for i, row := range rows {
		items[i] = WaitingItem{ObjectID: row.ID, DutyID: row.DutyID, Title: row.Title, UnitName: names[row.UnitID], Since: row.UpdatedAt.UTC()}
	}
	return items, nil
}
