package plans_test

import (
	"context"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// house is the sample authority in a fresh database, with the services up to plans.
type house struct {
	*testkit.Kit
	plans     *plans.Service
	duties    *duties.Service
	watches   *watches.Service
	reports   *occurrences.Service
	units     *units.Service
	authority ident.ID
	unit      map[string]units.UnitRef // by code
	roster    map[string]ident.ID      // by code
	user      map[string]ident.ID      // by login
}

func newHouse(t *testing.T) *house {
	t.Helper()
	kit := testkit.New(t)
	kit.Clock.Set(time.Date(2017, 3, 16, 1, 0, 0, 0, time.UTC)) // the day after the sample plan's date
	zone, err := time.LoadLocation("Asia/Shanghai")
	must(t, err)
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	cycles, err := cycle.Load(policies.Rules, "rules")
	must(t, err)
	u := units.New(kit.Store, kit.Gate, kit.Log)
	w := watches.New(kit.Store, kit.Gate, kit.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: zone, Cycles: cycles}, nil)
	d := duties.New(kit.Store, kit.Gate, kit.Log, w)
	h := &house{Kit: kit, plans: plans.New(kit.Store, kit.Gate, kit.Log, u, w, d, files.In(t.TempDir())), duties: d, watches: w, units: u,
		reports: occurrences.New(kit.Store, kit.Gate, kit.Log, w),
		unit:    map[string]units.UnitRef{}, roster: map[string]ident.ID{}, user: map[string]ident.ID{}}
	must(t, kit.Store.Write(access.System(t.Context(), "test"), h.fill))
	return h
}

// fill writes the sample authority.
func (h *house) fill(ctx context.Context, tx *ent.Tx) error {
	data := sample.Authority(sample.Options{})
	a, err := h.units.CreateAuthority(ctx, tx, units.CreateAuthorityInput{Name: data.Units[0].Name})
	if err != nil {
		return err
	}
	h.authority = a.ID
	root, err := tx.Unit.Get(ctx, a.RootUnitID)
	if err != nil {
		return err
	}
	h.unit[sample.Root] = units.Ref(root)
	lines := make([]units.Line, 0, len(data.Units))
	for _, u := range data.Units[1:] {
		l := units.Line{Code: u.Code, ParentCode: u.Parent, Name: u.Name, Kind: u.Kind, Aliases: u.Aliases, Sort: u.Sort}
		if u.Parent == sample.Root {
			l.ParentCode, l.ParentID, l.ParentPath = "", root.ID, root.Path
		}
		lines = append(lines, l)
	}
	refs, err := h.units.Load(ctx, tx, a.ID, lines)
	if err != nil {
		return err
	}
	for i, ref := range refs {
		h.unit[lines[i].Code] = ref
	}
	if err := h.fillRosters(ctx, tx, data.Rosters); err != nil {
		return err
	}
	return h.fillPeople(ctx, tx, data.People)
}

func (h *house) fillRosters(ctx context.Context, tx *ent.Tx, rosters []sample.Roster) error {
	for _, r := range rosters {
		id := h.Store.NewID()
		h.roster[r.Code] = id
		create := tx.Roster.Create().SetID(id).SetAuthorityID(h.authority).SetName(r.Name).SetAliases(r.Aliases).SetCreatedAt(h.Store.Now())
		if r.Kind != "" {
			create.SetKinds([]unit.Kind{r.Kind})
		} else {
			create.SetListed(true)
		}
		if err := create.Exec(ctx); err != nil {
			return err
		}
		for _, code := range r.Members {
			err := tx.RosterMember.Create().SetID(h.Store.NewID()).SetAuthorityID(h.authority).SetRosterID(id).SetUnitID(h.unit[code].ID).
				SetValidFrom(workday.NewDate(2010, 1, 1)).Exec(ctx)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (h *house) fillPeople(ctx context.Context, tx *ent.Tx, people []sample.Person) error {
	for _, p := range people {
		id := h.Store.NewID()
		h.user[p.Login] = id
		if err := tx.User.Create().SetID(id).SetAuthorityID(h.authority).SetLogin(p.Login).SetName(p.Name).SetCreatedAt(h.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		err := tx.Post.Create().SetID(h.Store.NewID()).SetAuthorityID(h.authority).SetUserID(id).SetUnitID(h.unit[p.Unit].ID).SetRole(p.Role).
			SetValidFrom(workday.NewDate(2015, 1, 1)).SetCreatedAt(h.Store.Now()).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// office is a context in which the head of the supervision office (督查室) acts.
func (h *house) office() context.Context {
	at := h.unit["D01"]
	return h.As(h.authority, h.user["suwenqing"], "苏文清", access.Post{ID: ident.FromInt(1), UnitID: at.ID, UnitPath: at.Path, Role: post.Office})
}

// clerk is a context in which a clerk of a unit acts.
func (h *house) clerk(code string) context.Context {
	at := h.unit[code]
	return h.As(h.authority, ident.FromInt(77), "经办人", access.Post{ID: ident.FromInt(2), UnitID: at.ID, UnitPath: at.Path, Role: post.UnitClerk})
}

// importSample imports the sample plan as DOCX.
func (h *house) importSample(t *testing.T) plans.ImportedPlan {
	t.Helper()
	made, err := h.plans.Import(h.office(), sample.PlanDOCX(), plans.ImportPlanInput{Name: "要点.docx"})
	must(t, err)
	return made
}

// tasks reads all nodes of a plan.
func (h *house) tasks(t *testing.T, planID ident.ID) []plans.Task {
	t.Helper()
	var all []plans.Task
	for after := ""; ; {
		page, err := h.plans.Tasks(h.office(), planID, plans.TaskQuery{After: after, Limit: 20})
		must(t, err)
		all = append(all, page.Items...)
		if after = page.Next; after == "" {
			return all
		}
	}
}

// task finds the node with a title.
func (h *house) task(t *testing.T, planID ident.ID, title string) plans.Task {
	t.Helper()
	for _, task := range h.tasks(t, planID) {
		if task.Title == title {
			return task
		}
	}
	t.Fatalf("no node is called %q", title)
	return plans.Task{}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
