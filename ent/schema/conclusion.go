package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// Conclusion is the part of an inspection's conclusion (督查结论) that is about one object, delivered to it (Order 733 art. 16).
type Conclusion struct{ ent.Schema }

// Mixin of the schema.
func (Conclusion) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Conclusion) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		fixedRef("unit_id"),
		path("unit_path"),
		field.String("number").Immutable(),
		field.Int("year").Immutable(),
		field.Int("serial").Immutable(),
		field.Text("content"),
		field.Enum("status").GoType(rectify.ConclusionStatus("")).Default(string(rectify.ConclusionDelivered)),
		fixedRef("delivered_by_id"),
		field.Time("delivered_at").Immutable(),
		mayInstant("received_at"),
		ref("received_by_id"),
		date("object_until"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Conclusion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "unit_id").Unique(),
		index.Fields("unit_id", "id"),
		index.Fields("authority_id", "id"),
	}
}
