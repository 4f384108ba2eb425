package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Figure is a confirmed number of one unit for one indicator and period. A later number replaces it and names it; nothing is
// overwritten. Values are in ten-thousandths, so that sums are exact.
type Figure struct{ ent.Schema }

// Mixin of the schema.
func (Figure) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Figure) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("indicator_id"),
		ref("unit_id"),
		path("unit_path"),
		field.String("period").Immutable(),
		date("period_from"),
		date("period_to"),
		field.Int64("value").Immutable(),
		fixedRef("report_id"),
		fixedRef("duty_id"),
		fixedRef("plan_id"),
		fixedRef("confirmed_by_id"),
		field.Time("confirmed_at").Immutable(),
		text("reason"), // why it differs from the one it replaces
		ref("replaced_by_id"),
	}
}

// Indexes of the schema.
func (Figure) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("indicator_id", "unit_id", "period").Unique().Annotations(entsql.IndexWhere("replaced_by_id = 0")),
		index.Fields("indicator_id", "unit_path", "period_to"),
		index.Fields("report_id"),
	}
}
