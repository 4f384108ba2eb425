package ledgers_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

// questions are asked of the present and later of the past.
var questions = []string{"是:全部", "", "灯:逾期", "状态:承办", "余<30", "单位:岚山大学", "催办>0", "是:延过期,已结", "未报>20", "进度>30"}

// photo is what a person saw at an instant: the whole ledger, and the rows that fitted each question.
type photo struct {
	at     time.Time
	who    string
	rows   []ledgers.LedgerRow
	fitted map[string][]ident.ID
}

// whole reads all pages of a question.
func (o *office) whole(t *testing.T, who, text string, at time.Time) []ledgers.LedgerRow {
	t.Helper()
	rows, after := []ledgers.LedgerRow{}, ""
	for {
		page, err := o.Ledgers.List(o.Actors[who], ledgers.LedgerQuery{Text: text, AsOf: at, After: after, Limit: 5})
		must(t, err)
		for _, row := range page.Items {
			row.AllowedActions = nil // nobody acts in the past
			rows = append(rows, row)
		}
		if after = page.Next; after == "" {
			return rows
		}
	}
}

func (o *office) photo(t *testing.T, who string, at time.Time) photo {
	t.Helper()
	p := photo{at: o.Store.Now(), who: who, rows: o.whole(t, who, questions[0], at), fitted: map[string][]ident.ID{}}
	if !at.IsZero() {
		p.at = at
	}
	for _, text := range questions {
		for _, row := range o.whole(t, who, text, at) {
			p.fitted[text] = append(p.fitted[text], row.ID)
		}
	}
	return p
}

// TestPast_is_what_was_seen acts at random through a year, takes photographs of the ledger, and later asks for each moment again.
func TestPast_is_what_was_seen(t *testing.T) {
	for seed := range uint64(2) {
		o, lit := newOffice(t), 0 // rows that say since when they show their light
		random := rand.New(rand.NewPCG(seed, 7))
		var album []photo
		for range 40 {
			for range 1 + random.IntN(3) {
				o.act(random)
			}
			if random.IntN(3) == 0 {
				o.check()
			}
			album = append(album, o.photo(t, []string{"office", "leader"}[random.IntN(2)], time.Time{}))
			o.Clock.Advance(time.Duration(1+random.IntN(4*24*60)) * time.Minute)
		}
		for i, was := range album {
			got := o.photo(t, was.who, was.at)
			lit += forgetRules(was.rows, got.rows)
			if diff := cmp.Diff(was.rows, got.rows, cmp.Comparer(func(a, b workday.Date) bool { return a == b })); diff != "" {
				t.Fatalf("seed %d, photograph %d of %s: %s", seed, i, was.at, diff)
			}
			if diff := cmp.Diff(was.fitted, got.fitted); diff != "" {
				t.Fatalf("seed %d, photograph %d of %s: %s", seed, i, was.at, diff)
			}
		}
		o.compareAlbum(t, album)
		if pasts := o.Store.Read().DutyPast.Query().CountX(t.Context()); pasts < 20 {
			t.Errorf("seed %d: only %d changes in a year", seed, pasts)
		}
		if lit < 20 {
			t.Errorf("seed %d: only %d lights with their day", seed, lit)
		}
	}
}

// forgetRules takes out what the history of lights does not keep: the rule, which may become another one while the light stays (the
// past names the rule that lit it), and the day of a light that had not changed yet. It counts the rows that have their day still,
// which has to be the one that was shown.
func forgetRules(was, got []ledgers.LedgerRow) int {
	lit := 0
	for i := range min(len(was), len(got)) {
		if got[i].LightSince.IsZero() {
			was[i].LightSince = time.Time{}
		} else {
			lit++
		}
		was[i].LightRule, got[i].LightRule = "", ""
	}
	return lit
}

// compareAlbum compares the present with some photographs.
func (o *office) compareAlbum(t *testing.T, album []photo) {
	t.Helper()
	for i := 0; i < len(album); i += 9 {
		was := map[ident.ID]ledgers.LedgerRow{}
		for _, row := range album[i].rows {
			was[row.ID] = row
		}
		page, err := o.Ledgers.List(o.Actors["office"], ledgers.LedgerQuery{Text: "是:全部", Since: album[i].at, Limit: 200})
		must(t, err)
		sum := map[string]int{}
		for _, row := range page.Items {
			sum[row.Was.Change]++
			old, had := was[row.ID]
			switch {
			case !had && row.Was.Change != "added":
				t.Fatalf("a new row is called %s", row.Was.Change)
			case had && (row.Was.DueDate != old.DueDate || row.Was.Status != old.Status || row.Was.Light != old.Light || row.Was.UnitID != old.UnitID || row.Was.Progress != old.Progress):
				t.Fatalf("compared with %+v, was %+v", row.Was, old)
			case had && old.DueDate != row.DueDate && row.Was.Change != "moved":
				t.Fatalf("a moved row is called %s", row.Was.Change)
			}
		}
		counts, err := o.Ledgers.Changes(o.Actors["office"], ledgers.LedgerQuery{Text: "是:全部", Since: album[i].at})
		must(t, err)
		if counts.Added != sum["added"] || counts.Moved != sum["moved"] || counts.Changed != sum["changed"] || counts.Same != sum["same"] {
			t.Fatalf("counts %+v, rows %v", counts, sum)
		}
	}
}

