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
		field.Enum("status").GoType(rectify.InspectionStatus("")).Default(string(rectify.InspectionDraft)),
		field.Enum("supervision").GoType(rectify.Supervision("")).Default(string(rectify.ByDepartment)),
		field.String("designation").Default(""),
		text("basis"),
		text("scope"),
		field.JSON("matters", []string{}).Optional(),
		field.JSON("methods", []rectify.Method{}).Optional(),
		field.String("method").Default(""),
		field.JSON("items", []rectify.CheckItem{}).Optional(),
		date("starts_on"),
		date("ends_on"),
		text("conclusion"),
		text("reason"),
		ref("plan_id"),
		field.Int("year").Default(0),
		field.Int("serial").Default(0),
		field.String("number").Default(""),
		field.Int("revision").Default(0),
		field.Int("look_year").Default(0),
		field.String("seed").Default(""),
		field.Int("population").Default(0),
		ref("proposed_by_id"),
		ref("approved_by_id"),
		mayInstant("approved_at"),
		fixedRef("created_by_id"),
		mayInstant("opened_at"),
		mayInstant("finished_at"),
		mayInstant("concluded_at"),
		ref("concluded_by_id"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Inspection) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "id"),
		index.Fields("authority_id", "ends_on", "starts_on"),
	}
}
