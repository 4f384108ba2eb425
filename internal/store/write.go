package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/idempotency"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// Write runs fn in one transaction and commits it. A conflict that the database resolves by refusing one side (busy,
// serialization, deadlock) is tried again from the start after a pause, so fn must do nothing that a rollback does not undo.
// Within fn only tx may be used: never the store, the network or a channel.
func (s *Store) Write(ctx context.Context, fn func(ctx context.Context, tx *ent.Tx) error) error {
	for try := 1; ; try++ {
		err := s.writeOnce(ctx, s.trial.on(withLast(fn)))
		if err == nil {
			return s.trial.after()
		}
		if try == maxTries || !retryable(err) || s.trial == nil && !rest(ctx, pause(try)) {
			return Fault(err)
		}
	}
}

func (s *Store) writeOnce(ctx context.Context, fn func(ctx context.Context, tx *ent.Tx) error) (err error) {
	if s.group != nil {
		return s.group.write(ctx, fn)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if !done { // an error or a panic: nothing of it stays
			err = errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}()
	if err := fn(ctx, tx); err != nil {
		return err
	}
	done = true
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// Request identifies a request that may be sent again: who sent it, its Idempotency-Key, the operation and a hash of the body.
type Request struct {
	User      ident.ID
	Key       string
	Operation string
	Hash      []byte
}

type requestKey struct{}

// WithRequest returns a context in which Do answers a repeated request with the first answer.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// PartOfRequest returns the context of one part of a request that does many things, each in a transaction of its own: sent again,
// the parts that were done give their first answers, and the others are done now.
func PartOfRequest(ctx context.Context, part string) context.Context {
	r, repeatable := ctx.Value(requestKey{}).(Request)
	if !repeatable {
		return ctx
	}
	r.Key += "/" + part
	return WithRequest(ctx, r)
}

// errRepeated ends a transaction whose request was answered before.
var errRepeated = errors.New("request was answered before")

// Do is Write with an answer. If the context carries a Request, the answer is kept in the same transaction, and the same
// request sent again gets that answer and changes nothing. The same key with another body is a conflict.
func Do[T any](ctx context.Context, s *Store, fn func(ctx context.Context, tx *ent.Tx) (T, error)) (T, error) {
	var answer T
	request, repeatable := ctx.Value(requestKey{}).(Request)
	if !repeatable {
		err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
			answer, err = fn(ctx, tx)
			return err
		})
		return answer, err
	}
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		id := s.NewID()
		fresh, err := claimRequest(ctx, tx, id, request, s)
		if err != nil {
			return fmt.Errorf("remember request: %w", err)
		}
		if !fresh {
			return errRepeated
		}
		if answer, err = fn(ctx, tx); err != nil {
			return err
		}
		raw, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("keep answer: %w", err)
		}
		return tx.Idempotency.UpdateOneID(id).SetAnswer(raw).Exec(ctx)
	})
	if errors.Is(err, errRepeated) {
		return repeat[T](ctx, s, request)
	}
	return answer, err
}

// claimRequest inserts the request's row; false means that it was there already. A second server waits here for the first.
func claimRequest(ctx context.Context, tx *ent.Tx, id ident.ID, r Request, s *Store) (bool, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO idempotencies (id, user_id, key, operation, request_hash, created_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, key) DO NOTHING`, id, r.User, r.Key, r.Operation, r.Hash, s.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// repeat reads the kept answer.
func repeat[T any](ctx context.Context, s *Store, r Request) (T, error) {
	var answer T
	row, err := s.read.Idempotency.Query().Where(idempotency.UserID(r.User), idempotency.Key(r.Key)).Only(ctx)
	if err != nil {
		return answer, fmt.Errorf("read kept answer: %w", Fault(err))
	}
	if row.Operation != r.Operation || !bytes.Equal(row.RequestHash, r.Hash) {
		return answer, fault.New(fault.Conflict, "idempotency.mismatch").With("key", r.Key)
	}
	if err := json.Unmarshal(row.Answer, &answer); err != nil {
		return answer, fmt.Errorf("decode kept answer: %w", err)
	}
	return answer, nil
}
