package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// LightChange is one line of the history of lights (亮灯记录): append-only, one row for each change, with the rule and the
// figures that decided it. The light before the first row is that of the row's own "was".
type LightChange struct{ ent.Schema }

// Mixin of the schema.
func (LightChange) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (LightChange) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		fixedRef("subject_id"),
		fixedRef("unit_id"),
		field.Enum("was").GoType(ladder.Light("")).Immutable(),
		field.Enum("light").GoType(ladder.Light("")).Immutable(),
		field.String("rule").Immutable(),
		field.Time("since").Immutable().Comment("the instant from which it holds, however late it was noticed"),
		field.Time("noted_at").Immutable(),
		field.JSON("inputs", json.RawMessage{}).Optional(),
	}
}

// Indexes of the schema.
func (LightChange) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject", "subject_id", "id"),
	}
}
