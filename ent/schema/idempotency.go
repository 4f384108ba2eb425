package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Idempotency remembers the answer to a request by its Idempotency-Key, written in the same transaction as the change.
type Idempotency struct{ ent.Schema }

// Fields of the schema.
func (Idempotency) Fields() []ent.Field {
	return []ent.Field{
		key(),
		fixedRef("user_id"),
		field.String("key").Immutable(),
		field.String("operation").Immutable(),
		field.Bytes("request_hash").Immutable(),
		field.Bytes("answer").Optional(),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Idempotency) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id", "key").Unique(),
		index.Fields("created_at"),
	}
}
