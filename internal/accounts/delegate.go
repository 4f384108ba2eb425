package accounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// DelegatePostInput names who acts in one's own post for a time.
type DelegatePostInput struct {
	PostID    ident.ID     `json:"post_id" doc:"One's own post: head or clerk of a unit, and none that was itself delegated or is held for another" example:"0h2kz9f7x3b1c"`
	UserID    ident.ID     `json:"user_id" doc:"Who acts in it: somebody with a post of their own in the unit or below it for the whole period" example:"0h2kz9f7x3b1d"`
	ValidFrom workday.Date `json:"valid_from,omitzero" doc:"First day; today if missing" example:"2017-03-06"`
	ValidTo   workday.Date `json:"valid_to" doc:"Last day, within one's own post and the longest time that the installation allows" example:"2017-03-17"`
	Reason    string       `json:"reason" minLength:"1" maxLength:"500" doc:"Why" example:"赴京培训两周"`
}

// TakeBackPostInput says why a delegation ends early.
type TakeBackPostInput struct {
	Reason string `json:"reason,omitempty" maxLength:"500" doc:"Why" example:"提前返岗"`
}

// Delegate lets another person act in one's own post for a time (委托代办). The one who delegates keeps the post and may take it
// back at any moment; what is delegated cannot be delegated further, and never reaches beyond the post itself. Nobody reviews what
// they wrote themselves by way of a delegation: separation of duties follows the person.
func (s *Service) Delegate(ctx context.Context, in DelegatePostInput) (Delegation, error) {
	filter, err := s.gate.May(ctx, access.PostDelegate)
	if err != nil {
		return Delegation{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Delegation{}, err
	}
	if in.UserID == actor.ID {
		return Delegation{}, fault.BadField("body.user_id", "post.acting_for_self")
	}
	return create(ctx, s, func(ctx context.Context, tx *ent.Tx) (Delegation, error) {
		if err := lockUsers(ctx, tx, actor.ID, in.UserID); err != nil {
			return Delegation{}, err
		}
		own, err := tx.Post.Query().Where(entpost.ID(in.PostID)).Where(filter.Predicate(postColumns)).WithUnit().Only(ctx)
		if ent.IsNotFound(err) {
			return Delegation{}, fault.BadField("body.post_id", "delegation.own_post")
		}
		if err != nil {
			return Delegation{}, fmt.Errorf("read own post: %w", err)
		}
		if err := s.delegable(ctx, tx, own, &in); err != nil {
			return Delegation{}, err
		}
		row, err := tx.Post.Create().SetID(s.store.NewID()).SetAuthorityID(own.AuthorityID).SetUserID(in.UserID).SetUnitID(own.UnitID).SetRole(own.Role).
			SetValidFrom(in.ValidFrom).SetValidTo(in.ValidTo).SetActingForID(actor.ID).SetGrantedByID(actor.ID).SetDelegated(true).SetCreatedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return Delegation{}, fmt.Errorf("insert delegated post: %w", err)
		}
		entry := postEvent(row, "delegate", nil, in, in.Reason)
		entry.PostID = own.ID
		entry.Tell = []timeline.Note{{To: []ident.ID{in.UserID}, Template: "delegation.given", Params: map[string]any{"actor": actor.Name,
			"unit": own.Edges.Unit.Name, "from": in.ValidFrom.String(), "to": in.ValidTo.String(), "reason": in.Reason}}}
		if _, err := s.log.Append(ctx, tx, entry); err != nil {
			return Delegation{}, err
		}
		return s.delegationView(ctx, tx.Client(), actor, row.ID)
	})
}

// lockUsers lets changes of the posts of some people follow each other, in the order of their ids.
func lockUsers(ctx context.Context, tx *ent.Tx, ids ...ident.ID) error {
	for _, id := range ordered(slices.Clone(ids)) {
		if _, err := tx.ExecContext(ctx, `UPDATE users SET version = version WHERE id = $1`, id); err != nil {
			return fmt.Errorf("lock user: %w", err)
		}
	}
	return nil
}

// delegable holds a delegation against the post that it is of, the person who gets it, and what they hold.
func (s *Service) delegable(ctx context.Context, tx *ent.Tx, own *ent.Post, in *DelegatePostInput) error {
	today, err := s.Today(ctx, tx.Client(), own.AuthorityID)
	if err != nil {
		return err
	}
	if in.ValidFrom.IsZero() {
		in.ValidFrom = today
	}
	if err := s.ownAndInTime(own, *in, today); err != nil {
		return err
	}
	if err := colleague(ctx, tx, own, *in); err != nil {
		return err
	}
	if err := fits(ctx, tx, GrantPostInput{UserID: in.UserID, UnitID: own.UnitID, Role: own.Role, ValidFrom: in.ValidFrom, ValidTo: in.ValidTo}, true); err != nil {
		return err
	}
	others, err := tx.Post.Query().Where(entpost.Delegated(true), entpost.ActingForID(own.UserID), entpost.UnitID(own.UnitID), entpost.RoleEQ(own.Role),
		overlaps(in.ValidFrom, in.ValidTo)).All(ctx)
	if err != nil {
		return fmt.Errorf("read delegations: %w", err)
	}
	for _, o := range others {
		if !o.ValidTo.Before(o.ValidFrom) {
			return fault.New(fault.Conflict, "delegation.exists").With("to", o.ValidTo.String())
		}
	}
	return nil
}

