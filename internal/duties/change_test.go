package duties_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

func (b *bureau) accepted(t *testing.T) duties.Duty {
	t.Helper()
	d := b.first("clerk1")
	d, err := b.Duties.Accept(b.People["clerk1"], d.ID, d.Version)
	must(t, err)
	return d
}

func TestAccept(t *testing.T) {
	b := newBureau(t, 2)
	d := b.first("clerk1")
	for name, c := range map[string]struct {
		who     string
		version int
		code    string
	}{
		"another_unit_does_not_see_it": {"clerk2", d.Version, "not_found"},
		"the_office_holds_no_grant":    {"office", d.Version, "forbidden"},
		"without_version_is_refused":   {"clerk1", 0, "missing_precondition"},
		"an_older_version_is_stale":    {"clerk1", d.Version + 1, "stale"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Duties.Accept(b.People[c.who], d.ID, c.version)
			wantCode(t, err, c.code)
		})
	}
	d = b.accepted(t)
	_, err := b.Duties.Accept(b.People["clerk1"], d.ID, d.Version)
	wantCode(t, err, "duty.illegal_transition")
	b.agree(t)
}

func TestReturn_insist_and_reassign_move_duty_counters_and_history(t *testing.T) {
	b := newBureau(t, 3)
	d := b.first("clerk1")
	_, err := b.Duties.Return(b.People["clerk1"], d.ID, d.Version, duties.ReturnDutyInput{})
	wantField(t, err, "body.reason", "required")
	_, err = b.Duties.Return(b.People["clerk1"], d.ID, d.Version, duties.ReturnDutyInput{Reason: "非我处职责", UnitID: d.UnitID})
	wantField(t, err, "body.unit_id", "unit.unknown")
	d, err = b.Duties.Return(b.People["clerk1"], d.ID, d.Version, duties.ReturnDutyInput{Reason: "非我处职责", UnitID: b.Units[2].ID})
	must(t, err)
	told, err := b.Duties.Timeline(b.People["office"], d.ID, "", 50)
	must(t, err)
	if last := told.Items[len(told.Items)-1]; !strings.Contains(string(last.After), b.Units[2].ID.String()) {
		t.Errorf("the proposed unit is not in the history: %s", last.After)
	}
	d, err = b.Duties.Insist(b.People["office"], d.ID, d.Version, duties.InsistDutyInput{Reason: "仍由你处牵头"})
	must(t, err)
	if d.Status != duty.Assigned {
		t.Errorf("insisted as %s", d.Status)
	}
	_, err = b.Duties.Reassign(b.People["office"], d.ID, d.Version, duties.ReassignDutyInput{UnitID: b.Units[2].ID, Reason: "职责调整"})
	wantCode(t, err, "duty.unit_has_share")
	to := b.addSites(1)[0]
	d, err = b.Duties.Reassign(b.People["office"], d.ID, d.Version, duties.ReassignDutyInput{UnitID: to.UnitID, Reason: "职责调整"})
	must(t, err)
	if d.UnitID != to.UnitID || d.Status != duty.Assigned {
		t.Errorf("reassigned as %+v", d)
	}
	_, err = b.Duties.Get(b.People["clerk1"], d.ID)
	wantCode(t, err, "not_found")
	b.agree(t)
	page, err := b.Duties.Timeline(b.People["office"], d.ID, "", 50)
	must(t, err)
	var acts []string
	for _, e := range page.Items {
		acts = append(acts, e.Action)
	}
	if got := fmt.Sprint(acts); got != "[assign return insist reassign]" {
		t.Errorf("history %s", got)
	}
}

