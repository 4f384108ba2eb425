package plans_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/ent/step"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

// planned reads a plan's whole dry run, in small pages: one line for each step, with the day, the object and the people; and one for
// each reminder of a report, which is one message to the people of all units of a task.
func (h *house) planned(t *testing.T, planID ident.ID, limit int) (lines []string) {
	t.Helper()
	reminders := map[string][]string{}
	for after := ""; ; {
		run, err := h.plans.DryRun(h.office(), planID, after, limit)
		must(t, err)
		for _, m := range run.Items {
			people := []string{}
			for _, r := range m.Recipients {
				people = append(people, r.UserID.String())
			}
			slices.Sort(people)
			if m.Ladder == "report" {
				key := fmt.Sprintf("%s task %s report %s", m.On, m.TaskID, m.Period)
				reminders[key] = append(reminders[key], people...)
				continue
			}
			lines = append(lines, fmt.Sprintf("%s task %s unit %s %s.%s to %s", m.On, m.TaskID, m.UnitID, m.Ladder, m.Step, strings.Join(people, " ")))
		}
		if after = run.Next; after == "" {
			lines = append(lines, reached(reminders)...)
			slices.Sort(lines)
			return lines
		}
	}
}

// happened reads the same lines from the record: the steps taken, and the messages that their events sent.
func (h *house) happened(t *testing.T, planID ident.ID) (lines []string) {
	t.Helper()
	ctx, client := t.Context(), h.Store.Read()
	zone, err := time.LoadLocation("Asia/Shanghai")
	must(t, err)
	duties, err := client.Duty.Query().Where(entduty.PlanID(planID)).All(ctx)
	must(t, err)
	object := map[ident.ID]string{}
	for _, d := range duties {
		object[d.ID] = fmt.Sprintf("task %s unit %s", d.TaskID, d.UnitID)
	}
	told := map[string][]string{}
	events, err := client.Event.Query().Where(event.ActionHasPrefix("step.")).All(ctx)
	must(t, err)
	for _, e := range events {
		var after struct {
			Step string `json:"step"`
		}
		must(t, json.Unmarshal(e.After, &after))
		messages, err := client.Message.Query().Where(message.EventID(e.ID), message.ChannelEQ(message.ChannelInbox)).All(ctx)
		must(t, err)
		people := []string{}
		for _, m := range messages {
			people = append(people, m.RecipientID.String())
		}
		slices.Sort(people)
		told[e.SubjectID.String()+after.Step] = people
	}
	steps, err := client.Step.Query().Order(step.ByID()).All(ctx)
	must(t, err)
	for _, s := range steps {
		name := fmt.Sprintf("%s.%s", s.Subject, s.RuleStep)
		lines = append(lines, fmt.Sprintf("%s %s %s to %s", workday.DateOf(s.TakenAt, zone), object[s.SubjectID], name, strings.Join(told[s.SubjectID.String()+name], " ")))
	}
	lines = append(lines, h.reminded(t)...)
	slices.Sort(lines)
	return lines
}

// reached writes reminders as lines; those that reach nobody are not sent.
func reached(reminders map[string][]string) (lines []string) {
	for key, people := range reminders {
		slices.Sort(people)
		if people = slices.Compact(people); len(people) > 0 {
			lines = append(lines, key+" to "+strings.Join(people, " "))
		}
	}
	return lines
}

// reminded reads the reminders of reports from the record, until the year ends.
func (h *house) reminded(t *testing.T) (lines []string) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	must(t, err)
	events, err := h.Store.Read().Event.Query().Where(event.Action("report.remind")).All(t.Context())
	must(t, err)
	reminders := map[string][]string{}
	for _, e := range events {
		var after struct {
			Period string `json:"period"`
		}
		must(t, json.Unmarshal(e.After, &after))
		day := workday.DateOf(e.At, zone)
		if day.Year() > 2017 {
			continue
		}
		messages, err := h.Store.Read().Message.Query().Where(message.EventID(e.ID), message.ChannelEQ(message.ChannelInbox)).All(t.Context())
		must(t, err)
		key := fmt.Sprintf("%s task %s report %s", day, e.SubjectID, after.Period)
		for _, m := range messages {
			reminders[key] = append(reminders[key], m.RecipientID.String())
		}
	}
	return reached(reminders)
}

