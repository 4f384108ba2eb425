package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Lease lets one server at a time run a job, and keeps the high-water mark of time.
type Lease struct{ ent.Schema }

// Fields of the schema.
func (Lease) Fields() []ent.Field {
	return []ent.Field{
		key(),
		field.String("name"),
		field.String("holder").Default(""),
		instant("until"),
		mayInstant("mark"),
	}
}

// Indexes of the schema.
func (Lease) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("name").Unique(),
	}
}
