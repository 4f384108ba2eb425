package units_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/migrate"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
)

func TestCreate(t *testing.T) {
	h := newHouse(t)
	u := h.add(ident.ID{}, unit.Division, "政策法规处", "法规处", "法规处", " ")
	if u.Path != "00010001" || !slices.Equal(u.Aliases, []string{"法规处"}) || u.Version != 1 || u.Code == "" {
		t.Errorf("created %+v", u)
	}
	if got := h.events("unit", u.ID); !slices.Equal(got, []string{"create"}) {
		t.Errorf("history %v", got)
	}
	t.Run("same_name_below_one_parent_conflicts", func(t *testing.T) {
		_, err := h.Create(h.admin, units.CreateUnitInput{ParentID: h.authority.RootUnitID, Kind: unit.Division, Name: "政策法规处"})
		wantCode(t, err, fault.Conflict, "unit.name_taken")
	})
	t.Run("same_code_conflicts", func(t *testing.T) {
		_, err := h.Create(h.admin, units.CreateUnitInput{ParentID: h.authority.RootUnitID, Kind: unit.Division, Name: "人事处", Code: u.Code})
		wantCode(t, err, fault.Conflict, "unit.code_taken")
	})
	t.Run("unknown_kind_and_empty_name_are_both_told", func(t *testing.T) {
		_, err := h.Create(h.admin, units.CreateUnitInput{ParentID: h.authority.RootUnitID, Kind: "ministry", Name: " "})
		wantField(t, err, "body.kind", "unit.kind_unknown")
		wantField(t, err, "body.name", "unit.name_required")
	})
	t.Run("office_is_refused", func(t *testing.T) {
		_, err := h.Create(h.office(), units.CreateUnitInput{ParentID: h.authority.RootUnitID, Kind: unit.Division, Name: "审计处"})
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
	t.Run("nobody_is_unauthenticated", func(t *testing.T) {
		_, err := h.Create(t.Context(), units.CreateUnitInput{})
		wantCode(t, err, fault.Unauthenticated, "unauthenticated")
	})
}

func TestAuthorities_nothing_crosses(t *testing.T) {
	h := newHouse(t)
	mine := h.add(ident.ID{}, unit.Division, "人事处")
	other, admin := h.found("海湾省教育厅", "")
	theirs, err := h.Create(admin, units.CreateUnitInput{ParentID: other.RootUnitID, Kind: unit.Division, Name: "审计处", Code: "X1"})
	if err != nil {
		t.Fatal(err)
	}
	page, err := h.List(h.admin, units.UnitQuery{Limit: 50})
	if err != nil || len(page.Items) != 2 {
		t.Fatalf("list shows %v, %v", page.Items, err)
	}
	_, err = h.Get(h.admin, theirs.ID)
	wantCode(t, err, fault.NotFound, "not_found")
	_, err = h.Move(h.admin, mine.ID, 1, units.MoveUnitInput{ParentID: other.RootUnitID, Reason: "x"})
	wantCode(t, err, fault.NotFound, "not_found")
	_, err = h.Merge(h.admin, mine.ID, 1, units.MergeUnitInput{IntoID: theirs.ID, Reason: "x"})
	wantCode(t, err, fault.NotFound, "not_found")
	_, err = h.CreateRoster(h.office(), units.SaveRosterInput{Name: "各处室", Listed: true, Members: []units.RosterMember{{UnitID: theirs.ID}}})
	wantField(t, err, "body.members[0].unit_id", "unit.unknown")
	if matches, err := h.Find(h.admin, "审计处", day("2017-03-06")); err != nil || len(matches) > 0 && matches[0].Exact {
		t.Errorf("resolved a unit of another authority: %v, %v", matches, err)
	}
	if _, err := h.Create(h.admin, units.CreateUnitInput{ParentID: h.authority.RootUnitID, Kind: unit.Division, Name: "审计处", Code: "X1"}); err != nil {
		t.Errorf("a code of another authority is in the way: %v", err)
	}
}

func TestMove(t *testing.T) {
	h := newHouse(t)
	bureau := h.add(ident.ID{}, unit.CityBureau, "云州市教育局")
	county := h.add(bureau.ID, unit.CountyBureau, "清河县教育局")
	school := h.add(county.ID, unit.School, "清河一中")
	other := h.add(ident.ID{}, unit.CityBureau, "海州市教育局")
	_, err := h.Store.Read().DutyCount.Query().Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = h.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return tx.DutyCount.Create().SetID(h.Store.NewID()).SetAuthorityID(h.authority.ID).SetPlanID(h.Store.NewID()).SetUnitID(school.ID).
			SetUnitPath(school.Path).SetStatus("active").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	moved, err := h.Move(h.admin, county.ID, county.Version, units.MoveUnitInput{ParentID: other.ID, Reason: "区划调整"})
	if err != nil {
		t.Fatal(err)
	}
	if moved.ParentID != other.ID || moved.Path != other.Path+county.Path[8:] || moved.Version != 2 {
		t.Errorf("moved to %+v", moved)
	}
	below, err := h.Get(h.admin, school.ID)
	if err != nil || below.Path != moved.Path+school.Path[12:] {
		t.Errorf("school lies at %s, %v", below.Path, err)
	}
	count, err := h.Store.Read().DutyCount.Query().Only(t.Context())
	if err != nil || count.UnitPath != below.Path {
		t.Errorf("the copy of the path is %s, want %s", count.UnitPath, below.Path)
	}
	t.Run("below_itself_conflicts", func(t *testing.T) {
		_, err := h.Move(h.admin, other.ID, other.Version, units.MoveUnitInput{ParentID: school.ID, Reason: "x"})
		wantCode(t, err, fault.Conflict, "unit.move_below_itself")
	})
	t.Run("older_version_is_stale", func(t *testing.T) {
		_, err := h.Move(h.admin, county.ID, 1, units.MoveUnitInput{ParentID: bureau.ID, Reason: "x"})
		wantCode(t, err, fault.Stale, "stale")
	})
	t.Run("without_version_is_refused", func(t *testing.T) {
		_, err := h.Move(h.admin, county.ID, 0, units.MoveUnitInput{ParentID: bureau.ID, Reason: "x"})
		wantCode(t, err, fault.MissingPrecondition, "missing_precondition")
	})
	t.Run("root_does_not_move", func(t *testing.T) {
		_, err := h.Move(h.admin, h.authority.RootUnitID, 1, units.MoveUnitInput{ParentID: bureau.ID, Reason: "x"})
		wantCode(t, err, fault.Conflict, "unit.not_possible")
	})
}

// Every copy of a unit's path in the schema is rewritten by a move.
func TestMove_knows_every_path_column(t *testing.T) {
	known := units.PathColumns()
	for _, table := range migrate.Tables {
		for _, column := range table.Columns {
			if strings.HasSuffix(column.Name, "unit_path") && known[table.Name] != column.Name {
				t.Errorf("%s.%s is not rewritten when a unit moves", table.Name, column.Name)
			}
		}
	}
}

// After any moves, a unit's path is its parent's path and its own segment, and a subtree range holds exactly the subtree.
func TestMove_keeps_paths_and_parents_agreeing(t *testing.T) {
	h := newHouse(t)
	all := []units.Unit{}
	for i := range 8 {
		parent := ident.ID{}
		if i > 1 {
			parent = all[i/2].ID
		}
		all = append(all, h.add(parent, unit.School, "学校"+string(rune('甲'+i))))
	}
	rapid.Check(t, func(rt *rapid.T) {
		from := all[rapid.IntRange(0, len(all)-1).Draw(rt, "unit")]
		to := all[rapid.IntRange(0, len(all)-1).Draw(rt, "parent")]
		now, err := h.Get(h.admin, from.ID)
		if err != nil {
			rt.Fatal(err)
		}
		_, err = h.Move(h.admin, now.ID, now.Version, units.MoveUnitInput{ParentID: to.ID, Reason: "x"})
		if err != nil && fault.CodeOf(err) != "unit.move_below_itself" {
			rt.Fatal(err)
		}
		rows, err := h.Store.Read().Unit.Query().All(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		paths := map[ident.ID]string{}
		for _, r := range rows {
			paths[r.ID] = r.Path
		}
		for _, r := range rows {
			if !r.ParentID.IsZero() && unit.Parent(r.Path) != paths[r.ParentID] {
				rt.Fatalf("%s lies at %s below %s", r.Name, r.Path, paths[r.ParentID])
			}
		}
	})
}

func TestMerge(t *testing.T) {
	h := newHouse(t)
	law := h.add(ident.ID{}, unit.Division, "政策法规处", "法规处")
	plan := h.add(ident.ID{}, unit.Division, "发展规划处")
	desk := h.add(law.ID, unit.ServiceSite, "法规窗口")
	var handed [][2]ident.ID
	h.OnMerge = append(h.OnMerge, func(_ context.Context, _ *ent.Tx, from, to ident.ID) error {
		handed = append(handed, [2]ident.ID{from, to})
		return nil
	})
	merged, err := h.Merge(h.admin, law.ID, law.Version, units.MergeUnitInput{IntoID: plan.ID, On: day("2017-03-01"), Reason: "机构改革"})
	if err != nil {
		t.Fatal(err)
	}
	if merged.SuccessorID != plan.ID || merged.ValidTo != day("2017-02-28") || !slices.Equal(merged.AllowedActions, []string{"update"}) {
		t.Errorf("merged unit is %+v", merged)
	}
	if len(handed) != 1 || handed[0] != [2]ident.ID{law.ID, plan.ID} {
		t.Errorf("handed over %v", handed)
	}
	if child, err := h.Get(h.admin, desk.ID); err != nil || child.ParentID != plan.ID {
		t.Errorf("child lies below %v, %v", child.ParentID, err)
	}
	lineage, err := h.Lineage(h.admin, law.ID)
	if err != nil || len(lineage) != 1 || lineage[0].OtherID != plan.ID {
		t.Errorf("lineage %v, %v", lineage, err)
	}
	t.Run("old_name_suggests_the_successor", func(t *testing.T) {
		matches, err := h.Find(h.admin, "法规处", day("2017-03-06"))
		if err != nil || len(matches) == 0 || matches[0].Unit.ID != plan.ID || matches[0].Exact || matches[0].How != units.ByFormer {
			t.Errorf("got %+v, %v", matches, err)
		}
	})
	t.Run("older_document_finds_the_unit_itself", func(t *testing.T) {
		matches, err := h.Find(h.admin, "法规处", day("2017-01-10"))
		if err != nil || len(matches) != 1 || matches[0].Unit.ID != law.ID || !matches[0].Exact {
			t.Errorf("got %+v, %v", matches, err)
		}
	})
	t.Run("merged_unit_cannot_merge_again", func(t *testing.T) {
		_, err := h.Merge(h.admin, law.ID, merged.Version, units.MergeUnitInput{IntoID: plan.ID, Reason: "x"})
		wantCode(t, err, fault.Conflict, "unit.not_possible")
	})
	t.Run("future_day_is_refused", func(t *testing.T) {
		_, err := h.Merge(h.admin, plan.ID, plan.Version, units.MergeUnitInput{IntoID: h.authority.RootUnitID, On: day("2017-03-07"), Reason: "x"})
		wantField(t, err, "body.on", "unit.on_future")
	})
	t.Run("failed_hand_over_changes_nothing", func(t *testing.T) {
		h.OnMerge = append(h.OnMerge, func(context.Context, *ent.Tx, ident.ID, ident.ID) error {
			return fault.New(fault.Conflict, "unit.has_children")
		})
		_, err := h.Merge(h.admin, plan.ID, plan.Version, units.MergeUnitInput{IntoID: h.authority.RootUnitID, Reason: "x"})
		wantCode(t, err, fault.Conflict, "unit.has_children")
		if still, err := h.Get(h.admin, plan.ID); err != nil || still.Version != plan.Version || !still.ValidTo.IsZero() {
			t.Errorf("unit changed to %+v, %v", still, err)
		}
	})
}

func TestClose_with_units_below_conflicts(t *testing.T) {
	h := newHouse(t)
	bureau := h.add(ident.ID{}, unit.CityBureau, "云州市教育局")
	school := h.add(bureau.ID, unit.School, "云州一中")
	_, err := h.Close(h.admin, bureau.ID, 1, units.CloseUnitInput{Reason: "撤销"})
	wantCode(t, err, fault.Conflict, "unit.has_children")
	if _, err := h.Close(h.admin, school.ID, 1, units.CloseUnitInput{Reason: "撤销"}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Close(h.admin, bureau.ID, 1, units.CloseUnitInput{Reason: "撤销"}); err != nil {
		t.Errorf("an emptied unit does not close: %v", err)
	}
}

func TestUpdate_and_rename_keep_history(t *testing.T) {
	h := newHouse(t)
	u := h.add(ident.ID{}, unit.Division, "信息化办")
	u, err := h.Update(h.admin, u.ID, u.Version, units.UpdateUnitInput{Kind: unit.Affiliated, Code: "D9", Aliases: []string{"信息办"}, Sort: 3})
	if err != nil || u.Kind != unit.Affiliated || u.Code != "D9" || !slices.Equal(u.Aliases, []string{"信息办"}) {
		t.Fatalf("updated to %+v, %v", u, err)
	}
	u, err = h.Rename(h.admin, u.ID, u.Version, units.RenameUnitInput{Name: "信息化管理办公室", On: day("2017-02-01"), Reason: "三定方案"})
	if err != nil || u.Name != "信息化管理办公室" {
		t.Fatalf("renamed to %+v, %v", u, err)
	}
	if got := h.events("unit", u.ID); !slices.Equal(got, []string{"create", "update", "rename"}) {
		t.Errorf("history %v", got)
	}
	for on, exact := range map[string]bool{"2017-01-15": true, "2017-03-06": false} {
		matches, err := h.Find(h.admin, "信息化办", day(on))
		if err != nil || len(matches) == 0 || matches[0].Unit.ID != u.ID || matches[0].Exact != exact {
			t.Errorf("on %s the old name gives %+v, %v", on, matches, err)
		}
	}
}

func TestList_pages_in_tree_order(t *testing.T) {
	h := newHouse(t)
	bureau := h.add(ident.ID{}, unit.CityBureau, "云州市教育局")
	h.add(ident.ID{}, unit.Division, "人事处")
	h.add(bureau.ID, unit.School, "云州一中")
	h.add(bureau.ID, unit.School, "云州二中")
	var names []string
	query := units.UnitQuery{Limit: 2}
	for {
		page, err := h.List(h.office(), query)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range page.Items {
			names = append(names, u.Name)
		}
		if query.After = page.Next; page.Next == "" {
			break
		}
	}
	if want := []string{"云岭省教育厅", "云州市教育局", "云州一中", "云州二中", "人事处"}; !slices.Equal(names, want) {
		t.Errorf("listed %v", names)
	}
	for name, in := range map[string]units.UnitQuery{
		"under": {Under: bureau.ID, Limit: 9}, "kind": {Kind: unit.School, Limit: 9}, "name": {Name: "云州", Kind: unit.School, Limit: 9},
	} {
		if page, err := h.List(h.office(), in); err != nil || len(page.Items) != 2 {
			t.Errorf("%s: listed %v, %v", name, page.Items, err)
		}
	}
	if page, err := h.List(h.office(), units.UnitQuery{Depth: 1, Limit: 9}); err != nil || len(page.Items) != 3 {
		t.Errorf("first two levels: %v, %v", page.Items, err)
	}
	_, err := h.List(h.office(), units.UnitQuery{After: "?"})
	wantField(t, err, "query.after", "cursor")
}
