package accounts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/testkit/stage"
	"github.com/duban-gov/duban/internal/workday"
)

// TestLast_holder_stays_until_a_successor_is_appointed: a unit with open duties is never left without its people.
func TestLast_holder_stays_until_a_successor_is_appointed(t *testing.T) {
	s := stage.New(t)
	s.Duty("2017-10-09", s.University)
	security, system := s.Acting(s.SecurityAdmin), s.Acting(s.SystemAdmin)
	end := func(p testkit.Person) error {
		row, err := s.App.Accounts.GetPost(security, p.Post.ID)
		s.Must(err)
		_, err = s.App.Accounts.EndPost(security, row.ID, row.Version, accounts.EndPostInput{Reason: "轮岗"})
		return err
	}
	disable := func(p testkit.Person) error {
		row, err := s.App.Accounts.GetUser(system, p.ID)
		s.Must(err)
		_, err = s.App.Accounts.DisableUser(system, row.ID, row.Version, accounts.DisableUserInput{Reason: "调离"})
		return err
	}
	s.Must(end(s.Clerk)) // the head is still there
	s.Refused(end(s.Head), "post.last_holder")
	s.Refused(disable(s.Head), "post.last_holder")

	_, err := s.App.Accounts.GrantPost(security, accounts.GrantPostInput{UserID: s.Nobody.ID, UnitID: s.University.ID, Role: post.UnitClerk,
		ValidTo: workday.MustDate("2017-04-01"), Reason: "顶岗"})
	s.Must(err)
	s.Refused(end(s.Head), "post.last_holder") // who stays for a month only is no successor
	s.Hire("新任处长", post.UnitHead, s.University)
	s.Must(end(s.Head))
	s.Must(disable(s.Head))
}

// TestRandom_changes_leave_no_duty_without_a_holder lives through posts that are given and ended and accounts that are closed and
// opened, with days between. The seed is the name of the subtest.
func TestRandom_changes_leave_no_duty_without_a_holder(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := stage.New(t)
			s.Duty("2017-10-09", s.University)
			people := []testkit.Person{s.Head, s.Clerk, s.Nobody, s.Hire("甲", post.UnitClerk, s.School), s.Hire("乙", post.UnitClerk, s.School)}
			r, today := rand.New(rand.NewPCG(seed, 1)), workday.MustDate("2017-03-06") //nolint:gosec // a test that repeats
			for range 20 {
				if r.IntN(5) == 0 {
					today = today.AddDays(1 + r.IntN(9))
					s.On(today.String())
				}
				change(s, r, today, people[r.IntN(len(people))])
				held, err := s.Store.Read().Post.Query().Where(entpost.UnitID(s.University.ID), entpost.RoleIn(post.UnitHead, post.UnitClerk),
					entpost.ValidFromLTE(today), entpost.ValidToGTE(today), entpost.HasUserWith(user.DisabledAtIsNil())).Exist(t.Context())
				s.Must(err)
				if !held {
					t.Fatalf("on %s nobody answers for the open duty", today)
				}
			}
		})
	}
}

// change does one thing to a person; what a rule refuses stays undone.
func change(s *stage.Stage, r *rand.Rand, today workday.Date, who testkit.Person) {
	security, system := s.Acting(s.SecurityAdmin), s.Acting(s.SystemAdmin)
	switch r.IntN(3) {
	case 0:
		in := accounts.GrantPostInput{UserID: who.ID, UnitID: s.University.ID, Role: post.UnitClerk, Reason: "任命"}
		if r.IntN(2) == 0 {
			in.ValidTo = today.AddDays(1 + r.IntN(20))
		}
		_, _ = s.App.Accounts.GrantPost(security, in)
	case 1:
		posts, err := s.Store.Read().Post.Query().Where(entpost.UserID(who.ID), entpost.UnitID(s.University.ID)).All(s.T.Context())
		s.Must(err)
		for _, p := range posts {
			_, _ = s.App.Accounts.EndPost(security, p.ID, p.Version, accounts.EndPostInput{On: today.AddDays(r.IntN(5) - 1), Reason: "轮岗"})
		}
	default:
		row, err := s.App.Accounts.GetUser(system, who.ID)
		s.Must(err)
		if row.Disabled {
			_, _ = s.App.Accounts.EnableUser(system, row.ID, row.Version, accounts.DisableUserInput{Reason: "返岗"})
		} else {
			_, _ = s.App.Accounts.DisableUser(system, row.ID, row.Version, accounts.DisableUserInput{Reason: "调离"})
		}
	}
}

// TestDelegate_is_no_successor: what is delegated ends with the post that it is of, so it does not keep the duties held.
func TestDelegate_is_no_successor(t *testing.T) {
	s := stage.New(t)
	s.Duty("2017-10-09", s.University)
	security := s.Acting(s.SecurityAdmin)
	below := s.SchoolClerk
	_, err := s.App.Accounts.Delegate(s.Acting(s.Head), accounts.DelegatePostInput{PostID: s.Head.Post.ID, UserID: below.ID, ValidTo: workday.MustDate("2017-03-31"), Reason: "培训"})
	s.Must(err)
	row, err := s.App.Accounts.GetPost(security, s.Clerk.Post.ID)
	s.Must(err)
	_, err = s.App.Accounts.EndPost(security, row.ID, row.Version, accounts.EndPostInput{Reason: "轮岗"})
	s.Must(err)
	row, err = s.App.Accounts.GetPost(security, s.Head.Post.ID)
	s.Must(err)
	_, err = s.App.Accounts.EndPost(security, row.ID, row.Version, accounts.EndPostInput{Reason: "轮岗"})
	s.Refused(err, "post.last_holder")
}
