// Package schema declares the rows of the database, one entity a file: fields, the few edges that are foreign keys, indexes
// and CHECKs. No logic. Enum types come from the law packages, so the compiler forbids law → ent.
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// key is the primary key: made by the application, never by the database.
func key() ent.Field {
	return field.Int64("id").GoType(ident.ID{}).Immutable().Annotations(entsql.Annotation{Incremental: new(bool)})
}

// ref names another row; the zero id means "none" and is stored as 0.
func ref(name string) ent.Field {
	return field.Int64(name).GoType(ident.ID{}).DefaultFunc(func() ident.ID { return ident.ID{} })
}

// fixedRef is a ref that never changes once the row exists.
func fixedRef(name string) ent.Field {
	return field.Int64(name).GoType(ident.ID{}).Immutable()
}

// date is a local calendar date, kept as YYYY-MM-DD; no date is 9999-12-31.
func date(name string) ent.Field {
	return field.String(name).GoType(workday.Date{}).DefaultFunc(func() workday.Date { return workday.Date{} }).
		SchemaType(map[string]string{dialect.SQLite: "text", dialect.Postgres: "varchar(10)"})
}

// instant is a moment in UTC, cut to the millisecond.
func instant(name string) ent.Field { return field.Time(name) }

// mayInstant is an instant that may be missing (the zero time).
func mayInstant(name string) ent.Field { return field.Time(name).Optional() }

// text is a string that may be empty.
func text(name string) ent.Field { return field.Text(name).Default("") }

// path is a place in a tree: segments of equal width without punctuation, so that a subtree is a range under any collation.
func path(name string) ent.Field { return field.String(name).Default("") }

// version counts the changes of a row; an update names the version it is based on.
func version() ent.Field { return field.Int("version").Default(1) }

// checks are the invariants that the database itself holds.
func checks(all map[string]string) schema.Annotation { return entsql.Annotation{Checks: all} }

// Row is what every row of an authority has: its key and the authority, outside of which it does not exist.
type Row struct{ mixin.Schema }

// Fields of the mixin.
func (Row) Fields() []ent.Field {
	return []ent.Field{key(), fixedRef("authority_id")}
}
