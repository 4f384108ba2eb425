package handovers_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/handovers"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/testkit/stage"
)

// desk is a university whose clerk leaves; the successor is a clerk too, the head witnesses.
type desk struct {
	*stage.Stage
	h                       *handovers.Service
	giver, taker, witness   context.Context
	successor               testkit.Person
	duty, other, neighbours ident.ID
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	s := stage.New(t)
	d := &desk{Stage: s, h: s.App.Handovers, successor: s.Hire("李接任", post.UnitClerk, s.University)}
	d.giver, d.taker, d.witness = s.Acting(s.Clerk), s.Acting(d.successor), s.Acting(s.Head)
	d.duty, d.other, d.neighbours = s.Duty("2017-10-09", s.University), s.Duty("2017-06-30", s.University), s.Duty("2017-06-30", s.Bureau)
	return d
}

func (d *desk) input() handovers.DrawHandOverInput {
	return handovers.DrawHandOverInput{UnitID: d.University.ID, Role: post.UnitClerk, GiverID: d.Clerk.ID, TakerID: d.successor.ID, WitnessID: d.Head.ID, Reason: "轮岗"}
}

func (d *desk) drawn() handovers.HandOver {
	d.T.Helper()
	list, err := d.h.Draw(d.giver, d.input())
	d.Must(err)
	return list
}

func (d *desk) items(id ident.ID) []handovers.HandOverItem {
	d.T.Helper()
	page, err := d.h.Items(d.giver, id, "", 200)
	d.Must(err)
	return page.Items
}

func TestHand_over_names_an_urge_by_the_rules_after_what_it_is_about(t *testing.T) {
	d := newDesk(t)
	clock := d.Store.Read().Watch.GetX(t.Context(), d.duty)
	d.Must(d.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { // as the check writes it: without a text
		return tx.Urge.Create().SetID(d.Store.NewID()).SetAuthorityID(clock.AuthorityID).SetSubject(clock.Subject).SetSubjectID(clock.ID).SetUnitID(clock.UnitID).
			SetUrgedByID(ident.ID{}).SetReplyDueDate(clock.DueDate).SetCreatedAt(d.Store.Now()).Exec(ctx)
	}))
	items := d.items(d.drawn().ID)
	urge, about := items[len(items)-1], items[slices.IndexFunc(items, func(i handovers.HandOverItem) bool { return i.ObjectID == d.duty })]
	if urge.Kind != handover.Urge || urge.Title != about.Title || urge.Title == "" {
		t.Errorf("the urge is listed as %+v, its duty as %+v", urge, about)
	}
}

func TestHand_over_is_signed_by_three_people_in_order(t *testing.T) {
	d := newDesk(t)
	_, err := d.App.Duties.Urge(d.Acting(d.Office), d.duty, duties.UrgeDutyInput{Content: "请报送进展"})
	d.Must(err)
	list := d.drawn()
	items := d.items(list.ID)
	var kinds []handover.Kind
	for _, item := range items {
		kinds = append(kinds, item.Kind)
	}
	if !slices.Equal(kinds, []handover.Kind{handover.Duty, handover.Duty, handover.Urge}) || items[0].ObjectID != d.other || items[1].ObjectID != d.duty || list.Rows != 3 {
		t.Fatalf("listed %+v", items)
	}
	if items[0].Next != "签收或退回" || items[0].DueDate.String() != "2017-06-30" || items[0].OriginalDueDate != items[0].DueDate || items[0].Light == "" {
		t.Errorf("row %+v", items[0])
	}
	_, err = d.h.TakeOver(d.taker, list.ID, list.Version)
	d.Refused(err, "hand_over.illegal_transition")
	_, err = d.h.Attest(d.witness, list.ID, list.Version)
	d.Refused(err, "hand_over.giver_first")
	for _, wrong := range []context.Context{d.taker, d.witness} {
		_, err = d.h.Give(wrong, list.ID, list.Version)
		d.Refused(err, "relation.giver")
	}
	list, err = d.h.Give(d.giver, list.ID, list.Version)
	d.Must(err)
	_, err = d.h.TakeOver(d.giver, list.ID, list.Version)
	d.Refused(err, "relation.taker")
	_, err = d.h.TakeOver(d.taker, list.ID, list.Version)
	d.Refused(err, "hand_over.witness_first")
	_, err = d.h.Attest(d.taker, list.ID, list.Version)
	d.Refused(err, "relation.witness")
	_, err = d.h.Attest(d.witness, list.ID, list.Version-1)
	d.Refused(err, "stale")
	list, err = d.h.Attest(d.witness, list.ID, list.Version)
	d.Must(err)
	_, err = d.h.Attest(d.witness, list.ID, list.Version)
	d.Refused(err, "hand_over.attested")
	list, err = d.h.TakeOver(d.taker, list.ID, list.Version)
	d.Must(err)
	if list.Status != handover.Taken || len(list.Signatures) != 3 {
		t.Fatalf("taken over as %+v", list)
	}
	for i, part := range []handover.Part{handover.Giver, handover.Witness, handover.Taker} {
		if s := list.Signatures[i]; s.Part != part || s.Hash != list.Hash || s.At.IsZero() || s.SignerName == "" {
			t.Errorf("signature %+v", s)
		}
	}
	events, err := d.h.Timeline(d.witness, list.ID, "", 50)
	d.Must(err)
	var done []string
	for _, e := range events.Items {
		done = append(done, e.Action)
	}
	if !slices.Equal(done, []string{"draw", "give", "witness", "take"}) {
		t.Errorf("history %v", done)
	}
	if got := d.Told(d.successor, list.ID); !slices.Contains(got, "hand_over.given") {
		t.Errorf("the successor was told %v", got)
	}
}

