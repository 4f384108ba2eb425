package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Designation records that a government charged the authority with government supervision, for stated matters and a stated
// period (Order 733 art. 7).
type Designation struct{ ent.Schema }

// Mixin of the schema.
func (Designation) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Designation) Fields() []ent.Field {
	return []ent.Field{
		field.String("government").Immutable(),
		field.String("number").Immutable().Comment("number of the document that designates"),
		field.Text("scope").Immutable(),
		date("valid_from"),
		date("valid_to"),
		fixedRef("created_by_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Designation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("authority_id", "id")}
}
