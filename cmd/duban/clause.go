package main

import (
	"fmt"
	"os"

	"github.com/duban-gov/duban/internal/app"
)

// clauseCmd is the reader of plans without a database.
type clauseCmd struct {
	Parse clauseParseCmd `cmd:"" help:"Read clauses from standard input and print who, when and how much."`
}

type clauseParseCmd struct {
	JSONL bool `name:"jsonl" required:"" help:"One object {id, text, doc_year, context} a line in, one {id, result} a line out."`
}

func (*clauseParseCmd) Run() error {
	if err := app.ParseClauses(os.Stdin, os.Stdout); err != nil {
		return fmt.Errorf("parse clauses: %w", err)
	}
	return nil
}
