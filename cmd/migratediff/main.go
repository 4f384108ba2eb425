// Command migratediff writes the next versioned migration of both dialects: the difference between the migrations that are
// there and ent/schema. It is a tool of development; it needs an empty PostgreSQL database to replay on.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"path/filepath"
	"slices"
	"text/template"
	"time"

	atlas "ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/postgres"
	atlasschema "ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/duban-gov/duban/ent/migrate"
)

// forward writes migrations that only go up: the way down from a table rebuilt by SQLite would drop the new table.
var forward = must(atlas.NewTemplateFormatter(
	template.Must(template.New("name").Funcs(template.FuncMap{"now": func() string { return time.Now().UTC().Format("20060102150405") }}).
		Parse("{{ with .Version }}{{ . }}{{ else }}{{ now }}{{ end }}{{ with .Name }}_{{ . }}{{ end }}.sql")),
	template.Must(template.New("sql").Parse("-- +goose Up\n{{ range .Changes }}{{ with .Comment }}-- {{ . }}\n{{ end }}{{ printf \"%s;\\n\" .Cmd }}{{ end }}")),
))

func must(f atlas.Formatter, err error) atlas.Formatter {
	if err != nil {
		log.Fatal(err)
	}
	return f
}

func main() {
	name := flag.String("name", "", "name of the migration, as in add_duty")
	postgres := flag.String("postgres", "", "URL of an empty PostgreSQL database")
	check := flag.Bool("check", false, "only say whether the schema has drifted from the migrations")
	flag.Parse()
	if *name == "" && !*check || *postgres == "" {
		log.Fatal("-postgres and one of -name and -check are needed")
	}
	folder := "ent/migrations"
	if *check {
		folder = copied(folder)
		defer os.RemoveAll(folder)
		*name = "drift"
	}
	for _, d := range []struct{ dialect, driver, url string }{
		{dialect.SQLite, "sqlite", "file:diff?mode=memory&_pragma=foreign_keys(1)"},
		{dialect.Postgres, "pgx", *postgres},
	} {
		if err := diff(filepath.Join(folder, d.dialect), *name, d.dialect, d.driver, d.url); err != nil {
			log.Fatalf("%s: %v", d.dialect, err)
		}
	}
	if drift, _ := filepath.Glob(folder + "/*/*_drift.sql"); *check && len(drift) > 0 {
		for _, file := range drift {
			raw, _ := os.ReadFile(file)
			log.Printf("%s", raw)
		}
		log.Fatal("the schema has drifted from the migrations: write one with migrate:diff")
	}
}

// copied is a copy of the migrations in a temporary folder.
func copied(folder string) string {
	to, err := os.MkdirTemp("", "migratediff-")
	if err == nil {
		err = os.CopyFS(to, os.DirFS(folder))
	}
	if err != nil {
		log.Fatal(err)
	}
	return to
}

// sameIndexes drops changes that are none: PostgreSQL prints the predicate of a partial index in its own words. To change a
// predicate, change the index's name too.
func sameIndexes(next schema.Differ) schema.Differ {
	return schema.DiffFunc(func(current, desired *atlasschema.Schema) ([]atlasschema.Change, error) {
		changes, err := next.Diff(current, desired)
		kept := changes[:0]
		for _, change := range changes {
			if table, ok := change.(*atlasschema.ModifyTable); ok {
				table.Changes = slices.DeleteFunc(table.Changes, reworded)
				if len(table.Changes) == 0 {
					continue
				}
			}
			kept = append(kept, change)
		}
		return kept, err
	})
}

// leanIndexes leaves the key out of the end of a SQLite index: every entry of an index there ends with the key of its row, by which
// rows that are equal in the other columns stand in order, and a second one would be a fifth of the index.
func leanIndexes(next schema.Differ) schema.Differ {
	return schema.DiffFunc(func(current, desired *atlasschema.Schema) ([]atlasschema.Change, error) {
		for _, table := range desired.Tables {
			if !rowKeyed(table) {
				continue
			}
			for _, index := range table.Indexes {
				last := len(index.Parts) - 1
				if last > 0 && !index.Unique && index.Parts[last].C != nil && index.Parts[last].C.Name == "id" {
					index.Parts = index.Parts[:last]
				}
			}
		}
		return next.Diff(current, desired)
	})
}

// rowKeyed reports whether the key of a table is the number of the row itself, as an integer is in SQLite.
func rowKeyed(table *atlasschema.Table) bool {
	if table.PrimaryKey == nil || len(table.PrimaryKey.Parts) != 1 {
		return false
	}
	column := table.PrimaryKey.Parts[0].C
	_, integer := column.Type.Type.(*atlasschema.IntegerType)
	return integer && column.Name == "id"
}

func reworded(change atlasschema.Change) bool {
	index, ok := change.(*atlasschema.ModifyIndex)
	return ok && index.Change == atlasschema.ChangeAttr && predicate(index.From) && predicate(index.To)
}

func predicate(index *atlasschema.Index) bool {
	return slices.ContainsFunc(index.Attrs, func(a atlasschema.Attr) bool {
		_, ok := a.(*postgres.IndexPredicate)
		return ok
	})
}

func diff(folder, name, dialectName, driver, url string) error {
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		return err
	}
	sum, err := dir.Checksum()
	if err != nil {
		return err
	}
	if err := atlas.WriteSumFile(dir, sum); err != nil {
		return err
	}
	db, err := entsql.Open(driver, url)
	if err != nil {
		return err
	}
	defer db.Close()
	hooks := []schema.DiffHook{sameIndexes}
	if dialectName == dialect.SQLite {
		hooks = append(hooks, leanIndexes)
	}
	m, err := schema.NewMigrate(entsql.OpenDB(dialectName, db.DB()), schema.WithDir(dir), schema.WithDialect(dialectName),
		schema.WithMigrationMode(schema.ModeReplay), schema.WithFormatter(forward),
		schema.WithDropColumn(true), schema.WithDropIndex(true), schema.WithDiffHook(hooks...))
	if err != nil {
		return err
	}
	return m.NamedDiff(context.Background(), name, migrate.Tables...)
}
