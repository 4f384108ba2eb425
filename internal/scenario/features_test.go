package scenario_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/scenario"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

// demoDay is the day on whose evening the demonstration stands.
var demoDay = workday.NewDate(2017, 9, 20)

// feature is a feature of the year of a duty, by the words of docs/scenario.md, with what the database holds once it was used.
type feature struct{ name, proof string }

// event counts the events of an action.
func event(subject, action string) string {
	return "SELECT count(*) FROM events WHERE subject = '" + subject + "' AND action = '" + action + "'"
}

// reported counts the reports that were asked for by a cycle and handed in.
func reported(cycle string) string {
	return "SELECT count(*) FROM reports r JOIN occurrences o ON o.id = r.occurrence_id WHERE r.submitted_at IS NOT NULL AND o.cycle = '" + cycle + "'"
}

// lit counts the lights of a rule.
func lit(rule string) string {
	return "SELECT count(*) FROM light_changes WHERE rule = 'duty.default@2:" + rule + "'"
}

// proceeded counts the proceedings of a kind that were approved, issued and signed for.
func proceeded(kind string) string {
	return "SELECT count(*) FROM proceedings WHERE kind = '" + kind + "' AND status = 'signed' AND decided_at IS NOT NULL AND number <> ''"
}

var features = []feature{
	// units' side
	{"accept within the sign-for period", "SELECT count(*) FROM duties WHERE accepted_at IS NOT NULL"},
	{"return with a reason and a proposed unit", "SELECT count(*) FROM messages WHERE template = 'duty.returned_to'"},
	{"give a returned duty to the unit that was proposed", event("duty", "reassign")},
	{"insist on a returned duty", event("duty", "insist")},
	{"delegate: an acting officer passes reports", "SELECT count(*) FROM reports r JOIN posts p ON p.user_id = r.reviewer_id JOIN duties d ON d.id = r.duty_id " +
		"WHERE p.unit_id = d.unit_id AND p.valid_to = '2017-06-30'"},
	{"take an acting post back", event("post", "end")},
	{"hand a post over by a list that three people signed", "SELECT count(*) FROM hand_overs h WHERE h.status = 'taken' AND h.rows > 0 AND " +
		"(SELECT count(*) FROM hand_over_signatures s WHERE s.hand_over_id = h.id AND s.hash = h.hash) = 3"},
	{"delegate one's own post", event("post", "delegate")},
	{"take a delegation back", event("post", "take_back")},
	{"report weekly", reported("weekly")},
	{"report monthly on a day", reported("FREQ=MONTHLY;BYMONTHDAY=28")},
	{"report by the 5th of the next month", reported("monthly_after")},
	{"report quarterly", reported("quarterly")},
	{"report half-yearly", reported("half_yearly")},
	{"report each semester", reported("by_semester")},
	{"report by milestone", reported("milestones")},
	{"report after 1, 3 and 7 days", reported("days_1_3_7")},
	{"report every third year", "SELECT count(*) FROM occurrences WHERE cycle = 'FREQ=YEARLY;INTERVAL=3'"},
	{"report late", "SELECT count(*) FROM lapses l JOIN reports r ON r.occurrence_id = l.occurrence_id AND r.duty_id = l.duty_id WHERE r.submitted_at IS NOT NULL"},
	{"fall short of a report", "SELECT count(*) FROM lapses l WHERE NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence_id = l.occurrence_id AND r.duty_id = l.duty_id)"},
	{"save a draft", "SELECT count(*) FROM reports WHERE status = 'draft'"},
	{"review by the unit, then by the office", "SELECT count(*) FROM reports WHERE status = 'confirmed' AND reviewed_at IS NOT NULL AND confirmed_at IS NOT NULL"},
	{"send a report back with a reason", event("duty", "report.send_back")},
	{"correct a confirmed report as a new version", "SELECT count(*) FROM reports WHERE revision = 2 AND status = 'confirmed'"},
	{"confirm a figure", "SELECT count(*) FROM figures"},
	{"one figure answers two plans", "SELECT count(*) FROM reports r JOIN duties d ON d.id = r.duty_id JOIN task_indicators i ON i.task_id = d.task_id " +
		"JOIN figures f ON f.indicator_id = i.indicator_id AND f.unit_id = d.unit_id AND f.period = r.period AND f.plan_id <> d.plan_id WHERE r.status = 'confirmed' AND r.figures IS NULL"},
	{"change who reports how often in an issued plan", "SELECT count(*) FROM occurrences WHERE cycle = 'half_yearly' AND task_id IN (SELECT task_id FROM occurrences WHERE cycle = 'FREQ=MONTHLY;BYMONTHDAY=5')"},
	{"evidence with kind and expiry", "SELECT count(*) FROM evidences WHERE kind = '印发文件' AND expires_on > '2018-01-01'"},
	{"evidence by link", "SELECT count(*) FROM evidences WHERE url <> ''"},
	{"a new version of evidence", "SELECT count(*) FROM evidences a JOIN evidences b ON b.supersedes_id = a.id"},
	{"one file for two duties", "SELECT count(*) FROM evidences a JOIN evidences b ON b.sha256 = a.sha256 AND b.subject_id <> a.subject_id WHERE a.subject = 'duty' AND b.subject = 'duty' AND a.url = ''"},
	{"one file in two years", "SELECT count(*) FROM evidences a JOIN replies x ON x.id = a.subject_id JOIN notices m ON m.id = x.notice_id AND m.year = 2016 " +
		"JOIN evidences b ON b.sha256 = a.sha256 JOIN replies y ON y.id = b.subject_id JOIN notices n ON n.id = y.notice_id AND n.year = 2017"},
	{"a photograph as proof", "SELECT count(*) FROM evidences WHERE media_type = 'image/png'"},
	{"a completion contract that is met", "SELECT count(*) FROM tasks t JOIN duties d ON d.task_id = t.id WHERE t.contract IS NOT NULL AND d.status = 'closed'"},
	{"close-out in three steps", "SELECT count(*) FROM closings c WHERE c.status = 'finished' AND 3 = (SELECT count(*) FROM signatures s WHERE s.closing_id = c.id)"},
	{"send a completion back", event("duty", "send_back")},
	{"reopen a duty", event("duty", "reopen")},
	{"an inspector's opinion on an extension", event("duty", "extension.opine")},
	{"an extension that is granted", event("duty", "extension.grant")},
	{"an extension that is refused", event("duty", "extension.refuse")},
	{"split a duty", event("duty", "share.assign")},
	{"return a share, insist, send back, confirm", "SELECT min(n) FROM (SELECT count(*) AS n FROM events WHERE action IN ('share.return', 'share.insist', 'share.send_back', 'share.confirm') GROUP BY action) x"},
	// supervisors' side
	{"a light by time", lit("near")},
	{"a light by the gap to the planned trajectory", lit("far_behind")},
	{"a light by repetition", lit("again")},
	{"a rule version of one's own", "SELECT count(*) FROM rule_versions WHERE status = 'approved'"},
	{"the ladder reminds", "SELECT count(*) FROM steps WHERE kind = 'remind'"},
	{"the ladder urges", "SELECT count(*) FROM steps WHERE kind = 'urge'"},
	{"the ladder sends a letter of a colour", "SELECT count(*) FROM letters WHERE colour = 'orange'"},
	{"the ladder escalates", "SELECT count(*) FROM steps WHERE kind = 'escalate'"},
	{"the ladder proposes a criticism", "SELECT count(*) FROM proceedings WHERE kind = 'criticism' AND origin <> '' AND status = 'refused'"},
	{"urge one, read and answered", "SELECT count(*) FROM urges u JOIN messages m ON m.event_id = u.event_id WHERE u.replied_at IS NOT NULL AND m.read_at IS NOT NULL"},
	{"urge many at once", "SELECT count(*) - 10 FROM urges WHERE content LIKE '半年进展报告至今未收到%'"},
	{"an instruction that is answered and closed", event("instruction", "finish")},
	{"an instruction that creates a task", "SELECT count(*) FROM matters WHERE source = 'instruction' AND number <> ''"},
	{"a matter from minutes, approved", "SELECT count(*) FROM matters WHERE source = 'minutes' AND number <> ''"},
	{"a matter from a letter, approved", "SELECT count(*) FROM matters WHERE source = 'letter' AND number <> ''"},
	{"a matter that is closed with its result", event("matter", "close")},
	{"a matter that is refused", event("matter", "refuse")},
	{"a matter that waits for approval", "SELECT count(*) FROM matters WHERE status = 'proposed'"},
	{"interview", proceeded("interview")},
	{"commendation", proceeded("commendation")},
	{"criticism", proceeded("criticism")},
	{"a proceeding that waits for approval", "SELECT count(*) FROM proceedings WHERE status = 'proposed'"},
	{"an inspection plan that is approved", event("inspection", "approve")},
	{"an inspection plan that is sent back", event("inspection", "send_back")},
	{"a duplicate inspection that is explained", "SELECT count(*) FROM inspection_duplicates"},
	{"a check-list on the spot", "SELECT count(*) FROM inspection_checks"},
	{"a finding with severity and basis", "SELECT count(*) FROM findings WHERE severity = 'serious' AND basis <> ''"},
	{"a notice over several findings", "SELECT count(*) FROM (SELECT notice_id FROM findings WHERE notice_id <> 0 GROUP BY notice_id HAVING count(*) > 1) x"},
	{"a notice that is signed for", event("notice", "sign")},
	{"a rectification plan, returned and accepted", "SELECT min(n) FROM (SELECT count(*) AS n FROM events WHERE action IN ('plan', 'return_plan', 'accept_plan') AND subject = 'notice' GROUP BY action) x"},
	{"a reply with its report", event("notice", "reply")},
	{"a check on the spot", "SELECT count(*) FROM site_checks WHERE outcome = 'violates'"},
	{"a notice verified by somebody else and closed", "SELECT count(*) FROM notices n JOIN replies r ON r.notice_id = n.id WHERE n.status = 'closed' AND n.closed_by_id <> r.author_id"},
	{"a second notice", "SELECT count(*) FROM notices WHERE previous_id <> 0 AND status = 'closed'"},
	{"a fault that rebounds", event("notice", "reopen")},
	{"a finding that repeats an earlier one", "SELECT count(*) FROM finding_links WHERE status = 'confirmed' AND similarity > 0"},
	{"an objection decided by people who had no part", "SELECT count(*) FROM objections WHERE status = 'revoked' AND decided_at IS NOT NULL"},
	{"an objection that waits", "SELECT count(*) FROM objections WHERE status = 'filed'"},
	{"a look-back with a draw", "SELECT count(*) FROM look_items WHERE status = 'held'"},
	{"a look-back that finds a fault again", "SELECT count(*) FROM look_items WHERE status = 'came_back' AND notice_id <> 0"},
	{"a conclusion that is received", event("conclusion", "receive")},
	{"a void number of a notice", "SELECT count(*) FROM number_voids WHERE kind = 'rectification' AND reason <> ''"},
	{"a void number of a matter", "SELECT count(*) FROM number_voids WHERE kind = 'matter' AND reason <> ''"},
	{"a void number of an inspection", "SELECT count(*) FROM number_voids WHERE kind = 'inspection' AND reason <> ''"},
	// time
	{"a calendar version loaded and approved", "SELECT count(*) FROM calendar_versions WHERE status = 'applied'"},
	{"deadlines move with the calendar", "SELECT count(*) FROM due_changes WHERE origin <> '' AND old_date <> '' AND new_date <> old_date"},
	{"a semester's reports", reported("by_semester")},
	// seeing
	{"a view of one's own, a view for a unit", "SELECT count(DISTINCT unit_id) - 1 FROM saved_views"},
	{"follow a duty", "SELECT count(*) FROM follows"},
	{"a digest", "SELECT count(*) FROM digest_days"},
	{"a calendar feed that is read", "SELECT count(*) FROM calendar_feeds WHERE read_at IS NOT NULL"},
	{"an export", event("ledger", "export")},
}

