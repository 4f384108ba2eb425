package apitest

import (
	"context"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// fillShares makes shares in every state: given by the university to its school, which has a unit below it.
func (w *world) fillShares() {
	w.T.Helper()
	id := w.Store.NewID()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Unit.Create().SetID(id).SetAuthorityID(w.home.Leader.Authority).SetParentID(w.home.School.ID).SetKind(unit.Division).SetName("教务处").
			SetCode("jwc").SetPath(unit.Child(w.home.School.Path, unit.Segment(9))).SetCreatedAt(w.Store.Now()).Exec(ctx)
	})
	w.names["unit.below_school"] = id.String()
	var held []string
	for _, a := range w.actors {
		if slices.ContainsFunc(a.posts, func(p access.Post) bool { return p.UnitID == w.home.University.ID }) {
			held = append(held, "outer", a.name)
		}
	}
	for _, to := range duty.ShareTable.Statuses() {
		on := w.duty(duty.Active)
		share, err := w.app.Duties.SplitDuty(w.as("unit_head.own"), on, duties.SplitDutyInput{UnitID: w.home.School.ID, Title: "编制目录",
			DueDate: workday.MustDate("2017-06-01")})
		w.must(err)
		w.add("share", string(to), "shares", w.takeShare(share, to), w.home.School, held...)
	}
}

// takeShare walks a fresh share to a state.
func (w *world) takeShare(share duties.Share, to duty.ShareStatus) ident.ID {
	w.T.Helper()
	s := w.app.Duties
	step := func(next duties.Share, err error) {
		w.T.Helper()
		w.must(err)
		share = next
	}
	switch to {
	case duty.ShareReturned:
		step(s.ReturnShare(w.as("unit_clerk.below"), share.ID, share.Version, duties.ShareReasonInput{Reason: "非我校职责"}))
	case duty.ShareCancelled:
		step(s.CancelShare(w.as("unit_head.own"), share.ID, share.Version, duties.ShareReasonInput{Reason: "改由校办承担"}))
	case duty.ShareActive, duty.ShareHandedIn, duty.ShareClosed:
		step(s.AcceptShare(w.as("unit_clerk.below"), share.ID, share.Version))
	case duty.ShareAssigned:
	}
	if to == duty.ShareHandedIn || to == duty.ShareClosed {
		step(s.HandInShare(w.as("unit_clerk.below"), share.ID, share.Version, duties.HandInShareInput{Narrative: "目录已公开"}))
	}
	if to == duty.ShareClosed {
		step(s.ConfirmShare(w.as("unit_head.own"), share.ID, share.Version))
	}
	return share.ID
}
