package sample

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
)

// countKinds counts units by kind.
func countKinds(units []Unit) map[unit.Kind]int {
	counts := map[unit.Kind]int{}
	for _, u := range units {
		counts[u.Kind]++
	}
	return counts
}

func TestAuthority_has_the_shape_of_a_provincial_department(t *testing.T) {
	want := map[unit.Kind]int{
		unit.Department: 1, unit.Division: 23, unit.Affiliated: 10, unit.University: 124, unit.CityBureau: 14, unit.CountyBureau: 125,
	}
	if got := countKinds(Authority(Options{}).Units); !reflect.DeepEqual(got, want) {
		t.Errorf("kinds = %v, want %v", got, want)
	}
	full := countKinds(Authority(Options{Sites: FullSites}).Units)
	if full[unit.ServiceSite] != FullSites || full[unit.School] != FullSites-cityCount-countyCount {
		t.Errorf("full size has %d sites and %d schools", full[unit.ServiceSite], full[unit.School])
	}
}

func TestAuthority_is_a_tree_of_the_size_asked_for(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := Options{Sites: rapid.IntRange(0, 3000).Draw(t, "sites"), Seed: rapid.Uint64().Draw(t, "seed")}
		units := Authority(o).Units
		codes, names := map[string]unit.Kind{}, map[string]bool{}
		for _, u := range units {
			if _, twice := codes[u.Code]; twice || u.Code == "" {
				t.Fatalf("code %q is empty or stands twice", u.Code)
			}
			if names[u.Name] {
				t.Fatalf("name %s stands twice", u.Name)
			}
			if _, known := codes[u.Parent]; !known && u.Code != Root {
				t.Fatalf("parent %q of %s does not stand before it", u.Parent, u.Name)
			}
			codes[u.Code], names[u.Name] = u.Kind, true
		}
		if got := countKinds(units)[unit.ServiceSite]; got != o.Sites {
			t.Fatalf("%d sites, want %d", got, o.Sites)
		}
	})
}

func TestAuthority_stays_within_its_limits(t *testing.T) {
	if got := countKinds(Authority(Options{Sites: -5}).Units)[unit.ServiceSite]; got != 0 {
		t.Errorf("a negative size gives %d sites", got)
	}
	units := Authority(Options{Sites: MaxSites + 1}).Units
	if got := countKinds(units)[unit.ServiceSite]; got != MaxSites {
		t.Errorf("over the maximum gives %d sites, want %d", got, MaxSites)
	}
	names := map[string]bool{}
	for _, u := range units {
		if names[u.Name] {
			t.Fatalf("at the maximum the name %s comes twice", u.Name)
		}
		names[u.Name] = true
	}
}

func TestAuthority_is_determined_by_its_options(t *testing.T) {
	o := Options{Sites: 2000, Seed: 7}
	if !reflect.DeepEqual(Authority(o), Authority(o)) {
		t.Error("same options, different data")
	}
	other := Options{Sites: 2000, Seed: 8}
	if reflect.DeepEqual(Authority(o).People, Authority(other).People) {
		t.Error("the seed does not change the people")
	}
	if reflect.DeepEqual(Authority(o).Units, Authority(other).Units) {
		t.Error("the seed does not change the schools")
	}
}

func TestNames_resolve_to_one_unit_or_roster(t *testing.T) {
	owners := map[string][]string{}
	data := Authority(Options{Sites: 2000})
	for _, u := range data.Units {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			owners[name] = append(owners[name], u.Code)
		}
	}
	for _, r := range data.Rosters {
		for _, name := range append([]string{r.Name}, r.Aliases...) {
			owners[name] = append(owners[name], r.Code)
		}
	}
	for name, codes := range owners {
		want := 1
		if name == AmbiguousAlias {
			want = 2
		}
		if len(codes) != want {
			t.Errorf("%s belongs to %v, want %d owner(s)", name, codes, want)
		}
	}
	if owners[AmbiguousAlias] == nil {
		t.Error("the planted ambiguous alias is missing")
	}
}

func TestRosters_hold_their_members(t *testing.T) {
	data := Authority(Options{Sites: 500})
	want := map[string]int{
		"机关各处室": 23, "各直属单位": 10, "各高校": 124, "省属高校": 69, "各市州教育局": 14, "各县市区教育局": 125,
		"各中小学校": 361, "各阳光服务站点": 500,
	}
	for _, r := range data.Rosters {
		n := 0
		for _, u := range data.Units {
			if r.Holds(u) {
				n++
			}
		}
		if n != want[r.Name] {
			t.Errorf("%s has %d members, want %d", r.Name, n, want[r.Name])
		}
		delete(want, r.Name)
	}
	if len(want) > 0 {
		t.Errorf("rosters missing: %v", want)
	}
}

func TestPeople_fill_every_post_with_unique_logins(t *testing.T) {
	data := Authority(Options{})
	login := regexp.MustCompile(`^[a-z]{4,24}[0-9]*$`)
	logins, names := map[string]bool{}, map[string]bool{}
	posts, roles := map[string]int{}, map[post.Role]int{}
	for _, p := range data.People {
		if !login.MatchString(p.Login) || logins[p.Login] || names[p.Name] {
			t.Errorf("login %q of %s is malformed, or one of them stands twice", p.Login, p.Name)
		}
		if p.Title == "" {
			t.Errorf("%s of %s has no title", p.Name, p.Unit)
		}
		logins[p.Login], names[p.Name] = true, true
		posts[p.Unit+string(p.Role)]++
		roles[p.Role]++
	}
	for _, u := range data.Units {
		_, staffed := titles[u.Kind]
		staffed = staffed || slices.Contains(staffedCounties, u.Code)
		heads, clerks := posts[u.Code+string(post.UnitHead)], posts[u.Code+string(post.UnitClerk)]
		if staffed != (heads == 1 && clerks == 1) {
			t.Errorf("%s has %d head(s) and %d clerk(s)", u.Name, heads, clerks)
		}
	}
	fixed := map[post.Role]int{
		post.Leader: 5, post.Office: 3, post.Inspector: 3, post.SystemAdmin: 1, post.SecurityAdmin: 1, post.AuditAdmin: 1,
	}
	for role, n := range fixed {
		if roles[role] != n {
			t.Errorf("%d people are %s, want %d", roles[role], role, n)
		}
	}
}

func TestLeaders_supervise_each_division_and_affiliated_unit_once(t *testing.T) {
	data := Authority(Options{})
	times := map[string]int{}
	for _, p := range data.People {
		if len(p.Supervises) > 0 && p.Role != post.Leader {
			t.Errorf("%s supervises units without being a leader", p.Name)
		}
		for _, code := range p.Supervises {
			times[code]++
		}
	}
	for _, u := range data.Units {
		want := 0
		if u.Kind == unit.Division || u.Kind == unit.Affiliated {
			want = 1
		}
		if times[u.Code] != want {
			t.Errorf("%s has %d supervising leaders, want %d", u.Name, times[u.Code], want)
		}
		delete(times, u.Code)
	}
	if len(times) > 0 {
		t.Errorf("leaders supervise unknown units %v", times)
	}
}