// TestExport_text_has_the_hash_that_was_signed: anybody can check a list without the program.
func TestExport_text_has_the_hash_that_was_signed(t *testing.T) {
	d := newDesk(t)
	list := d.drawn()
	_, text, err := d.h.Export(d.witness, list.ID, "text")
	d.Must(err)
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != list.Hash {
		t.Errorf("the text\n%s has another hash than %s", text, list.Hash)
	}
	name, table, err := d.h.Export(d.witness, list.ID, "xlsx")
	d.Must(err)
	if !bytes.HasPrefix(table, []byte("PK")) || name != "交接清单 岚山大学 2017-03-06.xlsx" {
		t.Errorf("table %q of %d bytes", name, len(table))
	}
}

// TestChanged_list_is_drawn_anew: nobody signs for what is no longer so.
func TestChanged_list_is_drawn_anew(t *testing.T) {
	d := newDesk(t)
	list, err := d.h.Give(d.giver, d.drawn().ID, 1)
	d.Must(err)
	row, err := d.App.Duties.Get(d.giver, d.duty)
	d.Must(err)
	_, err = d.App.Duties.Accept(d.giver, d.duty, row.Version)
	d.Must(err)
	list, err = d.h.Get(d.witness, list.ID)
	d.Must(err)
	if list.Changes != nil {
		t.Fatalf("a duty that was signed for changes nothing, have %+v", list.Changes)
	}
	fresh := d.Duty("2017-12-29", d.University)
	other, err := d.App.Duties.Get(d.Acting(d.Office), d.other)
	d.Must(err)
	_, err = d.App.Duties.Cancel(d.Acting(d.Leader), d.other, other.Version, duties.CancelDutyInput{Reason: "任务取消"})
	d.Must(err)
	list, err = d.h.Get(d.witness, list.ID)
	d.Must(err)
	if c := list.Changes; c == nil || len(c.Added) != 1 || c.Added[0].ObjectID != fresh || len(c.Ended) != 1 || c.Ended[0].ObjectID != d.other || len(c.Moved) != 0 {
		t.Fatalf("changes %+v", list.Changes)
	}
	_, err = d.h.Attest(d.witness, list.ID, list.Version)
	d.Refused(err, "hand_over.changed")
	_, err = d.h.Draw(d.giver, d.input())
	d.Refused(err, "hand_over.exists")
	again, err := d.h.Redraw(d.taker, list.ID, list.Version, handovers.RedrawHandOverInput{})
	d.Must(err)
	if again.ReplacesID != list.ID || again.Status != handover.Drawn || again.Changes != nil || again.Hash == list.Hash || len(again.Signatures) != 0 {
		t.Errorf("drawn anew as %+v", again)
	}
	list, err = d.h.Get(d.giver, list.ID)
	d.Must(err)
	if list.Status != handover.Void || len(list.Signatures) != 1 || len(d.items(list.ID)) != 2 {
		t.Errorf("the old list %+v", list)
	}
	again, err = d.h.Void(d.witness, again.ID, again.Version, handovers.VoidHandOverInput{Reason: "轮岗暂缓"})
	d.Must(err)
	_, err = d.h.Give(d.giver, again.ID, again.Version)
	d.Refused(err, "hand_over.illegal_transition")
}

