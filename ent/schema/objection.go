package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// Objection is a unit's application for re-examination (复核) of a notice or a conclusion (Order 733 art. 17).
type Objection struct{ ent.Schema }

// Mixin of the schema.
func (Objection) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Objection) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(rectify.ObjectedTo("")).Immutable(),
		fixedRef("subject_id"),
		ref("inspection_id"),
		fixedRef("unit_id"),
		path("unit_path"),
		ref("leader_id"),
		field.String("title").Default(""),
		field.Enum("status").GoType(rectify.ObjectionStatus("")).Default(string(rectify.ObjectionFiled)),
		field.Bool("open").Default(true),
		field.Text("grounds"),
		text("demand"),
		date("received_on"),
		date("until"),
		date("decide_by"),
		field.String("rule").Default(""),
		fixedRef("filed_by_id"),
		instant("created_at"),
		field.JSON("decider_ids", []string{}).Optional(),
		ref("decided_by_id"),
		mayInstant("decided_at"),
		text("opinion"),
		text("effect"),
		field.Int("year").Default(0),
		field.Int("serial").Default(0),
		field.String("number").Default(""),
		version(),
	}
}

// Indexes of the schema.
func (Objection) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "id"),
		index.Fields("unit_id", "id"),
		index.Fields("subject", "subject_id"),
	}
}
