package units_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
)

func TestResolve(t *testing.T) {
	h := newHouse(t)
	for name, aliases := range map[string][]string{
		"厅办公室": {"办公室"}, "政策法规处": {"法规处"}, "信息化管理办公室": {"信息化办"}, "思想政治工作处": nil,
		"体育卫生与艺术教育处": {"体卫艺处"}, "职业教育与成人教育处": {"职成处"}, "基础教育处": nil,
	} {
		h.add(ident.ID{}, unit.Division, name, aliases...)
	}
	a := h.add(ident.ID{}, unit.CityBureau, "云州市教育局")
	b := h.add(ident.ID{}, unit.CityBureau, "海州市教育局")
	h.add(a.ID, unit.School, "第一中学", "一中")
	h.add(b.ID, unit.School, "第一中学", "一中")
	if _, err := h.CreateRoster(h.office(), units.SaveRosterInput{Name: "各市州教育局", Kinds: []unit.Kind{unit.CityBureau}, Aliases: []string{"市州教育局"}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		written, found string
		how            units.How
		exact          bool
	}{
		{"政策法规处", "政策法规处", units.ByName, true},
		{"法规处", "政策法规处", units.ByAlias, true},
		{" 法 规 处 ", "政策法规处", units.ByAlias, true},
		{"省教育厅", "云岭省教育厅", units.ByAlias, true},
		{"各市州教育局", "各市州教育局", units.ByRoster, true},
		{"市州教育局", "各市州教育局", units.ByRoster, true},
		{"思政处", "思想政治工作处", units.ByShort, false},
		{"政策法规初", "政策法规处", units.ByPinyin, false},
		{"政策法规处室", "政策法规处", units.ByPart, false},
		{"体育卫生艺术教育处", "体育卫生与艺术教育处", units.ByShort, false},
		{"基础教肓处", "基础教育处", units.BySimilar, false},
	} {
		matches, err := h.Find(h.admin, c.written, day("2017-03-06"))
		if err != nil || len(matches) == 0 {
			t.Errorf("%s: %v, %v", c.written, matches, err)
			continue
		}
		m := matches[0]
		if got := m.Unit.Name + m.RosterName; got != c.found || m.How != c.how || m.Exact != c.exact {
			t.Errorf("%s: found %s by %s (exact %v), want %s by %s", c.written, got, m.How, m.Exact, c.found, c.how)
		}
		if c.exact && len(matches) > 1 {
			t.Errorf("%s: an exact match brings %d more", c.written, len(matches)-1)
		}
	}
	t.Run("one_name_of_two_units_gives_both", func(t *testing.T) {
		matches, err := h.Find(h.admin, "第一中学", day("2017-03-06"))
		if err != nil || len(matches) != 2 || !matches[0].Exact || !matches[1].Exact {
			t.Errorf("got %+v, %v", matches, err)
		}
		d, err := h.Directory(t.Context(), h.Store.Read(), h.authority.ID, day("2017-03-06"))
		if err != nil {
			t.Fatal(err)
		}
		if u, sure := d.Unit("第一中学"); sure {
			t.Errorf("chose %v out of two", u)
		}
		if u, sure := d.Unit("法规处"); !sure || u.Name != "政策法规处" {
			t.Errorf("did not choose the only one: %v", u)
		}
	})
	t.Run("far_name_gives_nothing", func(t *testing.T) {
		for _, name := range []string{"水利厅", "", "  ", "某某企业集团有限责任公司"} {
			if matches, err := h.Find(h.admin, name, day("2017-03-06")); err != nil || matches == nil || len(matches) > 0 {
				t.Errorf("%q: %+v, %v", name, matches, err)
			}
		}
	})
	t.Run("unit_before_its_first_day_is_not_found", func(t *testing.T) {
		_, err := h.Create(h.admin, units.CreateUnitInput{ParentID: h.authority.RootUnitID, Kind: unit.Division, Name: "校外监管处", ValidFrom: day("2021-07-01")})
		if err != nil {
			t.Fatal(err)
		}
		if matches, _ := h.Find(h.admin, "校外监管处", day("2017-03-06")); len(matches) != 0 {
			t.Errorf("found %+v", matches)
		}
		if matches, _ := h.Find(h.admin, "校外监管处", day("2021-07-01")); len(matches) != 1 {
			t.Errorf("found %+v on its first day", matches)
		}
	})
}

// The distance is a metric: zero only for equal names, symmetric, and within the triangle.
func TestDistance_is_a_metric(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SliceOfN(rapid.SampledFrom([]rune("教育处办法规")), 0, 7)
		a, b, c := name.Draw(rt, "a"), name.Draw(rt, "b"), name.Draw(rt, "c")
		ab := units.Distance(a, b)
		if (ab == 0) != (string(a) == string(b)) || ab != units.Distance(b, a) || ab > units.Distance(a, c)+units.Distance(c, b) {
			rt.Fatalf("distance of %q and %q is %d", string(a), string(b), ab)
		}
	})
}

