package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// RuleVersion is a version of a rule file that an authority proposed (规则版本): one person proposes, another approves, and it
// applies from its day on. An approved version is never changed.
type RuleVersion struct{ ent.Schema }

// Mixin of the schema.
func (RuleVersion) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (RuleVersion) Fields() []ent.Field {
	return []ent.Field{
		field.String("rule_set").Immutable(),
		field.Int("rule_version").Immutable(),
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		field.Text("content").Immutable(),
		field.String("sha256").Immutable(),
		field.Enum("status").Values("proposed", "approved", "rejected").Default("proposed"),
		date("applies_from"),
		text("note"),
		fixedRef("proposed_by_id"),
		instant("proposed_at"),
		ref("decided_by_id"),
		mayInstant("decided_at"),
		text("decision"),
		version(),
	}
}

// Indexes of the schema.
func (RuleVersion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "rule_set", "rule_version").Unique().Annotations(entsql.IndexWhere("status <> 'rejected'")),
		index.Fields("status", "decided_at"),
	}
}

// Annotations of the schema.
func (RuleVersion) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"rule_version_decided_by_another": "(status = 'proposed' OR decided_by_id <> proposed_by_id)",
		}),
	}
}
