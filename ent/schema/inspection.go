package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// Inspection is one supervision action: form, basis, scope, team, dates (Order 733 art. 14, 15).
type Inspection struct{ ent.Schema }

// Mixin of the schema.
func (Inspection) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Inspection) Fields() []ent.Field {
	return []ent.Field{
		field.String("title"),
		field.Enum("kind").GoType(rectify.InspectionKind("")),
		field.Enum("status").GoType(rectify.InspectionStatus("")).Default(string(rectify.InspectionPlanned)),
		text("basis"),
		text("scope"),
		field.String("method").Default(""),
		date("starts_on"),
		date("ends_on"),
		text("conclusion"),
		ref("plan_id"),
		fixedRef("created_by_id"),
		mayInstant("opened_at"),
		mayInstant("finished_at"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Inspection) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "id"),
	}
}
