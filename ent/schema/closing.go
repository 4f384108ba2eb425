package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/closeout"
)

// Closing is a completion request on its way through the steps of close-out, with the steps as they were when it came in.
type Closing struct{ ent.Schema }

// Mixin of the schema.
func (Closing) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Closing) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("duty_id"),
		fixedRef("report_id"),
		field.String("rule").Immutable(),
		field.JSON("steps", json.RawMessage{}).Immutable(),
		field.Enum("status").GoType(closeout.Status("")).Default(string(closeout.Running)),
		field.Int("signed").Default(0).Comment("steps that are signed; the next one is at hand"),
		field.String("turn").Default("").Comment("who may sign the step at hand, between commas; empty at the end"),
		field.Bool("last").Default(false).Comment("whether the step at hand is the last"),
		instant("created_at"),
		instant("updated_at"),
	}
}

// Indexes of the schema.
func (Closing) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("duty_id", "id"),
		index.Fields("report_id"),
		index.Fields("authority_id", "last", "id").Annotations(entsql.IndexWhere("status = 'running'")), // what waits for a signature
	}
}
