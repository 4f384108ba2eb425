package duties

import (
	"context"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	entclosing "github.com/duban-gov/duban/ent/closing"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/closeout"
	"github.com/duban-gov/duban/internal/ident"
)

// closingsAt is the tray of close-outs whose step at hand is the caller's: earlier steps to countersign, or the last to strike off.
func closingsAt(last bool) func(context.Context, *Service, access.Actor) ([]WaitingItem, error) {
	return func(ctx context.Context, s *Service, actor access.Actor) ([]WaitingItem, error) {
		rows, err := s.store.Read().Closing.Query().Where(entclosing.AuthorityID(actor.AuthorityID), entclosing.StatusEQ(closeout.Running),
			entclosing.Last(last)).Order(entclosing.ByID()).Limit(maxPage).All(ctx)
		if err != nil {
			return nil, err
		}
		ids := make([]ident.ID, len(rows))
		for i, row := range rows {
			ids[i] = row.DutyID
		}
		found, err := s.store.Read().Duty.Query().Where(entduty.IDIn(ids...)).All(ctx)
		if err != nil {
			return nil, err
		}
		duties := make(map[ident.ID]*ent.Duty, len(found))
		for _, d := range found {
			duties[d.ID] = d
		}
		items := []WaitingItem{}
		for _, row := range rows {
			if len(items) < maxPage && theirs(actor, duties[row.DutyID], row) {
				items = append(items, WaitingItem{ObjectID: row.DutyID, DutyID: row.DutyID, Since: row.UpdatedAt.UTC()})
			}
		}
		return items, nil
	}
}

// theirs reports whether the step at hand is somebody's, as far as the row tells: nobody signs for their own unit.
func theirs(actor access.Actor, d *ent.Duty, row *ent.Closing) bool {
	if d == nil || actor.InUnit(d.UnitID) {
		return false
	}
	w := work{is: d, actor: actor}
	return slices.ContainsFunc(w.person().As, func(by closeout.By) bool { return strings.Contains(row.Turn, ","+string(by)+",") })
}
