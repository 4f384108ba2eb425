package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// LoginTry counts failed sign-ins for one account name or address, so that guessing is slowed on every server.
type LoginTry struct{ ent.Schema }

// Fields of the schema.
func (LoginTry) Fields() []ent.Field {
	return []ent.Field{
		key(),
		field.String("subject"),
		field.Int("failures").Default(0),
		instant("since"),
		mayInstant("blocked_until"),
	}
}

// Indexes of the schema.
func (LoginTry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject").Unique(),
	}
}
