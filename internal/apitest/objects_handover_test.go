package apitest

import (
	"context"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/handovers"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// handOver brings a list of what one of the university's clerks leaves to a state; "attested.given" is one that the witness signed.
func (w *world) handOver(giver, witness, state string) handovers.HandOver {
	w.T.Helper()
	s := w.app.Handovers
	list, err := s.Draw(w.as("office.home"), handovers.DrawHandOverInput{UnitID: w.home.University.ID, Role: post.UnitClerk, GiverID: w.actor(giver).id,
		TakerID: w.actor("unit_head.own2").id, WitnessID: w.actor(witness).id, Reason: "轮岗"})
	w.must(err)
	if state == "drawn" {
		return list
	}
	if state == "void" {
		list, err = s.Void(w.as("office.home"), list.ID, list.Version, handovers.VoidHandOverInput{Reason: "轮岗暂缓"})
		w.must(err)
		return list
	}
	list, err = s.Give(w.as(giver), list.ID, list.Version)
	w.must(err)
	if state == "given" {
		return list
	}
	list, err = s.Attest(w.as(witness), list.ID, list.Version)
	w.must(err)
	if state == "taken" {
		list, err = s.TakeOver(w.as("unit_head.own2"), list.ID, list.Version)
		w.must(err)
	}
	return list
}

// formerClerk gives somebody a post in the university that has ended.
func (w *world) formerClerk(a *actor) {
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Post.Create().SetID(w.Store.NewID()).SetAuthorityID(a.authority).SetUserID(a.id).SetUnitID(w.home.University.ID).SetRole(post.UnitClerk).
			SetValidFrom(workday.MustDate("2015-01-01")).SetValidTo(workday.MustDate("2015-12-31")).SetCreatedAt(w.Store.Now()).Exec(ctx)
	})
}

// fillHandOvers makes hand-over lists in every state, each of another clerk, and a delegation that has not begun: one in force would
// change what its people may do.
func (w *world) fillHandOvers() {
	w.T.Helper()
	for _, c := range []struct{ state, giver string }{{"void", "unit_clerk.own"}, {"taken", "unit_clerk.own"}, {"drawn", "unit_clerk.own"}, {"given", "unit_clerk.own2"},
		{"attested.given", "inspector.both"}} {
		list := w.handOver(c.giver, "unit_head.own", c.state)
		w.add("hand-over", c.state, "hand_overs", list.ID, w.home.University, "giver", c.giver, "owner", c.giver, "taker", "unit_head.own2", "owner", "unit_head.own2",
			"witness", "unit_head.own", "owner", "unit_head.own")
	}
	list := w.handOver("office.both", "leader.home", "given")
	w.add("hand-over", "given", "hand_overs", list.ID, w.home.University, "giver", "office.both", "owner", "office.both", "taker", "unit_head.own2", "owner", "unit_head.own2",
		"witness", "leader.home", "owner", "leader.home")
	for _, left := range []string{"office.was", "inspector.was"} { // who left the unit signs as what they are now
		w.formerClerk(w.actor(left))
		list := w.handOver(left, "unit_head.own", "drawn")
		w.add("hand-over", "drawn", "hand_overs", list.ID, w.home.University, "giver", left, "owner", left, "taker", "unit_head.own2", "owner", "unit_head.own2",
			"witness", "unit_head.own", "owner", "unit_head.own")
	}
	w.add("staffed-unit", "held", "units", w.home.University.ID, w.home.University, "owner", "leader.both")
	head, clerk, below := w.actor("unit_head.own"), w.actor("unit_clerk.own"), w.actor("unit_clerk.below")
	w.add("own-post", "held", "posts", head.posts[0].ID, w.home.University, "owner", head.name)
	d, err := w.app.Accounts.Delegate(w.as(clerk.name), accounts.DelegatePostInput{PostID: clerk.posts[0].ID, UserID: below.id,
		ValidFrom: workday.MustDate("2017-03-07"), ValidTo: workday.MustDate("2017-03-10"), Reason: "培训"})
	w.must(err)
	w.add("delegation", "coming", "posts", d.ID, w.home.University, "owner", clerk.name, "owner", below.name)
}

// crowdDelegations gives a clerk more delegations to come, one after another.
func (w *world) crowdDelegations() {
	w.T.Helper()
	clerk, monday := w.actor("unit_clerk.own"), workday.MustDate("2017-03-13")
	for i := range 3 {
		from := monday.AddDays(7 * i)
		_, err := w.app.Accounts.Delegate(w.as(clerk.name), accounts.DelegatePostInput{PostID: clerk.posts[0].ID, UserID: w.actor("unit_clerk.below").id,
			ValidFrom: from, ValidTo: from.AddDays(4), Reason: "轮训"})
		w.must(err)
	}
}
