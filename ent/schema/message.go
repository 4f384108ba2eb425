package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Message is one outgoing message to one person over one channel; its id is stable over every retry.
type Message struct{ ent.Schema }

// Mixin of the schema.
func (Message) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Message) Fields() []ent.Field {
	return []ent.Field{
		ref("event_id"),
		fixedRef("recipient_id"),
		field.Enum("channel").Values("inbox", "mail", "webhook").Immutable(),
		field.String("template").Immutable(),
		field.JSON("params", json.RawMessage{}).Optional(),
		field.String("subject").Immutable(),
		fixedRef("subject_id"),
		field.Enum("status").Values("pending", "sending", "sent", "failed").Default("pending"),
		field.Int("attempts").Default(0),
		mayInstant("next_try_at"),
		mayInstant("lease_until"),
		mayInstant("sent_at"),
		mayInstant("read_at"),
		text("last_error"),
		ref("webhook_id"),
		ref("digest_id"), // the message whose id a common e-mail carries; it is set before the first sending and never changes
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Message) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("status", "next_try_at"),
		index.Fields("recipient_id", "channel", "id"),
		index.Fields("event_id"),
		index.Fields("digest_id"),
	}
}

// Annotations of the schema.
func (Message) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"message_sent_has_instant":  "(status <> 'sent' OR sent_at IS NOT NULL)",
			"message_sending_has_lease": "(status <> 'sending' OR lease_until IS NOT NULL)",
		}),
	}
}
