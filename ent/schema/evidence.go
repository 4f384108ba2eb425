package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Evidence is a file or link with hash, kind and expiry; a newer version supersedes, nothing is overwritten.
type Evidence struct{ ent.Schema }

// Mixin of the schema.
func (Evidence) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Evidence) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").Values("duty", "report", "reply", "finding", "check", "site_check").Immutable(),
		fixedRef("subject_id"),
		fixedRef("unit_id"),
		field.String("name").Immutable(),
		field.String("kind").Default(""),
		field.String("media_type").Immutable(),
		field.Int("size").Immutable(),
		field.String("sha256").Immutable(),
		field.String("blob_key").Immutable(),
		field.String("url").Default(""),
		date("expires_on"),
		ref("supersedes_id"),
		fixedRef("uploaded_by_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Evidence) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject", "subject_id", "id"),
		index.Fields("authority_id", "sha256"),
	}
}
