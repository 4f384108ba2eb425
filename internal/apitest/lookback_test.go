package apitest

import (
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/lookbacks"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// pending is an item of the world's look-back that waits for a judgement.
func (w *world) pending(state string) lookbacks.LookItem {
	w.T.Helper()
	o := w.object("look_item", state)
	row, err := w.Store.Read().LookItem.Get(w.T.Context(), o.id)
	w.must(err)
	list, err := w.app.LookBacks.Items(w.as("inspector.home"), row.InspectionID)
	w.must(err)
	return list.Items[slices.IndexFunc(list.Items, func(i lookbacks.LookItem) bool { return i.ID == o.id })]
}

func TestLookBack_draw(t *testing.T) {
	w := newWorld(t)
	s, inspector := w.app.LookBacks, w.as("inspector.other")
	keys := func(in lookbacks.DrawInput) []string {
		t.Helper()
		d, err := s.Draw(inspector, in)
		w.must(err)
		list := make([]string, len(d.Items))
		for i, item := range d.Items {
			list[i] = string(item.Subject) + item.SubjectID.String()
		}
		return list
	}
	for range 12 {
		w.duty(duty.Closed)
	}
	whole := keys(lookbacks.DrawInput{Year: 2017, Seed: "甲", Size: 500})
	t.Run("the_same_year_seed_and_size_draw_the_same", func(t *testing.T) {
		first, again := keys(lookbacks.DrawInput{Year: 2017, Seed: "甲", Size: 6}), keys(lookbacks.DrawInput{Year: 2017, Seed: "甲", Size: 6})
		if len(first) != 6 || !slices.Equal(first, again) || !slices.Equal(first, whole[:6]) {
			t.Errorf("drew %v, then %v of %v", first, again, whole)
		}
	})
	t.Run("another_seed_draws_others", func(t *testing.T) {
		if other := keys(lookbacks.DrawInput{Year: 2017, Seed: "乙", Size: 500}); slices.Equal(other, whole) || len(other) != len(whole) {
			t.Errorf("drew %v by either seed", other)
		}
	})
	t.Run("whoever_repeats_the_draw_gets_it_whatever_they_are", func(t *testing.T) {
		d, err := s.Draw(w.as("office.home"), lookbacks.DrawInput{Year: 2017, Seed: "甲", Size: 6})
		w.must(err)
		if string(d.Items[0].Subject)+d.Items[0].SubjectID.String() != whole[0] {
			t.Errorf("the office draws %v first", d.Items[0])
		}
	})
	t.Run("the_rule_gives_the_size_and_is_named", func(t *testing.T) {
		d, err := s.Draw(inspector, lookbacks.DrawInput{Year: 2017, Seed: "甲"})
		w.must(err)
		if d.Population != len(whole) || d.Size != max(5, (len(whole)*20+99)/100) || d.Rule != "inspection.default@1" {
			t.Errorf("drew %d of %d by %s", d.Size, d.Population, d.Rule)
		}
	})
	t.Run("nothing_of_another_authority_is_drawn", func(t *testing.T) {
		if d, err := s.Draw(w.as("inspector.away"), lookbacks.DrawInput{Year: 2017}); err != nil || d.Population != 0 {
			t.Errorf("drew %+v, %v", d, err)
		}
	})
	t.Run("a_year_without_anything_closed_is_refused", func(t *testing.T) {
		_, err := s.Create(inspector, lookbacks.CreateLookBackInput{Year: 2016, Title: "回头看", Basis: "计划", Scope: "全部",
			StartsOn: workday.MustDate("2017-03-20"), EndsOn: workday.MustDate("2017-03-24")})
		f := fault.As(err)
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Code != "look_back.nothing" {
			t.Errorf("got %v", err)
		}
	})
}

func TestLookBack_comesBack(t *testing.T) {
	w := newWorld(t)
	s, inspector, head := w.app.LookBacks, w.as("inspector.home"), w.as("unit_head.own")
	t.Run("inside_the_rebound_window_the_notice_is_reopened", func(t *testing.T) {
		defer w.restore()
		item := w.pending("pending.notice")
		item, err := s.ComeBack(inspector, item.ID, item.Version, lookbacks.ComeBackItemInput{Reason: "专栏停更", DueDate: workday.MustDate("2017-04-28")})
		w.must(err)
		n, err := w.app.Notices.Get(head, item.SubjectID)
		w.must(err)
		if item.Status != rectify.LookCameBack || item.NoticeID != item.SubjectID || n.Status != rectify.NoticeSigned || n.Reopened != 1 ||
			n.DueDate.String() != "2017-04-28" || n.OriginalDueDate.String() != "2017-03-31" {
			t.Errorf("the item is %+v, the notice %+v", item, n)
		}
	})
	t.Run("after_it_the_findings_are_recorded_anew_linked_to_the_old_ones_and_a_notice_drafted", func(t *testing.T) {
		defer w.restore()
		item := w.pending("pending.notice")
		old, err := w.app.Notices.Get(inspector, item.SubjectID)
		w.must(err)
		w.on("2017-06-05") // 91 days after the close-out of 03-06
		item, err = s.ComeBack(inspector, item.ID, item.Version, lookbacks.ComeBackItemInput{Reason: "专栏停更半年"})
		w.must(err)
		if item.NoticeID == item.SubjectID || item.FindingID.IsZero() {
			t.Fatalf("the item is %+v", item)
		}
		made, err := w.app.Notices.Get(inspector, item.NoticeID)
		w.must(err)
		if made.Status != rectify.NoticeDraft || made.UnitID != old.UnitID || made.Requirement != old.Requirement || len(made.Findings) != len(old.Findings) ||
			made.Findings[0].ID != item.FindingID {
			t.Errorf("the new notice is %+v", made)
		}
		if again := made.Findings[0].Repeats; len(again) != 1 || again[0].FindingID != old.Findings[0].ID {
			t.Errorf("the new finding repeats %+v, want %s", again, old.Findings[0].ID)
		}
		f, err := w.app.Inspections.GetFinding(head, item.FindingID)
		w.must(err)
		if len(f.Repeats) != 1 || f.Repeats[0].Link != rectify.LinkConfirmed || f.Repeats[0].NoticeID != old.ID {
			t.Errorf("the unit sees the lineage as %+v", f.Repeats)
		}
		if n, err := w.app.Notices.Get(head, old.ID); err != nil || n.Status != rectify.NoticeClosed {
			t.Errorf("the old notice is %s, %v", n.Status, err)
		}
	})
	t.Run("on_a_duty_a_finding_is_recorded_that_names_it", func(t *testing.T) {
		item := w.pending("pending")
		item, err := s.ComeBack(inspector, item.ID, item.Version, lookbacks.ComeBackItemInput{Reason: "清单未更新"})
		w.must(err)
		f, err := w.app.Inspections.GetFinding(head, item.FindingID)
		w.must(err)
		if f.DutyID != item.SubjectID || f.Severity != rectify.Major || f.Description != "清单未更新" {
			t.Errorf("the finding is %+v", f)
		}
		_, err = s.Hold(inspector, item.ID, item.Version, lookbacks.HoldItemInput{})
		wants(t, err, "look_back.illegal_transition")
	})
}

func TestLookBack_endsWhenEveryItemIsJudged(t *testing.T) {
	w := newWorld(t)
	inspector := w.as("inspector.home")
	item := w.pending("pending")
	finish := func() error {
		row, err := w.app.Inspections.Get(inspector, item.InspectionID)
		w.must(err)
		_, err = w.app.Inspections.Finish(inspector, row.ID, row.Version)
		return err
	}
	if err := finish(); fault.CodeOf(err) != "look_back.pending" {
		t.Fatalf("ended with items that wait: %v", err)
	}
	list, err := w.app.LookBacks.Items(inspector, item.InspectionID)
	w.must(err)
	for _, i := range list.Items {
		if i.Status != rectify.LookPending {
			continue
		}
		_, err := w.app.LookBacks.Hold(inspector, i.ID, i.Version, lookbacks.HoldItemInput{Note: "按月更新"})
		w.must(err)
	}
	w.must(finish())
}
