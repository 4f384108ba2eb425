package crash

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/scenario"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

// issued is the instant at which the plan of the test goes out: Friday 2017-09-01, 10:00 in Shanghai. Its first deadline is
// two weeks away.
var issued = time.Date(2017, 9, 1, 2, 0, 0, 0, time.UTC)

// house is a database with the sample authority, six matters issued over some three hundred duties, and people with API tokens.
type house struct {
	binary, url, files string
	began              time.Time     // by the machine's clock, when the house's clock stood at issued
	days               time.Duration // what the house's clock was put forward since

	sample  *scenario.House
	planID  ident.ID
	people  map[ident.ID]staff // by unit
	duties  []duties.Duty      // as they were issued, in the order of their units
	office  string             // token
	checker string             // token of the inspector who verifies
}

// staff are the tokens of the two people of a unit.
type staff struct{ clerk, head string }

// offset is how far the house's clock is from the machine's.
func (h *house) offset() time.Duration { return issued.Sub(h.began) + h.days }

// now is the house's clock.
func (h *house) now() time.Time { return time.Now().Add(h.offset()) }

// open builds the program in the test's own process, on the house's database and by its clock.
func (h *house) open(t *testing.T) *app.App {
	t.Helper()
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = h.url, h.files, ""
	a, err := app.Build(t.Context(), c, app.Options{Now: h.now})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// prepare makes the database through the use cases, as people would.
func prepare(t *testing.T) *house {
	t.Helper()
	h := &house{binary: binary(t), url: testkit.URL(t), files: t.TempDir(), began: time.Now(), people: make(map[ident.ID]staff)}
	a := h.open(t)
	defer a.Close()
	var err error
	h.sample, err = scenario.Load(t.Context(), a, sample.Options{})
	must(t, err)
	officer, ctx := h.acting(t, a, post.Office, "")
	made, err := a.Plans.Import(ctx, []byte(sample.TablePlan), plans.ImportPlanInput{Name: "table.md", Year: 2017, DocumentDate: workday.NewDate(2017, 9, 1)})
	must(t, err)
	lint, err := a.Plans.Lint(ctx, made.Plan.ID)
	must(t, err)
	var seen []string
	for _, f := range lint.Findings {
		seen = append(seen, f.Key)
	}
	_, err = a.Plans.Issue(ctx, made.Plan.ID, made.Plan.Version, plans.IssuePlanInput{Acknowledge: seen})
	must(t, err)
	h.planID = made.Plan.ID
	h.hire(t, a, officer)
	h.list(t, a, ctx)
	return h
}

// acting is a person of the sample who holds a role, with the context in which that person acts.
func (h *house) acting(t *testing.T, a *app.App, role post.Role, unitCode string) (scenario.Person, context.Context) {
	t.Helper()
	who, ok := h.sample.One(role, unitCode)
	if !ok {
		t.Fatalf("nobody is %s in %q", role, unitCode)
	}
	return who, h.as(t, a, who)
}

func (h *house) as(t *testing.T, a *app.App, who scenario.Person) context.Context {
	t.Helper()
	actor, err := a.Accounts.ActorOf(t.Context(), who.ID, workday.NewDate(2017, 9, 1))
	must(t, err)
	return access.With(t.Context(), actor)
}

// hire gives API tokens to the office, an inspector and the people of every unit that has both clerk and head. The units of
// the office and the inspectors stay out: nobody decides on what their own unit does.
func (h *house) hire(t *testing.T, a *app.App, officer scenario.Person) {
	t.Helper()
	inspector, ctx := h.acting(t, a, post.Inspector, "")
	read := []access.Permission{access.DutyRead, access.ReportRead}
	token := func(ctx context.Context, more ...access.Permission) string {
		made, err := a.Accounts.CreateToken(ctx, accounts.CreateTokenInput{Name: "crash", Permissions: append(more, read...), ExpiresAt: issued.AddDate(0, 11, 0)})
		must(t, err)
		return made.Secret
	}
	h.office = token(h.as(t, a, officer), access.ReportConfirm, access.DutyUrge, access.DutyReopen)
	h.checker = token(ctx, access.DutyClose)
	for _, clerk := range h.sample.People {
		head, ok := h.sample.One(post.UnitHead, clerk.Unit)
		if clerk.Role != post.UnitClerk || !ok || clerk.UnitID == officer.UnitID || clerk.UnitID == inspector.UnitID {
			continue
		}
		h.people[clerk.UnitID] = staff{
			clerk: token(h.as(t, a, clerk), access.DutyAccept, access.ReportSave, access.ReportSubmit, access.UrgeRead, access.UrgeReply),
			head:  token(h.as(t, a, head), access.ReportReview)}
	}
}

func (h *house) list(t *testing.T, a *app.App, office context.Context) {
	t.Helper()
	for after := ""; ; {
		page, err := a.Duties.List(office, duties.DutyQuery{PlanID: h.planID, After: after, Limit: 200})
		must(t, err)
		h.duties = append(h.duties, page.Items...)
		if after = page.Next; after == "" {
			break
		}
	}
	if len(h.duties) < 300 {
		t.Fatalf("%d duties were issued, want some hundreds", len(h.duties))
	}
}

// kills is how often servers are killed: KILLS, or the short form.
func kills(t *testing.T, short int) int {
	t.Helper()
	text := os.Getenv("KILLS")
	if text == "" {
		return short
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("KILLS=%s is no number", text)
	}
	return n
}

func (h *house) postgres() bool { return strings.HasPrefix(h.url, "postgres") }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
