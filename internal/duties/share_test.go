package duties_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// faculties puts two faculties with a clerk each below unit 1; they are units n and n+1 of the bureau.
func (b *bureau) faculties() (first int) {
	b.T.Helper()
	first = len(b.Units)
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		for i := range 2 {
			u, err := tx.Unit.Create().SetID(b.Store.NewID()).SetAuthorityID(b.Authority).SetParentID(b.Units[1].ID).SetKind(unit.Division).
				SetPath(unit.Child(b.Units[1].Path, unit.Segment(i+1))).SetName(fmt.Sprint("科", i)).SetCode(fmt.Sprint("f", i)).SetCreatedAt(b.Store.Now()).Save(ctx)
			if err != nil {
				return err
			}
			b.Units = append(b.Units, u)
		}
		return nil
	})
	b.hire("faculty0", post.UnitClerk, first)
	b.hire("faculty1", post.UnitClerk, first+1)
	return first
}

func TestSplitDuty_keeps_inside_the_subtree_and_before_the_days_of_review(t *testing.T) {
	b := newBureau(t, 2)
	d := b.accepted(t) // due on 2017-10-09
	at := b.faculties()
	head := b.People["head1"]
	in := duties.SplitDutyInput{UnitID: b.Units[2].ID, Title: "编制目录", DueDate: workday.MustDate("2017-09-20")}
	_, err := b.Duties.SplitDuty(head, d.ID, in)
	wantCode(t, err, "input.invalid") // another unit's neighbour
	in.UnitID = d.UnitID
	_, err = b.Duties.SplitDuty(head, d.ID, in)
	wantCode(t, err, "input.invalid") // itself
	in.UnitID, in.DueDate = b.Units[at].ID, workday.MustDate("2017-10-07")
	_, err = b.Duties.SplitDuty(head, d.ID, in)
	wantCode(t, err, "input.invalid") // later than three days before
	in.DueDate = workday.MustDate("2017-10-06")
	share, err := b.Duties.SplitDuty(head, d.ID, in)
	must(t, err)
	if share.OuterID != d.UnitID || share.Status != duty.ShareAssigned || share.Latest != in.DueDate {
		t.Errorf("share %+v", share)
	}
	_, err = b.Duties.SplitDuty(b.People["clerk1"], d.ID, in)
	if err == nil {
		t.Error("a clerk may not split")
	}
}

func TestShare_has_to_be_confirmed_before_the_duty_is_complete(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	at := b.faculties()
	head, below := b.People["head1"], b.People["faculty0"]
	share, err := b.Duties.SplitDuty(head, d.ID, duties.SplitDutyInput{UnitID: b.Units[at].ID, Title: "编制目录", DueDate: workday.MustDate("2017-09-20")})
	must(t, err)
	r, err := b.Duties.SaveReport(b.People["clerk1"], d.ID, duties.SaveReportInput{Kind: "completion", Progress: 10000, Narrative: "已完成"})
	must(t, err)
	_, err = b.Duties.SubmitReport(b.People["clerk1"], r.ID, r.Version)
	wantCode(t, err, "contract.incomplete")

	_, err = b.Duties.AcceptShare(b.People["faculty1"], share.ID, share.Version)
	wantCode(t, err, "not_found")
	share, err = b.Duties.AcceptShare(below, share.ID, share.Version)
	must(t, err)
	half := 5000
	share, err = b.Duties.ReportShare(below, share.ID, share.Version, duties.ReportShareInput{Progress: &half})
	must(t, err)
	if got, err := b.Duties.Split(head, d.ID); err != nil || got.Suggested != 5000 || got.Lacking != 1 {
		t.Errorf("split %+v, %v", got, err)
	}
	share, err = b.Duties.HandInShare(below, share.ID, share.Version, duties.HandInShareInput{Narrative: "已公开"})
	must(t, err)
	share, err = b.Duties.SendBackShare(head, share.ID, share.Version, duties.ShareReasonInput{Reason: "缺清单"})
	must(t, err)
	share, err = b.Duties.HandInShare(below, share.ID, share.Version, duties.HandInShareInput{Narrative: "已补"})
	must(t, err)
	share, err = b.Duties.ConfirmShare(head, share.ID, share.Version)
	must(t, err)
	if share.Status != duty.ShareClosed || share.Progress != 10000 {
		t.Errorf("share %+v", share)
	}
	_, err = b.Duties.SubmitReport(b.People["clerk1"], r.ID, r.Version)
	must(t, err)
}