// TestDryRun_equals_the_year_in_which_nobody_acts issues the sample's plan and lets every day of its year pass, with a clerk who leaves in May
// and an acting one who comes in July: the real messages are those of the dry run, one for one.
func TestDryRun_equals_the_year_in_which_nobody_acts(t *testing.T) {
	if testkit.Race {
		t.Skip("a whole year: it runs without the race detector")
	}
	h := newHouse(t)
	office := sample.Authority(sample.Options{}).Units[1].Code
	h.hire(t, "leaves", office, "2015-01-01", "2017-05-31", false)
	h.hire(t, "acts", office, "2017-07-01", "", true)
	p := h.answered(t)
	reporting, err := h.plans.Reporting(h.office(), p.ID)
	must(t, err)
	for i, chosen := range []string{"days_1_3_7", "weekly", "none"} { // beside the default and what clauses say
		in := plans.SetReportingInput{TaskID: reporting.Items[i].TaskID, Cycle: chosen}
		reporting, err = h.plans.SetReporting(h.office(), p.ID, reporting.Version, in)
		must(t, err)
	}
	p, err = h.plans.Get(h.office(), p.ID)
	must(t, err)
	want := h.planned(t, p.ID, 77)
	if whole := h.planned(t, p.ID, 200); !slices.Equal(want, whole) {
		t.Fatalf("pages of 77 give %d lines, pages of 200 give %d", len(want), len(whole))
	}
	h.issued2(t, p)
	job := access.System(t.Context(), "deadlines")
	for range 330 {
		_, err := h.watches.Check(job, 0)
		must(t, err)
		_, err = h.reports.Check(job)
		must(t, err)
		h.Clock.Advance(24 * time.Hour)
	}
	got := h.happened(t, p.ID)
	if n := len(slices.DeleteFunc(slices.Clone(want), func(line string) bool { return !strings.Contains(line, " report ") })); n < 50 {
		t.Errorf("only %d reminders of reports foreseen: the sample should give more", n)
	}
	if len(want) < 1000 {
		t.Errorf("only %d steps foreseen: the sample should give more", len(want))
	}
	differ(t, want, got)
}

// differ reports the first lines that only one side has.
func differ(t *testing.T, want, got []string) {
	t.Helper()
	shown := 0
	say := func(side string, a, b []string) {
		in := map[string]int{}
		for _, line := range b {
			in[line]++
		}
		for _, line := range a {
			if in[line]--; in[line] < 0 && shown < 10 {
				shown++
				t.Errorf("only %s: %s", side, line)
			}
		}
	}
	say("foreseen", want, got)
	say("happened", got, want)
	if len(want) != len(got) {
		t.Errorf("%d foreseen, %d happened", len(want), len(got))
	}
}

// hire gives a new clerk of a unit a post for a period.
func (h *house) hire(t *testing.T, login, code, from, to string, acting bool) {
	t.Helper()
	must(t, h.Store.Write(access.System(t.Context(), "test"), func(ctx context.Context, tx *ent.Tx) error {
		id := h.Store.NewID()
		if err := tx.User.Create().SetID(id).SetAuthorityID(h.authority).SetLogin(login).SetName(login).SetCreatedAt(h.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		create := tx.Post.Create().SetID(h.Store.NewID()).SetAuthorityID(h.authority).SetUserID(id).SetUnitID(h.unit[code].ID).SetRole(post.UnitClerk).
			SetValidFrom(workday.MustDate(from)).SetCreatedAt(h.Store.Now())
		if to != "" {
			create.SetValidTo(workday.MustDate(to))
		}
		if acting {
			create.SetActingForID(h.Store.NewID())
		}
		return create.Exec(ctx)
	}))
}
