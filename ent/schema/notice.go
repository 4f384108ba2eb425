package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// Notice is a rectification notice (整改通知书): numbered when served, with findings, requirement and deadline.
type Notice struct{ ent.Schema }

// Mixin of the schema.
func (Notice) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Notice) Fields() []ent.Field {
	return []ent.Field{
		ref("inspection_id"),
		field.Int("year").Default(0),
		field.Int("serial").Default(0),
		field.String("number").Default(""),
		fixedRef("unit_id"),
		path("unit_path"),
		field.Enum("status").GoType(rectify.NoticeStatus("")).Default(string(rectify.NoticeDraft)),
		field.Bool("open").Default(true),
		field.String("title"),
		text("requirement"),
		date("due_date"),
		date("original_due_date"),
		field.Int("due_revision").Default(1),
		date("sign_due_date"),
		ref("leader_id"),
		fixedRef("created_by_id"),
		mayInstant("served_at"),
		ref("served_by_id"),
		mayInstant("signed_at"),
		ref("signed_by_id"),
		mayInstant("closed_at"),
		ref("closed_by_id"),
		ref("reply_id"),
		ref("previous_id"),
		field.Bool("repeats").Default(false),
		field.Bool("plan_wanted").Default(false),
		field.Bool("site_check_wanted").Default(false),
		date("plan_due_date"),
		ref("plan_reply_id"),
		field.Enum("plan_status").GoType(rectify.ReplyStatus("")).Optional(),
		date("object_until"),
		text("reason"),
		field.Int("reopened").Default(0),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Notice) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("unit_id", "open", "due_date", "id"),
		index.Fields("authority_id", "open", "due_date", "id"),
		index.Fields("authority_id", "year", "serial"),
		index.Fields("previous_id"),
	}
}

// Annotations of the schema.
func (Notice) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"notice_served_has_number":  "(status IN ('draft', 'voided') OR number <> '')",
			"notice_closed_has_instant": "(status <> 'closed' OR closed_at IS NOT NULL)",
			"notice_failed_has_number":  "(status <> 'failed' OR number <> '')",
		}),
	}
}
