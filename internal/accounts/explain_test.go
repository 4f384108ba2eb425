package accounts_test

import (
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
)

func TestExplain_agrees_with_the_gate(t *testing.T) {
	o := newOffice(t)
	law, plan := o.unit(ident.ID{}, "政策法规处"), o.unit(ident.ID{}, "发展规划处")
	head := o.hire("head", law.ID, post.UnitHead)
	everybody := []ident.ID{head, o.hire("clerk", plan.ID, post.UnitClerk), o.hire("office", o.setUp.Authority.RootUnitID, post.Office), o.securityID}
	for _, permission := range []access.Permission{access.DutyAccept, access.DutyRead, access.PlanIssue, access.PostGrant, access.UnitRead} {
		for _, u := range []ident.ID{law.ID, plan.ID} {
			may := map[ident.ID]bool{}
			page, err := o.Who(o.security, permission, "unit", u, "", 200)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range page.Items {
				may[h.UserID] = true
				if len(h.Lines) == 0 {
					t.Errorf("%s of %s has no reason", permission, h.UserName)
				}
			}
			facts, err := o.Objects["unit"](t.Context(), u)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range everybody {
				answer, err := o.Explain(o.security, id, permission, "unit", u)
				if err != nil {
					t.Fatal(err)
				}
				actor, err := o.ActorOf(t.Context(), id, answer.On)
				if err != nil {
					t.Fatal(err)
				}
				decided := o.Gate.Filter(actor, permission).Covers(facts)
				if answer.Explanation.Allowed != decided || may[id] != decided || (answer.Explanation.Missing == "") != decided {
					t.Errorf("%s of %s: the gate says %v, explain %+v, who %v", permission, answer.UserName, decided, answer.Explanation, may[id])
				}
			}
		}
	}
	t.Run("names_what_is_missing", func(t *testing.T) {
		for permission, missing := range map[access.Permission]string{access.DutyAccept: "relation", access.PlanIssue: "post"} {
			answer, err := o.Explain(o.security, head, permission, "unit", plan.ID)
			if err != nil || answer.Explanation.Missing != missing {
				t.Errorf("%s: %+v, %v", permission, answer, err)
			}
		}
	})
	t.Run("unknown_words_are_refused", func(t *testing.T) {
		_, err := o.Explain(o.security, head, "duty.eat", "unit", law.ID)
		wantField(t, err, "query.permission", "access.permission")
		_, err = o.Who(o.security, access.DutyRead, "ship", law.ID, "", 9)
		wantField(t, err, "query.subject", "access.subject")
	})
	t.Run("unit_head_may_not_ask", func(t *testing.T) {
		_, err := o.Who(o.as(head), access.DutyRead, "unit", law.ID, "", 9)
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
	t.Run("pages", func(t *testing.T) {
		seen, after := 0, ""
		for {
			page, err := o.Who(o.security, access.UnitRead, "unit", law.ID, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			if seen += len(page.Items); page.Next == "" {
				break
			}
			after = page.Next
		}
		if seen != 6 {
			t.Errorf("%d may read the unit, want 6", seen)
		}
	})
}

func TestToken(t *testing.T) {
	o := newOffice(t)
	id := o.hire("office", o.setUp.Authority.RootUnitID, post.Office)
	own := o.as(id)
	in := accounts.CreateTokenInput{Name: "OA", Permissions: []access.Permission{access.DutyRead, access.UnitRead}, ExpiresAt: o.Clock.Now().Add(time.Hour)}
	ctx := store.WithRequest(own, store.Request{User: id, Key: "k", Operation: "create-token", Hash: []byte{1}})
	token, err := o.CreateToken(ctx, in)
	if err != nil || len(token.Secret) < 40 || token.Secret[:4] != "dbn_" {
		t.Fatalf("made %+v, %v", token, err)
	}
	if again, err := o.CreateToken(ctx, in); err != nil || again.ID != token.ID || again.Secret != "" {
		t.Errorf("a repeated request answers %+v, %v", again, err)
	}
	actor, err := o.ByToken(t.Context(), token.Secret)
	if err != nil || actor.ID != id {
		t.Fatalf("token is of %+v, %v", actor, err)
	}
	t.Run("carries_only_its_permissions", func(t *testing.T) {
		if !o.Gate.Can(actor, access.DutyRead) || o.Gate.Can(actor, access.PlanIssue) {
			t.Error("token reaches too little or too much")
		}
		_, err := o.CreateToken(access.With(t.Context(), actor), in)
		wantCode(t, err, fault.Forbidden, "forbidden")
		_, err = o.Sessions(access.With(t.Context(), actor), id, "", 9)
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
	t.Run("cannot_be_wider_than_its_maker", func(t *testing.T) {
		wide := in
		wide.Permissions = []access.Permission{access.PostGrant, access.TokenManage, "duty.eat"}
		wide.ExpiresAt = o.Clock.Now().Add(accounts.TokenLimit + time.Second)
		_, err := o.CreateToken(own, wide)
		for location, code := range map[string]string{"body.permissions[0]": "token.permission", "body.permissions[1]": "token.permission",
			"body.permissions[2]": "token.permission", "body.expires_at": "token.expires_at"} {
			wantField(t, err, location, code)
		}
	})
	t.Run("ends", func(t *testing.T) {
		o.Clock.Advance(time.Hour)
		_, err := o.ByToken(t.Context(), token.Secret)
		wantCode(t, err, fault.Unauthenticated, "unauthenticated")
	})
	t.Run("is_revoked_by_its_owner_only", func(t *testing.T) {
		fresh := in
		fresh.ExpiresAt = o.Clock.Now().Add(time.Hour)
		token, err := o.CreateToken(own, fresh)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.ByToken(t.Context(), token.Secret); err != nil {
			t.Fatal(err)
		}
		wantCode(t, o.RevokeToken(o.system, token.ID), fault.NotFound, "not_found")
		for range 2 {
			if err := o.RevokeToken(own, token.ID); err != nil {
				t.Fatal(err)
			}
		}
		_, err = o.ByToken(t.Context(), token.Secret)
		wantCode(t, err, fault.Unauthenticated, "unauthenticated")
		o.wantHistory("token", token.ID, "create", "revoke")
		if page, err := o.Tokens(own, "", 1); err != nil || len(page.Items) != 1 || page.Next == "" {
			t.Errorf("lists %+v, %v", page, err)
		}
		if page, err := o.Tokens(o.system, "", 9); err != nil || len(page.Items) != 0 {
			t.Errorf("another one sees %+v, %v", page, err)
		}
	})
}

func TestUsers(t *testing.T) {
	o := newOffice(t)
	made := o.user("zhang.wei")
	t.Run("login_name_is_taken_once", func(t *testing.T) {
		_, err := o.CreateUser(o.system, accounts.Person{Login: "ZHANG.WEI", Name: "另一人"})
		wantCode(t, err, fault.Conflict, "account.login_taken")
	})
	t.Run("update_and_stale", func(t *testing.T) {
		u, err := o.UpdateUser(o.system, made.User.ID, 1, accounts.UpdateUserInput{Name: "张伟", Email: "zw@example.gov.cn", Language: "zh-TW"})
		if err != nil || u.Name != "张伟" || u.Version != 2 || u.Language != "zh-TW" {
			t.Fatalf("updated to %+v, %v", u, err)
		}
		_, err = o.UpdateUser(o.system, made.User.ID, 1, accounts.UpdateUserInput{Name: "张三"})
		wantCode(t, err, fault.Stale, "stale")
		_, err = o.UpdateUser(o.system, made.User.ID, 0, accounts.UpdateUserInput{Name: "张三"})
		wantCode(t, err, fault.MissingPrecondition, "missing_precondition")
		_, err = o.UpdateUser(o.system, made.User.ID, 2, accounts.UpdateUserInput{Name: " ", Email: "张伟 <zw@example.gov.cn>"})
		wantField(t, err, "body.name", "required")
		wantField(t, err, "body.email", "email")
	})
	t.Run("nobody_disables_themselves", func(t *testing.T) {
		self := o.setUp.Admins[0].User.ID
		_, err := o.DisableUser(o.system, self, 1, accounts.DisableUserInput{Reason: "x"})
		wantCode(t, err, fault.Conflict, "account.not_possible")
	})
	t.Run("repeated_create_makes_one_and_shows_its_link_once", func(t *testing.T) {
		ctx := store.WithRequest(o.system, store.Request{User: o.setUp.Admins[0].User.ID, Key: "k", Operation: "create-user", Hash: []byte{1}})
		first, err := o.CreateUser(ctx, accounts.Person{Login: "once", Name: "一次"})
		if err != nil || first.Link.Secret == "" {
			t.Fatal(err)
		}
		again, err := o.CreateUser(ctx, accounts.Person{Login: "once", Name: "一次"})
		if err != nil || again.User.ID != first.User.ID || again.Link.Secret != "" {
			t.Errorf("again %+v, %v", again, err)
		}
	})
	t.Run("list_finds_by_name_and_login", func(t *testing.T) {
		for _, part := range []string{"张", "Zhang."} {
			page, err := o.Users(o.system, part, "", 50)
			if err != nil || len(page.Items) != 1 || page.Items[0].ID != made.User.ID {
				t.Errorf("%s finds %+v, %v", part, page.Items, err)
			}
		}
	})
	t.Run("me", func(t *testing.T) {
		me, err := o.Me(o.security)
		if err != nil || me.User.ID != o.securityID || len(me.Posts) != 1 || me.Today != day("2017-03-06") || me.Authority.Name != "云岭省教育厅" {
			t.Errorf("me is %+v, %v", me, err)
		}
		for _, p := range me.Permissions {
			if p == access.UserManage || p == access.DutyRead {
				t.Errorf("a security administrator may %s", p)
			}
		}
	})
}
