package deeds_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/deeds"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/testkit/stage"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// office is a stage on which people work.
type office struct{ *stage.Stage }

func open(t *testing.T) *office { return &office{stage.New(t)} }

// accept signs for a duty and passes a minute.
func (o *office) accept(who testkit.Person, id ident.ID) {
	o.T.Helper()
	o.Clock.Advance(time.Minute)
	d, err := o.App.Duties.Get(o.Acting(who), id)
	o.Must(err)
	_, err = o.App.Duties.Accept(o.Acting(who), id, d.Version)
	o.Must(err)
}

// extend asks for more time and passes a minute.
func (o *office) extend(who testkit.Person, id ident.ID) {
	o.T.Helper()
	o.Clock.Advance(time.Minute)
	progress := 4000
	_, err := o.App.Duties.RequestExtension(o.Acting(who), id, duties.RequestExtensionInput{DueDate: workday.MustDate("2017-11-30"), Reason: "设备到货推迟", Progress: &progress})
	o.Must(err)
}

func (o *office) done(who testkit.Person, in deeds.DoneQuery) deeds.DonePage {
	o.T.Helper()
	page, err := o.App.Deeds.Done(o.Acting(who), in)
	o.Must(err)
	return page
}

// acts are the rows of a page in short.
func acts(page deeds.DonePage) []string {
	list := []string{}
	for _, i := range page.Items {
		list = append(list, i.Subject+"."+i.Action)
	}
	return list
}

func (o *office) said(what string, got []string, want ...string) {
	o.T.Helper()
	if !slices.Equal(got, want) {
		o.T.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestDone_has_one_row_for_each_object_with_the_latest_act_newest_first(t *testing.T) {
	o := open(t)
	first, second := o.Duty("2017-10-09", o.University), o.Duty("2017-10-10", o.University)
	o.accept(o.Head, first)
	o.accept(o.Head, second)
	o.extend(o.Head, first)
	page := o.done(o.Head, deeds.DoneQuery{})
	o.said("rows", acts(page), "duty.extension.request", "duty.accept")
	row := page.Items[0]
	if row.SubjectID != first || row.Title != "1.推进信息公开" || row.UnitName != o.University.Name || row.Status != "active" || !row.Readable || !row.At.Equal(o.Store.Now()) {
		t.Errorf("got %+v", row)
	}
	if page.Items[1].SubjectID != second || page.Next != "" {
		t.Errorf("got %+v", page)
	}
}

func TestDone_shows_nobody_elses_acts_and_none_of_the_program(t *testing.T) {
	o := open(t)
	id := o.Duty("2017-10-09", o.University) // dispatched by the program
	o.accept(o.Head, id)
	o.On("2017-11-06")
	o.Must(o.Check(o.App)) // the ladder takes its steps
	for _, who := range []testkit.Person{o.Clerk, o.Leader, o.Office, o.Inspector} {
		o.said(who.Name, acts(o.done(who, deeds.DoneQuery{})))
	}
	o.said(o.Head.Name, acts(o.done(o.Head, deeds.DoneQuery{})), "duty.accept")
}

func TestDone_leaves_out_sign_ins_and_what_follows_from_another_act(t *testing.T) {
	o := open(t)
	id := o.Duty("2017-10-09", o.University)
	_, err := o.App.Instructions.Give(o.Acting(o.Leader), instructions.GiveInstructionInput{Subject: supervise.OnDuty, SubjectID: id, Text: "请抓紧办理"})
	o.Must(err)
	o.Write(func(_ context.Context, tx *ent.Tx) error {
		_, err := o.Log.Append(o.Acting(o.Leader), tx, timeline.Entry{AuthorityID: o.Authority, Subject: "user", SubjectID: o.Leader.ID, Action: "sign_in"})
		return err
	})
	page := o.done(o.Leader, deeds.DoneQuery{})
	o.said("the leader", acts(page), "instruction.give")
	if page.Items[0].Title != "1.推进信息公开" || page.Items[0].Status != string(supervise.InstructionOpen) {
		t.Errorf("got %+v", page.Items[0])
	}
}

func TestDone_says_nothing_of_what_may_be_read_no_more(t *testing.T) {
	o := open(t)
	id := o.Duty("2017-10-09", o.University)
	o.Clock.Advance(time.Minute)
	d, err := o.App.Duties.Return(o.Acting(o.Head), id, 1, duties.ReturnDutyInput{Reason: "不属本单位职责"})
	o.Must(err)
	_, err = o.App.Duties.Reassign(o.Acting(o.Office), id, d.Version, duties.ReassignDutyInput{UnitID: o.Bureau.ID, Reason: "职责调整"})
	o.Must(err)
	got := o.done(o.Head, deeds.DoneQuery{}).Items
	if len(got) != 1 || got[0].Action != "return" || got[0].SubjectID != id {
		t.Fatalf("got %+v", got)
	}
	if r := got[0]; r.Readable || r.Title != "" || r.UnitName != "" || r.Status != "" {
		t.Errorf("it betrays %+v", r)
	}
	if r := o.done(o.Office, deeds.DoneQuery{}).Items[0]; !r.Readable || r.UnitName != o.Bureau.Name || r.Action != "reassign" {
		t.Errorf("the office sees %+v", r)
	}
}

func TestDone_names_whom_a_deputy_stood_in_for(t *testing.T) {
	o := open(t)
	deputy := o.Hire("代办人", o.Head.Post.Role, o.University)
	o.Write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Post.UpdateOneID(deputy.Post.ID).SetActingForID(o.Head.ID).Exec(ctx)
	})
	deputy.Post.ActingForID = o.Head.ID
	o.accept(deputy, o.Duty("2017-10-09", o.University))
	own := o.Duty("2017-10-09", o.University)
	o.accept(o.Head, own)
	if got := o.done(deputy, deeds.DoneQuery{}).Items; len(got) != 1 || got[0].ActingFor != o.Head.Name {
		t.Errorf("got %+v", got)
	}
	if got := o.done(o.Head, deeds.DoneQuery{}).Items; len(got) != 1 || got[0].SubjectID != own || got[0].ActingFor != "" {
		t.Errorf("the head's own: %+v", got)
	}
}