// TestEveryFeature holds that the sample's year uses every feature before the evening on which the demonstration stands, so that
// whoever reads docs/scenario.md can open each.
func TestEveryFeature(t *testing.T) {
	if testkit.Race {
		t.Skip("a year is played without the race detector")
	}
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = testkit.URL(t), t.TempDir(), ""
	var told strings.Builder
	made, err := scenario.Prepare(t.Context(), c, nil, sample.Options{}, scenario.Options{Seed: 1, Until: demoDay, Tell: func(line string) { told.WriteString(line + "\n") }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = made.App.Close() })
	page, err := os.ReadFile("../../docs/scenario.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range features {
		t.Run(strings.ReplaceAll(f.name, " ", "_"), func(t *testing.T) {
			var n int
			if err := made.App.Store.DB().QueryRowContext(t.Context(), f.proof).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n < 1 {
				t.Errorf("the year does not show it")
			}
			if !bytes.Contains(page, []byte("| "+f.name+" |")) {
				t.Errorf("docs/scenario.md does not say where to see it")
			}
		})
	}
	for _, line := range []string{"completion refused: ", "lint warning plan.asked_twice", "rule version duty.default@2 tried on ", "decisions on deadlines stopped", "calendar feed: "} {
		if !strings.Contains(told.String(), line) {
			t.Errorf("the year does not tell %q", line)
		}
	}
	if made.Tally.Foreseen == 0 || made.Tally.Exported == 0 || made.Tally.ClockBack == 0 {
		t.Errorf("no dry run, no export, or no clock that goes back: %+v", made.Tally)
	}
	t.Run("what_is_read", func(t *testing.T) { readings(t, made) })
}

