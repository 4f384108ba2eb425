package store

import (
	"context"

	"github.com/duban-gov/duban/ent"
)

type lastKey struct{}

// lasts is what a transaction does last.
type lasts struct {
	work []func(ctx context.Context, tx *ent.Tx) error
}

// Last puts work at the end of the transaction, right before its commit, in the order in which it was put there. It is for rows that
// many transactions change, as the root of a plan: held from the middle of a transaction they make all others wait for everything that
// follows. Outside of Write it is done at once.
func Last(ctx context.Context, tx *ent.Tx, do func(ctx context.Context, tx *ent.Tx) error) error {
	if l, ok := ctx.Value(lastKey{}).(*lasts); ok {
		l.work = append(l.work, do)
		return nil
	}
	return do(ctx, tx)
}

// withLast runs fn and then what it put at the end.
func withLast(fn func(ctx context.Context, tx *ent.Tx) error) func(ctx context.Context, tx *ent.Tx) error {
	return func(ctx context.Context, tx *ent.Tx) error {
		l := &lasts{}
		if err := fn(context.WithValue(ctx, lastKey{}, l), tx); err != nil {
			return err
		}
		for _, do := range l.work {
			if err := do(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	}
}
