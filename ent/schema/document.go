package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Document is a source file as it came in, with the text read from it; spans of nodes point into that text.
type Document struct{ ent.Schema }

// Mixin of the schema.
func (Document) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Document) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").Immutable(),
		field.String("media_type").Immutable(),
		field.String("sha256").Immutable(),
		field.Int("size").Immutable(),
		field.String("blob_key").Immutable(),
		field.Text("content").Immutable(),
		fixedRef("uploaded_by_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Document) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "sha256"),
	}
}
