package ledgers_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/workday"
)

// summed are questions whose sums are compared with the facets; the last ones mean another thing on another day.
var summed = []string{"是:全部", "", "单位:岚山大学 是:全部", "灯:红,黄", "进度>30 是:全部", "余<30", "催办>0 是:全部", "时限:本月 是:全部", "是:逾期"}

// TestSummary_is_what_the_ledger_counts acts at random through a year and asks now and then for the sums of today, of a past day, and
// of a week before each: they are those that the ledger counts row by row.
func TestSummary_is_what_the_ledger_counts(t *testing.T) {
	moved := 0
	for seed := range uint64(2) {
		o := newOffice(t)
		random := rand.New(rand.NewPCG(seed, 11))
		began := o.Store.Now()
		for range 30 {
			for range 1 + random.IntN(3) {
				o.act(random)
			}
			if random.IntN(3) > 0 {
				o.check()
			}
			o.Clock.Advance(time.Duration(1+random.IntN(4*24*60)) * time.Minute)
			who := []string{"office", "leader", "head", "school"}[random.IntN(4)]
			past := time.Time{}
			if random.IntN(4) == 0 {
				past = began.Add(time.Duration(random.Int64N(int64(o.Store.Now().Sub(began)))))
			}
			if sum := o.sameSums(t, who, summed[random.IntN(len(summed))], past); sum.Count != sum.WeekAgo.Count || sum.Overdue != sum.WeekAgo.Overdue {
				moved++
			}
			o.sameSums(t, who, "是:全部", time.Time{})
		}
	}
	if moved < 10 {
		t.Errorf("only %d sums differed from those of the week before", moved)
	}
}

// sameSums compares a summary and its week before with the facets of these instants, and its lists with the rows.
func (o *office) sameSums(t *testing.T, who, text string, at time.Time) ledgers.LedgerSummary {
	t.Helper()
	sum, err := o.Ledgers.Summary(o.Actors[who], ledgers.SummaryQuery{Text: text, AsOf: at})
	must(t, err)
	about := fmt.Sprintf("%s asks %q on %s", who, text, sum.AsOf)
	o.sameTotals(t, about, who, text, at, sum.LedgerSums)
	then, err := o.Ledgers.Moment("as_of", sum.WeekAgo.AsOf.String())
	must(t, err)
	if sum.WeekAgo.AsOf != sum.AsOf.AddDays(-7) {
		t.Errorf("%s: a week before is %s", about, sum.WeekAgo.AsOf)
	}
	o.sameTotals(t, about+", a week before", who, text, then, sum.WeekAgo.LedgerSums)
	o.sameLists(t, about, o.whole(t, who, text, at), sum)
	return sum
}

func (o *office) sameTotals(t *testing.T, about, who, text string, at time.Time, sums ledgers.LedgerSums) {
	t.Helper()
	rows := o.whole(t, who, text, at)
	facets, err := o.Ledgers.Facets(o.Actors[who], ledgers.LedgerQuery{Text: text, AsOf: at})
	must(t, err)
	day := o.Watches.Today()
	if !at.IsZero() {
		day = workday.DateOf(at, shanghai)
	}
	want, lights, lates := ledgers.LedgerSums{Count: facets.Count, Overdue: facets.Overdue}, map[string]int{}, map[string]int{}
	for _, row := range rows {
		lights[string(row.Light)]++
		switch row.Status {
		case "closed":
			want.Closed++
		case "cancelled":
			want.Cancelled++
		default:
			if !row.DueDate.IsZero() && day.After(row.DueDate) {
				lates[string(row.Light)]++
			}
		}
	}
	want.Light, want.LateLight = inLightOrder(lights), inLightOrder(lates)
	if diff := cmp.Diff(want, sums); diff != "" {
		t.Fatalf("%s: the ledger counts otherwise: %s", about, diff)
	}
}

func inLightOrder(n map[string]int) []ledgers.FacetCount {
	counts := []ledgers.FacetCount{}
	for _, light := range []string{"red", "yellow", "green", "grey", "done"} {
		if n[light] > 0 {
			counts = append(counts, ledgers.FacetCount{Value: light, N: n[light]})
		}
	}
	return counts
}

// sameLists compares units, due dates and risks with the rows.
func (o *office) sameLists(t *testing.T, about string, rows []ledgers.LedgerRow, sum ledgers.LedgerSummary) {
	t.Helper()
	units, due, shares := map[string]map[string]int{}, map[workday.Date]int{}, map[ident.ID]int{}
	for _, row := range rows {
		if units[row.UnitName] == nil {
			units[row.UnitName] = map[string]int{}
		}
		units[row.UnitName][string(row.Light)]++
		if row.Status == "closed" || row.Status == "cancelled" || row.DueDate.IsZero() {
			continue
		}
		if row.DueDate.String()[:7] == sum.Month {
			due[row.DueDate]++
		}
		if row.Light == "red" || sum.AsOf.After(row.DueDate) {
			shares[row.TaskID]++
		}
	}
	if len(sum.Units) != len(units) || len(sum.Due) != len(due) || len(sum.Risks) != min(10, len(shares)) {
		t.Fatalf("%s: %d units, %d days and %d risks, want %d, %d, %d", about, len(sum.Units), len(sum.Due), len(sum.Risks), len(units), len(due), len(shares))
	}
	for _, u := range sum.Units {
		if diff := cmp.Diff(inLightOrder(units[u.Name]), u.Light); diff != "" {
			t.Errorf("%s: lights of %s: %s", about, u.Name, diff)
		}
	}
	for _, day := range sum.Due {
		if due[day.Date] != day.N {
			t.Errorf("%s: %d fall due on %s, want %d", about, day.N, day.Date, due[day.Date])
		}
	}
	for _, risk := range sum.Risks {
		if shares[risk.TaskID] != risk.Units {
			t.Errorf("%s: %d units with %s, want %d", about, risk.Units, risk.TaskTitle, shares[risk.TaskID])
		}
	}
}

