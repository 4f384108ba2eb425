package units

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Names finds the names of units for a page that shows them; an id that is not there, or zero, is left out.
func Names(ctx context.Context, client *ent.Client, ids []ident.ID) (map[ident.ID]string, error) {
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

// Valid loads units of an authority that an input names, in the order of the ids. Errors: input.invalid at a location for one
// that is not there ("unit.unknown") or has ended by the day ("duty.unit_ended").
func Valid(ctx context.Context, client *ent.Client, authority ident.ID, ids []ident.ID, on workday.Date, location string) ([]*ent.Unit, error) {
	rows, err := client.Unit.Query().Where(entunit.IDIn(ids...), entunit.AuthorityID(authority)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("load units: %w", err)
	}
	byID := make(map[ident.ID]*ent.Unit, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	list := make([]*ent.Unit, len(ids))
	for i, id := range ids {
		u, there := byID[id]
		switch {
		case !there:
			return nil, fault.BadField(location, "unit.unknown")
		case !u.ValidTo.IsZero() && u.ValidTo.Before(on):
			return nil, fault.BadField(location, "duty.unit_ended")
		}
		list[i] = u
	}
	return list, nil
}
