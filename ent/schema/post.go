package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/post"
)

// Post says that a user holds a role in a unit from one day to another; acting_for names whom an acting officer stands in for.
type Post struct{ ent.Schema }

// Mixin of the schema.
func (Post) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Post) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("user_id"),
		fixedRef("unit_id"),
		field.Enum("role").GoType(post.Role("")).Immutable(),
		date("valid_from"),
		date("valid_to"),
		ref("acting_for_id"),
		ref("granted_by_id"),
		field.Bool("delegated").Default(false).Immutable().Comment("given by its holder for a time, who may take it back"),
		instant("created_at"),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Post) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
		edge.To("unit", Unit.Type).Field("unit_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Post) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id"),
		index.Fields("unit_id", "role"),
		index.Fields("acting_for_id"),
	}
}

// Annotations of the schema.
func (Post) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"post_delegated_by_its_holder": "(NOT delegated OR (acting_for_id <> 0 AND acting_for_id = granted_by_id AND user_id <> acting_for_id AND role IN ('unit_head', 'unit_clerk')))",
		}),
	}
}
