package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// SiteCheck is the record of a check on the spot (现场核查) of what a reply to a notice claims.
type SiteCheck struct{ ent.Schema }

// Mixin of the schema.
func (SiteCheck) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (SiteCheck) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("notice_id"),
		fixedRef("reply_id"),
		date("checked_on"),
		field.String("place").Default(""),
		field.Enum("outcome").GoType(rectify.Outcome("")),
		field.Text("note"),
		fixedRef("checked_by_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (SiteCheck) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("notice_id", "id"),
		index.Fields("reply_id"),
	}
}
