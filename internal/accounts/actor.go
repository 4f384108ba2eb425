package accounts

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/session"
	"github.com/duban-gov/duban/ent/token"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// unauthenticated is the one answer to a secret that opens nothing, whatever the cause.
func unauthenticated() error { return fault.New(fault.Unauthenticated, "unauthenticated") }

// BySession is the actor of a session's secret, with the posts held today. An unknown, ended or disabled one is unauthenticated.
func (s *Service) BySession(ctx context.Context, secret string) (access.Actor, error) {
	return s.cached(secret, func(hash []byte) (access.Actor, error) {
		row, err := s.store.Read().Session.Query().Where(session.Hash(hash)).WithUser().Only(ctx)
		if ent.IsNotFound(err) {
			return access.Actor{}, unauthenticated()
		}
		if err != nil {
			return access.Actor{}, fmt.Errorf("read session: %w", err)
		}
		now := s.store.Now()
		if !now.Before(row.ExpiresAt) || now.Sub(row.SeenAt) >= IdleLimit {
			return access.Actor{}, unauthenticated()
		}
		actor, err := s.present(ctx, row.Edges.User)
		if err != nil {
			return access.Actor{}, err
		}
		actor.SessionID = row.ID
		if actor.Enrol, err = s.mustEnrol(ctx, actor); err != nil {
			return access.Actor{}, err
		}
		if now.Sub(row.SeenAt) < touchEvery {
			return actor, nil
		}
		return actor, s.touch(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.Session.Update().Where(session.ID(row.ID)).SetSeenAt(now).Exec(ctx)
		})
	})
}

// mustEnrol reports whether somebody who is signed in still owes the installation a second factor.
func (s *Service) mustEnrol(ctx context.Context, actor access.Actor) (bool, error) {
	if !s.factorRequired(actor.Posts) {
		return false, nil
	}
	row, err := s.factorOf(ctx, s.store.Read(), actor.ID)
	return row == nil || row.ConfirmedAt.IsZero(), err
}

// ByToken is the actor of an API token, limited to the token's permissions.
func (s *Service) ByToken(ctx context.Context, secret string) (access.Actor, error) {
	return s.cached(secret, func(hash []byte) (access.Actor, error) {
		row, err := s.store.Read().Token.Query().Where(token.Hash(hash)).WithUser().Only(ctx)
		if ent.IsNotFound(err) {
			return access.Actor{}, unauthenticated()
		}
		if err != nil {
			return access.Actor{}, fmt.Errorf("read token: %w", err)
		}
		now := s.store.Now()
		if !row.RevokedAt.IsZero() || !now.Before(row.ExpiresAt) || len(row.Permissions) == 0 {
			return access.Actor{}, unauthenticated()
		}
		actor, err := s.present(ctx, row.Edges.User)
		if err != nil {
			return access.Actor{}, err
		}
		for _, p := range row.Permissions {
			actor.Only = append(actor.Only, access.Permission(p))
		}
		if now.Sub(row.UsedAt) < touchEvery {
			return actor, nil
		}
		return actor, s.touch(ctx, func(ctx context.Context, tx *ent.Tx) error {
			return tx.Token.Update().Where(token.ID(row.ID)).SetUsedAt(now).Exec(ctx)
		})
	})
}

// touch notes a use. While the database takes no writes (a full disk), reading goes on without the note.
func (s *Service) touch(ctx context.Context, note func(ctx context.Context, tx *ent.Tx) error) error {
	err := s.store.Write(ctx, note)
	if fault.KindOf(err) == fault.Unavailable {
		return nil
	}
	return err
}

// present is the actor of a user who may act now; a disabled one may not.
func (s *Service) present(ctx context.Context, u *ent.User) (access.Actor, error) {
	if !u.DisabledAt.IsZero() {
		return access.Actor{}, unauthenticated()
	}
	on, err := s.Today(ctx, s.store.Read(), u.AuthorityID)
	if err != nil {
		return access.Actor{}, err
	}
	return s.actor(ctx, u, on)
}

// ActorOf is a user with the posts held on a day, as the gate sees them; a disabled user holds none.
func (s *Service) ActorOf(ctx context.Context, userID ident.ID, on workday.Date) (access.Actor, error) {
	u, err := s.store.Read().User.Get(ctx, userID)
	if ent.IsNotFound(err) {
		return access.Actor{}, fault.Missing("user")
	}
	if err != nil {
		return access.Actor{}, fmt.Errorf("read user: %w", err)
	}
	return s.actor(ctx, u, on)
}

func (s *Service) actor(ctx context.Context, u *ent.User, on workday.Date) (access.Actor, error) {
	actor := access.Actor{ID: u.ID, AuthorityID: u.AuthorityID, Name: u.Name}
	if !u.DisabledAt.IsZero() {
		return actor, nil
	}
	rows, err := s.store.Read().Post.Query().Where(entpost.UserID(u.ID), heldOn(on)).WithUnit().Order(entpost.ByID()).All(ctx)
	if err != nil {
		return access.Actor{}, fmt.Errorf("read posts: %w", err)
	}
	for _, r := range rows {
		actor.Posts = append(actor.Posts, held(r))
	}
	return actor, nil
}

// held is a post as the gate sees it; its unit is loaded.
func held(r *ent.Post) access.Post {
	return access.Post{ID: r.ID, UnitID: r.UnitID, UnitPath: r.Edges.Unit.Path, Role: r.Role, ActingForID: r.ActingForID}
}

// heldOn selects the posts that are held on a day.
func heldOn(on workday.Date) predicate.Post {
	return entpost.And(entpost.ValidFromLTE(on), entpost.ValidToGTE(on))
}

// actorCache keeps actors for a second, so that the requests of one page read the posts once. A change made by this process
// clears it; one made by another holds within the second (ASVS 7.4: revocation takes effect at once).
type actorCache struct {
	mu   sync.Mutex
	kept map[[32]byte]keptActor
}

type keptActor struct {
	actor access.Actor
	at    time.Time
}

const (
	keepActor  = time.Second
	keepActors = 10_000
)

func newActorCache() *actorCache { return &actorCache{kept: map[[32]byte]keptActor{}} }

func (c *actorCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.kept)
}

func (c *actorCache) get(key [32]byte, now time.Time) (access.Actor, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.kept[key]
	age := now.Sub(k.at)
	return k.actor, ok && age >= 0 && age < keepActor
}

func (c *actorCache) put(key [32]byte, a access.Actor, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) >= keepActors {
		clear(c.kept)
	}
	c.kept[key] = keptActor{actor: a, at: now}
}

// cached answers from memory or loads; refusals are never kept.
func (s *Service) cached(secret string, load func(hash []byte) (access.Actor, error)) (access.Actor, error) {
	key, now := [32]byte(hashOf(secret)), s.store.Now()
	if a, ok := s.actors.get(key, now); ok {
		return a, nil
	}
	a, err := load(key[:])
	if err != nil {
		return access.Actor{}, err
	}
	s.actors.put(key, a, now)
	return a, nil
}

// overlaps selects the posts that are held on some day of a period; no last day means without end.
func overlaps(from, to workday.Date) predicate.Post {
	return entpost.And(entpost.ValidFromLTE(to), entpost.ValidToGTE(from))
}
