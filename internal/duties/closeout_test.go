package duties_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/post"
)

// inReview is a duty whose completion request waits, with the course of close-out that its contract names.
func (b *bureau) inReview(t *testing.T, course string) duties.Duty {
	t.Helper()
	d := b.accepted(t)
	b.bind(d.TaskID, contract.CompletionContract{CloseOut: course}, "")
	b.report(t, d, duty.Completion, 10000, false)
	return b.again("office", d)
}

// again is a duty as somebody sees it now.
func (b *bureau) again(who string, d duties.Duty) duties.Duty {
	b.T.Helper()
	d, err := b.Duties.Get(b.People[who], d.ID)
	must(b.T, err)
	return d
}

func enabled(d duties.Duty, action string) bool {
	for _, a := range d.AllowedActions {
		if a.Action == action {
			return a.Enabled
		}
	}
	return false
}

func waits(t *testing.T, b *bureau, who, kind string) bool {
	t.Helper()
	list, err := b.Duties.Waiting(b.People[who])
	must(t, err)
	for _, item := range list.Items {
		if item.Kind == kind {
			return true
		}
	}
	return false
}

func TestCloseOut_goes_step_by_step(t *testing.T) {
	b := newBureau(t, 1)
	b.hire("leader2", post.Leader, 0)
	d := b.inReview(t, "leader")
	_, err := b.Duties.Pass(b.People["leader"], d.ID, d.Version, duties.PassDutyInput{})
	wantCode(t, err, "relation.signer")
	_, err = b.Duties.Close(b.People["office"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	wantCode(t, err, "duty.steps_left")
	if !waits(t, b, "office", "pass") || waits(t, b, "leader", "pass") || waits(t, b, "inspector", "verify") || !enabled(d, "pass") || enabled(d, "close") {
		t.Errorf("the first step waits for the office alone; it may %+v", d.AllowedActions)
	}

	d, err = b.Duties.Pass(b.People["office"], d.ID, d.Version, duties.PassDutyInput{Note: "材料齐全"})
	must(t, err)
	if d.Status != duty.Review || !waits(t, b, "leader", "pass") || waits(t, b, "office", "pass") || waits(t, b, "leader2", "pass") {
		t.Error("the second step waits for the supervising leader alone")
	}
	_, err = b.Duties.Pass(b.People["leader2"], d.ID, d.Version, duties.PassDutyInput{})
	wantCode(t, err, "relation.signer")
	d, err = b.Duties.Pass(b.People["leader"], d.ID, d.Version, duties.PassDutyInput{Note: "同意"})
	must(t, err)
	_, err = b.Duties.Pass(b.People["inspector"], d.ID, d.Version, duties.PassDutyInput{})
	wantCode(t, err, "duty.last_step")
	_, err = b.Duties.Close(b.People["office"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	wantCode(t, err, "relation.signer")
	d, err = b.Duties.Close(b.People["inspector"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done", Note: "现场核查"})
	must(t, err)
	if d.Status != duty.Closed {
		t.Fatalf("closed as %s", d.Status)
	}
	view, err := b.Duties.CloseOut(b.People["clerk1"], d.ID)
	must(t, err)
	if view.Rule != "closeout.default@1:leader" || view.Status != "finished" || len(view.Steps) != 3 || view.Steps[2].Signature == nil || view.Steps[0].Signature.Note != "材料齐全" {
		t.Errorf("recorded as %+v", view)
	}
	b.agree(t)
}

func TestCloseOut_sent_back_begins_anew_with_the_first_step(t *testing.T) {
	b := newBureau(t, 1)
	d := b.inReview(t, "leader")
	d, err := b.Duties.Pass(b.People["office"], d.ID, d.Version, duties.PassDutyInput{})
	must(t, err)
	_, err = b.Duties.SendBack(b.People["inspector"], d.ID, d.Version, duties.SendBackDutyInput{Reason: "缺少清单"})
	wantCode(t, err, "relation.signer")
	d, err = b.Duties.SendBack(b.People["leader"], d.ID, d.Version, duties.SendBackDutyInput{Reason: "缺少清单"})
	must(t, err)
	view, err := b.Duties.CloseOut(b.People["office"], d.ID)
	must(t, err)
	if d.Status != duty.Active || view.Status != "planned" || len(view.Past) != 1 || len(view.Past[0].Signatures) != 2 || view.Past[0].Status != "sent_back" {
		t.Fatalf("after sending back: %s, %+v", d.Status, view)
	}
	r, err := b.Duties.SubmitReport(b.People["clerk1"], d.CompletionID, 1)
	if err == nil {
		t.Fatalf("a duty that was sent back still has the request %s", r.ID)
	}
	b.report(t, d, duty.Completion, 10000, false)
	if !waits(t, b, "office", "pass") || waits(t, b, "leader", "pass") {
		t.Error("the next request does not begin with the first step")
	}
}

func TestCloseOut_wants_another_person_where_the_rule_says_so(t *testing.T) {
	b := newBureau(t, 1)
	rules := b.Duties.Rules()
	course := &rules.CloseOut.Courses[1]
	for i := range course.Steps {
		course.Steps[i].By = rules.CloseOut.Courses[0].Steps[0].By
	}
	b.Duties.UseRules(rules)
	d := b.inReview(t, "leader")
	var err error
	for range 2 { // the second step does not ask for another person
		d, err = b.Duties.Pass(b.People["inspector"], d.ID, d.Version, duties.PassDutyInput{})
		must(t, err)
	}
	_, err = b.Duties.Close(b.People["inspector"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	wantCode(t, err, "separation.signer")
	_, err = b.Duties.Close(b.People["inspector2"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	must(t, err)
}

func TestCloseOut_keeps_its_steps_when_the_rules_change(t *testing.T) {
	b := newBureau(t, 1)
	d := b.inReview(t, "leader")
	rules := b.Duties.Rules()
	rules.CloseOut.Version, rules.CloseOut.Courses = 2, rules.CloseOut.Courses[:1]
	b.Duties.UseRules(rules)
	view, err := b.Duties.CloseOut(b.People["office"], d.ID)
	must(t, err)
	if len(view.Steps) != 3 || view.Rule != "closeout.default@1:leader" {
		t.Errorf("the request at hand now takes %+v", view)
	}
}

func TestCancel_ends_a_close_out_at_hand(t *testing.T) {
	b := newBureau(t, 1)
	d := b.inReview(t, "leader")
	_, err := b.Duties.Cancel(b.People["office"], d.ID, d.Version, duties.CancelDutyInput{Reason: "任务取消"})
	must(t, err)
	if waits(t, b, "office", "pass") {
		t.Error("a withdrawn duty still waits for a signature")
	}
}
