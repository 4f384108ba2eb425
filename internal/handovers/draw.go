package handovers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	enthandover "github.com/duban-gov/duban/ent/handover"
	"github.com/duban-gov/duban/ent/handoveritem"
	entpost "github.com/duban-gov/duban/ent/post"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
)

// DrawHandOverInput draws up the list of what is open in a unit.
type DrawHandOverInput struct {
	UnitID    ident.ID  `json:"unit_id" doc:"Unit whose open work is handed over" example:"0h2kz9f7x3b1d"`
	Role      post.Role `json:"role" enum:"unit_head,unit_clerk" doc:"Post that changes hands" example:"unit_clerk"`
	GiverID   ident.ID  `json:"giver_id" doc:"Who leaves (移交人): holds or held this post in the unit"`
	TakerID   ident.ID  `json:"taker_id" doc:"Who succeeds (接收人): holds a post as head or clerk of the unit, or will"`
	WitnessID ident.ID  `json:"witness_id,omitzero" doc:"Who witnesses (监交人): heads the unit or one above, or is a leader; needed where the one who leaves can no longer sign"`
	Reason    string    `json:"reason" minLength:"1" maxLength:"500" doc:"Why the post changes, with the document that decided it" example:"轮岗，云教人〔2017〕8号"`
}

// Draw makes a list of all that is open in the unit at this instant (编制交接清单), under the hash of its text. By who leaves, by the
// head of the unit or of one above, or by the office. The three administrators touch no business data, so none of them draws one.
func (s *Service) Draw(ctx context.Context, in DrawHandOverInput) (HandOver, error) {
	reach, err := s.gate.May(ctx, access.HandOverDraw)
	if err != nil {
		return HandOver{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return HandOver{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (HandOver, error) {
		found, err := units.Valid(ctx, tx.Client(), actor.AuthorityID, []ident.ID{in.UnitID}, s.watches.Today(), "body.unit_id")
		if err != nil {
			return HandOver{}, err
		}
		if !reach.Covers(access.Facts{AuthorityID: actor.AuthorityID, UnitID: in.UnitID, Path: found[0].Path, OwnerID: in.GiverID}) {
			return HandOver{}, access.Refused(access.HandOverDraw, "relation")
		}
		row, err := s.draw(ctx, tx, actor, found[0], in, ident.ID{})
		if err != nil {
			return HandOver{}, err
		}
		return s.show(ctx, tx.Client(), row)
	})
}

// draw checks the people and writes the list with its rows and its event.
func (s *Service) draw(ctx context.Context, tx *ent.Tx, actor access.Actor, at *ent.Unit, in DrawHandOverInput, replaces ident.ID) (*ent.HandOver, error) {
	if err := s.checkPeople(ctx, tx, at, in); err != nil {
		return nil, err
	}
	standing, err := tx.HandOver.Query().Where(enthandover.UnitID(in.UnitID), enthandover.RoleEQ(in.Role), enthandover.GiverID(in.GiverID),
		enthandover.StatusIn(handover.Drawn, handover.Given)).Exist(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for another list: %w", err)
	}
	if standing {
		return nil, fault.New(fault.Conflict, "hand_over.exists")
	}
	rows, err := s.open(ctx, tx, in.UnitID)
	if err != nil {
		return nil, err
	}
	now := s.store.Now()
	hash := handover.Hash(handover.Head{UnitID: in.UnitID, Role: string(in.Role), Giver: in.GiverID, Taker: in.TakerID, Witness: in.WitnessID, DrawnAt: now}, rows)
	row, err := tx.HandOver.Create().SetID(s.store.NewID()).SetAuthorityID(at.AuthorityID).SetUnitID(at.ID).SetUnitPath(at.Path).SetRole(in.Role).
		SetStatus(handover.Drawn).SetGiverID(in.GiverID).SetTakerID(in.TakerID).SetWitnessID(in.WitnessID).SetDrawnByID(actor.ID).
		SetOccasion(strings.TrimSpace(in.Reason)).SetHash(hash).SetRows(len(rows)).SetReplacesID(replaces).SetCreatedAt(now).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create hand-over list: %w", err)
	}
	if err := s.keep(ctx, tx, row, rows); err != nil {
		return nil, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, UnitID: row.UnitID, Action: string(handover.Draw),
		Reason: row.Occasion, After: map[string]any{"rows": len(rows), "hash": hash, "giver_id": in.GiverID, "taker_id": in.TakerID, "witness_id": in.WitnessID,
			"replaces_id": replaces}, Tell: note(actor, at.Name, "drawn", []ident.ID{in.GiverID, in.WitnessID}, "")})
	return row, err
}