func TestSplit_any_waits_for_one_and_a_duty_that_ends_takes_its_shares_along(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	at := b.faculties()
	head := b.People["head1"]
	var last duties.Share
	for i := range 2 {
		var err error
		last, err = b.Duties.SplitDuty(head, d.ID, duties.SplitDutyInput{UnitID: b.Units[at+i].ID, Title: "试点", DueDate: workday.MustDate("2017-09-20"), RollUp: plan.Any})
		must(t, err)
	}
	if got, err := b.Duties.Split(head, d.ID); err != nil || got.Lacking != 1 || got.RollUp != plan.Any {
		t.Errorf("split %+v, %v", got, err)
	}
	d, err := b.Duties.Get(head, d.ID)
	must(t, err)
	_, err = b.Duties.Cancel(b.People["office"], d.ID, d.Version, duties.CancelDutyInput{Reason: "不再办理"})
	must(t, err)
	last, err = b.Duties.GetShare(head, last.ID)
	must(t, err)
	if last.Status != duty.ShareCancelled {
		t.Errorf("the share is %s", last.Status)
	}
	page, err := b.Duties.Shares(b.People["faculty1"], duties.ShareFilter{Mine: true, Open: true})
	must(t, err)
	if len(page.Items) != 0 {
		t.Errorf("%d shares are open", len(page.Items))
	}
}

// TestWaiting_shows_shares_to_the_unit_whose_turn_it_is: to sign for below, to decide on and to confirm above.
func TestWaiting_shows_shares_to_the_unit_whose_turn_it_is(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	at := b.faculties()
	head, below := b.People["head1"], b.People["faculty0"]
	waits := func(step string, want map[string]string) {
		t.Helper()
		for _, who := range []string{"head1", "clerk1", "faculty0", "faculty1", "office", "leader"} {
			list, err := b.Duties.Waiting(b.People[who])
			must(t, err)
			got := ""
			for _, item := range list.Items {
				if strings.HasSuffix(item.Kind, "_share") {
					got += item.Kind
					if item.Title != "编制目录" || item.UnitName != "科0" || item.DutyID != d.ID {
						t.Errorf("%s: item %+v", step, item)
					}
				}
			}
			if got != want[who] {
				t.Errorf("%s: for %s waits %q, want %q", step, who, got, want[who])
			}
		}
	}
	share, err := b.Duties.SplitDuty(head, d.ID, duties.SplitDutyInput{UnitID: b.Units[at].ID, Title: "编制目录", DueDate: workday.MustDate("2017-09-20")})
	must(t, err)
	waits("given out", map[string]string{"faculty0": "sign_share"})
	share, err = b.Duties.ReturnShare(below, share.ID, share.Version, duties.ShareReasonInput{Reason: "非我科职责"})
	must(t, err)
	waits("returned", map[string]string{"head1": "decide_share"})
	share, err = b.Duties.InsistShare(head, share.ID, share.Version, duties.ShareReasonInput{Reason: "职责明确"})
	must(t, err)
	share, err = b.Duties.AcceptShare(below, share.ID, share.Version)
	must(t, err)
	waits("accepted", nil)
	share, err = b.Duties.HandInShare(below, share.ID, share.Version, duties.HandInShareInput{Narrative: "已公开"})
	must(t, err)
	waits("handed in", map[string]string{"head1": "confirm_share"})
	_, err = b.Duties.ConfirmShare(head, share.ID, share.Version)
	must(t, err)
	waits("confirmed", nil)
}
