package timeline

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// nameOf reads what an object of administration is called. Business objects have none here: the audit administrator does not read
// them, and a title is business.
var nameOf = map[string]string{
	"authority": "SELECT id, name FROM authorities WHERE id IN ",
	"post":      "SELECT p.id, u.name FROM posts p JOIN users u ON u.id = p.user_id WHERE p.id IN ",
	"roster":    "SELECT id, name FROM rosters WHERE id IN ",
	"token":     "SELECT id, name FROM tokens WHERE id IN ",
	"unit":      "SELECT id, name FROM units WHERE id IN ",
	"user":      "SELECT id, name FROM users WHERE id IN ",
	"webhook":   "SELECT id, url FROM webhooks WHERE id IN ",
}

// label names the objects of administration and the units of a page, by one statement for each kind that is on it.
func (a *Audit) label(ctx context.Context, rows []*ent.Event, views []AuditEvent) error {
	wanted := map[string][]ident.ID{}
	for _, row := range rows {
		if _, named := nameOf[row.Subject]; named {
			wanted[row.Subject] = append(wanted[row.Subject], row.SubjectID)
		}
		if !row.UnitID.IsZero() {
			wanted["unit"] = append(wanted["unit"], row.UnitID)
		}
	}
	names := map[string]map[ident.ID]string{}
	for kind, ids := range wanted {
		found, err := a.names(ctx, kind, ids)
		if err != nil {
			return err
		}
		names[kind] = found
	}
	for i := range views {
		views[i].Name, views[i].UnitName = names[views[i].Subject][views[i].SubjectID], names["unit"][views[i].UnitID]
	}
	return nil
}

func (a *Audit) names(ctx context.Context, kind string, ids []ident.ID) (map[ident.ID]string, error) {
	found := map[ident.ID]string{}
	if ids = unique(ids); len(ids) == 0 {
		return found, nil
	}
	list, args := store.In(a.store, 1, ids)
	err := store.Each(ctx, a.store.DB(), nameOf[kind]+list, args, func(scan func(...any) error) error {
		var id ident.ID
		var name string
		err := scan(&id, &name)
		found[id] = name
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("name %s of the audit log: %w", kind, err)
	}
	return found, nil
}
