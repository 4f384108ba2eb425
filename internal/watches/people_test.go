package watches_test

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// TestHolders_are_those_whom_accounts_name holds the batch against the question asked one by one, over random posts in a tree of
// three levels.
func TestHolders_are_those_whom_accounts_name(t *testing.T) {
	r := newRig(t)
	one := accounts.New(r.Store, r.Gate, r.Log, units.New(r.Store, r.Gate, r.Log))
	tree, users := r.tree()
	today := workday.MustDate("2017-03-06")
	rapid.Check(t, func(rt *rapid.T) {
		r.repost(rt, tree, users)
		var asked []watches.Reach
		for _, u := range tree {
			for _, to := range ladder.Recipient("").Values() {
				asked = append(asked, watches.Reach{AuthorityID: u.AuthorityID, UnitID: u.ID, UnitPath: u.Path, LeaderID: users[0], To: ladder.Recipient(to)})
			}
		}
		r.write(func(ctx context.Context, tx *ent.Tx) error {
			got, err := r.Watches.Holders(ctx, tx, today, asked)
			if err != nil {
				return err
			}
			for _, q := range asked {
				want, err := one.Recipients(ctx, tx.Client(), q.AuthorityID, q.UnitID, q.LeaderID, string(q.To), today)
				if err != nil {
					return err
				}
				if len(want)+len(got[q]) > 0 && fmt.Sprint(want) != fmt.Sprint(got[q]) {
					rt.Errorf("%s of %s: %v, want %v", q.To, q.UnitPath, got[q], want)
				}
			}
			return nil
		})
	})
}

// tree makes a root with two units below it and one below each, and six users of whom the last is disabled.
func (r *rig) tree() (all []*ent.Unit, people []ident.ID) {
	r.T.Helper()
	r.write(func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.Authority.Create().SetID(r.authority()).SetCreatedAt(r.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		for i, path := range []string{"0001", "00010002", "00010003", "000100020004", "000100030005"} {
			u, err := tx.Unit.Create().SetID(r.Store.NewID()).SetAuthorityID(r.authority()).SetPath(path).SetKind(unit.Division).SetCode(fmt.Sprint(i)).
				SetCreatedAt(r.Store.Now()).Save(ctx)
			if err != nil {
				return err
			}
			all = append(all, u)
		}
		for i := range 6 {
			id := r.Store.NewID()
			people = append(people, id)
			user := tx.User.Create().SetID(id).SetAuthorityID(r.authority()).SetLogin(fmt.Sprint(i)).SetName(fmt.Sprint(i)).SetCreatedAt(r.Store.Now())
			if i == 5 {
				user.SetDisabledAt(r.Store.Now())
			}
			if err := user.Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return all, people
}

// repost gives everybody other posts.
func (r *rig) repost(rt *rapid.T, tree []*ent.Unit, people []ident.ID) {
	roles := []post.Role{post.Leader, post.Office, post.UnitHead, post.UnitClerk, post.Inspector}
	days := []workday.Date{{}, workday.MustDate("2017-03-05"), workday.MustDate("2017-03-06"), workday.MustDate("2017-12-31")}
	r.write(func(ctx context.Context, tx *ent.Tx) error {
		if _, err := tx.Post.Delete().Exec(ctx); err != nil {
			return err
		}
		for range rapid.IntRange(0, 12).Draw(rt, "posts") {
			err := tx.Post.Create().SetID(r.Store.NewID()).SetAuthorityID(r.authority()).SetUserID(rapid.SampledFrom(people).Draw(rt, "user")).
				SetUnitID(rapid.SampledFrom(tree).Draw(rt, "unit").ID).SetRole(rapid.SampledFrom(roles).Draw(rt, "role")).
				SetValidFrom(workday.MustDate("2017-01-01")).SetValidTo(rapid.SampledFrom(days).Draw(rt, "to")).
				SetActingForID(rapid.SampledFrom(append([]ident.ID{{}}, people...)).Draw(rt, "acting")).SetCreatedAt(r.Store.Now()).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