// readings asks what leaves no trace: search, facets, a past instant, the burden meter, late moves, catching up, what waits for whom.
func readings(t *testing.T, made *scenario.Prepared) {
	t.Helper()
	a := made.App
	office := as(t, made, post.Office, "")
	hits, err := a.Searches.Search(office, "招生 公开", "", 20)
	if err != nil || len(hits.Items) == 0 {
		t.Errorf("full-text search in Chinese finds nothing: %v", err)
	}
	facets, err := a.Ledgers.Facets(office, ledgers.LedgerQuery{Text: "灯:逾期"})
	if err != nil || len(facets.Light) < 3 || len(facets.Leaders) == 0 {
		t.Errorf("facets: %+v, %v", facets, err)
	}
	then, err := a.Ledgers.List(office, ledgers.LedgerQuery{AsOf: time.Date(2017, 6, 1, 0, 0, 0, 0, time.UTC), Limit: 5})
	if err != nil || len(then.Items) == 0 {
		t.Errorf("the ledger of a past instant: %v", err)
	}
	burden, err := a.Indicators.Burdens(office, 2017, 0, 5)
	if err != nil || len(burden.Items) == 0 || burden.Items[0].Fields == 0 {
		t.Errorf("the burden meter: %v", err)
	}
	if !movedLate(t, a, office) {
		t.Error("no due date was moved within the last days before it")
	}
	if n := caughtUp(t, a); n == 0 {
		t.Error("no light changed while the program stood still")
	}
	for _, state := range []occurrences.State{occurrences.Due, occurrences.Missing, occurrences.Late} {
		if page, err := a.Occurrences.List(office, occurrences.DueReportQuery{State: state, Limit: 5}); err != nil || len(page.Items) == 0 {
			t.Errorf("no report is %s: %v", state, err)
		}
	}
	for _, who := range []struct {
		role post.Role
		unit string
	}{{post.Office, ""}, {post.Inspector, ""}, {post.UnitHead, "D02"}, {post.UnitClerk, "D02"}} {
		if list, err := a.Duties.Waiting(as(t, made, who.role, who.unit)); err != nil || len(list.Items) == 0 {
			t.Errorf("nothing waits for %s %s: %v", who.role, who.unit, err)
		}
	}
}

