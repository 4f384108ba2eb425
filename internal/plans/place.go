package plans

import (
	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/unit"
)

// A node's path is a segment for each level, as in the unit tree. Segments of siblings leave room between them, so that a node
// can be put in without moving the others.
const (
	segmentWidth = 4
	segmentStep  = 32
	maxSegment   = 36*36*36*36 - 1
	pathEnd      = "zzzzz" // every path below p is less than p+pathEnd
	maxDepth     = 12
)

// segment is the path segment with a number.
func segment(n int) string { return unit.Segment(n) }

// notDeeper selects paths of at most n characters.
func notDeeper(n int) predicate.Task {
	return func(sel *sql.Selector) {
		sel.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("length(").Ident(sel.C(task.FieldPath)).WriteString(") <= ").Arg(n)
		}))
	}
}

// errTooMany refuses a plan with more siblings or levels than paths can tell apart.
func errTooMany() error { return fault.New(fault.Invalid, "plan.too_many_nodes") }
