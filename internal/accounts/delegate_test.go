package accounts_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// desks is a unit with a head and two clerks, and a unit below it with a clerk.
type desks struct {
	*office
	unit, below              ident.ID
	head, clerk, mate, lower ident.ID
	posts                    map[ident.ID]accounts.Post // own posts by holder
}

func newDesks(t *testing.T) *desks {
	t.Helper()
	o := newOffice(t)
	law := o.office()
	d := &desks{office: o, unit: law, posts: map[ident.ID]accounts.Post{}}
	d.below = o.unit(law, "法规科").ID
	for name, at := range map[string]*ident.ID{"head": &d.head, "clerk": &d.clerk, "mate": &d.mate, "lower": &d.lower} {
		*at = o.user(name).User.ID
		role, in := post.UnitClerk, law
		switch name {
		case "head":
			role = post.UnitHead
		case "lower":
			in = d.below
		}
		d.posts[*at] = o.grant(accounts.GrantPostInput{UserID: *at, UnitID: in, Role: role})
	}
	return d
}

// office is a unit below the root.
func (o *office) office() ident.ID { return o.unit(ident.ID{}, "政策法规处").ID }

func (d *desks) delegate(giver, to ident.ID, from, until string) (accounts.Delegation, error) {
	in := accounts.DelegatePostInput{PostID: d.posts[giver].ID, UserID: to, ValidTo: day(until), Reason: "培训"}
	if from != "" {
		in.ValidFrom = day(from)
	}
	return d.Delegate(d.as(giver), in)
}

