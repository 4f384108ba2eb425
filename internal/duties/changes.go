package duties

import (
	"time"

	"github.com/duban-gov/duban/ent"
)

// tracked are the fields that the history keeps as they were and as they are.
var tracked = []struct {
	name string
	of   func(*ent.Duty) any
}{
	{"status", func(d *ent.Duty) any { return d.Status }},
	{"unit_id", func(d *ent.Duty) any { return d.UnitID }},
	{"progress", func(d *ent.Duty) any { return d.Progress }},
	{"due_date", func(d *ent.Duty) any { return d.DueDate }},
	{"due_revision", func(d *ent.Duty) any { return d.DueRevision }},
	{"accept_due_date", func(d *ent.Duty) any { return d.AcceptDueDate }},
	{"close_reason", func(d *ent.Duty) any { return d.CloseReason }},
	{"completion_id", func(d *ent.Duty) any { return d.CompletionID }},
}

// difference lists the tracked fields that changed, as they were and as they are.
func difference(is, will *ent.Duty) (before, after map[string]any) {
	before, after = make(map[string]any), make(map[string]any)
	for _, field := range tracked {
		if was, now := field.of(is), field.of(will); was != now {
			before[field.name], after[field.name] = was, now
		}
	}
	return before, after
}

// instant is an optional instant as an update takes it; nil leaves the column alone.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
