package ledgers_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// office is a house with a plan of its year under way.
type office struct {
	*testkit.House
	Watches *watches.Service
	Duties  *duties.Service
	Ledgers *ledgers.Service
	Plan    ident.ID
	Tasks   []*ent.Task
	Actors  map[string]context.Context
}

func newOffice(t testing.TB) *office {
	t.Helper()
	kit := testkit.New(t)
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	w := watches.New(kit.Store, kit.Gate, kit.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: shanghai}, nil)
	d := duties.New(kit.Store, kit.Gate, kit.Log, w)
	o := &office{House: kit.NewHouse("岚"), Watches: w, Duties: d, Ledgers: ledgers.New(kit.Store, kit.Gate, kit.Log, w, d)}
	o.Actors = map[string]context.Context{"leader": o.Acting(o.Leader), "office": o.Acting(o.Office), "inspector": o.Acting(o.Inspector),
		"head": o.Acting(o.Head), "clerk": o.Acting(o.Clerk), "school": o.Acting(o.SchoolClerk), "bureau": o.Acting(o.BureauHead)}
	o.Plan = kit.Store.NewID()
	o.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Plan.Create().SetID(o.Plan).SetAuthorityID(o.Authority).SetYear(2017).SetTitle("2017年政务公开工作要点").SetNumber("岚教发〔2017〕3号").
			SetStatus(plan.Issued).SetIssuedAt(kit.Store.Now()).SetCreatedByID(o.Office.ID).SetIssuedByID(o.Leader.ID).SetCreatedAt(kit.Store.Now()).Exec(ctx)
	})
	o.task("（一）1", "推进高校信息公开", "2017-03-20", o.University, o.Bureau)
	o.task("（一）2", "完善招生录取公开", "2017-10-09", o.University, o.School)
	o.task("（二）3", "开展双一流建设评估", "2017-12-31", o.University, o.School, o.Bureau)
	o.task("（二）4", "建立长效机制100%", "", o.Bureau)
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantField expects one bad field with a code.
func wantField(t *testing.T, err error, location, code string) {
	t.Helper()
	f := fault.As(err)
	if f == nil || len(f.Fields) == 0 || f.Fields[0].Location != location || f.Fields[0].Code != code {
		t.Fatalf("got %v, want %s: %s", err, location, code)
	}
}

func (o *office) write(do func(ctx context.Context, tx *ent.Tx) error) {
	o.T.Helper()
	must(o.T, o.Store.Write(access.System(o.T.Context(), "test"), do))
}

// task gives a task out: the first unit leads, the others support.
func (o *office) task(number, title, due string, to ...testkit.Place) {
	o.T.Helper()
	var day workday.Date
	if due != "" {
		day = workday.MustDate(due)
	}
	recipients := make([]duties.Recipient, len(to))
	for i, u := range to {
		recipients[i] = duties.Recipient{UnitID: u.ID, UnitPath: u.Path, Part: duty.Support}
	}
	recipients[0].Part = duty.Lead
	o.write(func(ctx context.Context, tx *ent.Tx) error {
		task, err := tx.Task.Create().SetID(o.Store.NewID()).SetAuthorityID(o.Authority).SetPlanID(o.Plan).SetParentID(ident.ID{}).
			SetPath(unit.Segment(len(o.Tasks) + 1)).SetKind(plan.Task).SetNumber(number).SetTitle(title).SetDueDate(day).SetLeaderID(o.Leader.ID).Save(ctx)
		o.Tasks = append(o.Tasks, task)
		if err != nil {
			return err
		}
		_, err = o.Duties.Dispatch(ctx, tx, task, recipients)
		return err
	})
}

// list is what a person sees of a question, as "number unit" in order.
func (o *office) list(t *testing.T, who, text string) []string {
	t.Helper()
	page, err := o.Ledgers.List(o.Actors[who], ledgers.LedgerQuery{Text: text})
	must(t, err)
	return titles(page.Items)
}

func titles(rows []ledgers.LedgerRow) []string {
	out := []string{}
	for _, r := range rows {
		out = append(out, fmt.Sprint(r.TaskNumber, " ", r.UnitName))
	}
	return out
}

// first is the first duty of a question.
func (o *office) first(t testing.TB, who, text string) ledgers.LedgerRow {
	t.Helper()
	page, err := o.Ledgers.List(o.Actors[who], ledgers.LedgerQuery{Text: text})
	must(t, err)
	if len(page.Items) == 0 {
		t.Fatalf("%s sees nothing of %q", who, text)
	}
	return page.Items[0]
}

// at moves the clock to an hour of a day.
func (o *office) at(day string, hour int) {
	o.Clock.Set(workday.MustDate(day).Start(shanghai).Add(time.Duration(hour) * time.Hour))
}

func (o *office) check() {
	o.T.Helper()
	_, err := o.Watches.Check(access.System(o.T.Context(), "deadlines"), 0)
	must(o.T, err)
}

func (o *office) follow(t testing.TB, who string, row ledgers.LedgerRow) {
	t.Helper()
	must(t, o.Ledgers.Follow(o.Actors[who], row.ID))
}
