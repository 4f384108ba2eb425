package rules_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/step"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rules"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// bench is a house with the services up to rules.
type bench struct {
	*testkit.House
	t       *testing.T
	watches *watches.Service
	rules   *rules.Service
}

func newBench(t *testing.T) *bench {
	t.Helper()
	kit := testkit.New(t)
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	w := watches.New(kit.Store, kit.Gate, kit.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: shanghai}, nil)
	r, err := rules.New(kit.Store, kit.Gate, kit.Log, w, policies.Rules, "rules")
	must(t, err)
	return &bench{House: kit.NewHouse("岚"), t: t, watches: w, rules: r}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b *bench) at(date string, hour int) {
	b.Clock.Set(workday.MustDate(date).Start(shanghai).Add(time.Duration(hour) * time.Hour))
}

func (b *bench) write(do func(ctx context.Context, tx *ent.Tx) error) {
	b.t.Helper()
	must(b.t, b.Store.Write(access.System(b.t.Context(), "test"), do))
}

func (b *bench) check() {
	b.t.Helper()
	_, err := b.watches.Check(access.System(b.t.Context(), "deadlines"), 0)
	must(b.t, err)
}

// start begins the clock of one duty of the university.
func (b *bench) start(due string) ident.ID {
	b.t.Helper()
	id := b.Store.NewID()
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		today := b.watches.Today()
		return b.watches.Start(ctx, tx, watches.Clock{Subject: ladder.OnDuty, AuthorityID: b.Authority, LeaderID: b.Leader.ID, Start: today,
			Due: workday.MustDate(due), SignBy: b.watches.SignTerm(b.Authority, today)},
			[]watches.Holder{{SubjectID: id, UnitID: b.University.ID, UnitPath: b.University.Path}})
	})
	return id
}

