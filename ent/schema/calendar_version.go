package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/almanac"
)

// CalendarVersion is a notice of days off that was proposed to an authority's calendar. The calendar in force is the one that the
// program ships with and every approved notice, in the order of their approval.
type CalendarVersion struct{ ent.Schema }

// Mixin of the schema.
func (CalendarVersion) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (CalendarVersion) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("status").GoType(almanac.Status("")).Default(string(almanac.Proposed)),
		field.String("title").Immutable(),
		field.Text("notice").Immutable().Comment("the notices in the text form of workday.ParseNotices"),
		field.String("base").Immutable().Comment("calendar in force when it was proposed"),
		field.String("name").Immutable().Comment("calendar that it makes"),
		fixedRef("proposed_by_id"),
		instant("proposed_at"),
		ref("decided_by_id"),
		mayInstant("decided_at"),
		text("reason"),
		field.Int("moved").Default(0).Comment("dates moved so far"),
		mayInstant("applied_at"),
		version(),
	}
}

// Indexes of the schema.
func (CalendarVersion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "decided_at", "id"),
	}
}
