package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Authority is a root of the unit tree: an installation holds one or more, and nothing crosses between them.
type Authority struct{ ent.Schema }

// Fields of the schema.
func (Authority) Fields() []ent.Field {
	return []ent.Field{
		key(),
		field.String("name").Default(""),
		field.String("short_name").Default(""),
		field.String("doc_prefix").Default("").Comment("the agency code of document numbers (机关代字)"),
		field.String("zone").Default("Asia/Shanghai"),
		ref("root_unit_id"),
		field.String("calendar").Default(""),
		instant("created_at"),
		version(),
	}
}