// changed is the ladder of duties as shipped with some lines replaced, as a version.
func changed(t *testing.T, version int, pairs ...string) string {
	t.Helper()
	raw, err := policies.Rules.ReadFile("rules/ladder-duty.yaml")
	must(t, err)
	text := strings.Replace(string(raw), "version: 1\n", fmt.Sprintf("version: %d\n", version), 1)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the shipped ladder has no %q", pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

func (b *bench) propose(content, from string) rules.RuleVersion {
	b.t.Helper()
	v, err := b.rules.Propose(b.Acting(b.Office), rules.ProposeRuleInput{Content: content, AppliesFrom: workday.MustDate(from)})
	must(b.t, err)
	return v
}

func (b *bench) taken(id ident.ID) string {
	b.t.Helper()
	rows, err := b.Store.Read().Step.Query().Where(step.SubjectID(id), step.SubjectEQ(ladder.OnDuty)).Order(step.ByPlannedAt(), step.ByID()).All(b.t.Context())
	must(b.t, err)
	words := make([]string, len(rows))
	for i, r := range rows {
		words[i] = fmt.Sprintf("%s by %s on %s", r.RuleStep, r.Rule, workday.DateOf(r.PlannedAt, shanghai))
	}
	return strings.Join(words, "; ")
}

func TestApprove_lets_a_version_apply_from_its_day_and_keeps_the_past(t *testing.T) {
	b := newBench(t)
	b.at("2017-03-06", 9)
	id := b.start("2017-10-09")
	b.write(func(ctx context.Context, tx *ent.Tx) error { return b.watches.Signed(ctx, tx, ladder.OnDuty, id) })
	b.at("2017-09-22", 8)
	b.check() // remind_7
	v := b.propose(changed(t, 2, "offset: -3, unit: workday", "offset: -2, unit: workday"), "2017-09-25")
	if _, err := b.rules.Approve(b.Acting(b.Office), v.ID, v.Version, rules.DecideRuleInput{}); fault.CodeOf(err) != "separation.author" {
		t.Fatalf("whoever proposed approves: %v", err)
	}
	v, err := b.rules.Approve(b.Acting(b.Leader), v.ID, v.Version, rules.DecideRuleInput{})
	must(t, err)
	if v.Status != ladder.VersionApproved || v.DecidedByID != b.Leader.ID {
		t.Errorf("after the approval: %+v", v)
	}
	for day := workday.MustDate("2017-09-23"); !day.After(workday.MustDate("2017-10-09")); day = day.AddDays(1) {
		b.Clock.Set(day.Start(shanghai).Add(8 * time.Hour))
		b.check()
	}
	want := "remind_7 by duty.default@1 on 2017-09-22; remind_3 by duty.default@2 on 2017-09-29; remind_1 by duty.default@2 on 2017-09-30; due by duty.default@2 on 2017-10-09"
	if got := b.taken(id); got != want {
		t.Errorf("steps %s\nwant  %s", got, want)
	}
	why, err := b.watches.Why(t.Context(), ladder.OnDuty, id)
	must(t, err)
	if why.RuleSet != "duty.default" || why.RuleVersion != 2 || why.Rule != "near" || why.When != "from: T-7 day" || why.NextLight != ladder.Red || why.NextOn.String() != "2017-10-10" {
		t.Errorf("the light is explained by %+v", why)
	}
}

func TestPropose_refuses(t *testing.T) {
	b := newBench(t)
	b.at("2017-03-06", 9)
	b.propose(changed(t, 3), "2017-04-01")
	for name, c := range map[string]struct{ content, from, code string }{
		"a version in force":      {changed(t, 1), "2017-04-01", "rules.version_not_higher"},
		"one that waits already":  {changed(t, 3), "2017-04-01", "rules.version_taken"},
		"a day that has begun":    {changed(t, 4), "2017-03-06", "rules.not_later"},
		"a file with faults":      {strings.Replace(changed(t, 4), "red", "blue", 1), "2017-04-01", "input.invalid"},
		"no day at all":           {changed(t, 4), "", "input.invalid"},
		"a file that is no rules": {"hello", "2017-04-01", "input.invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			in := rules.ProposeRuleInput{Content: c.content}
			if c.from != "" {
				in.AppliesFrom = workday.MustDate(c.from)
			}
			if _, err := b.rules.Propose(b.Acting(b.Office), in); fault.CodeOf(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

// TestTest_prints_exactly_what_would_have_differed goes through a year with an extension, a report, a sign-for and a close-out.
func TestTest_prints_exactly_what_would_have_differed(t *testing.T) {
	b := newBench(t)
	b.at("2017-03-06", 9)
	moved, closed := b.start("2017-06-30"), b.start("2017-09-29")
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		for _, id := range []ident.ID{moved, closed} {
			if err := b.watches.Signed(ctx, tx, ladder.OnDuty, id); err != nil {
				return err
			}
		}
		return nil
	})
	b.days("2017-03-06", "2017-06-26")
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := b.watches.Move(ctx, tx, ladder.OnDuty, moved, watches.Due{Date: workday.MustDate("2017-08-31"), Reason: "流标"})
		return err
	})
	b.days("2017-06-26", "2017-09-25")
	b.write(func(ctx context.Context, tx *ent.Tx) error { return b.watches.Stop(ctx, tx, ladder.OnDuty, closed) })
	b.days("2017-09-25", "2017-10-20")

	in := rules.TestRuleInput{Content: changed(t, 2, "offset: -3, unit: workday", "offset: -2, unit: workday", "offset: -7, unit: day", "offset: -10, unit: day"),
		From: workday.MustDate("2017-03-06"), To: workday.MustDate("2017-10-20")}
	got, err := b.rules.Test(b.Acting(b.Office), in)
	must(t, err)
	var lines []string
	for _, d := range got.Items {
		lines = append(lines, fmt.Sprintf("%s %s %s%s: %s → %s", d.On, map[ident.ID]string{moved: "moved", closed: "closed"}[d.SubjectID], d.Step, until(d), effect(d.Old), effect(d.New)))
	}
	want := []string{
		"2017-06-20 moved  until 2017-06-22: green → yellow", // ten days before 30 June, instead of seven
		"2017-08-21 moved  until 2017-08-23: green → yellow", // and again before the new date
		"2017-08-28 moved duty.remind_3: 2017-08-28 → 2017-08-29",
		"2017-09-19 closed  until 2017-09-21: green → yellow",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("differences:\n%s\nwant:\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got.Objects != 2 || got.Differing != 2 || got.Steps != 1 || got.Lights != 3 || got.Unexplained != 0 {
		t.Errorf("%+v", got)
	}
	again, err := b.rules.Test(b.Acting(b.Office), in)
	must(t, err)
	if fmt.Sprint(again.Objects, len(again.Items)) != fmt.Sprint(got.Objects, len(got.Items)) {
		t.Error("asked again, it answers otherwise")
	}
	none, err := b.rules.Test(b.Acting(b.Office), rules.TestRuleInput{Content: changed(t, 2), From: in.From, To: in.To})
	must(t, err)
	if none.Differing != 0 {
		t.Errorf("the same rules differ: %+v", none.Items)
	}
}

// days lets days pass with a check in each of their mornings.
func (b *bench) days(from, until string) {
	for day := workday.MustDate(from); day.Before(workday.MustDate(until)); day = day.AddDays(1) {
		if at := day.Start(shanghai).Add(8 * time.Hour); at.After(b.Store.Now()) {
			b.Clock.Set(at)
		}
		b.check()
	}
	b.at(until, 8)
}

func until(d rules.RuleDifference) string {
	if d.Until.IsZero() {
		return ""
	}
	return " until " + d.Until.String()
}

func effect(e *rules.RuleEffect) string {
	switch {
	case e == nil:
		return "-"
	case e.Light != "":
		return string(e.Light)
	}
	return e.On.String()
}