func TestDone_pages_through_every_object_once(t *testing.T) {
	o := open(t)
	var want []ident.ID
	for range 7 {
		id := o.Duty("2017-10-09", o.University)
		o.accept(o.Head, id)
		want = append(want, id)
	}
	o.extend(o.Head, want[0])
	want = append(want[1:], want[0])
	slices.Reverse(want)
	var got []ident.ID
	in := deeds.DoneQuery{Limit: 3}
	for {
		page := o.done(o.Head, in)
		for _, item := range page.Items {
			got = append(got, item.SubjectID)
		}
		if in.After = page.Next; in.After == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDone_counts_days_by_the_calendar_of_the_authority(t *testing.T) {
	o := open(t)
	late, early := o.Duty("2017-10-09", o.University), o.Duty("2017-10-09", o.University)
	o.Clock.Set(time.Date(2017, 3, 6, 15, 58, 0, 0, time.UTC)) // 23:58 on the 6th
	o.accept(o.Head, late)
	o.accept(o.Head, early) // midnight: the 7th
	o.Clock.Advance(24 * time.Hour)
	o.extend(o.Head, late) // the 8th
	day := func(from, to string) deeds.DoneQuery {
		in := deeds.DoneQuery{}
		if from != "" {
			in.From = workday.MustDate(from)
		}
		if to != "" {
			in.To = workday.MustDate(to)
		}
		return in
	}
	o.said("on the 6th", acts(o.done(o.Head, day("2017-03-06", "2017-03-06"))), "duty.accept")
	o.said("on the 7th", acts(o.done(o.Head, day("2017-03-07", "2017-03-07"))), "duty.accept")
	o.said("from the 7th", acts(o.done(o.Head, day("2017-03-07", ""))), "duty.extension.request", "duty.accept")
	o.said("up to the 7th", acts(o.done(o.Head, day("", "2017-03-07"))), "duty.accept", "duty.accept")
	o.said("from the 9th", acts(o.done(o.Head, day("2017-03-09", ""))))
	o.said("plans", acts(o.done(o.Head, deeds.DoneQuery{Subject: "plan"})))
	o.said("duties", acts(o.done(o.Head, deeds.DoneQuery{Subject: "duty"})), "duty.extension.request", "duty.accept")
}

func TestDone_refuses_what_makes_no_sense(t *testing.T) {
	o := open(t)
	for code, in := range map[string]deeds.DoneQuery{
		"access.subject": {Subject: "urge"},
		"cursor":         {After: "x"},
		"done.reversed":  {From: workday.MustDate("2017-03-07"), To: workday.MustDate("2017-03-06")},
	} {
		_, err := o.App.Deeds.Done(o.Acting(o.Head), in)
		o.Refused(err, code)
	}
	_, err := o.App.Deeds.Done(o.Acting(o.SystemAdmin), deeds.DoneQuery{})
	o.Refused(err, "forbidden")
}

func TestDone_takes_as_many_statements_for_a_long_page_as_for_a_short_one(t *testing.T) {
	if os.Getenv("TEST_POSTGRES_URL") != "" {
		t.Skip("statements are counted on SQLite")
	}
	o := open(t)
	for range 12 {
		o.accept(o.Head, o.Duty("2017-10-09", o.University))
	}
	count := func(limit int) int64 {
		before := o.App.Store.Statements()
		if got := len(o.done(o.Head, deeds.DoneQuery{Limit: limit}).Items); got != limit {
			t.Fatalf("%d rows, want %d", got, limit)
		}
		return o.App.Store.Statements() - before
	}
	if short, long := count(1), count(12); short != long || long > 5 {
		t.Errorf("%d statements for one row, %d for twelve, want the same and at most 5", short, long)
	}
}
