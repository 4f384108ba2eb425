package duties_test

import (
	"context"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// deputise lets somebody act in the post of the head of unit 1 besides what they hold themselves.
func (b *bureau) deputise(name string) context.Context {
	b.T.Helper()
	id := b.Store.NewID()
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Post.Create().SetID(id).SetAuthorityID(b.Authority).SetUserID(b.IDs[name]).SetUnitID(b.Units[1].ID).SetRole(post.UnitHead).
			SetValidFrom(workday.MustDate("2017-03-06")).SetValidTo(workday.MustDate("2017-05-30")).SetActingForID(b.IDs["head1"]).SetGrantedByID(b.IDs["head1"]).
			SetDelegated(true).SetCreatedAt(b.Store.Now()).Exec(ctx)
	})
	actor, err := access.From(b.People[name])
	must(b.T, err)
	actor.Posts = append(actor.Posts, access.Post{ID: id, UnitID: b.Units[1].ID, UnitPath: b.Units[1].Path, Role: post.UnitHead, ActingForID: b.IDs["head1"]})
	return access.With(b.T.Context(), actor)
}

// TestDelegate_reviews_for_the_head_and_never_what_either_of_them_submitted: separation of duties follows the person, and the person
// whose post it is.
func TestDelegate_reviews_for_the_head_and_never_what_either_of_them_submitted(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	b.hire("mate1", post.UnitClerk, 1)
	deputy := b.deputise("clerk1")
	submit := func(who context.Context) duties.Report {
		r, err := b.Duties.SaveReport(who, d.ID, duties.SaveReportInput{Kind: "progress", Progress: 2000, Narrative: "已起草"})
		must(t, err)
		r, err = b.Duties.SubmitReport(who, r.ID, r.Version)
		must(t, err)
		return r
	}
	waits := func(who context.Context) int {
		list, err := b.Duties.Waiting(who)
		must(t, err)
		n := 0
		for _, item := range list.Items {
			if item.Kind == "review_report" {
				n++
			}
		}
		return n
	}
	own := submit(b.People["clerk1"])
	_, err := b.Duties.ReviewReport(deputy, own.ID, own.Version)
	wantCode(t, err, "separation.author")
	if waits(deputy) != 0 || waits(b.People["head1"]) != 1 {
		t.Error("what the delegate submitted waits for the head, not for the delegate")
	}
	own, err = b.Duties.ReviewReport(b.People["head1"], own.ID, own.Version) // the head keeps the post
	must(t, err)

	heads := submit(b.People["head1"])
	_, err = b.Duties.ReviewReport(deputy, heads.ID, heads.Version)
	wantCode(t, err, "separation.author")
	if waits(deputy) != 0 {
		t.Error("what the head submitted waits for the head's deputy")
	}

	other := submit(b.People["mate1"])
	if waits(deputy) != 1 {
		t.Error("what a colleague submitted does not wait for the delegate")
	}
	other, err = b.Duties.ReviewReport(deputy, other.ID, other.Version)
	must(t, err)
	if other.Status != duty.ReportReviewed {
		t.Errorf("reviewed as %+v", other)
	}
	events, err := b.Log.Of(t.Context(), "duty", d.ID, ident.ID{}, 100)
	must(t, err)
	if last := events[len(events)-1]; last.ActorName != "clerk1" || last.ActingFor != "head1" {
		t.Errorf("the history names %s for %q", last.ActorName, last.ActingFor)
	}
	if first := events[len(events)-2]; first.ActingFor != "" {
		t.Errorf("what mate1 did is for %q", first.ActingFor)
	}
}
