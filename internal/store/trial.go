package store

import (
	"context"
	"errors"

	"github.com/duban-gov/duban/ent"
)

// Moment is a place in the course of a transaction at which a trial may step in.
type Moment string

const (
	BeforeCommit Moment = "before commit" // all is written, nothing is kept
	AfterCommit  Moment = "after commit"  // all is kept, nobody has been told
)

// ErrRefused is what a trial answers in the place of a database that refuses one side of a conflict: the transaction is tried again.
var ErrRefused = errors.New("the database refused one side of a conflict")

// Trial is what a simulation does to a store: it is never set in earnest.
type Trial struct {
	Loose bool                 // SQLite does not wait for the disk: a power cut would lose what was acknowledged
	At    func(m Moment) error // called at every moment; an error before the commit undoes the transaction, after it hides the success
}

// on wraps a transaction so that the trial is asked before it commits.
func (t *Trial) on(fn func(ctx context.Context, tx *ent.Tx) error) func(ctx context.Context, tx *ent.Tx) error {
	if t == nil || t.At == nil {
		return fn
	}
	return func(ctx context.Context, tx *ent.Tx) error {
		if err := fn(ctx, tx); err != nil {
			return err
		}
		return t.At(BeforeCommit)
	}
}

// after asks the trial once the transaction is kept.
func (t *Trial) after() error {
	if t == nil || t.At == nil {
		return nil
	}
	return t.At(AfterCommit)
}

// durability is the pragma of how SQLite acknowledges a write: on disk, unless a trial is in a hurry.
func (t *Trial) durability() string {
	if t != nil && t.Loose {
		return "&_pragma=synchronous(OFF)"
	}
	return "&_pragma=synchronous(FULL)"
}
