package apitest

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// fillPeople makes units, rosters, users, posts, sessions and tokens to act on. None of them is an actor's own, so that what
// is done to them changes no relation.
func (w *world) fillPeople() {
	s, admin := w.app.Units, w.as("system_admin.home")
	w.write(func(ctx context.Context, tx *ent.Tx) error { // the houses of the kit number their units by themselves
		_, err := tx.ExecContext(ctx, "INSERT INTO number_series (id, authority_id, kind, year, last) VALUES ($1, $2, 'unit', 0, 500)", w.Store.NewID(), w.home.Authority)
		return err
	})
	u, err := s.Create(admin, units.CreateUnitInput{ParentID: w.home.Department.ID, Name: "待撤科研所", Kind: "affiliated"})
	w.must(err)
	w.add("unit", "valid", "units", u.ID, testkit.Place{ID: u.ID, Path: u.Path})
	r, err := s.CreateRoster(w.as("office.home"), units.SaveRosterInput{Name: "各高校", Kinds: []unit.Kind{unit.University}})
	w.must(err)
	w.add("roster", "there", "rosters", r.ID, w.home.Department)
	w.names["roster"] = r.ID.String()
	w.fillUsers()
	owner := w.actor("unit_clerk.own")
	w.add("session", "live", "", w.session(owner, "another-browser"), w.home.University, "owner", owner.name)
	w.fillSeeing(owner)
	w.add("token", "live", "", w.token(owner, "a-token-of-the-clerk", "duty.read"), w.home.University, "owner", owner.name)
}

// fillUsers makes an open and a closed account, and a post of the former.
func (w *world) fillUsers() {
	h := w.home
	for _, state := range []string{"open", "closed"} {
		id := w.Store.NewID()
		w.write(func(ctx context.Context, tx *ent.Tx) error {
			create := tx.User.Create().SetID(id).SetAuthorityID(h.Authority).SetLogin("account." + state).SetName("某" + state).SetCreatedAt(w.Store.Now())
			if state == "closed" {
				create.SetDisabledAt(w.Store.Now())
			}
			return create.Exec(ctx)
		})
		w.add("user", state, "users", id, h.Department)
		w.names["user."+state] = id.String()
	}
	postID, holder := w.Store.NewID(), w.object("user", "open").id
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Post.Create().SetID(postID).SetAuthorityID(h.Authority).SetUserID(holder).SetUnitID(h.Bureau.ID).SetRole(post.UnitClerk).
			SetValidFrom(workday.MustDate("2016-01-01")).SetCreatedAt(w.Store.Now()).Exec(ctx)
	})
	w.add("post", "held", "posts", postID, h.Bureau)
}

// fillMessages finds what the use cases told the university's clerk, and adds two webhooks.
func (w *world) fillMessages() {
	w.T.Helper()
	owner := w.actor("unit_clerk.own")
	row, err := w.Store.Read().Message.Query().Where(message.RecipientID(owner.id), message.ChannelEQ(message.ChannelInbox)).First(w.T.Context())
	w.must(err)
	w.add("message", "unread", "", row.ID, w.home.University, "owner", owner.name)
	for state, on := range map[string]bool{"enabled": true, "disabled": false} {
		id := w.Store.NewID()
		w.write(func(ctx context.Context, tx *ent.Tx) error {
			return tx.Webhook.Create().SetID(id).SetAuthorityID(w.home.Authority).SetURL("https://127.0.0.1:9/" + state).SetSecret("s3cret").SetCreatedByID(w.home.SystemAdmin.ID).
				SetEnabled(on).SetCreatedAt(w.Store.Now()).Exec(ctx)
		})
		w.add("webhook", state, "webhooks", id, w.home.Department)
	}
}

// session is one more sign-in of somebody.
func (w *world) session(a *actor, secret string) ident.ID {
	id, now, sum := w.Store.NewID(), w.Store.Now(), sha256.Sum256([]byte(secret))
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Session.Create().SetID(id).SetAuthorityID(a.authority).SetUserID(a.id).SetHash(sum[:]).SetCreatedAt(now).SetSeenAt(now).
			SetExpiresAt(now.Add(8 * time.Hour)).Exec(ctx)
	})
	return id
}

// token is an API token of somebody, limited to permissions.
func (w *world) token(a *actor, secret string, permissions ...string) ident.ID {
	id, now, sum := w.Store.NewID(), w.Store.Now(), sha256.Sum256([]byte(secret))
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Token.Create().SetID(id).SetAuthorityID(a.authority).SetUserID(a.id).SetName("对接").SetHash(sum[:]).SetPermissions(permissions).
			SetCreatedAt(now).SetUsedAt(now).SetExpiresAt(now.Add(24 * time.Hour)).Exec(ctx)
	})
	return id
}
