package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// bareHandler is the floor: net/http, a map of tokens, prepared statements, encoding/json. It checks whose duty it is and writes
// one line of history, and nothing else of what the program does: no strict input, no state table, no repeatable creates, no
// actions in the answers, no shared commits.
type bareHandler struct {
	*http.ServeMux
	tokens      map[string]holder
	read, write *sql.DB
	clock       func() time.Time
	ids         atomic.Int64
	list, all   *sql.Stmt
	get         *sql.Stmt
	change      map[string]*sql.Stmt
}

// bareDuty is a duty as the bare handler shows it: the fields of the program's view, without the actions.
type bareDuty struct {
	ID              ident.ID     `json:"id"`
	PlanID          ident.ID     `json:"plan_id"`
	TaskID          ident.ID     `json:"task_id"`
	TaskNumber      string       `json:"task_number"`
	TaskTitle       string       `json:"task_title"`
	UnitID          ident.ID     `json:"unit_id"`
	UnitName        string       `json:"unit_name"`
	Part            string       `json:"part"`
	Status          string       `json:"status"`
	Progress        int          `json:"progress"`
	DueDate         workday.Date `json:"due_date"`
	OriginalDueDate workday.Date `json:"original_due_date"`
	DueRevision     int          `json:"due_revision"`
	LeaderID        ident.ID     `json:"leader_id"`
	Light           string       `json:"light"`
	LightRule       string       `json:"light_rule"`
	LightSince      *time.Time   `json:"light_since"`
	AcceptedAt      *time.Time   `json:"accepted_at"`
	ReportedAt      *time.Time   `json:"reported_at,omitempty"`
	CreatedAt       time.Time    `json:"created_at"`
	UpdatedAt       time.Time    `json:"updated_at"`
	Version         int          `json:"version"`
}

const bareSelect = `SELECT d.id, d.plan_id, d.task_id, t.number, t.title, d.unit_id, u.name, d.part, d.status, d.progress, d.due_date,
	d.original_due_date, d.due_revision, d.leader_id, w.light, w.light_rule, w.light_since, d.accepted_at, d.reported_at, d.created_at,
	d.updated_at, d.version
	FROM duties d JOIN tasks t ON t.id = d.task_id JOIN units u ON u.id = d.unit_id JOIN watches w ON w.id = d.id `

func (d *bareDuty) fields() []any {
	return []any{&d.ID, &d.PlanID, &d.TaskID, &d.TaskNumber, &d.TaskTitle, &d.UnitID, &d.UnitName, &d.Part, &d.Status, &d.Progress, &d.DueDate,
		&d.OriginalDueDate, &d.DueRevision, &d.LeaderID, &d.Light, &d.LightRule, &d.LightSince, &d.AcceptedAt, &d.ReportedAt, &d.CreatedAt,
		&d.UpdatedAt, &d.Version}
}

func newBareHandler(ctx context.Context, c childSetting) (*bareHandler, error) {
	h := &bareHandler{ServeMux: http.NewServeMux(), tokens: c.Tokens, clock: clock(c.Epoch), change: map[string]*sql.Stmt{}}
	h.ids.Store(1<<62 + 1<<61)
	var err error
	if h.write, err = openBare(c.URL, true); err != nil {
		return nil, err
	}
	h.read = h.write
	if strings.HasPrefix(c.URL, "sqlite:") {
		if h.read, err = openBare(c.URL, false); err != nil {
			return nil, err
		}
	}
	for _, p := range []struct {
		into **sql.Stmt
		text string
	}{
		{&h.list, bareSelect + "WHERE d.unit_id = $1 AND d.open = true AND d.due_date <= $2 ORDER BY d.due_date, d.id LIMIT 50"},
		{&h.all, bareSelect + "WHERE d.authority_id = (SELECT authority_id FROM users WHERE id = $1) AND d.open = true AND d.due_date <= $2 ORDER BY d.due_date, d.id LIMIT 50"},
		{&h.get, bareSelect + "WHERE d.id = $1"},
	} {
		if *p.into, err = h.read.PrepareContext(ctx, p.text); err != nil {
			return nil, err
		}
	}
	for name, text := range bareChanges {
		if h.change[name], err = h.write.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
	}
	h.routes()
	return h, nil
}

func (h *bareHandler) close() {
	_ = h.read.Close() // the process ends
	_ = h.write.Close()
}

func (h *bareHandler) routes() {
	h.HandleFunc("GET "+api+"/duties", h.as(h.serveList))
	h.HandleFunc("GET "+api+"/duties/{id}", h.as(h.serveGet))
	h.HandleFunc("POST "+api+"/duties/{id}/reports", h.as(h.serveCreate))
	h.HandleFunc("PUT "+api+"/reports/{id}", h.as(h.serveUpdate))
	h.HandleFunc("POST "+api+"/reports/{id}/confirm", h.as(h.serveConfirm))
}

var errRefused = errors.New("refused")

// as finds who asks and turns what the handler gives into the answer.
func (h *bareHandler) as(handle func(r *http.Request, who holder) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, ok := h.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
		if !ok {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		answer, err := handle(r, who)
		switch {
		case errors.Is(err, sql.ErrNoRows), errors.Is(err, errRefused):
			w.WriteHeader(http.StatusNotFound)
		case err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		default:
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(answer) // a client that went away is no fault of the measure
		}
	}
}

func (h *bareHandler) serveList(r *http.Request, who holder) (any, error) {
	stmt, of := h.list, who.Unit
	if r.URL.Query().Get("mine") == "" {
		stmt, of = h.all, who.User
	}
	var until workday.Date
	if err := until.UnmarshalText([]byte(r.URL.Query().Get("due_to"))); err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(r.Context(), of, until)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	page := struct {
		Items []bareDuty `json:"items"`
	}{make([]bareDuty, 0, 50)}
	for rows.Next() {
		var d bareDuty
		if err := rows.Scan(d.fields()...); err != nil {
			return nil, err
		}
		page.Items = append(page.Items, d)
	}
	return page, rows.Err()
}

func (h *bareHandler) serveGet(r *http.Request, who holder) (any, error) {
	id, err := ident.Parse(r.PathValue("id"))
	if err != nil {
		return nil, errRefused
	}
	var d bareDuty
	if err := h.get.QueryRowContext(r.Context(), id).Scan(d.fields()...); err != nil {
		return nil, err
	}
	if !who.Unit.IsZero() && who.Unit != d.UnitID {
		return nil, errRefused
	}
	return d, nil
}
