package evidence_test

import (
	"context"
	"strings"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
	"time"
)

// shelf is a service over two duties of two units in two years, and a report on the first.
type shelf struct {
	*testkit.Kit
	service            *evidence.Service
	first, second      ident.ID // duties
	report             ident.ID // on the first
	own, other, office context.Context
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{Kit: testkit.New(t)}
	s.service = evidence.New(s.Store, s.Gate, s.Log, files.In(t.TempDir()), limit, time.UTC)
	authority := s.Store.NewID()
	units := []ident.ID{s.Store.NewID(), s.Store.NewID()}
	s.first, s.second, s.report = s.Store.NewID(), s.Store.NewID(), s.Store.NewID()
	plans := map[ident.ID]ident.ID{}
	for i, duty := range []ident.ID{s.first, s.second} {
		plans[duty] = s.Store.NewID()
		err := s.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return tx.Plan.Create().SetID(plans[duty]).SetAuthorityID(authority).SetYear(2016 + i).SetTitle("要点").SetStatus(plan.Issued).
				SetIssuedAt(s.Store.Now()).SetCreatedAt(s.Store.Now()).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	as := func(role post.Role, at ident.ID) context.Context {
		return s.As(authority, s.Store.NewID(), "某人", access.Post{ID: s.Store.NewID(), UnitID: at, UnitPath: "00010002", Role: role})
	}
	s.own, s.other, s.office = as(post.UnitClerk, units[0]), as(post.UnitClerk, units[1]), as(post.Inspector, s.Store.NewID())
	find := func(_ context.Context, _ *ent.Client, id ident.ID) (evidence.Object, error) {
		duty, unit := s.first, units[0]
		switch id {
		case s.first, s.report:
		case s.second:
			duty, unit = s.second, units[1]
		default:
			return evidence.Object{}, fault.Missing("duty")
		}
		return evidence.Object{Facts: access.Facts{AuthorityID: authority, UnitID: unit}, Open: true, Visible: true, Subject: "duty", EventID: duty, PlanID: plans[duty]}, nil
	}
	s.service.Belongs(evidence.OnDuty, find)
	s.service.Belongs(evidence.OnReport, find)
	return s
}

func (s *shelf) put(ctx context.Context, subject string, id ident.ID, content string, change func(*evidence.Upload)) evidence.Evidence {
	s.T.Helper()
	up := evidence.Upload{Subject: subject, SubjectID: id, Name: "a.pdf", File: strings.NewReader(content)}
	if change != nil {
		change(&up)
	}
	made, err := s.service.Add(ctx, up)
	if err != nil {
		s.T.Fatal(err)
	}
	return made
}

func TestReuse_of_the_same_bytes_for_two_duties_is_flagged_on_both_sides(t *testing.T) {
	s := newShelf(t)
	one := s.put(s.own, evidence.OnDuty, s.first, pdf, nil)
	if len(one.Reused) != 0 {
		t.Fatalf("the first use is flagged: %+v", one.Reused)
	}
	two := s.put(s.other, evidence.OnDuty, s.second, pdf, nil)
	if len(two.Reused) != 1 || !two.Reused[0].Hidden || two.Reused[0].Year != 0 || !two.Reused[0].SubjectID.IsZero() {
		t.Errorf("another unit is told %+v, want another matter and no more", two.Reused)
	}
	for name, c := range map[string]struct{ of, want ident.ID }{"on_the_first": {s.first, s.second}, "on_the_second": {s.second, s.first}} {
		t.Run(name, func(t *testing.T) {
			page, err := s.service.List(s.office, evidence.OnDuty, c.of, "", 0)
			if err != nil || len(page.Items) != 1 || len(page.Items[0].Reused) != 1 {
				t.Fatalf("%+v, %v", page, err)
			}
			if use := page.Items[0].Reused[0]; use.Hidden || use.SubjectID != c.want || !use.OtherYear {
				t.Errorf("an inspector is told %+v", use)
			}
		})
	}
}

func TestReuse_within_one_duty_is_none(t *testing.T) {
	s := newShelf(t)
	s.put(s.own, evidence.OnDuty, s.first, pdf, nil)
	if again := s.put(s.own, evidence.OnReport, s.report, pdf, nil); len(again.Reused) != 0 {
		t.Errorf("the duty's own report is flagged: %+v", again.Reused)
	}
}

func TestVersions_form_a_line(t *testing.T) {
	s := newShelf(t)
	v1 := s.put(s.own, evidence.OnDuty, s.first, pdf, nil)
	v2 := s.put(s.own, evidence.OnDuty, s.first, pdf+"2", func(u *evidence.Upload) { u.SupersedesID = v1.ID })
	if v1.Revision != 1 || v2.Revision != 2 {
		t.Errorf("revisions %d and %d", v1.Revision, v2.Revision)
	}
	_, err := s.service.Add(s.own, evidence.Upload{Subject: evidence.OnDuty, SubjectID: s.first, Name: "a.pdf", SupersedesID: v1.ID, File: strings.NewReader(pdf + "3")})
	if fault.CodeOf(err) != "evidence.replaced" {
		t.Errorf("replacing an older version got %v", err)
	}
	page, err := s.service.List(s.own, evidence.OnDuty, s.first, "", 0)
	if err != nil || len(page.Items) != 2 || page.Items[0].SupersededByID != v2.ID || !page.Items[1].SupersededByID.IsZero() {
		t.Errorf("%+v, %v", page, err)
	}
}

func TestExpired_after_the_last_day(t *testing.T) {
	s := newShelf(t)
	s.put(s.own, evidence.OnDuty, s.first, pdf, func(u *evidence.Upload) { u.ExpiresOn = workday.MustDate("2017-03-06") })
	for days, want := range map[int]bool{0: false, 1: true} {
		s.Clock.Set(testkit.Start.AddDate(0, 0, days))
		page, err := s.service.List(s.own, evidence.OnDuty, s.first, "", 0)
		if err != nil || page.Items[0].Expired != want {
			t.Errorf("%d days on: expired %v, %v", days, page.Items[0].Expired, err)
		}
	}
}
