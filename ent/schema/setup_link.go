package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// SetupLink is a one-use link: the first start prints one, a new user gets one to set a password.
type SetupLink struct{ ent.Schema }

// Fields of the schema.
func (SetupLink) Fields() []ent.Field {
	return []ent.Field{
		key(),
		fixedRef("user_id"),
		field.Bytes("hash").Immutable(),
		field.Enum("purpose").Values("first_start", "password"),
		instant("created_at"),
		instant("expires_at"),
		mayInstant("used_at"),
	}
}

// Indexes of the schema.
func (SetupLink) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("hash").Unique(),
	}
}