func TestDelegate(t *testing.T) {
	d := newDesks(t)
	stranger := d.hire("stranger", d.office.unit(ident.ID{}, "发展规划处").ID, post.UnitClerk)
	for _, c := range []struct {
		name        string
		giver, to   ident.ID
		from, until string
		field, code string
	}{
		{"to_oneself", d.head, d.head, "", "2017-03-10", "body.user_id", "post.acting_for_self"},
		{"to_somebody_of_another_unit", d.head, stranger, "", "2017-03-10", "body.user_id", "delegation.colleague"},
		{"to_somebody_above", d.lower, d.head, "", "2017-03-10", "body.user_id", "delegation.colleague"},
		{"before_today", d.head, d.clerk, "2017-03-05", "2017-03-10", "body.valid_from", "delegation.from"},
		{"backwards", d.head, d.clerk, "2017-03-10", "2017-03-09", "body.valid_to", "delegation.to"},
		{"for_91_days", d.head, d.clerk, "2017-03-06", "2017-06-04", "body.valid_to", "delegation.to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := d.delegate(c.giver, c.to, c.from, c.until)
			wantField(t, err, c.field, c.code)
		})
	}
	given, err := d.delegate(d.head, d.clerk, "2017-03-06", "2017-06-03") // 90 days
	if err != nil {
		t.Fatal(err)
	}
	t.Run("giver_keeps_the_post_and_the_delegate_acts_for_them", func(t *testing.T) {
		actor, _ := access.From(d.as(d.clerk))
		head, _ := access.From(d.as(d.head))
		acting := actor.Post(given.ID)
		if acting.Role != post.UnitHead || acting.ActingForID != d.head || len(actor.Posts) != 2 || len(head.Posts) != 1 {
			t.Errorf("delegate holds %+v, giver %+v", actor.Posts, head.Posts)
		}
		if actor.MainPost() != d.posts[d.clerk].ID {
			t.Error("the delegate's main post is no longer their own")
		}
	})
	t.Run("one_at_a_time", func(t *testing.T) {
		_, err := d.delegate(d.head, d.mate, "2017-06-03", "2017-06-10")
		wantCode(t, err, fault.Conflict, "delegation.exists")
	})
	t.Run("no_chain", func(t *testing.T) {
		_, err := d.Delegate(d.as(d.clerk), accounts.DelegatePostInput{PostID: given.ID, UserID: d.mate, ValidTo: day("2017-03-10"), Reason: "x"})
		wantField(t, err, "body.post_id", "delegation.own_post")
		_, err = d.GrantPost(d.security, accounts.GrantPostInput{UserID: d.mate, UnitID: d.unit, Role: post.UnitHead, ActingForID: d.clerk, Reason: "x"})
		wantField(t, err, "body.acting_for_id", "post.acting_without_holder")
	})
	t.Run("not_the_post_of_another", func(t *testing.T) {
		_, err := d.Delegate(d.as(d.clerk), accounts.DelegatePostInput{PostID: d.posts[d.head].ID, UserID: d.mate, ValidTo: day("2017-03-10"), Reason: "x"})
		wantField(t, err, "body.post_id", "delegation.own_post")
	})
	t.Run("both_see_it_and_others_do_not", func(t *testing.T) {
		for who, want := range map[ident.ID]int{d.head: 1, d.clerk: 1, d.mate: 0} {
			list, err := d.Delegations(d.as(who), "", 50)
			if err != nil || len(list.Items) != want {
				t.Errorf("sees %+v, %v", list.Items, err)
			}
		}
	})
	t.Run("taken_back_at_once_by_nobody_else", func(t *testing.T) {
		_, err = d.TakeBack(d.as(d.mate), given.ID, given.Version, accounts.TakeBackPostInput{})
		wantCode(t, err, fault.NotFound, "not_found")
		back, err := d.TakeBack(d.as(d.head), given.ID, given.Version, accounts.TakeBackPostInput{Reason: "提前返岗"})
		if err != nil || back.State != "ended" {
			t.Fatalf("taken back %+v, %v", back, err)
		}
		if actor, _ := access.From(d.as(d.clerk)); len(actor.Posts) != 1 {
			t.Errorf("still holds %+v", actor.Posts)
		}
		_, err = d.TakeBack(d.as(d.head), back.ID, back.Version, accounts.TakeBackPostInput{})
		wantCode(t, err, fault.Conflict, "delegation.ended")
		d.wantHistory("post", given.ID, "delegate", "take_back")
	})
	t.Run("given_back_by_the_delegate", func(t *testing.T) {
		given, err := d.delegate(d.head, d.mate, "", "2017-03-10")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.TakeBack(d.as(d.mate), given.ID, given.Version, accounts.TakeBackPostInput{Reason: "病假"}); err != nil {
			t.Fatal(err)
		}
		d.wantHistory("post", given.ID, "delegate", "give_back")
	})
	t.Run("to_somebody_below", func(t *testing.T) {
		if _, err := d.delegate(d.head, d.lower, "", "2017-03-10"); err != nil {
			t.Error(err)
		}
	})
}

func TestDelegation_ends_with_either_post_and_with_the_account(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(d *desks) error
	}{
		{"post_of_the_giver", func(d *desks) error { return d.end(d.head) }},
		{"post_of_the_delegate", func(d *desks) error { return d.end(d.clerk) }},
		{"account_of_the_giver", func(d *desks) error { return d.close(d.head) }},
		{"account_of_the_delegate", func(d *desks) error { return d.close(d.clerk) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesks(t)
			given, err := d.delegate(d.head, d.clerk, "", "2017-03-31")
			if err != nil {
				t.Fatal(err)
			}
			if err := c.end(d); err != nil {
				t.Fatal(err)
			}
			if actor, _ := d.ActorOf(t.Context(), d.clerk, day("2017-03-06")); !actor.Post(given.ID).ID.IsZero() {
				t.Errorf("still holds %+v", actor.Posts)
			}
			d.wantHistory("post", given.ID, "delegate", "lapse")
		})
	}
}

func (d *desks) end(who ident.ID) error {
	_, err := d.EndPost(d.security, d.posts[who].ID, d.posts[who].Version, accounts.EndPostInput{Reason: "轮岗"})
	return err
}

