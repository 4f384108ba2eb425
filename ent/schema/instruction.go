package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/supervise"
)

// Instruction is a leader's written instruction (批示) on an object.
type Instruction struct{ ent.Schema }

// Mixin of the schema.
func (Instruction) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Instruction) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(supervise.InstructionSubject("")).Immutable(),
		fixedRef("subject_id"),
		field.String("subject_title").Immutable(),
		field.Text("content").Immutable(),
		field.Enum("urgency").GoType(supervise.Urgency("")).Immutable(),
		field.Bool("informs").Default(false).Immutable(),
		field.Enum("status").GoType(supervise.InstructionStatus("")),
		date("due_date"),
		field.String("due_rule").Default(""),
		fixedRef("author_id"),
		fixedRef("post_id"),
		ref("matter_id"),
		ref("finished_by_id"),
		mayInstant("finished_at"),
		text("note"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Instruction) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "status", "id"),
		index.Fields("subject", "subject_id", "id"),
		index.Fields("author_id", "id"),
	}
}
