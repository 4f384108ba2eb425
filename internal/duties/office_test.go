package duties_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// bureau is a small authority with an issued plan, and everybody who works on it.
type bureau struct {
	*testkit.Kit
	Watches   *watches.Service
	Duties    *duties.Service
	Authority ident.ID
	Plan      ident.ID
	Units     []*ent.Unit                // [0] is the root
	People    map[string]context.Context // "office", "inspector", "leader", "head1", "clerk1", …
	IDs       map[string]ident.ID        // of the same people
	Tasks     []*ent.Task
}

func newBureau(t testing.TB, units int) *bureau {
	t.Helper()
	kit := testkit.New(t)
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	w := watches.New(kit.Store, kit.Gate, kit.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: shanghai}, nil)
	b := &bureau{Kit: kit, Watches: w, Duties: duties.New(kit.Store, kit.Gate, kit.Log, w), People: map[string]context.Context{}, IDs: map[string]ident.ID{}}
	b.Authority = kit.Store.NewID()
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.Authority.Create().SetID(b.Authority).SetName("岚江省教育厅").SetCreatedAt(kit.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		for i := range units + 1 {
			if err := b.addUnit(ctx, tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	b.hire("office", post.Office, 0)
	b.hire("inspector", post.Inspector, 0)
	b.hire("inspector2", post.Inspector, 0)
	b.hire("leader", post.Leader, 0)
	for i := 1; i <= min(units, 3); i++ {
		b.hire(fmt.Sprint("head", i), post.UnitHead, i)
		b.hire(fmt.Sprint("clerk", i), post.UnitClerk, i)
	}
	b.issue()
	return b
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b *bureau) write(do func(ctx context.Context, tx *ent.Tx) error) {
	b.T.Helper()
	must(b.T, b.Store.Write(access.System(b.T.Context(), "test"), do))
}

func (b *bureau) addUnit(ctx context.Context, tx *ent.Tx, i int) error {
	path, kind, parent := unit.Segment(1), unit.Department, ident.ID{}
	if i > 0 {
		path, kind, parent = unit.Child(b.Units[0].Path, unit.Segment(i+1)), unit.Division, b.Units[0].ID
	}
	u, err := tx.Unit.Create().SetID(b.Store.NewID()).SetAuthorityID(b.Authority).SetParentID(parent).SetPath(path).SetKind(kind).
		SetName(fmt.Sprint("第", i, "处")).SetCode(fmt.Sprint("u", i)).SetCreatedAt(b.Store.Now()).Save(ctx)
	b.Units = append(b.Units, u)
	return err
}

func (b *bureau) hire(name string, role post.Role, at int) {
	b.T.Helper()
	user, u := b.Store.NewID(), b.Units[at]
	postID := b.Store.NewID()
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.User.Create().SetID(user).SetAuthorityID(b.Authority).SetLogin(name).SetName(name).SetCreatedAt(b.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		return tx.Post.Create().SetID(postID).SetAuthorityID(b.Authority).SetUserID(user).SetUnitID(u.ID).SetRole(role).
			SetValidFrom(workday.MustDate("2017-01-01")).SetCreatedAt(b.Store.Now()).Exec(ctx)
	})
	b.IDs[name] = user
	b.People[name] = b.As(b.Authority, user, name, access.Post{ID: postID, UnitID: u.ID, UnitPath: u.Path, Role: role})
}

// issue makes a plan of one section with two tasks, due on 2017-10-09, and gives every unit a duty in both.
func (b *bureau) issue() {
	b.T.Helper()
	b.Plan = b.Store.NewID()
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.Plan.Create().SetID(b.Plan).SetAuthorityID(b.Authority).SetYear(2017).SetTitle("2017年政务公开工作要点").SetStatus(plan.Issued).
			SetIssuedAt(b.Store.Now()).SetCreatedAt(b.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		section, err := b.addTask(ctx, tx, plan.Section, ident.ID{}, "0001")
		if err != nil {
			return err
		}
		for i := range 2 {
			task, err := b.addTask(ctx, tx, plan.Task, section.ID, "0001"+unit.Segment(i+1))
			if err != nil {
				return err
			}
			if _, err := b.Duties.Dispatch(ctx, tx, task, b.recipients()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bureau) addTask(ctx context.Context, tx *ent.Tx, kind plan.NodeKind, parent ident.ID, path string) (*ent.Task, error) {
	task, err := tx.Task.Create().SetID(b.Store.NewID()).SetAuthorityID(b.Authority).SetPlanID(b.Plan).SetParentID(parent).SetPath(path).SetKind(kind).
		SetNumber("（一）").SetTitle("推进信息公开").SetDueDate(workday.MustDate("2017-10-09")).SetLeaderID(b.IDs["leader"]).Save(ctx)
	b.Tasks = append(b.Tasks, task)
	return task, err
}

func (b *bureau) recipients() []duties.Recipient {
	var to []duties.Recipient
	for i, u := range b.Units[1:] {
		part := duty.Lead
		if i > 0 {
			part = duty.Support
		}
		to = append(to, duties.Recipient{UnitID: u.ID, UnitPath: u.Path, Part: part})
	}
	return to
}

// first is the first duty that somebody sees.
func (b *bureau) first(who string) duties.Duty {
	b.T.Helper()
	page, err := b.Duties.List(b.People[who], duties.DutyQuery{})
	must(b.T, err)
	if len(page.Items) == 0 {
		b.T.Fatalf("%s sees no duty", who)
	}
	return page.Items[0]
}

// at moves the clock to a local date and hour.
func (b *bureau) at(date string, hour int) {
	b.Clock.Set(workday.MustDate(date).Start(shanghai).Add(time.Duration(hour) * time.Hour))
}
