// Package ent is generated from the schema; only ent/schema is written by hand.
package ent

//go:generate go run -mod=mod entgo.io/ent/cmd/ent generate --feature sql/execquery,sql/lock,sql/versioned-migration,sql/modifier ./schema
