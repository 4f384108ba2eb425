package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// GrantPostInput gives a user a role in a unit for a period.
type GrantPostInput struct {
	UserID      ident.ID     `json:"user_id" doc:"Who gets it" example:"0h2kz9f7x3b1c"`
	UnitID      ident.ID     `json:"unit_id" doc:"In which unit" example:"0h2kz9f7x3b1d"`
	Role        post.Role    `json:"role" doc:"Role" example:"unit_head"`
	ValidFrom   workday.Date `json:"valid_from,omitzero" doc:"First day; today if missing" example:"2017-03-01"`
	ValidTo     workday.Date `json:"valid_to,omitzero" doc:"Last day; missing while it goes on" example:"2017-12-31"`
	ActingForID ident.ID     `json:"acting_for_id,omitzero" doc:"Whom an acting officer stands in for; that user holds the same role in the unit"`
	Reason      string       `json:"reason" minLength:"1" maxLength:"500" doc:"Why, with the document that decided it" example:"云教人〔2017〕8号"`
}

// EndPostInput ends a post.
type EndPostInput struct {
	On     workday.Date `json:"on,omitzero" doc:"Last day; yesterday if missing, so that it ends now" example:"2017-12-31"`
	Reason string       `json:"reason" minLength:"1" maxLength:"500" doc:"Why" example:"轮岗"`
}

// PostLine is one post for LoadPosts.
type PostLine struct {
	UserID, UnitID     ident.ID
	Role               post.Role
	ValidFrom, ValidTo workday.Date
	ActingForID        ident.ID
	GrantedByID        ident.ID
}

// LoadPosts inserts posts in the caller's transaction, 200 rows a statement. The caller has asked for the permission, has seen
// to it that they do not exclude each other, and appends the events.
func (s *Service) LoadPosts(ctx context.Context, tx *ent.Tx, authorityID ident.ID, lines []PostLine) ([]*ent.Post, error) {
	rows := make([]*ent.Post, 0, len(lines))
	now := s.store.Now()
	for part := range slices.Chunk(lines, 200) {
		create := make([]*ent.PostCreate, len(part))
		for i, l := range part {
			if l.ValidFrom.IsZero() {
				return nil, fault.BadField("valid_from", "required")
			}
			create[i] = tx.Post.Create().SetID(s.store.NewID()).SetAuthorityID(authorityID).SetUserID(l.UserID).SetUnitID(l.UnitID).SetRole(l.Role).
				SetValidFrom(l.ValidFrom).SetValidTo(l.ValidTo).SetActingForID(l.ActingForID).SetGrantedByID(l.GrantedByID).SetCreatedAt(now)
		}
		made, err := tx.Post.CreateBulk(create...).Save(ctx)
		if err != nil {
			return nil, fmt.Errorf("insert posts: %w", err)
		}
		rows = append(rows, made...)
	}
	return rows, nil
}

// GrantPost gives a user a post. Nobody grants to themselves; two of the three administrators, or an administrator and a
// business role, are never held by one person at one time (GB/T 22239-2019 8.1.5).
func (s *Service) GrantPost(ctx context.Context, in GrantPostInput) (Post, error) {
	filter, err := s.gate.May(ctx, access.PostGrant)
	if err != nil {
		return Post{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Post{}, err
	}
	if in.UserID == actor.ID {
		return Post{}, access.Refused(access.PostGrant, "other_person")
	}
	if err := in.check(); err != nil {
		return Post{}, err
	}
	return create(ctx, s, func(ctx context.Context, tx *ent.Tx) (Post, error) {
		if err := s.settle(ctx, tx, filter, &in); err != nil {
			return Post{}, err
		}
		rows, err := s.LoadPosts(ctx, tx, filter.AuthorityID, []PostLine{{UserID: in.UserID, UnitID: in.UnitID, Role: in.Role, ValidFrom: in.ValidFrom,
			ValidTo: in.ValidTo, ActingForID: in.ActingForID, GrantedByID: actor.ID}})
		if err != nil {
			return Post{}, err
		}
		row, err := tx.Post.Query().Where(entpost.ID(rows[0].ID)).WithUser().WithUnit().Only(ctx)
		if err != nil {
			return Post{}, fmt.Errorf("read new post: %w", err)
		}
		_, err = s.log.Append(ctx, tx, postEvent(row, "grant", nil, in, in.Reason))
		return s.postView(actor, row), err
	})
}

func (in GrantPostInput) check() error {
	var fields []fault.Field
	if !slices.Contains(post.Roles, in.Role) {
		fields = append(fields, fault.Field{Location: "body.role", Code: "post.role_unknown"})
	}
	if !in.ValidTo.IsZero() && in.ValidTo.Before(in.ValidFrom) {
		fields = append(fields, fault.Field{Location: "body.valid_to", Code: "unit.period_reversed"})
	}
	if in.ActingForID == in.UserID {
		fields = append(fields, fault.Field{Location: "body.acting_for_id", Code: "post.acting_for_self"})
	}
	if len(fields) > 0 {
		return fault.BadFields(fields...)
	}
	return nil
}

func postEvent(r *ent.Post, action string, before, after any, reason string) timeline.Entry {
	return timeline.Entry{AuthorityID: r.AuthorityID, Subject: "post", SubjectID: r.ID, UnitID: r.UnitID, Action: action, Before: before, After: after, Reason: reason}
}

// settle checks a grant against what is there. It locks the user's row first, so that two grants to one person wait for each
// other and cannot both miss the other's role.
func (s *Service) settle(ctx context.Context, tx *ent.Tx, filter access.Filter, in *GrantPostInput) error {
	locked, err := tx.ExecContext(ctx, `UPDATE users SET version = version WHERE id = $1 AND authority_id = $2 AND disabled_at IS NULL`, in.UserID, filter.AuthorityID)
	if err != nil {
		return fmt.Errorf("lock user: %w", err)
	}
	if n, err := locked.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.BadField("body.user_id", "account.unknown"))
	}
	if in.ValidFrom.IsZero() {
		if in.ValidFrom, err = s.Today(ctx, tx.Client(), filter.AuthorityID); err != nil {
			return err
		}
	}
	found, err := tx.Unit.Query().Where(entunit.ID(in.UnitID), entunit.AuthorityID(filter.AuthorityID), entunit.ValidToGTE(in.ValidFrom)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for unit: %w", err)
	}
	if !found {
		return fault.BadField("body.unit_id", "unit.unknown")
	}
	if err := fits(ctx, tx, *in, false); err != nil {
		return err
	}
	if in.ActingForID.IsZero() {
		return nil
	}
	stands, err := tx.Post.Query().Where(entpost.UserID(in.ActingForID), entpost.UnitID(in.UnitID), entpost.RoleEQ(in.Role), entpost.Delegated(false),
		overlaps(in.ValidFrom, in.ValidTo)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for the post acted for: %w", err)
	}
	if !stands {
		return fault.BadField("body.acting_for_id", "post.acting_without_holder")
	}
	return nil
}

