package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// CalendarFeed is a person's secret address of their due dates (日历订阅). Only the hash of the secret is kept. Reads counts the
// calls since a moment, so that a feed is not asked without end.
type CalendarFeed struct{ ent.Schema }

// Mixin of the schema.
func (CalendarFeed) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (CalendarFeed) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("user_id"),
		field.Bytes("hash").Immutable(),
		field.String("language").Default(""),
		instant("created_at"),
		mayInstant("revoked_at"),
		mayInstant("read_at"),
		mayInstant("counted_since"),
		field.Int("reads").Default(0),
	}
}

// Indexes of the schema.
func (CalendarFeed) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("hash").Unique(),
		index.Fields("user_id", "id"),
	}
}
