package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/unit"
)

// Unit is an organisation in the unit tree. Its path is the materialised place that scopes are ranges of.
type Unit struct{ ent.Schema }

// Mixin of the schema.
func (Unit) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Unit) Fields() []ent.Field {
	return []ent.Field{
		ref("parent_id"),
		path("path"),
		field.Enum("kind").GoType(unit.Kind("")),
		field.String("name").Default(""),
		field.String("code").Default(""),
		field.Int("sort").Default(0),
		date("valid_from"),
		date("valid_to"),
		ref("successor_id"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Unit) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("path").Unique(),
		index.Fields("authority_id", "code").Unique(),
		index.Fields("authority_id", "name"),
		index.Fields("parent_id", "sort"),
	}
}
