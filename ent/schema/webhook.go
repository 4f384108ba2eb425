package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Webhook is an address that gets signed copies of messages.
type Webhook struct{ ent.Schema }

// Mixin of the schema.
func (Webhook) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Webhook) Fields() []ent.Field {
	return []ent.Field{
		field.String("url"),
		field.String("secret").Sensitive().Comment("sealed"),
		field.JSON("topics", []string{}).Optional(),
		field.Bool("enabled").Default(true),
		fixedRef("created_by_id"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Webhook) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id"),
	}
}
