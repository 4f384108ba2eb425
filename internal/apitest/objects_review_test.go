package apitest

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/lookbacks"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// objectTo files an objection of the university.
func (w *world) objectTo(subject rectify.ObjectedTo, id ident.ID) objections.Objection {
	w.T.Helper()
	o, err := w.app.Objections.File(w.as("unit_head.own"), objections.FileObjectionInput{Subject: subject, SubjectID: id, Grounds: "简章已于二月公开"})
	w.must(err)
	return o
}

// decide brings an objection to a state, by a leader who had no part.
func (w *world) decide(o objections.Objection, to rectify.ObjectionStatus) {
	w.T.Helper()
	s, leader := w.app.Objections, w.as("leader.was")
	in := objections.DecideObjectionInput{Opinion: "经查属实", Content: "简章已公开", Requirement: "补充公开收费项目"}
	var err error
	switch to {
	case rectify.ObjectionUpheld:
		_, err = s.Uphold(leader, o.ID, o.Version, in)
	case rectify.ObjectionChanged:
		_, err = s.Change(leader, o.ID, o.Version, in)
	case rectify.ObjectionRevoked:
		_, err = s.Revoke(leader, o.ID, o.Version, in)
	case rectify.ObjectionRetracted:
		_, err = s.Retract(w.as("unit_head.own"), o.ID, o.Version)
	case rectify.ObjectionFiled:
	}
	w.must(err)
}

// fillObjections makes objections to notices in every state. The leader who approved the inspection and served the notice had a part.
func (w *world) fillObjections() {
	for _, to := range rectify.ObjectionTable.Statuses() {
		o := w.objectTo(rectify.ToNotice, w.notice(rectify.NoticeSigned).ID)
		w.decide(o, to)
		w.add("objection", string(to), "objections", o.ID, w.home.University, "participant", "leader.home")
	}
}

// fillLookBacks makes an open look-back at what was closed in the year, with an item in every state; a notice and a duty are pending.
func (w *world) fillLookBacks() {
	for range 2 {
		w.duty(duty.Closed)
	}
	s, lead := w.app.Inspections, w.as("inspector.home")
	v, err := w.app.LookBacks.Create(lead, lookbacks.CreateLookBackInput{Year: 2017, Seed: "第1次", Size: 500, Title: "整改事项回头看", Basis: "年度督查计划",
		Scope: "已销号事项", Methods: []rectify.Method{rectify.Visit}, StartsOn: workday.MustDate("2017-03-06"), EndsOn: workday.MustDate("2017-03-10"),
		StaffInspectionInput: inspections.StaffInspectionInput{LeaderID: w.actor("inspector.home").id}})
	w.must(err)
	var in inspections.ProposeInspectionInput
	for _, o := range v.Overlaps {
		in.Duplicates = append(in.Duplicates, inspections.AnswerDuplicate{InspectionID: o.InspectionID, Reason: "合并进点"})
	}
	v, err = s.Propose(lead, v.ID, v.Version, in)
	w.must(err)
	v, err = s.Approve(w.as("leader.home"), v.ID, v.Version)
	w.must(err)
	_, err = s.Open(lead, v.ID, v.Version)
	w.must(err)
	w.join(v.ID, "inspector.both")
	w.judge(v.ID)
}

// judge judges two duties of a look-back and keeps an item of each state.
func (w *world) judge(inspection ident.ID) {
	s, lead := w.app.LookBacks, w.as("inspector.home")
	list, err := s.Items(lead, inspection)
	w.must(err)
	left := []rectify.LookStatus{rectify.LookHeld, rectify.LookCameBack, rectify.LookPending}
	for _, item := range list.Items {
		state := string(rectify.LookPending) + ".notice"
		if item.Subject == rectify.LookedDuty {
			if len(left) == 0 {
				continue
			}
			state = string(left[0])
			switch left[0] {
			case rectify.LookHeld:
				_, err = s.Hold(lead, item.ID, item.Version, lookbacks.HoldItemInput{})
			case rectify.LookCameBack:
				_, err = s.ComeBack(lead, item.ID, item.Version, lookbacks.ComeBackItemInput{Reason: "专栏停更"})
			case rectify.LookPending:
			}
			w.must(err)
			left = left[1:]
		}
		w.add("look_item", state, "look_items", item.ID, w.home.University, "team", "inspector.home", "team", "inspector.both")
	}
	if len(left) > 0 {
		w.T.Fatalf("the look-back has no item %v", left)
	}
}

// crowdObjections adds objections, and notes in the history of one: a decided objection has two events of its own.
func (w *world) crowdObjections() {
	w.T.Helper()
	o := w.object("objection", "filed")
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		for i := range 4 {
			_, err := w.app.Log.Append(ctx, tx, timeline.Entry{AuthorityID: w.home.Authority, Subject: "objection", SubjectID: o.id, UnitID: o.unit.ID,
				Action: string(rectify.FileObjection), Reason: fmt.Sprint("第", i, "次")})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
