package duties_test

import (
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
)

// correct corrects a confirmed report to another progress and takes the correction past the reviewers.
func (b *bureau) correct(t *testing.T, r duties.Report, progress int) duties.Report {
	t.Helper()
	c, err := b.Duties.CorrectReport(b.People["clerk1"], r.ID, r.Version, duties.CorrectReportInput{Reason: "数字有误"})
	must(t, err)
	if c.Status != duty.ReportDraft || c.CorrectsID != r.ID || c.Revision != r.Revision+1 || c.Narrative != r.Narrative {
		t.Fatalf("the correction begins as %+v", c)
	}
	c, err = b.Duties.EditReport(b.People["clerk1"], c.ID, c.Version, duties.SaveReportInput{Kind: "progress", Progress: progress, Narrative: c.Narrative})
	must(t, err)
	c, err = b.Duties.SubmitReport(b.People["clerk1"], c.ID, c.Version)
	must(t, err)
	_, err = b.Duties.ReviewReport(b.People["clerk1"], c.ID, c.Version)
	wantCode(t, err, "forbidden")
	c, err = b.Duties.ReviewReport(b.People["head1"], c.ID, c.Version)
	must(t, err)
	c, err = b.Duties.ConfirmReport(b.People["office"], c.ID, c.Version)
	must(t, err)
	return c
}

func (b *bureau) progress(t *testing.T, id duties.Duty) int {
	t.Helper()
	d, err := b.Duties.Get(b.People["office"], id.ID)
	must(t, err)
	return d.Progress
}

func TestCorrectReport_moves_by_the_difference_and_keeps_the_old_version(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	first := b.report(t, d, duty.Progress, 3000, true)
	_, err := b.Duties.CorrectReport(b.People["clerk1"], first.ID, first.Version, duties.CorrectReportInput{})
	wantField(t, err, "body.reason", "required")
	again := b.correct(t, first, 2000)
	if got := b.progress(t, d); got != 2000 {
		t.Errorf("progress %d after the correction, want 2000", got)
	}
	b.agree(t) // task and plan moved with it

	old, err := b.Duties.Report(b.People["office"], first.ID)
	must(t, err)
	if old.Progress != 3000 || old.Status != duty.ReportConfirmed || old.CorrectedByID != again.ID || offers(old, "correct") {
		t.Errorf("the old version reads %+v", old)
	}
	_, err = b.Duties.CorrectReport(b.People["clerk1"], first.ID, first.Version, duties.CorrectReportInput{Reason: "再改"})
	wantCode(t, err, "report.corrected")

	b.Clock.Advance(time.Hour)
	newer := b.report(t, d, duty.Progress, 6000, true)
	third := b.correct(t, again, 1000)
	if got := b.progress(t, d); got != 6000 {
		t.Errorf("a correction of an older report set the progress to %d, want 6000 of the newest", got)
	}
	b.correct(t, newer, 5500)
	if got := b.progress(t, d); got != 5500 || third.Revision != 3 {
		t.Errorf("progress %d, revision %d; want 5500 and 3", got, third.Revision)
	}
	b.agree(t)
}

func offers(r duties.Report, action string) bool {
	for _, a := range r.AllowedActions {
		if a.Action == action && a.Enabled {
			return true
		}
	}
	return false
}
