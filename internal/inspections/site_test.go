package inspections_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/rectify"
)

func TestSaveChecks(t *testing.T) {
	s := newScene(t)
	in := s.plan()
	in.MemberIDs = append(in.MemberIDs, s.Colleague.ID)
	v := s.approved(t, in)
	v, err := s.service.Open(s.Acting(s.Inspector), v.ID, v.Version)
	if err != nil {
		t.Fatal(err)
	}
	save := func(entries ...inspections.SaveCheck) (inspections.SavedChecks, error) {
		return s.service.SaveChecks(s.Acting(s.Inspector), v.ID, inspections.SaveChecksInput{Items: entries})
	}
	entry := inspections.SaveCheck{UnitID: s.University.ID, Item: 1, Outcome: rectify.Violates, Note: "无公示栏"}
	first, err := save(entry)
	if err != nil || first.Items[0].Result != "saved" || first.Items[0].Check.Version != 1 || first.Items[0].Check.CheckedAt.IsZero() {
		t.Fatalf("saved %+v, %v", first, err)
	}
	t.Run("the_same_again_changes_nothing", func(t *testing.T) {
		if got, err := save(entry); err != nil || got.Items[0].Result != "same" || got.Items[0].Check.Version != 1 {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
	t.Run("an_overtaken_entry_conflicts_alone", func(t *testing.T) {
		colleague := inspections.SaveCheck{UnitID: s.University.ID, Item: 1, Outcome: rectify.Partly, Note: "有旧公示", Version: 1}
		if _, err := s.service.SaveChecks(s.Acting(s.Colleague), v.ID, inspections.SaveChecksInput{Items: []inspections.SaveCheck{colleague}}); err != nil {
			t.Fatal(err)
		}
		mine := inspections.SaveCheck{UnitID: s.University.ID, Item: 1, Outcome: rectify.Conforms, Version: 1}
		other := inspections.SaveCheck{UnitID: s.University.ID, Item: 0, Outcome: rectify.Conforms}
		got, err := save(mine, other)
		if err != nil || got.Items[0].Result != "conflict" || got.Items[0].Check.Note != "有旧公示" || got.Items[1].Result != "saved" {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
	t.Run("what_the_plan_does_not_name_is_refused", func(t *testing.T) {
		_, err := save(inspections.SaveCheck{UnitID: s.Bureau.ID, Item: 2, Outcome: "fine"})
		wantField(t, err, "body.items[0].unit_id", "finding.outside_scope")
		wantField(t, err, "body.items[0].item", "inspection.unknown_item")
		wantField(t, err, "body.items[0].outcome", "one_of")
	})
	t.Run("after_the_end_of_the_work_nothing_is_taken", func(t *testing.T) {
		if v, err = s.service.Finish(s.Acting(s.Inspector), v.ID, v.Version); err != nil {
			t.Fatal(err)
		}
		_, err := save(entry)
		wantCode(t, err, "inspection.illegal_transition")
	})
}

func TestConclusion_isDeliveredAndReceived(t *testing.T) {
	s := newScene(t)
	v := s.opened(t)
	v, err := s.service.Finish(s.Acting(s.Inspector), v.ID, v.Version)
	if err == nil {
		v, err = s.service.Conclude(s.Acting(s.Inspector), v.ID, v.Version, inspections.ConcludeInspectionInput{Conclusion: "总体良好",
			Parts: []inspections.ConclusionPart{{UnitID: s.University.ID, Content: "简章未公开，限期整改"}}})
	}
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.service.Conclusions(s.Acting(s.Clerk), inspections.ConclusionFilter{})
	if err != nil || len(page.Items) != 1 || page.Items[0].Content != "简章未公开，限期整改" || page.Items[0].Number != "岚教督结〔2017〕1号" {
		t.Fatalf("the unit sees %+v, %v", page, err)
	}
	c := page.Items[0]
	other, err := s.service.Conclusions(s.Acting(s.BureauHead), inspections.ConclusionFilter{})
	if err != nil || len(other.Items) != 0 {
		t.Fatalf("another unit sees %+v, %v", other, err)
	}
	_, err = s.service.Receive(s.Acting(s.Inspector), c.ID, c.Version)
	wantCode(t, err, "forbidden")
	c, err = s.service.Receive(s.Acting(s.Clerk), c.ID, c.Version)
	// 30 natural days from 2017-03-06 end on 2017-04-05, a working day
	if err != nil || c.Status != rectify.ConclusionReceived || c.ObjectUntil.String() != "2017-04-05" {
		t.Fatalf("received %+v, %v", c, err)
	}
	_, err = s.service.Receive(s.Acting(s.Clerk), c.ID, c.Version)
	wantCode(t, err, "conclusion.illegal_transition")
}

func TestRepeat_isProposedByLikenessAndConfirmedByAPerson(t *testing.T) {
	s := newScene(t)
	first := s.opened(t)
	old, err := s.service.Record(s.Acting(s.Inspector), first.ID, s.fault())
	if err != nil {
		t.Fatal(err)
	}
	in := s.plan()
	in.Title, in.Matters = "后续督查", []string{"后勤"}
	v := s.approved(t, in)
	if v, err = s.service.Open(s.Acting(s.Inspector), v.ID, v.Version); err != nil {
		t.Fatal(err)
	}
	again := s.fault()
	again.Description = "招生简章仍未公开"
	found, err := s.service.Record(s.Acting(s.Inspector), v.ID, again)
	if err != nil || len(found.Repeats) != 1 || found.Repeats[0].FindingID != old.ID || found.Repeats[0].Link != rectify.LinkProposed {
		t.Fatalf("proposed %+v, %v", found.Repeats, err)
	}
	seen, err := s.service.GetFinding(s.Acting(s.Clerk), found.ID)
	if err != nil || len(seen.Repeats) != 0 {
		t.Fatalf("before a person decided the unit sees %+v, %v", seen.Repeats, err)
	}
	found, err = s.service.Link(s.Acting(s.Colleague), found.ID, found.Version, inspections.LinkFindingInput{EarlierID: old.ID, Repeats: true, Note: "同一专栏"})
	if err != nil || found.Repeats[0].Link != rectify.LinkConfirmed {
		t.Fatalf("confirmed %+v, %v", found.Repeats, err)
	}
	if seen, err = s.service.GetFinding(s.Acting(s.Clerk), found.ID); err != nil || len(seen.Repeats) != 1 || seen.Repeats[0].Note != "同一专栏" {
		t.Fatalf("the unit sees %+v, %v", seen.Repeats, err)
	}
	t.Run("a_later_finding_is_not_an_earlier_one", func(t *testing.T) {
		_, err := s.service.Link(s.Acting(s.Colleague), old.ID, old.Version, inspections.LinkFindingInput{EarlierID: found.ID, Repeats: true})
		wantField(t, err, "body.earlier_id", "finding.not_earlier")
	})
	t.Run("another_fault_is_not_proposed", func(t *testing.T) {
		other := s.fault()
		other.Description, other.Basis = "食堂未公示菜价", "《食品安全法》第五十七条"
		f, err := s.service.Record(s.Acting(s.Inspector), v.ID, other)
		if err != nil || len(f.Repeats) != 0 {
			t.Fatalf("proposed %+v, %v", f.Repeats, err)
		}
	})
}
