package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// User is a person who signs in. Rights come from posts, never from the person.
type User struct{ ent.Schema }

// Mixin of the schema.
func (User) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (User) Fields() []ent.Field {
	return []ent.Field{
		field.String("login"),
		field.String("name"),
		field.String("password_hash").Default("").Sensitive(),
		field.String("email").Default(""),
		field.String("language").Default("zh-CN"),
		field.Int("digest_hour").Default(8).Comment("hour of the daily digest, 0 to 23; -1: none"),
		mayInstant("disabled_at"),
		mayInstant("last_login_at"),
		mayInstant("password_set_at"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (User) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("login").Unique(),
		index.Fields("authority_id", "name"),
	}
}
