package duty_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
	"github.com/duban-gov/duban/internal/workday"
)

func on(today, due, wanted string) tr.Circumstances {
	c := tr.Circumstances{Today: workday.MustDate(today)}
	if due != "" {
		c.Due = workday.MustDate(due)
	}
	if wanted != "" {
		c.New = workday.MustDate(wanted)
	}
	return c
}

func TestRequestExtension(t *testing.T) {
	cases := []struct {
		name string
		c    tr.Circumstances
		want string
	}{
		{"well_before_the_due_date", on("2017-06-01", "2017-06-30", "2017-07-31"), ""},
		{"on_the_due_date_itself", on("2017-06-30", "2017-06-30", "2017-07-01"), ""},
		{"a_day_after_is_too_late", on("2017-07-01", "2017-06-30", "2017-07-31"), "extension.after_due"},
		{"no_due_date_has_nothing_to_extend", on("2017-06-01", "", "2017-07-31"), "extension.no_due"},
		{"same_date_is_no_extension", on("2017-06-01", "2017-06-30", "2017-06-30"), "due_date.not_later"},
		{"earlier_date_is_no_extension", on("2017-06-01", "2017-06-30", "2017-06-15"), "due_date.not_later"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := duty.ExtensionTable.Apply(tr.Facts[duty.ExtensionStatus]{
				Relations: tr.Holder, Given: transitiontest.Everything, Circumstances: c.c}, duty.RequestExtension)
			if got := code(err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestGrantExtension(t *testing.T) {
	cases := []struct {
		name string
		c    tr.Circumstances
		want string
	}{
		{"after_the_due_date_since_asked_in_time", on("2017-07-03", "2017-06-30", "2017-07-31"), ""},
		{"a_date_already_past_is_refused", on("2017-07-03", "2017-06-30", "2017-07-01"), "due_date.past"},
		{"not_later_than_the_present_date_is_refused", on("2017-06-01", "2017-06-30", "2017-06-30"), "due_date.not_later"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := duty.ExtensionTable.Apply(tr.Facts[duty.ExtensionStatus]{
				Status: duty.ExtensionOpined, Given: transitiontest.Everything, Circumstances: c.c}, duty.GrantExtension)
			if got := code(err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestExtendIsOffered(t *testing.T) {
	for today, want := range map[string]string{"2017-06-30": "", "2017-07-01": "extension.after_due"} {
		facts := tr.Facts[duty.Status]{Status: duty.Active, Relations: tr.Holder, Circumstances: on(today, "2017-06-30", "")}
		for _, a := range duty.Table.Allowed(facts) {
			if a.Action != duty.Extend {
				continue
			}
			if a.Permission != "extension.request" || a.Enabled != (want == "") || a.Reason != nil && a.Reason.Code != want {
				t.Errorf("%s: got %+v", today, a)
			}
		}
	}
}

func TestEndedDuty_keeps_its_reports_and_extensions(t *testing.T) {
	ended := transitiontest.Good
	ended.Ended = true
	for _, table := range []*tr.Table[duty.ReportStatus]{duty.ProgressTable, duty.CompletionTable} {
		for _, row := range table.Rows() {
			_, _, err := transitiontest.Do(table, tr.Facts[duty.ReportStatus]{
				Status: row.From[0], Relations: row.Must, Given: transitiontest.Everything, Circumstances: ended}, row.Action)
			if code(err) != "duty.ended" {
				t.Errorf("report.%s: %v", row.Action, err)
			}
		}
	}
	for _, row := range duty.ExtensionTable.Rows() {
		_, err := duty.ExtensionTable.Apply(tr.Facts[duty.ExtensionStatus]{
			Status: row.From[0], Relations: row.Must, Given: transitiontest.Everything, Circumstances: ended}, row.Action)
		if code(err) != "duty.ended" {
			t.Errorf("extension.%s: %v", row.Action, err)
		}
	}
}

// code is the code of a refusal, of its field where it has one; "" for none.
func code(err error) string {
	f := fault.As(err)
	switch {
	case err == nil:
		return ""
	case f != nil && len(f.Fields) > 0:
		return f.Fields[0].Code
	}
	return fault.CodeOf(err)
}
