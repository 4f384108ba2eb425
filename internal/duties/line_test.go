package duties_test

import (
	"context"
	"errors"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code || err == nil {
		t.Fatalf("got %v, want %s", err, code)
	}
}

// wantField expects one bad field with a code.
func wantField(t *testing.T, err error, location, code string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) == 0 || f.Fields[0].Location != location || f.Fields[0].Code != code {
		t.Fatalf("got %v, want %s: %s", err, location, code)
	}
}

func TestLine(t *testing.T) {
	b := newBureau(t, 2)
	d := b.first("clerk1")
	if d.Status != duty.Assigned || d.Light != ladder.Green || d.SignBy != workday.MustDate("2017-03-08") {
		t.Fatalf("dispatched as %+v", d)
	}
	d, err := b.Duties.Accept(b.People["clerk1"], d.ID, d.Version)
	must(t, err)
	if d.Status != duty.Active || d.AcceptedAt.IsZero() {
		t.Fatalf("accepted as %+v", d)
	}
	b.report(t, d, duty.Progress, 4000, true)
	d, err = b.Duties.Get(b.People["office"], d.ID)
	must(t, err)
	if d.Progress != 4000 {
		t.Errorf("progress %d after confirmation, want 4000", d.Progress)
	}
	r := b.report(t, d, duty.Completion, 10000, false)
	d, err = b.Duties.Get(b.People["inspector"], d.ID)
	must(t, err)
	if d.Status != duty.Review || d.CompletionID != r.ID {
		t.Fatalf("after review of the completion request: %+v", d)
	}
	d, err = b.Duties.Close(b.People["inspector"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	must(t, err)
	if d.Status != duty.Closed || d.Light != ladder.Done || d.Progress != 10000 {
		t.Fatalf("closed as %+v", d)
	}
	b.agree(t)
	d, err = b.Duties.Reopen(b.People["inspector"], d.ID, d.Version, duties.ReopenDutyInput{Reason: "反弹"})
	must(t, err)
	if d.Status != duty.Active || d.Light != ladder.Green {
		t.Fatalf("reopened as %+v", d)
	}
	b.agree(t)
}

// report walks a report of unit 1 up to the unit head, and with confirm up to the office.
func (b *bureau) report(t *testing.T, d duties.Duty, kind duty.ReportKind, progress int, confirm bool) duties.Report {
	t.Helper()
	r, err := b.Duties.SaveReport(b.People["clerk1"], d.ID, duties.SaveReportInput{Kind: string(kind), Progress: progress, Narrative: "已完成"})
	must(t, err)
	r, err = b.Duties.SubmitReport(b.People["clerk1"], r.ID, r.Version)
	must(t, err)
	r, err = b.Duties.ReviewReport(b.People["head1"], r.ID, r.Version)
	must(t, err)
	if confirm {
		r, err = b.Duties.ConfirmReport(b.People["office"], r.ID, r.Version)
		must(t, err)
	}
	return r
}

// agree expects the maintained figures to be what a full count gives.
func (b *bureau) agree(t *testing.T) {
	t.Helper()
	checked, err := b.Duties.CheckFigures(b.system("counters"))
	must(t, err)
	if checked.Wrong != 0 {
		t.Errorf("%d maintained figures differ from a full count", checked.Wrong)
	}
}

func (b *bureau) system(name string) context.Context { return access.System(b.T.Context(), name) }
