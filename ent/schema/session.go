package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Session is a signed-in browser; the cookie holds a secret whose hash is kept.
type Session struct{ ent.Schema }

// Mixin of the schema.
func (Session) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("user_id"),
		field.Bytes("hash").Immutable(),
		instant("created_at"),
		instant("seen_at"),
		instant("expires_at"),
		field.String("agent").Default(""),
	}
}

// Edges of the schema: foreign keys only.
func (Session) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Session) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("hash").Unique(),
		index.Fields("user_id"),
		index.Fields("expires_at"),
	}
}