// ownAndInTime holds that the post is one's own and stays so for the whole time, and that the time is not too long.
func (s *Service) ownAndInTime(own *ent.Post, in DelegatePostInput, today workday.Date) error {
	if own.Delegated || !own.ActingForID.IsZero() || !slices.Contains(owners, own.Role) {
		return fault.BadField("body.post_id", "delegation.own_post")
	}
	bad := func(field, code string, params fault.Params) error {
		return fault.BadFields(fault.Field{Location: field, Code: code, Params: params})
	}
	switch {
	case in.ValidFrom.Before(today) || in.ValidFrom.After(today.AddDays(s.DelegationDays)):
		return bad("body.valid_from", "delegation.from", fault.Params{"days": s.DelegationDays})
	case in.ValidTo.IsZero() || in.ValidTo.Before(in.ValidFrom) || !in.ValidTo.Before(in.ValidFrom.AddDays(s.DelegationDays)):
		return bad("body.valid_to", "delegation.to", fault.Params{"days": s.DelegationDays})
	case in.ValidFrom.Compare(own.ValidFrom) < 0 || in.ValidTo.Compare(own.ValidTo) > 0:
		return bad("body.valid_to", "delegation.beyond_post", nil)
	}
	return nil
}

// colleague holds that the delegate has a post of their own in the unit or below it, for the whole time.
func colleague(ctx context.Context, tx *ent.Tx, own *ent.Post, in DelegatePostInput) error {
	there, err := tx.Post.Query().Where(entpost.UserID(in.UserID), entpost.Delegated(false), entpost.ActingForID(ident.ID{}), entpost.ValidFromLTE(in.ValidFrom),
		entpost.ValidToGTE(in.ValidTo), entpost.HasUserWith(user.DisabledAtIsNil()), entpost.AuthorityID(own.AuthorityID),
		entpost.HasUnitWith(entunit.PathGTE(own.Edges.Unit.Path), entunit.PathLT(unit.PathEnd(own.Edges.Unit.Path)))).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for the delegate's post: %w", err)
	}
	if !there {
		return fault.BadField("body.user_id", "delegation.colleague")
	}
	return nil
}

// TakeBack ends a delegation from this moment on: the one who gave it takes it back, or the one who got it gives it back.
func (s *Service) TakeBack(ctx context.Context, id ident.ID, version int, in TakeBackPostInput) (Delegation, error) {
	filter, err := s.gate.May(ctx, access.PostDelegate)
	if err != nil {
		return Delegation{}, err
	}
	if err := named(version); err != nil {
		return Delegation{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Delegation{}, err
	}
	var view Delegation
	return view, s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.Post.Query().Where(entpost.ID(id), delegations(actor)).WithUnit().Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("delegation")
		}
		if err != nil {
			return fmt.Errorf("read delegation: %w", err)
		}
		action := "take_back"
		if row.UserID == actor.ID {
			action = "give_back"
		}
		if !filter.Covers(access.Facts{AuthorityID: row.AuthorityID, OwnerID: actor.ID}) {
			return access.Refused(access.PostDelegate, "relation")
		}
		today, err := s.Today(ctx, tx.Client(), row.AuthorityID)
		if err != nil {
			return err
		}
		if row.ValidTo.Before(today) {
			return fault.New(fault.Conflict, "delegation.ended")
		}
		if row.Version != version {
			return fault.New(fault.Stale, "stale")
		}
		if err := s.cutShort(ctx, tx, row, today.AddDays(-1), action, in.Reason); err != nil {
			return err
		}
		view, err = s.delegationView(ctx, tx.Client(), actor, id)
		return err
	})
}

// cutShort ends a delegation after a day, and tells both but whoever does it.
func (s *Service) cutShort(ctx context.Context, tx *ent.Tx, row *ent.Post, last workday.Date, action, reason string) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	before := map[string]any{"valid_to": row.ValidTo}
	if err := changed(tx.Post.Update().Where(entpost.ID(row.ID), entpost.Version(row.Version)).SetValidTo(last).AddVersion(1).Save(ctx)); err != nil {
		return err
	}
	names, err := Names(ctx, tx.Client(), []ident.ID{row.ActingForID, row.UserID})
	if err != nil {
		return err
	}
	entry := postEvent(row, action, before, map[string]any{"valid_to": last}, reason)
	entry.Tell = timeline.Others(actor.ID, []ident.ID{row.UserID, row.ActingForID}, "delegation.ended", map[string]any{"giver": names[row.ActingForID],
		"user": names[row.UserID], "unit": row.Edges.Unit.Name, "reason": reason})
	_, err = s.log.Append(ctx, tx, entry)
	return err
}
