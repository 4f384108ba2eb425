package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// SavedView is a query of the ledger with the way in which it is shown: a person's own, shared with a unit, or the default of a role.
type SavedView struct{ ent.Schema }

// Mixin of the schema.
func (SavedView) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (SavedView) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("owner_id"),
		field.String("share").Default("mine"),
		ref("unit_id"),
		field.String("unit_path").Default(""),
		field.String("role").Default(""),
		field.String("name"),
		text("query"),
		field.String("layout").Default(""),
		field.String("sort").Default(""),
		field.String("group").Default(""),
		field.JSON("columns", json.RawMessage{}).Optional(),
		instant("created_at"),
		instant("updated_at"),
		version(),
	}
}

// Indexes of the schema.
func (SavedView) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "owner_id", "id"),
		index.Fields("authority_id", "share", "id"),
	}
}
