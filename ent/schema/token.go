package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Token is an API token: hashed, limited to permissions, expiring.
type Token struct{ ent.Schema }

// Mixin of the schema.
func (Token) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Token) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("user_id"),
		field.String("name"),
		field.Bytes("hash").Immutable(),
		field.JSON("permissions", []string{}).Optional(),
		instant("created_at"),
		instant("expires_at"),
		mayInstant("revoked_at"),
		mayInstant("used_at"),
	}
}

// Edges of the schema: foreign keys only.
func (Token) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Token) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("hash").Unique(),
		index.Fields("user_id"),
	}
}
