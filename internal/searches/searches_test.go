package searches_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/searches"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// archive is a house with plans, tasks, notices and findings about disclosure (公开).
type archive struct {
	*testkit.House
	Search       *searches.Service
	issued, next ident.ID // an issued plan and a draft
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newArchive(t testing.TB, tasks int) *archive {
	k := testkit.New(t)
	a := &archive{House: k.NewHouse("岚"), Search: searches.New(k.Store, k.Gate), issued: k.Store.NewID(), next: k.Store.NewID()}
	away := k.NewHouse("远")
	must(t, k.Store.Write(access.System(t.Context(), "test"), func(ctx context.Context, tx *ent.Tx) error {
		now := k.Store.Now()
		for _, p := range []struct {
			id, authority ident.ID
			title         string
			status        plan.Status
		}{{a.issued, a.Authority, "2017年政务公开工作要点", plan.Issued}, {a.next, a.Authority, "2018年公开要点（草稿）", plan.Draft},
			{k.Store.NewID(), away.Authority, "别处的公开要点", plan.Issued}} {
			create := tx.Plan.Create().SetID(p.id).SetAuthorityID(p.authority).SetYear(2017).SetTitle(p.title).SetNumber("〔2017〕3号").SetStatus(p.status).SetCreatedAt(now)
			if p.status == plan.Issued {
				create.SetIssuedAt(now)
			}
			if err := create.Exec(ctx); err != nil {
				return err
			}
			if err := a.addTask(ctx, tx, p.authority, p.id, 1, "（一）1", "推进高校信息公开", "编制政府信息公开目录，Open Data 100% 公布。"); err != nil {
				return err
			}
			if err := a.addTask(ctx, tx, p.authority, p.id, 2, "（一）2", "完善招生制度", "各高校主动公开招生章程和录取结果，接受社会监督；未公开的限期改正。"); err != nil {
				return err
			}
		}
		visit := k.Store.NewID()
		if err := tx.Inspection.Create().SetID(visit).SetAuthorityID(a.Authority).SetTitle("专项督查").SetKind(rectify.Special).SetStartsOn(workday.MustDate("2017-03-20")).
			SetEndsOn(workday.MustDate("2017-03-24")).SetCreatedByID(a.Inspector.ID).SetCreatedAt(now).Exec(ctx); err != nil {
			return err
		}
		for i, place := range []testkit.Place{a.University, a.Bureau} {
			if err := tx.Notice.Create().SetID(k.Store.NewID()).SetAuthorityID(a.Authority).SetUnitID(place.ID).SetUnitPath(place.Path).SetNumber([]string{"岚教督〔2017〕1号", ""}[i]).
				SetStatus([]rectify.NoticeStatus{rectify.NoticeServed, rectify.NoticeDraft}[i]).SetTitle("限期整改通知书").SetRequirement("限期公开招生信息").SetCreatedByID(a.Inspector.ID).SetServedAt(now).SetCreatedAt(now).Exec(ctx); err != nil {
				return err
			}
			if err := tx.Finding.Create().SetID(k.Store.NewID()).SetAuthorityID(a.Authority).SetInspectionID(visit).SetUnitID(place.ID).SetUnitPath(place.Path).
				SetSeverity(rectify.Major).SetDescription("招生章程未公开").SetBasis("《条例》第九条").SetFoundByID(a.Inspector.ID).SetCreatedAt(now).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	}))
	a.fill(tasks)
	return a
}

func (a *archive) addTask(ctx context.Context, tx *ent.Tx, authority, planID ident.ID, n int, number, title, content string) error {
	return tx.Task.Create().SetID(a.Store.NewID()).SetAuthorityID(authority).SetPlanID(planID).SetPath(unit.Segment(n)).SetKind(plan.Task).SetNumber(number).
		SetTitle(title).SetContent(content).Exec(ctx)
}

// fill adds tasks that are about something else.
func (a *archive) fill(n int) {
	a.T.Helper()
	const about = "各单位要加强组织领导，健全工作机制，细化任务分工，强化督促检查，确保各项任务落到实处；每季度末报送进展，年底前形成总结材料并按程序报批后印发。"
	for from := 0; from < n; from += 1000 {
		rows := [][]any{}
		for i := from; i < min(n, from+1000); i++ {
			rows = append(rows, []any{a.Store.NewID(), a.Authority, a.issued, 0, unit.Segment(i%30000 + 100), "task", fmt.Sprint(i), fmt.Sprint("推动第", i, "项重点工作落实"), about + strconv.Itoa(i), workday.Date{}, workday.Date{}, 0})
		}
		must(a.T, a.Store.Write(a.T.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return a.Store.InsertRows(ctx, tx, "tasks", []string{"id", "authority_id", "plan_id", "parent_id", "path", "kind", "number", "title", "content", "start_date", "due_date", "leader_id"}, rows)
		}))
	}
}

func (a *archive) find(t *testing.T, who testkit.Person, text string) []string {
	t.Helper()
	hits, err := a.Search.Search(a.Acting(who), text, "", 50)
	must(t, err)
	got := []string{}
	for _, h := range hits.Items {
		got = append(got, h.Kind)
	}
	slices.Sort(got)
	return got
}

func TestSearch_shows_nobody_what_they_may_not_open(t *testing.T) {
	a := newArchive(t, 0)
	for _, c := range []struct {
		who  testkit.Person
		text string
		want string
	}{
		{a.Office, "公开", "[finding finding notice notice plan plan task task task task]"}, // the office edits drafts
		{a.Leader, "公开", "[finding finding notice notice plan plan task task task task]"},
		{a.Clerk, "公开", "[finding notice plan task task]"},
		{a.SchoolClerk, "公开", "[plan task task]"},
		{a.BureauHead, "公开", "[finding plan task task]"}, // the notice is a draft
		{a.Clerk, "草稿", "[]"},
		{a.Clerk, "别处", "[]"},
		{a.Clerk, "岚江市", "[]"},
		{a.Office, "岚江市", "[finding notice]"},
		{a.Clerk, "信息公开 目录", "[task]"},
		{a.Clerk, "open data", "[task]"},
		{a.Clerk, "100%", "[task]"},
		{a.Clerk, "%", "[task]"},
		{a.Clerk, "校", "[task task]"},
		{a.Clerk, "〔2017〕1号", "[notice]"},
	} {
		if got := fmt.Sprint(a.find(t, c.who, c.text)); got != c.want {
			t.Errorf("%s looks for %q: %s, want %s", c.who.Name, c.text, got, c.want)
		}
	}
	for _, who := range []testkit.Person{a.SystemAdmin, a.AuditAdmin, a.Nobody} {
		if _, err := a.Search.Search(a.Acting(who), "公开", "", 0); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s searches business: %v", who.Name, err)
		}
	}
}