func (d *desks) close(who ident.ID) error {
	u, err := d.GetUser(d.system, who)
	if err != nil {
		return err
	}
	_, err = d.DisableUser(d.system, who, u.Version, accounts.DisableUserInput{Reason: "调离"})
	return err
}

// lent is a delegation as the test knows it.
type lent struct {
	id, giver, to ident.ID
	from, until   workday.Date
	version       int
}

// lending lives through random delegations, take-backs and posts that end, and knows what has to hold.
type lending struct {
	*desks
	r      *rand.Rand
	people []ident.ID
	today  workday.Date
	all    []lent
	ended  map[ident.ID]workday.Date // last day of an own post
}

// TestRandom_delegations_give_exactly_what_is_in_force: on any day, through delegations, take-backs and posts that end, everybody
// holds their own posts and what is delegated to them on that day, and nothing else. The seed is the name of the subtest.
func TestRandom_delegations_give_exactly_what_is_in_force(t *testing.T) {
	given := 0
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := newDesks(t)
			l := &lending{desks: d, r: rand.New(rand.NewPCG(seed, 4)), people: []ident.ID{d.head, d.clerk, d.mate, d.lower}, //nolint:gosec // a test that repeats
				today: day("2017-03-06"), ended: map[ident.ID]workday.Date{}}
			for range 40 {
				l.act(t)
				l.compare(t, l.today)
				l.compare(t, l.today.AddDays(l.r.IntN(5)))
			}
			given += len(l.all)
		})
	}
	if given < 40 {
		t.Errorf("only %d delegations were given", given)
	}
}

func (l *lending) act(t *testing.T) {
	switch l.r.IntN(7) {
	case 0, 1, 2:
		giver, to := l.people[l.r.IntN(4)], l.people[l.r.IntN(4)]
		from := l.today.AddDays(l.r.IntN(4))
		until := from.AddDays(l.r.IntN(7))
		if _, gone := l.ended[giver]; gone {
			return
		}
		got, err := l.delegate(giver, to, from.String(), until.String())
		if err != nil {
			return
		}
		if got.ValidTo != until || giver == to || giver == l.lower {
			t.Fatalf("gave %+v", got)
		}
		l.all = append(l.all, lent{got.ID, giver, to, from, until, got.Version})
	case 3:
		if len(l.all) == 0 {
			return
		}
		one := &l.all[l.r.IntN(len(l.all))]
		if _, err := l.TakeBack(l.as(one.giver), one.id, one.version, accounts.TakeBackPostInput{}); err == nil {
			one.until = l.today.AddDays(-1)
		}
	case 4, 5:
		l.today = l.today.AddDays(1)
		l.Clock.Set(l.Clock.Now().AddDate(0, 0, 1))
	default:
		who := l.people[l.r.IntN(4)]
		if l.r.IntN(4) != 0 || l.end(who) != nil {
			return
		}
		last := l.today.AddDays(-1)
		l.ended[who] = last
		for i := range l.all {
			if one := &l.all[i]; (one.giver == who || one.to == who) && one.until.After(last) {
				one.until = last
			}
		}
	}
}

// compare holds what everybody holds on a day against what the test knows.
func (l *lending) compare(t *testing.T, on workday.Date) {
	t.Helper()
	for _, who := range l.people {
		want := map[ident.ID]bool{}
		if last, gone := l.ended[who]; !gone || !last.Before(on) {
			want[l.posts[who].ID] = true
		}
		for _, one := range l.all {
			if one.to == who && !one.from.After(on) && !one.until.Before(on) {
				want[one.id] = true
			}
		}
		actor, err := l.ActorOf(t.Context(), who, on)
		if err != nil {
			t.Fatal(err)
		}
		have := map[ident.ID]bool{}
		for _, p := range actor.Posts {
			have[p.ID] = true
		}
		if !maps.Equal(have, want) {
			t.Fatalf("on %s %s holds %v, want %v", on, who, have, want)
		}
	}
}
