package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"
)

// InstructionUnit is a unit that an instruction addresses, with its reply.
type InstructionUnit struct{ ent.Schema }

// Mixin of the schema.
func (InstructionUnit) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (InstructionUnit) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("instruction_id"),
		ref("unit_id"),
		path("unit_path"),
		text("reply"),
		ref("replied_by_id"),
		mayInstant("replied_at"),
	}
}

// Indexes of the schema.
func (InstructionUnit) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("instruction_id", "unit_id").Unique(),
		index.Fields("unit_id", "instruction_id"),
	}
}