var itemColumns = []string{"id", "authority_id", "hand_over_id", "ordinal", "kind", "object_id", "duty_id", "number", "title", "original_due_date", "due_date", "light", "status"}

func (s *Service) keep(ctx context.Context, tx *ent.Tx, list *ent.HandOver, rows []handover.Row) error {
	lines := make([][]any, len(rows))
	for i, r := range rows {
		lines[i] = []any{s.store.NewID(), list.AuthorityID, list.ID, i + 1, string(r.Kind), r.ObjectID, r.DutyID, r.Number, r.Title, r.Original, r.Due, r.Light, r.Status}
	}
	if err := s.store.InsertRows(ctx, tx, handoveritem.Table, itemColumns, lines); err != nil {
		return fmt.Errorf("write rows of hand-over list: %w", err)
	}
	return nil
}

// kept reads the rows of a list as they were drawn.
func kept(ctx context.Context, client *ent.Client, id ident.ID) ([]handover.Row, error) {
	items, err := client.HandOverItem.Query().Where(handoveritem.HandOverID(id)).Order(handoveritem.ByOrdinal()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read rows of hand-over list: %w", err)
	}
	rows := make([]handover.Row, len(items))
	for i, r := range items {
		rows[i] = rowOf(r)
	}
	return rows, nil
}

func rowOf(r *ent.HandOverItem) handover.Row {
	return handover.Row{Kind: r.Kind, ObjectID: r.ObjectID, DutyID: r.DutyID, Number: r.Number, Title: r.Title, Original: r.OriginalDueDate, Due: r.DueDate,
		Light: r.Light, Status: r.Status}
}

var held = []post.Role{post.UnitHead, post.UnitClerk}

// checkPeople holds that the three are different people who may stand in their parts.
func (s *Service) checkPeople(ctx context.Context, tx *ent.Tx, at *ent.Unit, in DrawHandOverInput) error {
	if err := (handover.Persons[ident.ID]{Giver: in.GiverID, Taker: in.TakerID, Witness: in.WitnessID}).Check(); err != nil {
		return err
	}
	today := s.watches.Today()
	own := func() *ent.PostQuery {
		return tx.Post.Query().Where(entpost.AuthorityID(at.AuthorityID), entpost.Delegated(false))
	}
	open := entpost.HasUserWith(user.DisabledAtIsNil())
	present, err := s.present(ctx, tx.Client(), []ident.ID{in.GiverID})
	if err != nil {
		return err
	}
	if !present[in.GiverID] && in.WitnessID.IsZero() {
		return fault.BadField("body.witness_id", "hand_over.witness_needed")
	}
	if !slices.Contains(held, in.Role) {
		return fault.BadField("body.role", "post.role_unknown")
	}
	for _, c := range []struct {
		field, code string
		person      ident.ID
		query       *ent.PostQuery
	}{
		{"body.giver_id", "hand_over.giver", in.GiverID, own().Where(entpost.UnitID(at.ID), entpost.RoleEQ(in.Role), entpost.ValidFromLTE(today))},
		{"body.taker_id", "hand_over.taker", in.TakerID, own().Where(entpost.UnitID(at.ID), entpost.RoleIn(held...), entpost.ValidToGTE(today), open)},
		{"body.witness_id", "hand_over.witness", in.WitnessID, own().Where(entpost.RoleIn(post.UnitHead, post.Leader), entpost.ValidFromLTE(today), entpost.ValidToGTE(today), open,
			entpost.HasUnitWith(entunit.PathIn(unit.Ancestors(at.Path)...)))},
	} {
		if c.person.IsZero() && c.field == "body.witness_id" {
			continue
		}
		there, err := c.query.Where(entpost.UserID(c.person)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for posts of the people: %w", err)
		}
		if !there {
			return fault.BadField(c.field, c.code)
		}
	}
	return nil
}

// present reports who of some people can sign in person: an open account, and a post somewhere, without which nobody acts.
func (s *Service) present(ctx context.Context, client *ent.Client, people []ident.ID) (map[ident.ID]bool, error) {
	today := s.watches.Today()
	rows, err := client.Post.Query().Where(entpost.UserIDIn(people...), entpost.ValidFromLTE(today), entpost.ValidToGTE(today), entpost.HasUserWith(user.DisabledAtIsNil()),
		entpost.RoleNotIn(post.SystemAdmin, post.SecurityAdmin, post.AuditAdmin)).Select(entpost.FieldUserID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for posts of who leaves: %w", err)
	}
	there := make(map[ident.ID]bool, len(rows))
	for _, r := range rows {
		there[r.UserID] = true
	}
	return there, nil
}
