package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// LookItem is one thing of the year before that a look-back (回头看) looks at again.
type LookItem struct{ ent.Schema }

// Mixin of the schema.
func (LookItem) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (LookItem) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		field.Enum("subject").GoType(rectify.Looked("")).Immutable(),
		fixedRef("subject_id"),
		fixedRef("unit_id"),
		path("unit_path"),
		field.String("title").Immutable(),
		field.String("number").Default(""),
		date("due_date"),
		field.Enum("status").GoType(rectify.LookStatus("")).Default(string(rectify.LookPending)),
		text("note"),
		ref("checked_by_id"),
		mayInstant("checked_at"),
		ref("notice_id"),
		ref("finding_id"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (LookItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "subject", "subject_id").Unique(),
	}
}
