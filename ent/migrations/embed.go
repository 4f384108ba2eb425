// Package migrations holds the versioned SQL of both dialects. A released file is never edited: "task migrate:diff -- NAME"
// writes the next one from the schema.
package migrations

import "embed"

// Files holds one folder per dialect, named as ent names it.
//
//go:embed sqlite3/*.sql postgres/*.sql
var Files embed.FS
