package access_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
)

// The columns of watches stand for any table with a unit, a path and a leader.
var columns = access.Columns{Authority: watch.FieldAuthorityID, Unit: watch.FieldUnitID, Path: watch.FieldUnitPath, Leader: watch.FieldLeaderID}

// tree is a small unit tree: n-th path and the id of its unit.
var tree = func() []unit.Path {
	paths := []unit.Path{unit.Segment(1)}
	for i := range 3 {
		city := unit.Child(paths[0], unit.Segment(2+i))
		paths = append(paths, city)
		for j := range 3 {
			paths = append(paths, unit.Child(city, unit.Segment(10*(i+1)+j)))
		}
	}
	return paths
}()

func objects(t *testing.T, k *testkit.Kit) []access.Facts {
	t.Helper()
	var all []access.Facts
	err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		for authority := range 2 {
			for i, path := range tree {
				for leader := range 3 {
					f := access.Facts{AuthorityID: ident.FromInt(int64(authority + 1)), UnitID: ident.FromInt(int64(100 + i)), Path: path, LeaderID: ident.FromInt(int64(leader))}
					all = append(all, f)
					if err := tx.Watch.Create().SetID(ident.FromInt(int64(len(all)))).SetAuthorityID(f.AuthorityID).SetSubject("duty").
						SetUnitID(f.UnitID).SetUnitPath(f.Path).SetLeaderID(f.LeaderID).Exec(ctx); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestFilter/list_and_single_look_agree: the predicate that filters a list and the decision on one object are the same rule.
func TestFilter(t *testing.T) {
	k := testkit.New(t)
	all := objects(t, k)
	scopes := []access.Scope{access.ScopeAll, access.ScopeSubtree, access.ScopeUnit, access.ScopeSupervised, access.ScopeOwn}
	t.Run("list_and_single_look_agree", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			filter := access.Filter{AuthorityID: ident.FromInt(1), UserID: ident.FromInt(rapid.Int64Range(0, 2).Draw(rt, "user"))}
			for range rapid.IntRange(0, 3).Draw(rt, "reaches") {
				i := rapid.IntRange(0, len(tree)-1).Draw(rt, "unit")
				filter.Reaches = append(filter.Reaches, access.Reach{Scope: rapid.SampledFrom(scopes).Draw(rt, "scope"), UnitID: ident.FromInt(int64(100 + i)), Path: tree[i]})
			}
			var want []int64
			for i, f := range all {
				if filter.Covers(f) {
					want = append(want, int64(i+1))
				}
			}
			ids := k.Store.Read().Watch.Query().Where(predicate.Watch(filter.Predicate(columns))).IDsX(t.Context())
			got := make([]int64, len(ids))
			for i, id := range ids {
				got[i] = id.Int()
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				rt.Fatalf("%+v: list %v, single looks %v", filter, got, want)
			}
		})
	})
}

func TestGate(t *testing.T) {
	k := testkit.New(t)
	root, city := tree[0], tree[1]
	office := access.Actor{ID: ident.FromInt(1), AuthorityID: ident.FromInt(1), Posts: []access.Post{{UnitID: ident.FromInt(100), UnitPath: root, Role: post.Office}}}
	clerk := access.Actor{ID: ident.FromInt(2), AuthorityID: ident.FromInt(1), Posts: []access.Post{{UnitID: ident.FromInt(101), UnitPath: city, Role: post.UnitClerk}}}
	here := access.Facts{AuthorityID: ident.FromInt(1), UnitID: ident.FromInt(101), Path: city}
	elsewhere := access.Facts{AuthorityID: ident.FromInt(2), UnitID: ident.FromInt(101), Path: city}
	for name, c := range map[string]struct {
		actor      access.Actor
		permission access.Permission
		facts      access.Facts
		allowed    bool
		missing    string
	}{
		"the_office_reads_every_duty_of_its_authority":  {office, access.DutyRead, here, true, ""},
		"nothing_crosses_authorities":                   {office, access.DutyRead, elsewhere, false, "relation"},
		"a_clerk_signs_for_its_unit":                    {clerk, access.DutyAccept, here, true, ""},
		"a_clerk_does_not_confirm":                      {clerk, access.ReportConfirm, here, false, "post"},
		"the_office_does_not_sign_for_others":           {office, access.DutyAccept, here, false, "post"},
		"a_token_gives_only_what_it_carries":            {limited(clerk, access.DutyRead), access.DutyAccept, here, false, "token"},
		"a_token_gives_what_it_carries":                 {limited(clerk, access.DutyAccept), access.DutyAccept, here, true, ""},
		"nobody_gets_the_program's_own_permission":      {office, access.DeadlineCheck, here, false, "post"},
		"a_clerk_of_another_unit_lacks_the_relation":    {elsewhereClerk(clerk), access.DutyAccept, here, false, "relation"},
		"an_actor_without_posts_is_refused":             {access.Actor{ID: ident.FromInt(9), AuthorityID: ident.FromInt(1)}, access.DutyRead, here, false, "post"},
		"an_administrator_does_not_read_business_data":  {admin(post.SystemAdmin), access.DutyRead, here, false, "post"},
		"the_security_administrator_does_not_add_users": {admin(post.SecurityAdmin), access.UserManage, here, false, "post"},
		"the_audit_administrator_does_not_grant":        {admin(post.AuditAdmin), access.PostGrant, here, false, "post"},
	} {
		t.Run(name, func(t *testing.T) {
			e := k.Gate.Explain(c.actor, c.permission, c.facts)
			if e.Allowed != c.allowed || e.Missing != c.missing {
				t.Errorf("got %+v, want allowed %v, missing %q", e, c.allowed, c.missing)
			}
			if covers := k.Gate.Filter(c.actor, c.permission).Covers(c.facts); covers != e.Allowed {
				t.Errorf("the filter says %v, the explanation %v", covers, e.Allowed)
			}
		})
	}
}

func limited(a access.Actor, only access.Permission) access.Actor {
	a.Only = []access.Permission{only}
	return a
}

func elsewhereClerk(a access.Actor) access.Actor {
	a.Posts = []access.Post{{UnitID: ident.FromInt(105), UnitPath: tree[5], Role: post.UnitClerk}}
	return a
}

func admin(role post.Role) access.Actor {
	return access.Actor{ID: ident.FromInt(3), AuthorityID: ident.FromInt(1), Posts: []access.Post{{UnitID: ident.FromInt(100), UnitPath: tree[0], Role: role}}}
}

func TestPolicy(t *testing.T) {
	const model = "[request_definition]\nr = role, permission, scope\n[policy_definition]\np = role, permission, scope\n[policy_effect]\ne = some(where (p.eft == allow))\n[matchers]\nm = r.role == p.role && r.permission == p.permission && r.scope == p.scope"
	for name, policy := range map[string]string{
		"an_empty_policy_is_refused":       "# nothing",
		"an_unknown_role_is_refused":       "p, king, duty.read, all",
		"an_unknown_permission_is_refused": "p, office, duty.destroy, all",
		"an_unknown_scope_is_refused":      "p, office, duty.read, world",
		"a_pattern_is_refused":             "p, office, *, all",
		"a_short_line_is_refused":          "p, office, duty.read",
		"another_kind_of_line_is_refused":  "g, office, leader, all",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := access.NewGate(model, policy); err == nil {
				t.Error("the policy was loaded")
			}
		})
	}
}

func BenchmarkDecision(b *testing.B) {
	k := testkit.New(b)
	actor := access.Actor{ID: ident.FromInt(2), AuthorityID: ident.FromInt(1), Posts: []access.Post{{UnitID: ident.FromInt(101), UnitPath: tree[1], Role: post.UnitClerk}}}
	facts := access.Facts{AuthorityID: ident.FromInt(1), UnitID: ident.FromInt(101), Path: tree[1]}
	filter := k.Gate.Filter(actor, access.DutyAccept)
	b.ReportAllocs()
	for b.Loop() {
		if !filter.Covers(facts) {
			b.Fatal("refused")
		}
	}
}
