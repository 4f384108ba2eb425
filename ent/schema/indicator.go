package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/figure"
)

// Indicator is a figure that the authority asks for once a period (指标).
type Indicator struct{ ent.Schema }

// Mixin of the schema.
func (Indicator) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Indicator) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.String("measure").Default("").Comment("unit of measure"),
		field.Enum("every").GoType(cycle.Every("")),
		field.Enum("gather").GoType(figure.Gather("")),
		text("definition"),
		mayInstant("retired_at"),
		fixedRef("created_by_id"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Indicator) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "name").Unique(),
	}
}
