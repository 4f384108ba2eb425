package crash

import (
	"fmt"
	"net/http"
)

// act is one write in the life of a duty: who asks for what, and what is on record afterwards.
type act struct {
	event  string // action of the one event that it appends
	who    func(*house, *life) string
	method string
	path   func(*life) string
	body   func(*life) string
	match  func(*life) int      // the version that it is based on; nil for a create
	status int                  // of success
	took   func(*life, *answer) // what the answer says of the object
	moves  bool                 // whether the row of the duty itself changes
}

// life is one duty in the hands of a writer, as far as it is acknowledged.
type life struct {
	id, unit string
	n        int // for texts that differ
	done     []act
	pending  *act // sent, and not known to be done

	duty, report, urge object
	progress           int
}

// object is what the last answer said.
type object struct {
	id      string
	version int
	status  string
}

// answer is the part of an answer that the test needs.
type answer struct {
	ID       string `json:"id"`
	Status   string `json:"status"`
	Version  int    `json:"version"`
	Progress int    `json:"progress"`
	code     int
	raw      string
}

func (a *answer) object() object { return object{a.ID, a.Version, a.Status} }

func clerk(h *house, l *life) string   { return h.staffOf(l).clerk }
func head(h *house, l *life) string    { return h.staffOf(l).head }
func office(h *house, _ *life) string  { return h.office }
func checker(h *house, _ *life) string { return h.checker }

func none(*life) string { return "" }

// text is a body with one text that is this life's own.
func text(format string) func(*life) string {
	return func(l *life) string { return fmt.Sprintf(format, l.id, l.n) }
}

func tookDuty(l *life, a *answer)   { l.duty, l.progress = a.object(), a.Progress }
func tookReport(l *life, a *answer) { l.report = a.object() }
func tookUrge(l *life, a *answer)   { l.urge = a.object() }

func onDuty(path string) func(*life) string {
	return func(l *life) string { return "/duties/" + l.id + path }
}

func onReport(path string) func(*life) string {
	return func(l *life) string { return "/reports/" + l.report.id + path }
}

func dutyIs(l *life) int   { return l.duty.version }
func reportIs(l *life) int { return l.report.version }

// course is the life of a duty from its signature to its close-out.
var course = []act{
	{event: "accept", who: clerk, method: http.MethodPost, path: onDuty("/accept"), body: none, match: dutyIs, status: 200, took: tookDuty, moves: true},
	{event: "report.save", who: clerk, method: http.MethodPost, path: onDuty("/reports"), status: 201, took: tookReport,
		body: text(`{"kind":"progress","period":"2017-09","progress":4000,"narrative":"进展 %s %d"}`)},
	{event: "report.save", who: clerk, method: http.MethodPut, path: onReport(""), match: reportIs, status: 200, took: tookReport,
		body: text(`{"kind":"progress","period":"2017-09","progress":4500,"narrative":"改稿 %s %d"}`)},
	{event: "report.submit", who: clerk, method: http.MethodPost, path: onReport("/submit"), body: none, match: reportIs, status: 200, took: tookReport},
	{event: "report.review", who: head, method: http.MethodPost, path: onReport("/review"), body: none, match: reportIs, status: 200, took: tookReport},
	{event: "report.confirm", who: office, method: http.MethodPost, path: onReport("/confirm"), body: none, match: reportIs, status: 200, moves: true,
		took: func(l *life, a *answer) {
			tookReport(l, a)
			l.duty.version, l.progress = l.duty.version+1, a.Progress
		}},
	{event: "urge", who: office, method: http.MethodPost, path: onDuty("/urges"), status: 201, took: tookUrge, body: text(`{"content":"请抓紧办理 %s %d","reason":"到期仍未办结"}`)},
	{event: "urge.reply", who: clerk, method: http.MethodPost, path: func(l *life) string { return "/urges/" + l.urge.id + "/reply" }, status: 200,
		took: tookUrge, match: func(l *life) int { return l.urge.version }, body: text(`{"text":"正在办理 %s %d"}`)},
	{event: "report.save", who: clerk, method: http.MethodPost, path: onDuty("/reports"), status: 201, took: tookReport,
		body: text(`{"kind":"completion","progress":10000,"narrative":"已办结 %s %d"}`)},
	{event: "report.submit", who: clerk, method: http.MethodPost, path: onReport("/submit"), body: none, match: reportIs, status: 200, took: tookReport},
	{event: "request_completion", who: head, method: http.MethodPost, path: onReport("/review"), body: none, match: reportIs, status: 200, moves: true,
		took: func(l *life, a *answer) {
			tookReport(l, a)
			l.duty.version, l.duty.status = l.duty.version+1, "review"
		}},
	{event: "close", who: checker, method: http.MethodPost, path: onDuty("/close"), match: dutyIs, status: 200, moves: true,
		body: func(*life) string { return `{"close_reason":"done","note":"材料齐全"}` },
		took: func(l *life, a *answer) {
			tookDuty(l, a)
			l.report.version, l.report.status = l.report.version+1, "confirmed"
		}},
}

// again is the life of a duty after its close-out was taken back.
var again = append([]act{{event: "reopen", who: office, method: http.MethodPost, path: onDuty("/reopen"), match: dutyIs, status: 200, moves: true,
	body: func(*life) string { return `{"reason":"复查发现问题反弹"}` }, took: tookDuty}}, course[1:]...)
