package accounts_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/units"
)

func TestGrantPost(t *testing.T) {
	o := newOffice(t)
	law := o.unit(ident.ID{}, "政策法规处")
	id := o.user("zhang.wei").User.ID
	grant := func(role post.Role, from, to string) error {
		in := accounts.GrantPostInput{UserID: id, UnitID: law.ID, Role: role, ValidFrom: day(from), Reason: "任职通知"}
		if to != "" {
			in.ValidTo = day(to)
		}
		_, err := o.GrantPost(o.security, in)
		return err
	}
	if err := grant(post.UnitHead, "2017-03-06", "2017-06-30"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		role     post.Role
		from, to string
		code     string
	}{
		{"same_post_in_the_same_time_conflicts", post.UnitHead, "2017-06-30", "", "post.exists"},
		{"administrator_beside_business_conflicts", post.SystemAdmin, "2017-05-01", "2017-05-01", "post.excluded"},
		{"second_business_role_is_fine", post.UnitClerk, "2017-03-06", "", ""},
		{"administrator_beside_an_open_business_post_conflicts", post.AuditAdmin, "2018-01-01", "", "post.excluded"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if code := fault.CodeOf(grant(c.role, c.from, c.to)); c.code != "" && code != c.code || c.code == "" && code != "internal" {
				t.Errorf("got %s", code)
			}
		})
	}
	t.Run("two_of_the_three_administrators_conflict_in_every_pair", func(t *testing.T) {
		admins := []post.Role{post.SystemAdmin, post.SecurityAdmin, post.AuditAdmin}
		for i, first := range admins {
			user := o.hire("pair"+string(rune('a'+i)), law.ID, first)
			for _, second := range admins {
				_, err := o.GrantPost(o.security, accounts.GrantPostInput{UserID: user, UnitID: o.setUp.Authority.RootUnitID, Role: second, Reason: "x"})
				if second != first {
					wantCode(t, err, fault.Conflict, "post.excluded")
				}
			}
		}
	})
	t.Run("one_after_the_other_is_fine", func(t *testing.T) {
		u := o.user("li.qiang").User.ID
		o.grant(accounts.GrantPostInput{UserID: u, UnitID: law.ID, Role: post.SystemAdmin, ValidTo: day("2017-12-31")})
		o.grant(accounts.GrantPostInput{UserID: u, UnitID: law.ID, Role: post.AuditAdmin, ValidFrom: day("2018-01-01")})
	})
	t.Run("nobody_grants_to_themselves_or_ends_their_own", func(t *testing.T) {
		_, err := o.GrantPost(o.security, accounts.GrantPostInput{UserID: o.securityID, UnitID: law.ID, Role: post.Office, Reason: "x"})
		wantCode(t, err, fault.Forbidden, "forbidden")
		if f := fault.As(err); f.Params["relation"] != "other_person" || f.Params["permission"] != "post.grant" {
			t.Errorf("the refusal names %v", f.Params)
		}
		own, err := o.Posts(o.security, accounts.PostQuery{UserID: o.securityID, Limit: 9})
		if err != nil || len(own.Items) != 1 || len(own.Items[0].AllowedActions) != 0 {
			t.Fatalf("own posts %+v, %v", own, err)
		}
		_, err = o.EndPost(o.security, own.Items[0].ID, 1, accounts.EndPostInput{Reason: "x"})
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
	t.Run("system_administrator_grants_nothing", func(t *testing.T) {
		_, err := o.GrantPost(o.system, accounts.GrantPostInput{UserID: id, UnitID: law.ID, Role: post.Office, Reason: "x"})
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
	t.Run("security_administrator_makes_no_users", func(t *testing.T) {
		_, err := o.CreateUser(o.security, accounts.Person{Login: "x1", Name: "x"})
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
	t.Run("repeated_request_grants_once", func(t *testing.T) {
		u := o.user("once").User.ID
		ctx := store.WithRequest(o.security, store.Request{User: o.securityID, Key: "k1", Operation: "grant-post", Hash: []byte{1}})
		in := accounts.GrantPostInput{UserID: u, UnitID: law.ID, Role: post.UnitClerk, Reason: "x"}
		first, err := o.GrantPost(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := o.GrantPost(ctx, in); err != nil || again.ID != first.ID {
			t.Errorf("second answer %+v, %v", again, err)
		}
		o.wantHistory("post", first.ID, "grant")
	})
}

// Two administrators who grant excluding posts to one person at once: one of them is refused.
func TestGrantPost_at_once_holds_the_exclusion(t *testing.T) {
	o := newOffice(t)
	id := o.user("both").User.ID
	var all sync.WaitGroup
	errs := make([]error, 3)
	for i, role := range []post.Role{post.SystemAdmin, post.AuditAdmin, post.Office} {
		all.Go(func() {
			_, errs[i] = o.GrantPost(o.security, accounts.GrantPostInput{UserID: id, UnitID: o.setUp.Authority.RootUnitID, Role: role, Reason: "x"})
		})
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else {
			wantCode(t, err, fault.Conflict, "post.excluded")
		}
	}
	if done != 1 {
		t.Errorf("%d of three excluding posts were granted", done)
	}
}

func TestPosts_are_held_by_the_day(t *testing.T) {
	o := newOffice(t)
	law := o.unit(ident.ID{}, "政策法规处")
	id := o.user("zhang.wei").User.ID
	p := o.grant(accounts.GrantPostInput{UserID: id, UnitID: law.ID, Role: post.UnitHead, ValidFrom: day("2017-03-10"), ValidTo: day("2017-03-12")})
	for on, want := range map[string]int{"2017-03-09": 0, "2017-03-10": 1, "2017-03-12": 1, "2017-03-13": 0} {
		actor, err := o.ActorOf(t.Context(), id, day(on))
		if err != nil || len(actor.Posts) != want {
			t.Errorf("on %s holds %v, %v", on, actor.Posts, err)
		}
	}
	if actor, _ := o.ActorOf(t.Context(), id, day("2017-03-11")); len(actor.Posts) != 1 || actor.Posts[0].UnitPath != law.Path || actor.Posts[0].ID != p.ID {
		t.Errorf("post is %+v", actor.Posts)
	}
	t.Run("day_begins_in_Shanghai", func(t *testing.T) {
		if err := o.SetPassword(t.Context(), accounts.SetPasswordInput{Secret: o.link(id), Password: password}); err != nil {
			t.Fatal(err)
		}
		o.Clock.Set(time.Date(2017, 3, 9, 15, 59, 0, 0, time.UTC))
		in, err := o.Login(t.Context(), accounts.SignInInput{Login: "zhang.wei", Password: password}, desk)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := o.BySession(t.Context(), in.Secret); err != nil || len(a.Posts) != 0 {
			t.Errorf("before midnight holds %v, %v", a.Posts, err)
		}
		o.Clock.Set(time.Date(2017, 3, 9, 16, 0, 0, 0, time.UTC))
		if a, err := o.BySession(t.Context(), in.Secret); err != nil || len(a.Posts) != 1 {
			t.Errorf("after midnight holds %v, %v", a.Posts, err)
		}
		t.Run("ended_post_is_gone_at_the_next_request", func(t *testing.T) {
			if _, err := o.EndPost(o.security, p.ID, p.Version, accounts.EndPostInput{Reason: "轮岗"}); err != nil {
				t.Fatal(err)
			}
			if a, err := o.BySession(t.Context(), in.Secret); err != nil || len(a.Posts) != 0 {
				t.Errorf("still holds %v, %v", a.Posts, err)
			}
			_, err := o.EndPost(o.security, p.ID, p.Version, accounts.EndPostInput{On: day("2017-03-11"), Reason: "x"})
			wantField(t, err, "body.on", "post.end")
			o.wantHistory("post", p.ID, "grant", "end")
		})
	})
	t.Run("past_is_not_rewritten", func(t *testing.T) {
		q := o.grant(accounts.GrantPostInput{UserID: id, UnitID: law.ID, Role: post.UnitClerk})
		_, err := o.EndPost(o.security, q.ID, q.Version, accounts.EndPostInput{On: day("2017-03-01"), Reason: "x"})
		wantField(t, err, "body.on", "post.end")
		_, err = o.EndPost(o.security, q.ID, q.Version+1, accounts.EndPostInput{Reason: "x"})
		wantCode(t, err, fault.Stale, "stale")
	})
}

func (o *office) link(id ident.ID) string {
	o.T.Helper()
	l, err := o.SendLink(o.system, id)
	if err != nil {
		o.T.Fatal(err)
	}
	return l.Secret
}

func TestRecipients(t *testing.T) {
	o := newOffice(t)
	root := o.setUp.Authority.RootUnitID
	bureau := o.unit(ident.ID{}, "云州市教育局")
	county := o.unit(bureau.ID, "清河县教育局")
	school := o.unit(county.ID, "清河一中")
	leader := o.hire("leader", root, post.Leader)
	deputy := o.user("deputy").User.ID
	o.grant(accounts.GrantPostInput{UserID: deputy, UnitID: root, Role: post.Leader, ActingForID: leader, ValidTo: day("2017-03-31")})
	other := o.hire("other.leader", root, post.Leader)
	office := o.hire("office", root, post.Office)
	head := o.hire("head", bureau.ID, post.UnitHead)
	acting := o.user("acting").User.ID
	o.grant(accounts.GrantPostInput{UserID: acting, UnitID: bureau.ID, Role: post.UnitHead, ActingForID: head})
	clerk := o.hire("clerk", bureau.ID, post.UnitClerk)
	schoolHead := o.hire("school.head", school.ID, post.UnitHead)
	gone := o.hire("gone", bureau.ID, post.UnitClerk)
	if u, err := o.GetUser(o.system, gone); err != nil {
		t.Fatal(err)
	} else if _, err := o.DisableUser(o.system, gone, u.Version, accounts.DisableUserInput{Reason: "调离"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		unit     ident.ID
		leader   ident.ID
		relation ladder.Recipient
		on       string
		want     []ident.ID
	}{
		{"clerks_own_the_work", bureau.ID, leader, ladder.Owner, "2017-03-06", []ident.ID{clerk}},
		{"without_clerks_the_heads_own_it", school.ID, leader, ladder.Owner, "2017-03-06", []ident.ID{schoolHead}},
		{"heads_with_acting_officers", bureau.ID, leader, ladder.UnitHead, "2017-03-06", []ident.ID{head, acting}},
		{"nobody_heads_the_county", county.ID, leader, ladder.UnitHead, "2017-03-06", []ident.ID{}},
		{"leader_and_who_acts_for_the_leader", school.ID, leader, ladder.SupervisingLeader, "2017-03-06", []ident.ID{leader, deputy}},
		{"acting_ends_with_its_period", school.ID, leader, ladder.SupervisingLeader, "2017-04-01", []ident.ID{leader}},
		{"no_leader", school.ID, ident.ID{}, ladder.SupervisingLeader, "2017-03-06", []ident.ID{}},
		{"above_the_school_goes_past_the_empty_county", school.ID, leader, ladder.ParentHead, "2017-03-06", []ident.ID{head, acting}},
		{"above_the_bureau_are_the_leaders", bureau.ID, leader, ladder.ParentHead, "2017-04-01", []ident.ID{leader, other}},
		{"above_the_root_is_nobody", root, leader, ladder.ParentHead, "2017-03-06", []ident.ID{}},
		{"office", school.ID, leader, ladder.Office, "2017-03-06", []ident.ID{office}},
		{"before_they_began", bureau.ID, leader, ladder.Owner, "2017-03-05", []ident.ID{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := o.Recipients(t.Context(), o.Store.Read(), o.setUp.Authority.ID, c.unit, c.leader, string(c.relation), day(c.on))
			if err != nil || got == nil || !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v, want %v", got, err, c.want)
			}
		})
	}
	t.Run("of_another_authority_is_nobody", func(t *testing.T) {
		got, err := o.Recipients(t.Context(), o.Store.Read(), ident.FromInt(99), bureau.ID, leader, string(ladder.Owner), day("2017-03-06"))
		if err != nil || len(got) != 0 {
			t.Errorf("got %v, %v", got, err)
		}
	})
	t.Run("unknown_relation_is_a_fault", func(t *testing.T) {
		if _, err := o.Recipients(t.Context(), o.Store.Read(), o.setUp.Authority.ID, bureau.ID, leader, "friend", day("2017-03-06")); err == nil {
			t.Error("no fault")
		}
	})
}

func TestMerge_ends_the_posts_of_the_unit(t *testing.T) {
	o := newOffice(t)
	law, plan := o.unit(ident.ID{}, "政策法规处"), o.unit(ident.ID{}, "发展规划处")
	id := o.hire("head", law.ID, post.UnitHead)
	if _, err := o.units.Merge(o.system, law.ID, law.Version, units.MergeUnitInput{IntoID: plan.ID, Reason: "机构改革"}); err != nil {
		t.Fatal(err)
	}
	if a, err := access.From(o.as(id)); err != nil || len(a.Posts) != 0 {
		t.Errorf("still holds %v, %v", a.Posts, err)
	}
}

func TestActing_needs_somebody_to_act_for(t *testing.T) {
	o := newOffice(t)
	law := o.unit(ident.ID{}, "政策法规处")
	clerk, deputy := o.hire("clerk", law.ID, post.UnitClerk), o.user("deputy").User.ID
	_, err := o.GrantPost(o.security, accounts.GrantPostInput{UserID: deputy, UnitID: law.ID, Role: post.UnitHead, ActingForID: clerk, Reason: "x"})
	wantField(t, err, "body.acting_for_id", "post.acting_without_holder")
	_, err = o.GrantPost(o.security, accounts.GrantPostInput{UserID: deputy, UnitID: law.ID, Role: "king", ActingForID: deputy, Reason: "x"})
	wantField(t, err, "body.acting_for_id", "post.acting_for_self")
	wantField(t, err, "body.role", "post.role_unknown")
}