// fits holds a new post against those that the same person has in its period. What was delegated to somebody does not keep them
// from being appointed.
func fits(ctx context.Context, tx *ent.Tx, in GrantPostInput, delegated bool) error {
	held, err := tx.Post.Query().Where(entpost.UserID(in.UserID), overlaps(in.ValidFrom, in.ValidTo)).All(ctx)
	if err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	for _, h := range held {
		switch {
		case h.ValidTo.Compare(h.ValidFrom) < 0: // ended before it began
		case h.Role.Excludes(in.Role):
			return fault.New(fault.Conflict, "post.excluded").With("role", string(in.Role)).With("held", string(h.Role))
		case h.Role == in.Role && h.UnitID == in.UnitID && (delegated || !h.Delegated):
			return fault.New(fault.Conflict, "post.exists")
		}
	}
	return nil
}

var postColumns = access.Columns{Authority: entpost.FieldAuthorityID, Unit: entpost.FieldUnitID, Owner: entpost.FieldUserID}

// EndPost sets the last day of a post. Nobody ends their own, and the last who answers for open duties stays until a successor is
// appointed.
func (s *Service) EndPost(ctx context.Context, id ident.ID, version int, in EndPostInput) (Post, error) {
	filter, err := s.gate.May(ctx, access.PostGrant)
	if err != nil {
		return Post{}, err
	}
	if err := named(version); err != nil {
		return Post{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Post{}, err
	}
	var view Post
	return view, s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.Post.Query().Where(entpost.ID(id)).Where(filter.Predicate(postColumns)).WithUser().WithUnit().Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("post")
		}
		if err != nil {
			return fmt.Errorf("read post: %w", err)
		}
		if row.UserID == actor.ID {
			return access.Refused(access.PostGrant, "other_person")
		}
		if err := lockUsers(ctx, tx, row.UserID); err != nil {
			return err
		}
		today, err := s.Today(ctx, tx.Client(), row.AuthorityID)
		if err != nil {
			return err
		}
		if in.On.IsZero() {
			in.On = today.AddDays(-1)
		}
		if in.On.Before(today.AddDays(-1)) || in.On.Compare(row.ValidTo) > 0 { // what was done under the post stays covered by it
			return fault.BadField("body.on", "post.end")
		}
		if slices.Contains(owners, row.Role) && !row.Delegated {
			if err := s.stillHeld(ctx, tx, row.UnitID, in.On.AddDays(1), entpost.ID(id)); err != nil {
				return err
			}
		}
		before := map[string]any{"valid_to": row.ValidTo}
		if err := changed(tx.Post.Update().Where(entpost.ID(id), entpost.Version(version)).SetValidTo(in.On).AddVersion(1).Save(ctx)); err != nil {
			return err
		}
		row.ValidTo, row.Version = in.On, version+1
		view = s.postView(actor, row)
		if _, err = s.log.Append(ctx, tx, postEvent(row, "end", before, map[string]any{"valid_to": in.On}, in.Reason)); err != nil {
			return err
		}
		return s.lapse(ctx, tx, row, in.On)
	})
}

// EndPostsOf is for units.Service.OnMerge: the posts in a merged unit end with it.
func (s *Service) EndPostsOf(ctx context.Context, tx *ent.Tx, from, _ ident.ID) error {
	defer s.actors.clear()
	u, err := tx.Unit.Get(ctx, from)
	if err != nil {
		return fmt.Errorf("read merged unit: %w", err)
	}
	today, err := s.Today(ctx, tx.Client(), u.AuthorityID)
	if err != nil {
		return err
	}
	rows, err := tx.Post.Query().Where(entpost.UnitID(from), entpost.ValidToGTE(today)).Order(entpost.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read posts of merged unit: %w", err)
	}
	last := today.AddDays(-1)
	for _, r := range rows {
		if err := tx.Post.Update().Where(entpost.ID(r.ID)).SetValidTo(last).AddVersion(1).Exec(ctx); err != nil {
			return fmt.Errorf("end post: %w", err)
		}
		if _, err := s.log.Append(ctx, tx, postEvent(r, "end", map[string]any{"valid_to": r.ValidTo}, map[string]any{"valid_to": last}, "")); err != nil {
			return err
		}
	}
	for _, r := range rows { // after all of them ended: nothing that goes is counted on
		if err := s.lapse(ctx, tx, r, last); err != nil {
			return err
		}
	}
	return nil
}
