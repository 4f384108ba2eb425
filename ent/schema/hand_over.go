package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/post"
)

// HandOver is the signed list of what a post holder leaves to the successor (工作交接单).
type HandOver struct{ ent.Schema }

// Mixin of the schema.
func (HandOver) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (HandOver) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("unit_id"),
		path("unit_path"),
		field.Enum("role").GoType(post.Role("")).Immutable(),
		fixedRef("post_id"),
		fixedRef("from_id"),
		fixedRef("to_id"),
		text("reason"),
		field.JSON("items", json.RawMessage{}).Immutable(),
		field.Int("duties").Immutable(),
		field.String("sha256").Immutable(),
		mayInstant("given_at"),
		mayInstant("taken_at"),
		fixedRef("created_by_id"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (HandOver) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "id"),
		index.Fields("from_id"),
		index.Fields("to_id"),
	}
}