func TestSearch_ranks_titles_first_and_marks_the_words(t *testing.T) {
	a := newArchive(t, 0)
	hits, err := a.Search.Search(a.Acting(a.Clerk), "公开", "task", 0)
	must(t, err)
	first, second := hits.Items[0], hits.Items[1]
	if first.Title != "推进高校信息公开" || fmt.Sprint(first.TitleSpans) != "[{6 8}]" {
		t.Errorf("first %+v", first)
	}
	if runes := []rune(second.Excerpt); len(second.ExcerptSpans) != 2 || string(runes[second.ExcerptSpans[1].From:second.ExcerptSpans[1].To]) != "公开" {
		t.Errorf("second %+v", second)
	}
	for text, code := range map[string]string{"": "required", "　 ": "required", "一 二 三 四 五 六 七 八 九": "search.too_many"} {
		if _, err := a.Search.Search(a.Acting(a.Clerk), text, "", 0); fault.As(err) == nil || fault.As(err).Fields[0].Code != code {
			t.Errorf("%q: %v, want %s", text, err, code)
		}
	}
}

// TestSearch_is_quick_at_many_tasks measures: SEARCH_TASKS=100000 is the size that the ADR speaks of.
func TestSearch_is_quick_at_many_tasks(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SEARCH_TASKS"))
	if n == 0 {
		t.Skip("set SEARCH_TASKS=100000 to measure")
	}
	a := newArchive(t, n)
	for _, text := range []string{"信息公开", "没有的词", "工作", "重点工作 99"} {
		best := time.Hour
		for range 5 {
			start := time.Now()
			_, err := a.Search.Search(a.Acting(a.Clerk), text, "", 0)
			must(t, err)
			best = min(best, time.Since(start))
		}
		t.Logf("%d tasks, %s: %s", n, text, best.Round(100*time.Microsecond))
	}
}
