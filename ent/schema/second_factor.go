package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// SecondFactor is a user's generator of one-time codes (RFC 6238) and the recovery codes that are left.
type SecondFactor struct{ ent.Schema }

// Mixin of the schema.
func (SecondFactor) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (SecondFactor) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("user_id"),
		field.String("secret").Sensitive().Comment("sealed"),
		mayInstant("confirmed_at"),
		field.Int64("last_step").Default(0).Comment("time step of the last code taken: each code counts once"),
		field.JSON("recovery", []string{}).Optional().Sensitive().Comment("hashes of the recovery codes not used yet"),
		instant("created_at"),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (SecondFactor) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (SecondFactor) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id").Unique(),
	}
}
