package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// Reply is a unit's answer to a rectification notice, verified by someone else.
type Reply struct{ ent.Schema }

// Mixin of the schema.
func (Reply) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Reply) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("notice_id"),
		field.Enum("stage").GoType(rectify.ReplyStage("")).Default(string(rectify.StageReport)).Immutable(),
		field.Int("round").Immutable(),
		field.Enum("status").GoType(rectify.ReplyStatus("")).Default(string(rectify.ReplySubmitted)),
		field.Text("measures"),
		text("result"),
		date("finish_by"),
		text("responsible"),
		fixedRef("author_id"),
		ref("verified_by_id"),
		mayInstant("verified_at"),
		text("verdict"),
		instant("created_at"),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Reply) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("notice", Notice.Type).Field("notice_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Reply) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("notice_id", "stage", "round").Unique(),
	}
}