func TestMembers(t *testing.T) {
	h := newHouse(t)
	on := day("2017-03-06")
	uni := h.add(ident.ID{}, unit.University, "云岭大学")
	college := h.add(ident.ID{}, unit.University, "云岭师范学院")
	bureau := h.add(ident.ID{}, unit.CityBureau, "云州市教育局")
	school := h.add(bureau.ID, unit.School, "云州一中")
	late, err := h.Create(h.admin, units.CreateUnitInput{ParentID: h.authority.RootUnitID, Kind: unit.University, Name: "云岭理工学院", ValidFrom: day("2017-06-01")})
	if err != nil {
		t.Fatal(err)
	}
	names := func(id ident.ID, on string) string {
		t.Helper()
		all, err := h.Members(t.Context(), h.Store.Read(), id, day(on))
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, u := range all {
			text += u.Name + " "
		}
		return text
	}
	rule, err := h.CreateRoster(h.office(), units.SaveRosterInput{Name: "各高校", Kinds: []unit.Kind{unit.University}})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(rule.ID, "2017-03-06"); got != "云岭大学 云岭师范学院 " {
		t.Errorf("各高校 are %s", got)
	}
	if got := names(rule.ID, "2017-06-01"); got != "云岭大学 云岭师范学院 云岭理工学院 " {
		t.Errorf("各高校 from June on are %s", got)
	}
	below, err := h.CreateRoster(h.office(), units.SaveRosterInput{Name: "云州各学校", UnderID: bureau.ID})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(below.ID, "2017-03-06"); got != school.Name+" " {
		t.Errorf("below the bureau are %s", got)
	}
	list, err := h.CreateRoster(h.office(), units.SaveRosterInput{Name: "试点高校", Listed: true, Members: []units.RosterMember{
		{UnitID: uni.ID, ValidTo: day("2017-03-05")}, {UnitID: college.ID, ValidFrom: on, ValidTo: on}, {UnitID: late.ID}}})
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{"2017-03-05": "云岭大学 ", "2017-03-06": "云岭师范学院 ", "2017-03-07": "", "2017-06-01": "云岭理工学院 "} {
		if got := names(list.ID, day); got != want {
			t.Errorf("listed members on %s are %q, want %q", day, got, want)
		}
	}
	t.Run("inside_a_transaction", func(t *testing.T) {
		err := h.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			all, err := h.Members(ctx, tx.Client(), rule.ID, on)
			if err == nil && len(all) != 2 {
				t.Errorf("members %v", all)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("list_with_a_rule_is_refused", func(t *testing.T) {
		_, err := h.UpdateRoster(h.office(), list.ID, 1, units.SaveRosterInput{Name: "试点高校", Listed: true, Kinds: []unit.Kind{unit.University}})
		wantField(t, err, "body.listed", "roster.rule_or_list")
	})
	t.Run("update_replaces_the_members_and_the_version", func(t *testing.T) {
		r, err := h.UpdateRoster(h.office(), list.ID, 1, units.SaveRosterInput{Name: "试点高校", Listed: true, Members: []units.RosterMember{{UnitID: uni.ID}}})
		if err != nil || r.Version != 2 || names(list.ID, "2017-03-06") != "云岭大学 " {
			t.Errorf("updated to %+v, %v", r, err)
		}
		_, err = h.UpdateRoster(h.office(), list.ID, 1, units.SaveRosterInput{Name: "试点高校"})
		wantCode(t, err, fault.Stale, "stale")
	})
	t.Run("taken_name_conflicts", func(t *testing.T) {
		_, err := h.CreateRoster(h.office(), units.SaveRosterInput{Name: "各高校"})
		wantCode(t, err, fault.Conflict, "roster.name_taken")
	})
	t.Run("other_authority_sees_none", func(t *testing.T) {
		_, stranger := h.found("海湾省教育厅", "")
		_, err := h.GetRoster(stranger, rule.ID)
		wantCode(t, err, fault.NotFound, "not_found")
		if page, err := h.Rosters(stranger, "", 50); err != nil || len(page.Items) != 0 {
			t.Errorf("sees %v, %v", page.Items, err)
		}
	})
}

func TestMembersOf_pages(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"云岭大学", "云岭师范学院", "云岭理工学院"} {
		h.add(ident.ID{}, unit.University, name)
	}
	r, err := h.CreateRoster(h.office(), units.SaveRosterInput{Name: "各高校", Kinds: []unit.Kind{unit.University}})
	if err != nil {
		t.Fatal(err)
	}
	first, err := h.MembersOf(h.office(), r.ID, day("2017-03-06"), "", 2)
	if err != nil || len(first.Items) != 2 || first.Next == "" {
		t.Fatalf("first page %+v, %v", first, err)
	}
	rest, err := h.MembersOf(h.office(), r.ID, day("2017-03-06"), first.Next, 2)
	if err != nil || len(rest.Items) != 1 || rest.Next != "" || rest.Items[0].Name != "云岭理工学院" {
		t.Errorf("second page %+v, %v", rest, err)
	}
	_, err = h.MembersOf(h.office(), r.ID, day("2017-03-06"), "%", 2)
	wantField(t, err, "query.after", "cursor")
}