// act does something to a duty; what the state does not allow is refused and changes nothing.
func (o *office) act(random *rand.Rand) {
	ids := o.Store.Read().Duty.Query().IDsX(o.T.Context())
	d, err := o.Duties.Get(o.Actors["office"], ids[random.IntN(len(ids))])
	must(o.T, err)
	holder := map[ident.ID]string{o.University.ID: "clerk", o.School.ID: "school", o.Bureau.ID: "bureau"}[d.UnitID]
	if holder == "" {
		holder = "clerk"
	}
	who := o.Actors[holder]
	acts := []func() error{
		func() error { _, err := o.Duties.Accept(who, d.ID, d.Version); return err },
		func() error { _, err := o.Duties.Accept(who, d.ID, d.Version); return err },
		func() error {
			_, err := o.Duties.Return(who, d.ID, d.Version, duties.ReturnDutyInput{Reason: "非我单位职责"})
			return err
		},
		func() error {
			_, err := o.Duties.Insist(o.Actors["office"], d.ID, d.Version, duties.InsistDutyInput{Reason: "维持"})
			return err
		},
		func() error {
			to := []testkit.Place{o.University, o.School, o.Bureau}[random.IntN(3)]
			_, err := o.Duties.Reassign(o.Actors["office"], d.ID, d.Version, duties.ReassignDutyInput{UnitID: to.ID, Reason: "职责调整"})
			return err
		},
		func() error {
			if random.IntN(6) > 0 {
				return nil
			}
			_, err := o.Duties.Cancel(o.Actors["office"], d.ID, d.Version, duties.CancelDutyInput{Reason: "取消"})
			return err
		},
		func() error {
			_, err := o.Duties.Urge(o.Actors["inspector"], d.ID, duties.UrgeDutyInput{Content: "请抓紧"})
			return err
		},
		func() error { return o.reportOn(d, "progress", random.IntN(10000)) },
		func() error { return o.reportOn(d, "completion", 10000) },
		func() error {
			_, err := o.Duties.Close(o.Actors["inspector"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
			return err
		},
		func() error {
			_, err := o.Duties.SendBack(o.Actors["inspector"], d.ID, d.Version, duties.SendBackDutyInput{Reason: "不全"})
			return err
		},
		func() error {
			_, err := o.Duties.Reopen(o.Actors["inspector"], d.ID, d.Version, duties.ReopenDutyInput{Reason: "反弹"})
			return err
		},
		func() error { return o.extend(d, random.IntN(90)) },
		func() error {
			var err error
			o.write(func(ctx context.Context, tx *ent.Tx) error {
				_, err = o.Duties.RedateTask(access.With(ctx, must2(access.From(o.Actors["office"]))), tx, d.TaskID, d.DueDate.AddDays(random.IntN(20)-5), "调整")
				return nil
			})
			return err
		},
		func() error { o.task("新", "新下达任务", "2017-11-30", o.School, o.Bureau); return nil },
	}
	_ = acts[random.IntN(len(acts))]() // refused acts are part of the game
}

func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// reportOn walks a report up to the unit head and, if it is of progress, to the office; only the university has a head.
func (o *office) reportOn(d duties.Duty, kind string, progress int) error {
	clerk, head := o.Actors["clerk"], o.Actors["head"]
	r, err := o.Duties.SaveReport(clerk, d.ID, duties.SaveReportInput{Kind: kind, Progress: progress, Narrative: "进展" + d.TaskTitle})
	if err != nil {
		return err
	}
	if r, err = o.Duties.SubmitReport(clerk, r.ID, r.Version); err != nil {
		return err
	}
	if r, err = o.Duties.ReviewReport(head, r.ID, r.Version); err != nil || kind == "completion" {
		return err
	}
	_, err = o.Duties.ConfirmReport(o.Actors["office"], r.ID, r.Version)
	return err
}

func (o *office) extend(d duties.Duty, days int) error {
	e, err := o.Duties.RequestExtension(o.Actors["clerk"], d.ID, duties.RequestExtensionInput{DueDate: d.DueDate.AddDays(1 + days), Reason: "流标"})
	if err != nil {
		return err
	}
	if e, err = o.Duties.OpineExtension(o.Actors["office"], e.ID, e.Version, duties.OpineExtensionInput{Text: "属实"}); err != nil {
		return err
	}
	_, err = o.Duties.GrantExtension(o.Actors["leader"], e.ID, e.Version, duties.GrantExtensionInput{DueDate: d.DueDate.AddDays(1 + days)})
	return err
}

func TestPast_of_one_duty(t *testing.T) {
	o := newOffice(t)
	d := o.first(t, "clerk", "任务:信息公开")
	born := o.Store.Now()
	o.Clock.Advance(time.Hour)
	before := o.Store.Now()
	o.Clock.Advance(time.Hour)
	_, err := o.Duties.Accept(o.Actors["clerk"], d.ID, d.Version)
	must(t, err)
	o.Clock.Advance(time.Hour)
	was, err := o.Ledgers.Then(o.Actors["clerk"], d.ID, before)
	must(t, err)
	if was.Status != "assigned" || was.Version != 1 || len(was.AllowedActions) != 0 {
		raw, _ := json.Marshal(was)
		t.Errorf("before it was signed for: %s", raw)
	}
	if is, err := o.Ledgers.Then(o.Actors["clerk"], d.ID, o.Store.Now()); err != nil || is.Status != "active" {
		t.Errorf("now: %+v, %v", is.Status, err)
	}
	if _, err := o.Ledgers.Then(o.Actors["clerk"], d.ID, born.Add(-time.Minute)); err == nil {
		t.Error("it was there before it was dispatched")
	}
	if _, err := o.Ledgers.Then(o.Actors["bureau"], d.ID, before); err == nil {
		t.Error("another unit sees the past of what it may not see")
	}
}
