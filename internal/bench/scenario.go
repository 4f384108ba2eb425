package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

const (
	api    = "/api/v1"
	actors = 5 // people who ask, spread over the units
)

// narrative is what a report says; 120 characters are usual.
const narrative = "一季度完成公开目录梳理并上网公布，主动公开政策文件十二件，办理依申请公开三件，均在法定时限内答复；组织专题培训一次，参训六十余人。下一步将对照要点逐项推进，按月调度，确保按期完成各项任务并及时报送佐证材料。"

// desk is one person who asks: a clerk with the open duties of the unit, or the office.
type desk struct {
	token  string
	duties []ident.ID
}

// openDesks gives tokens to a few clerks spread over the units, and to the office.
func (s *site) openDesks(ctx context.Context) error {
	if s.holders != nil {
		return nil
	}
	s.holders = make(map[string]holder)
	of := make(map[int][]ident.ID)
	for _, d := range s.duties {
		of[d.unit] = append(of[d.unit], d.id)
	}
	for i := range actors {
		u := i * len(s.units) / actors
		token, err := s.token(ctx, s.clerks[u], access.DutyRead, access.ReportRead, access.ReportSave, access.ReportSubmit)
		if err != nil {
			return err
		}
		s.holders[token] = holder{s.clerks[u].id, s.units[u].id}
		s.desks = append(s.desks, desk{token, of[u]})
	}
	token, err := s.token(ctx, s.office, access.DutyRead, access.ReportRead, access.ReportConfirm)
	s.holders[token] = holder{User: s.office.id}
	s.officeDesk = desk{token: token}
	return err
}

func (s *site) token(ctx context.Context, p person, permissions ...access.Permission) (string, error) {
	t, err := s.app.Accounts.CreateToken(s.acting(ctx, p), accounts.CreateTokenInput{Name: "bench", Permissions: permissions,
		ExpiresAt: s.store.Now().Add(24 * time.Hour)})
	return t.Secret, err
}

// reader asks for the same kind of page again and again.
type reader struct{ make func() request }

func (r reader) next() (request, bool) { return r.make(), true }
func (reader) heard(int, []byte)       {}

// listing asks for the first page of the caller's open duties that fall due this year, 50 by due date.
func (s *site) listing(i int, _ string) asker {
	d := s.desks[i%actors]
	return reader{func() request {
		return request{method: http.MethodGet, path: api + "/duties?mine=true&due_to=2017-12-31&limit=50", token: d.token}
	}}
}

// surveying asks for the office's page of all open duties.
func (s *site) surveying(int, string) asker {
	return reader{func() request {
		return request{method: http.MethodGet, path: api + "/duties?due_to=2017-12-31&limit=50", token: s.officeDesk.token}
	}}
}

// looking asks for one of the caller's duties.
func (s *site) looking(i int, _ string) asker {
	d := s.desks[i%actors]
	return reader{func() request {
		return request{method: http.MethodGet, path: api + "/duties/" + pick(d.duties).String(), token: d.token}
	}}
}

func pick(ids []ident.ID) ident.ID { return ids[rand.IntN(len(ids))] }

// reporting creates reports on the caller's duties.
func (s *site) reporting(i int, side string) asker {
	d, n := s.desks[i%actors], 0
	return reader{func() request {
		n++
		return request{method: http.MethodPost, path: api + "/duties/" + pick(d.duties).String() + "/reports", token: d.token,
			body: reportBody(n), key: fmt.Sprintf("%s-%d-%d-%d", side, i, n, rand.Uint64())}
	}}
}

func reportBody(n int) string {
	return fmt.Sprintf(`{"kind":"progress","period":"2017-Q1","progress":%d,"narrative":%q}`, n*37%10000, narrative)
}

// editor changes a draft of its own over and over; its first request creates it.
type editor struct {
	create  asker
	token   string
	id      string
	version int
	n       int
}

func (s *site) editing(i int, side string) asker {
	return &editor{create: s.reporting(i, side), token: s.desks[i%actors].token}
}

func (e *editor) next() (request, bool) {
	if e.id == "" {
		return e.create.next()
	}
	e.n++
	return request{method: http.MethodPut, path: api + "/reports/" + e.id, token: e.token, body: reportBody(e.n), version: e.version}, true
}

func (e *editor) heard(status int, body []byte) {
	var answer struct {
		ID      string `json:"id"`
		Version int    `json:"version"`
	}
	if status < 300 && json.Unmarshal(body, &answer) == nil {
		e.id, e.version = answer.ID, answer.Version
	}
}

// mixer is the 80/20 mix: 50 % list, 30 % get, 15 % update, 5 % create.
type mixer struct {
	list, get, update, create asker
	last                      asker
}

func (s *site) mixing(i int, side string) asker {
	return &mixer{list: s.listing(i, side), get: s.looking(i, side), update: s.editing(i, side), create: s.reporting(i, side)}
}

func (m *mixer) next() (request, bool) {
	switch n := rand.IntN(100); {
	case n < 50:
		m.last = m.list
	case n < 80:
		m.last = m.get
	case n < 95:
		m.last = m.update
	default:
		m.last = m.create
	}
	return m.last.next()
}

func (m *mixer) heard(status int, body []byte) { m.last.heard(status, body) }

// confirmer confirms reviewed reports of its own, each once.
type confirmer struct {
	token string
	ids   []ident.ID
}

func (c *confirmer) next() (request, bool) {
	if len(c.ids) == 0 {
		return request{}, false
	}
	id := c.ids[0]
	c.ids = c.ids[1:]
	return request{method: http.MethodPost, path: api + "/reports/" + id.String() + "/confirm", token: c.token, version: 1}, true
}

func (*confirmer) heard(int, []byte) {}

var reportColumns = []string{"id", "authority_id", "duty_id", "kind", "period", "status", "progress", "narrative", "author_id", "submitted_by_id",
	"submitted_at", "reviewer_id", "reviewed_at", "confirmed_by_id", "created_at", "version",
	"occurrence_id", "corrects_id", "due_date", "handed_in_on"}

// reviewed writes reports that wait for the office, on duties all over the authority.
func (s *site) reviewed(ctx context.Context, n int) ([]ident.ID, error) {
	ids, rows, now := make([]ident.ID, n), make([][]any, n), s.store.Now()
	for i := range ids {
		d := s.duties[rand.IntN(len(s.duties))]
		ids[i] = s.newID()
		clerk := s.clerks[d.unit].id
		rows[i] = []any{ids[i], s.authority, d.id, string(duty.Progress), "2017-Q1", string(duty.ReportReviewed), rand.IntN(10000), narrative, clerk, clerk,
			now, s.leader.id, now, ident.ID{}, now, 1, ident.ID{}, ident.ID{}, workday.Date{}, workday.Date{}}
	}
	return ids, s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		return s.store.InsertRows(ctx, tx, "reports", reportColumns, rows)
	})
}
