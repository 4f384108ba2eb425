package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/post"
)

// HandOver is a list of what is open in a unit when a post changes (交接清单).
type HandOver struct{ ent.Schema }

// Mixin of the schema.
func (HandOver) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (HandOver) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("unit_id"),
		path("unit_path"),
		field.Enum("role").GoType(post.Role("")).Immutable(),
		field.Enum("status").GoType(handover.Status("")),
		fixedRef("giver_id"),
		fixedRef("taker_id"),
		fixedRef("witness_id"),
		fixedRef("drawn_by_id"),
		field.Text("occasion").Immutable().Comment("why the post changes, with the document that decided it"),
		field.String("hash").Immutable().Comment("SHA-256 of the canonical text, hexadecimal"),
		field.Int("rows").Immutable(),
		fixedRef("replaces_id"),
		text("reason"), // why it is void
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (HandOver) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "id"),
		index.Fields("unit_id", "id"),
		index.Fields("giver_id", "status"),
		index.Fields("taker_id", "status"),
		index.Fields("witness_id", "status"),
	}
}

// Annotations of the schema.
func (HandOver) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"hand_over_of_different_people": "(giver_id <> taker_id AND giver_id <> witness_id AND taker_id <> witness_id)",
			"hand_over_hash_length":         "(length(hash) = 64)",
		}),
	}
}