// TestWitness_hands_over_for_whom_cannot_sign: an account that is closed, or a person without a post, signs nothing.
func TestWitness_hands_over_for_whom_cannot_sign(t *testing.T) {
	d := newDesk(t)
	row, err := d.App.Accounts.GetUser(d.Acting(d.SystemAdmin), d.Clerk.ID)
	d.Must(err)
	_, err = d.App.Accounts.DisableUser(d.Acting(d.SystemAdmin), row.ID, row.Version, accounts.DisableUserInput{Reason: "调离"})
	d.Must(err)
	in := d.input()
	in.WitnessID = ident.ID{}
	_, err = d.h.Draw(d.witness, in)
	d.Refused(err, "hand_over.witness_needed")
	list, err := d.h.Draw(d.witness, d.input())
	d.Must(err)
	if !list.GiverAbsent {
		t.Error("the list does not say that the giver cannot sign")
	}
	list, err = d.h.Attest(d.witness, list.ID, list.Version)
	d.Must(err)
	list, err = d.h.TakeOver(d.taker, list.ID, list.Version)
	d.Must(err)
	if len(list.Signatures) != 2 || list.Status != handover.Taken {
		t.Errorf("taken over as %+v", list)
	}
}

func TestDraw_checks_its_people(t *testing.T) {
	d := newDesk(t)
	head := d.Acting(d.Head)
	for _, c := range []struct {
		name, code string
		edit       func(in *handovers.DrawHandOverInput)
	}{
		{"the_same_twice", "hand_over.same_person", func(in *handovers.DrawHandOverInput) { in.TakerID = in.GiverID }},
		{"giver_without_the_post", "hand_over.giver", func(in *handovers.DrawHandOverInput) { in.GiverID = d.BureauHead.ID }},
		{"taker_of_another_unit", "hand_over.taker", func(in *handovers.DrawHandOverInput) { in.TakerID = d.BureauHead.ID }},
		{"witness_who_heads_nothing", "hand_over.witness", func(in *handovers.DrawHandOverInput) { in.WitnessID = d.SchoolClerk.ID }},
		{"unit_of_nobody", "unit.unknown", func(in *handovers.DrawHandOverInput) { in.UnitID = d.Store.NewID() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := d.input()
			c.edit(&in)
			_, err := d.h.Draw(head, in)
			d.Refused(err, c.code)
		})
	}
	t.Run("a_leader_may_witness", func(t *testing.T) {
		in := d.input()
		in.WitnessID = d.Leader.ID
		list, err := d.h.Draw(head, in)
		d.Must(err)
		_, err = d.h.Void(head, list.ID, list.Version, handovers.VoidHandOverInput{Reason: "x"})
		d.Must(err)
	})
	t.Run("a_clerk_draws_only_their_own", func(t *testing.T) {
		_, err := d.h.Draw(d.taker, d.input())
		d.Refused(err, "forbidden")
	})
	t.Run("another_unit_sees_nothing", func(t *testing.T) {
		list := d.drawn()
		_, err := d.h.Get(d.Acting(d.BureauHead), list.ID)
		d.Refused(err, "not_found")
		page, err := d.h.List(d.Acting(d.BureauHead), handovers.HandOverQuery{})
		d.Must(err)
		mine, err := d.h.List(d.taker, handovers.HandOverQuery{Mine: true})
		d.Must(err)
		if len(page.Items) != 0 || len(mine.Items) != 1 {
			t.Errorf("the neighbour sees %d, the successor %d", len(page.Items), len(mine.Items))
		}
	})
}

// TestRows_and_signatures_never_change: the database itself refuses.
func TestRows_and_signatures_never_change(t *testing.T) {
	d := newDesk(t)
	_, err := d.h.Give(d.giver, d.drawn().ID, 1)
	d.Must(err)
	for _, text := range []string{"UPDATE hand_over_items SET title = 'x'", "DELETE FROM hand_over_items", "UPDATE hand_over_signatures SET hash = 'x'", "DELETE FROM hand_over_signatures"} {
		err := d.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.ExecContext(ctx, text)
			return err
		})
		if err == nil {
			t.Errorf("%s was done", text)
		}
	}
}

// TestMerge_makes_an_open_list_void: its unit is gone, and what was open is its successor's.
func TestMerge_makes_an_open_list_void(t *testing.T) {
	d := newDesk(t)
	list := d.drawn()
	d.Merge(d.University, d.Bureau)
	got, err := d.h.Get(d.Acting(d.Office), list.ID)
	d.Must(err)
	if got.Status != handover.Void || got.Reason == "" {
		t.Errorf("after the merger %+v", got)
	}
}
