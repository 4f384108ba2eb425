package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/duty"
)

// DutyPast is a duty as it was until a change (变更前的样子): one row for each change, none for the dispatch, so that what never
// changed costs nothing. The duty at an instant is its first past that lasted longer, or else what it is now.
type DutyPast struct{ ent.Schema }

// Mixin of the schema.
func (DutyPast) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (DutyPast) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("duty_id"),
		field.Time("until").Immutable(),
		fixedRef("unit_id"),
		field.String("unit_path").Immutable(),
		field.Enum("status").GoType(duty.Status("")).Immutable(),
		field.Bool("open").Immutable(),
		field.Int("progress").Immutable(),
		date("due_date"),
		field.Int("due_revision").Immutable(),
		date("accept_due_date"),
		fixedRef("leader_id"),
		mayInstant("accepted_at"),
		mayInstant("closed_at"),
		field.String("close_reason").Immutable(),
		mayInstant("reported_at"),
		fixedRef("completion_id"),
		field.Time("updated_at").Immutable(),
		field.Int("version").Immutable(),
	}
}

// Indexes of the schema.
func (DutyPast) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("duty_id", "version").Unique(),
	}
}