func as(t *testing.T, made *scenario.Prepared, role post.Role, unit string) context.Context {
	t.Helper()
	who, ok := made.House.One(role, unit)
	if !ok {
		t.Fatalf("nobody is %s in %q", role, unit)
	}
	actor, err := made.App.Accounts.ActorOf(t.Context(), who.ID, demoDay)
	if err != nil {
		t.Fatal(err)
	}
	return access.With(t.Context(), actor)
}

// movedLate looks for a due date that was moved within the last days before it, as the deadline ledger flags it.
func movedLate(t *testing.T, a *app.App, office context.Context) bool {
	t.Helper()
	found := false
	list, err := a.Ledgers.List(office, ledgers.LedgerQuery{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list.Items {
		if d.DueRevision == 1 {
			continue
		}
		moves, err := a.Duties.Ledger(office, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range moves.Items {
			found = found || m.Late
		}
	}
	return found
}

// caughtUp counts the lights that changed while the program stood still over the Qingming holiday, and were noticed afterwards.
func caughtUp(t *testing.T, a *app.App) int {
	t.Helper()
	rows, err := a.Store.DB().QueryContext(t.Context(), "SELECT since, noted_at FROM light_changes")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var since, noted time.Time
		if err := rows.Scan(&since, &noted); err != nil {
			t.Fatal(err)
		}
		if noted.Sub(since) > 24*time.Hour {
			n++
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}