func TestSummary_risks_late_first_then_lead_then_days_times_weight(t *testing.T) {
	o := newOffice(t)
	o.task("（三）5", "一般任务", "2017-04-10", o.School)
	o.task("（三）6", "重点任务", "2017-04-20", o.School)
	o.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Task.UpdateOneID(o.Tasks[5].ID).SetWeight(5).Exec(ctx)
	})
	lead := o.first(t, "office", "任务:（一）1 牵头:岚山大学")
	_, err := o.Duties.Cancel(o.Actors["office"], lead.ID, lead.Version, duties.CancelDutyInput{Reason: "取消"})
	must(t, err)
	o.at("2017-04-25", 9)
	o.check()
	sum, err := o.Ledgers.Summary(o.Actors["leader"], ledgers.SummaryQuery{Text: "是:全部"})
	must(t, err)
	var got []string
	for _, r := range sum.Risks {
		got = append(got, fmt.Sprintf("%s %s %s %d units, %d days", r.TaskTitle, r.UnitName, r.Part, r.Units, r.DaysLate))
	}
	want := []string{ // 5 days × 5, 15 days × 1, then a support share; the last two are red because nobody has signed for them
		"重点任务 岚山大学附属中学 lead 1 units, 5 days", "一般任务 岚山大学附属中学 lead 1 units, 15 days", "推进高校信息公开 岚江市教育局 support 1 units, 36 days",
		"完善招生录取公开 岚山大学 lead 2 units, -167 days", "开展双一流建设评估 岚山大学 lead 3 units, -250 days"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSummary_completion_beside_the_plan(t *testing.T) {
	o := newOffice(t)
	o.at("2017-04-25", 9)
	d := o.first(t, "clerk", "任务:（一）1")
	_, err := o.Duties.Accept(o.Actors["clerk"], d.ID, d.Version)
	must(t, err)
	must(t, o.reportOn(d.Duty, "completion", 10000))
	d = o.first(t, "clerk", "任务:（一）1")
	_, err = o.Duties.Close(o.Actors["inspector"], d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	must(t, err)
	o.at("2017-05-02", 9)
	sum, err := o.Ledgers.Summary(o.Actors["leader"], ledgers.SummaryQuery{Text: "计划:政务公开 是:全部", Month: "2017-12"})
	must(t, err)
	c := sum.Completion
	if c.Year != 2017 || c.Closed != 1250 || c.Planned != 2857 || len(c.Months) != 12 { // 1 of 8 duties; 2 of the 7 that have a due date
		t.Errorf("completion: %+v", c)
	}
	month := func(n int) string {
		m := c.Months[n-1]
		if m.Closed == nil {
			return fmt.Sprint(m.Month, " planned ", m.Planned)
		}
		return fmt.Sprint(m.Month, " planned ", m.Planned, " closed ", *m.Closed)
	}
	for n, want := range map[int]string{2: "2017-02 planned 0 closed 0", 3: "2017-03 planned 2857 closed 0", 4: "2017-04 planned 2857 closed 1250",
		5: "2017-05 planned 2857 closed 1250", 6: "2017-06 planned 2857", 12: "2017-12 planned 10000"} {
		if got := month(n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if len(sum.Due) != 1 || sum.Due[0].Date != workday.MustDate("2017-12-31") || sum.Due[0].N != 3 {
		t.Errorf("due in December: %+v", sum.Due)
	}
	_, err = o.Ledgers.Summary(o.Actors["leader"], ledgers.SummaryQuery{Month: "2017-13"})
	wantField(t, err, "query.month", "ledger.month")
}

// TestSummary_takes_as_many_statements_for_many_duties: the number does not grow with the plan.
func TestSummary_takes_as_many_statements_for_many_duties(t *testing.T) {
	if os.Getenv("TEST_POSTGRES_URL") != "" {
		t.Skip("statements are counted on SQLite")
	}
	o := newOffice(t)
	ask := func() int64 {
		before := o.Store.Statements()
		_, err := o.Ledgers.Summary(o.Actors["leader"], ledgers.SummaryQuery{Text: "计划:" + o.Plan.String() + " 是:全部"})
		must(t, err)
		return o.Store.Statements() - before
	}
	o.at("2017-04-25", 9)
	few := ask()
	for i := range 60 {
		o.task(fmt.Sprint("（四）", i), "许多任务", "2017-04-10", o.University, o.School, o.Bureau)
	}
	o.check()
	if many := ask(); many > few || many > 12 {
		t.Errorf("%d statements, with few duties %d, want at most 12", many, few)
	}
}