func TestClose_by_anybody_who_had_a_part_conflicts(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	b.report(t, d, duty.Completion, 10000, false)
	d, err := b.Duties.Get(b.People["inspector"], d.ID)
	must(t, err)
	_, err = b.Duties.Close(b.People["head1"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	wantCode(t, err, "forbidden")
	_, err = b.Duties.Close(b.People["inspector"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "whatever"})
	wantField(t, err, "body.close_reason", "duty.close_reason")
	d, err = b.Duties.SendBack(b.People["inspector"], d.ID, d.Version, duties.SendBackDutyInput{Reason: "缺目录"})
	must(t, err)
	if d.Status != duty.Active || !d.CompletionID.IsZero() {
		t.Errorf("sent back as %+v", d)
	}
	reports, err := b.Duties.Reports(b.People["clerk1"], d.ID, "", 0)
	must(t, err)
	if got := reports.Items[0]; got.Status != duty.ReportSentBack || got.SendBackReason != "缺目录" {
		t.Errorf("the request became %+v", got)
	}
	b.agree(t)
}

func TestReview_by_the_author_conflicts(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	head := b.People["head1"]
	r, err := b.Duties.SaveReport(head, d.ID, duties.SaveReportInput{Kind: "progress", Progress: 10, Narrative: "x"})
	must(t, err)
	_, err = b.Duties.Report(b.People["office"], r.ID)
	wantCode(t, err, "not_found") // a draft is the unit's own
	r, err = b.Duties.SubmitReport(head, r.ID, r.Version)
	must(t, err)
	_, err = b.Duties.ReviewReport(head, r.ID, r.Version)
	wantCode(t, err, "separation.author")
}

func TestExtension_granted_moves_the_date_and_keeps_the_original(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	where := 6000
	in := duties.RequestExtensionInput{DueDate: workday.MustDate("2017-11-30"), Reason: "流标", Progress: &where}
	e, err := b.Duties.RequestExtension(b.People["clerk1"], d.ID, in)
	must(t, err)
	_, err = b.Duties.RequestExtension(b.People["clerk1"], d.ID, in)
	wantCode(t, err, "extension.waiting")
	_, err = b.Duties.GrantExtension(b.People["leader"], e.ID, e.Version, duties.GrantExtensionInput{DueDate: in.DueDate})
	wantCode(t, err, "extension.illegal_transition")
	e, err = b.Duties.OpineExtension(b.People["office"], e.ID, e.Version, duties.OpineExtensionInput{Text: "属实"})
	must(t, err)
	e, err = b.Duties.GrantExtension(b.People["leader"], e.ID, e.Version, duties.GrantExtensionInput{DueDate: workday.MustDate("2017-11-15")})
	must(t, err)
	d, err = b.Duties.Get(b.People["clerk1"], d.ID)
	must(t, err)
	if d.DueDate != e.GrantedDate || d.OriginalDueDate != workday.MustDate("2017-10-09") || d.DueRevision != 2 {
		t.Errorf("duty after the grant: %+v", d)
	}
	ledger, err := b.Duties.Ledger(b.People["clerk1"], d.ID)
	must(t, err)
	if len(ledger.Items) != 2 || ledger.Items[1].ExtensionID != e.ID {
		t.Errorf("ledger %+v", ledger.Items)
	}
	b.at("2017-11-13", 9) // two days are left: the next move is late
	in.DueDate = workday.MustDate("2017-11-20")
	e, err = b.Duties.RequestExtension(b.People["clerk1"], d.ID, in)
	must(t, err)
	e, err = b.Duties.OpineExtension(b.People["office"], e.ID, e.Version, duties.OpineExtensionInput{Text: "属实"})
	must(t, err)
	_, err = b.Duties.GrantExtension(b.People["leader"], e.ID, e.Version, duties.GrantExtensionInput{DueDate: in.DueDate})
	must(t, err)
	ledger, err = b.Duties.Ledger(b.People["clerk1"], d.ID)
	must(t, err)
	if ledger.Items[0].Late || ledger.Items[1].Late || !ledger.Items[2].Late || ledger.Items[2].ChangedBy != "leader" {
		t.Errorf("ledger %+v", ledger.Items)
	}
	b.at("2017-11-21", 9)
	_, err = b.Duties.RequestExtension(b.People["clerk1"], d.ID, duties.RequestExtensionInput{DueDate: workday.MustDate("2017-12-30"), Reason: "晚了", Progress: &where})
	wantCode(t, err, "extension.after_due")
}

func TestUrge_is_replied_once_by_the_unit(t *testing.T) {
	b := newBureau(t, 2)
	d := b.accepted(t)
	u, err := b.Duties.Urge(b.People["office"], d.ID, duties.UrgeDutyInput{Content: "请抓紧"})
	must(t, err)
	_, err = b.Duties.ReplyUrge(b.People["clerk2"], u.ID, u.Version, duties.ReplyUrgeInput{Text: "x"})
	wantCode(t, err, "not_found")
	u, err = b.Duties.ReplyUrge(b.People["clerk1"], u.ID, u.Version, duties.ReplyUrgeInput{Text: "周五前报送"})
	must(t, err)
	_, err = b.Duties.ReplyUrge(b.People["clerk1"], u.ID, u.Version, duties.ReplyUrgeInput{Text: "再"})
	wantCode(t, err, "urge.replied")
}

func TestWaiting_names_what_each_person_has_to_do(t *testing.T) {
	b := newBureau(t, 1)
	kinds := func(who string) string {
		list, err := b.Duties.Waiting(b.People[who])
		must(t, err)
		var names []string
		for _, item := range list.Items {
			if item.Title == "" || item.UnitName == "" {
				t.Errorf("unnamed %+v", item)
			}
			names = append(names, item.Kind)
		}
		return fmt.Sprint(names)
	}
	if got := kinds("clerk1"); got != "[sign sign]" {
		t.Errorf("the clerk has %s", got)
	}
	d := b.accepted(t)
	r, err := b.Duties.SaveReport(b.People["clerk1"], d.ID, duties.SaveReportInput{Kind: "completion", Progress: 10000, Narrative: "x"})
	must(t, err)
	r, err = b.Duties.SubmitReport(b.People["clerk1"], r.ID, r.Version)
	must(t, err)
	if got := kinds("head1"); got != "[sign review_report]" {
		t.Errorf("the head has %s", got)
	}
	_, err = b.Duties.ReviewReport(b.People["head1"], r.ID, r.Version)
	must(t, err)
	if got := kinds("inspector"); got != "[verify]" {
		t.Errorf("the inspector has %s", got)
	}
}

func TestClose_by_two_inspectors_at_once_has_one_winner_and_one_event(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	b.report(t, d, duty.Completion, 10000, false)
	d, err := b.Duties.Get(b.People["inspector"], d.ID)
	must(t, err)
	var all sync.WaitGroup
	results := make(chan error, 2)
	for _, who := range []string{"inspector", "inspector2"} {
		all.Go(func() {
			_, err := b.Duties.Close(b.People[who], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
			results <- err
		})
	}
	all.Wait()
	won := 0
	for range 2 {
		switch err := <-results; {
		case err == nil:
			won++
		case fault.CodeOf(err) != "stale":
			t.Errorf("the loser got %v", err)
		}
	}
	n, err := b.Store.Read().Event.Query().Where(event.SubjectID(d.ID), event.Action("close")).Count(t.Context())
	must(t, err)
	if won != 1 || n != 1 {
		t.Errorf("%d winners, %d events", won, n)
	}
	b.agree(t)
}

// TestRollUp_by_deltas_is_what_a_full_count_gives does random work under every rule and holds the maintained figures against a full
// count after each piece.
func TestRollUp_by_deltas_is_what_a_full_count_gives(t *testing.T) {
	rules := []plan.RollUp{plan.All, plan.Any, plan.Weighted, plan.KOfN}
	b := newBureau(t, 3)
	rapid.Check(t, func(rt *rapid.T) {
		section, task := rapid.SampledFrom(rules).Draw(rt, "section"), rapid.SampledFrom(rules).Draw(rt, "task")
		b.write(func(ctx context.Context, tx *ent.Tx) error {
			for i, rule := range []plan.RollUp{section, task, task} {
				err := tx.Task.UpdateOneID(b.Tasks[i].ID).SetRollUp(rule).SetRollUpK(2).SetWeight(rapid.IntRange(1, 9).Draw(rt, "weight")).Exec(ctx)
				if err != nil {
					return err
				}
			}
			return nil
		})
		_, err := b.Duties.CheckFigures(b.system("counters")) // the rules changed under the figures
		must(t, err)
		for range rapid.IntRange(1, 6).Draw(rt, "acts") {
			b.act(t, rapid.IntRange(0, 9999).Draw(rt, "progress"), rapid.IntRange(0, 2).Draw(rt, "kind"))
			b.agree(t)
		}
	})
}

// act does one random piece of work on a duty of the first unit.
func (b *bureau) act(t *testing.T, progress, kind int) {
	t.Helper()
	page, err := b.Duties.List(b.People["clerk1"], duties.DutyQuery{})
	must(t, err)
	if len(page.Items) == 0 {
		page, err = b.Duties.List(b.People["clerk1"], duties.DutyQuery{Status: duty.Closed})
		must(t, err)
		if len(page.Items) > 0 {
			_, err = b.Duties.Reopen(b.People["inspector"], page.Items[0].ID, page.Items[0].Version, duties.ReopenDutyInput{Reason: "反弹"})
			must(t, err)
		}
		return
	}
	d := page.Items[progress%len(page.Items)]
	if d.Status == duty.Assigned {
		d, err = b.Duties.Accept(b.People["clerk1"], d.ID, d.Version)
		must(t, err)
	}
	if kind > 0 {
		b.report(t, d, duty.Progress, progress, true)
		return
	}
	b.report(t, d, duty.Completion, 10000, false)
	d, err = b.Duties.Get(b.People["inspector"], d.ID)
	must(t, err)
	_, err = b.Duties.Close(b.People["inspector"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	must(t, err)
}
