package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/duty"
)

// Share is what a unit gives to a unit below it of a duty that it holds; the outer unit stays answerable for the whole.
type Share struct{ ent.Schema }

// Mixin of the schema.
func (Share) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Share) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("duty_id"),
		fixedRef("parent_id"),
		ref("unit_id"),
		path("unit_path"),
		field.Enum("status").GoType(duty.ShareStatus("")).Default(string(duty.ShareAssigned)),
		field.Bool("open").Default(true),
		field.String("title"),
		text("content"),
		date("due_date"),
		field.Int("weight").Default(1),
		field.Bool("required").Default(true),
		field.Int("progress").Default(0),
		text("narrative"),
		text("reason"),
		fixedRef("assigned_by_id"),
		ref("accepted_by_id"),
		mayInstant("accepted_at"),
		ref("submitted_by_id"),
		mayInstant("submitted_at"),
		ref("confirmed_by_id"),
		mayInstant("closed_at"),
		instant("created_at"),
		instant("updated_at"),
		version(),
	}
}

// Indexes of the schema.
func (Share) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("duty_id", "parent_id", "id"),
		index.Fields("unit_id", "open", "due_date", "id"),
	}
}

// Annotations of the schema.
func (Share) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"share_open_by_status":     "(open = (status NOT IN ('closed', 'cancelled')))",
			"share_progress_range":     "(progress BETWEEN 0 AND 10000)",
			"share_weight_not_below_0": "(weight >= 0)",
		}),
	}
}
