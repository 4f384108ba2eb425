package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/unit"
)

// Roster is a named collective (各高校): a rule by kinds below a unit, or a list.
type Roster struct{ ent.Schema }

// Mixin of the schema.
func (Roster) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Roster) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.JSON("aliases", []string{}).Optional(),
		field.JSON("kinds", []unit.Kind{}).Optional(),
		ref("under_id"),
		field.Bool("listed").Default(false),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Roster) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "name").Unique(),
	}
}
