package handovers

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	enthandover "github.com/duban-gov/duban/ent/handover"
	"github.com/duban-gov/duban/ent/handoversignature"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
)

// Give signs a list for who leaves (移交). Refused while the list no longer says what is open.
func (s *Service) Give(ctx context.Context, id ident.ID, version int) (HandOver, error) {
	return s.sign(ctx, id, version, handover.Give, handover.Giver)
}

// Attest signs a list as its witness (监交), after who leaves, or in their place where they can no longer sign.
func (s *Service) Attest(ctx context.Context, id ident.ID, version int) (HandOver, error) {
	return s.sign(ctx, id, version, handover.Attest, handover.Witness)
}

// TakeOver signs a list for the successor (接收), who then answers for what it says. Refused while it no longer says what is open.
func (s *Service) TakeOver(ctx context.Context, id ident.ID, version int) (HandOver, error) {
	return s.sign(ctx, id, version, handover.TakeOver, handover.Taker)
}

func (s *Service) sign(ctx context.Context, id ident.ID, version int, action tr.Action, part handover.Part) (HandOver, error) {
	return s.change(ctx, id, version, access.HandOverSign, action, "", func(ctx context.Context, c *changing) error {
		changes, err := s.changes(ctx, c.tx.Client(), c.row)
		if err != nil {
			return err
		}
		if !changes.None() {
			return fault.New(fault.Conflict, "hand_over.changed").With("added", len(changes.Added)).With("ended", len(changes.Ended)).With("moved", len(changes.Moved))
		}
		err = c.tx.HandOverSignature.Create().SetID(s.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetHandOverID(c.row.ID).SetPart(part).
			SetSignerID(c.actor.ID).SetHash(c.row.Hash).SetAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("write signature: %w", err)
		}
		return nil
	})
}

// changes compares a list with what is open in its unit now.
func (s *Service) changes(ctx context.Context, client *ent.Client, row *ent.HandOver) (handover.Changes, error) {
	list, err := kept(ctx, client, row.ID)
	if err != nil {
		return handover.Changes{}, err
	}
	now, err := s.open(ctx, client, row.UnitID)
	if err != nil {
		return handover.Changes{}, err
	}
	return handover.Compare(list, now), nil
}

// VoidHandOverInput says why a list is not needed.
type VoidHandOverInput struct {
	Reason string `json:"reason" maxLength:"500" doc:"Why" example:"轮岗暂缓"`
}

// Void ends a list that nobody has taken over yet (作废); its rows and signatures stay.
func (s *Service) Void(ctx context.Context, id ident.ID, version int, in VoidHandOverInput) (HandOver, error) {
	return s.change(ctx, id, version, access.HandOverDraw, handover.Cancel, in.Reason, nil)
}

// RedrawHandOverInput names the people of the new list where they change.
type RedrawHandOverInput struct {
	TakerID   ident.ID `json:"taker_id,omitzero" doc:"Who succeeds; as before if missing"`
	WitnessID ident.ID `json:"witness_id,omitzero" doc:"Who witnesses; as before if missing"`
}

// Redraw draws a list anew (重新编制): the old one is void with what was signed under it, the new one says what is open now.
func (s *Service) Redraw(ctx context.Context, id ident.ID, version int, in RedrawHandOverInput) (HandOver, error) {
	reach, err := s.gate.May(ctx, access.HandOverDraw)
	if err != nil {
		return HandOver{}, err
	}
	if version < 1 {
		return HandOver{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return HandOver{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (HandOver, error) {
		c, err := s.take(ctx, tx, actor, id, version, access.HandOverDraw, reach)
		if err != nil {
			return HandOver{}, err
		}
		if err := s.turn(ctx, c, handover.Redraw, "", nil); err != nil {
			return HandOver{}, err
		}
		at, err := tx.Unit.Get(ctx, c.row.UnitID)
		if err != nil {
			return HandOver{}, fmt.Errorf("read unit: %w", err)
		}
		again := DrawHandOverInput{UnitID: c.row.UnitID, Role: c.row.Role, GiverID: c.row.GiverID, TakerID: c.row.TakerID, WitnessID: c.row.WitnessID, Reason: c.row.Occasion}
		if !in.TakerID.IsZero() {
			again.TakerID = in.TakerID
		}
		if !in.WitnessID.IsZero() {
			again.WitnessID = in.WitnessID
		}
		row, err := s.draw(ctx, tx, actor, at, again, c.row.ID)
		if err != nil {
			return HandOver{}, err
		}
		return s.show(ctx, tx.Client(), row)
	})
}

// HandOver is for units.Service.OnMerge: what is open goes to the successor of the unit, so a list that nobody has taken over yet is
// void. What was taken over stays with the unit that it was of.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	rows, err := tx.HandOver.Query().Where(enthandover.UnitID(from), enthandover.StatusIn(handover.Drawn, handover.Given)).Order(enthandover.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read open hand-over lists: %w", err)
	}
	names, err := units.Names(ctx, tx.Client(), []ident.ID{to})
	if err != nil {
		return err
	}
	for _, row := range rows {
		c := &changing{tx: tx, actor: actor, row: row}
		if err := s.turn(ctx, c, handover.Cancel, "→ "+names[to], nil); err != nil {
			return err
		}
	}
	return nil
}

// told says whom an action is told to, and in which words.
var told = map[tr.Action]struct {
	template string
	to       func(r *ent.HandOver) []ident.ID
}{
	handover.Give:     {"given", func(r *ent.HandOver) []ident.ID { return []ident.ID{r.TakerID, r.WitnessID} }},
	handover.Attest:   {"given", func(r *ent.HandOver) []ident.ID { return []ident.ID{r.TakerID} }},
	handover.TakeOver: {"taken", func(r *ent.HandOver) []ident.ID { return []ident.ID{r.GiverID, r.WitnessID, r.DrawnByID} }},
	handover.Cancel:   {"void", func(r *ent.HandOver) []ident.ID { return []ident.ID{r.GiverID, r.TakerID, r.WitnessID} }},
}

func (s *Service) notes(ctx context.Context, c *changing, action tr.Action, reason string) ([]timeline.Note, error) {
	t, ok := told[action]
	if !ok {
		return nil, nil
	}
	names, err := units.Names(ctx, c.tx.Client(), []ident.ID{c.row.UnitID})
	if err != nil {
		return nil, err
	}
	return note(c.actor, names[c.row.UnitID], t.template, t.to(c.row), reason), nil
}

func note(actor access.Actor, unit, template string, to []ident.ID, reason string) []timeline.Note {
	return timeline.Others(actor.ID, to, "hand_over."+template, map[string]any{"actor": actor.Name, "unit": unit, "reason": reason})
}

// standings reads who signed some lists, and whether those who leave can sign.
func (s *Service) standings(ctx context.Context, client *ent.Client, rows []*ent.HandOver) (map[ident.ID]standing, error) {
	ids, givers := make([]ident.ID, len(rows)), make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i], givers[i] = r.ID, r.GiverID
	}
	signed, err := client.HandOverSignature.Query().Where(handoversignature.HandOverIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read signatures: %w", err)
	}
	present, err := s.present(ctx, client, givers)
	if err != nil {
		return nil, err
	}
	all := make(map[ident.ID]standing, len(rows))
	for _, r := range rows {
		all[r.ID] = standing{signed: map[handover.Part]bool{}, present: present[r.GiverID]}
	}
	for _, g := range signed {
		all[g.HandOverID].signed[g.Part] = true
	}
	return all, nil
}
