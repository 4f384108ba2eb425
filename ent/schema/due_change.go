package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// DueChange is one line of the deadline ledger (时限台账): every due date that a duty or notice ever had.
type DueChange struct{ ent.Schema }

// Mixin of the schema.
func (DueChange) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (DueChange) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		fixedRef("subject_id"),
		field.Int("revision").Immutable(),
		date("old_date"),
		date("new_date"),
		fixedRef("changed_by_id"),
		text("reason"),
		field.String("origin").Default("").Comment("how the new date was reckoned (workday.Origin); empty if it was stated"),
		ref("extension_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (DueChange) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject", "subject_id", "revision").Unique(),
	}
}
