package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/duban-gov/duban/internal/ident"
)

// bareChanges are the statements of the bare handler's writes.
var bareChanges = map[string]string{
	"duty": "SELECT authority_id, unit_id, plan_id, task_id, progress FROM duties WHERE id = $1 AND open = true",
	"create": `INSERT INTO reports (id, authority_id, duty_id, kind, period, status, progress, narrative, author_id, submitted_by_id, reviewer_id,
		confirmed_by_id, created_at, version, occurrence_id, corrects_id, due_date, handed_in_on)
		VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, 0, 0, 0, $9, 1, 0, 0, '9999-12-31', '9999-12-31')`,
	"event": `INSERT INTO events (id, authority_id, at, actor_id, post_id, actor_name, subject, subject_id, plan_id, unit_id, action, after, reason, request_id)
		VALUES ($1, $2, $3, $4, 0, '', 'duty', $5, $6, $7, $8, $9, '', '')`,
	"update": "UPDATE reports SET period = $1, progress = $2, narrative = $3, version = version + 1 WHERE id = $4 AND version = $5 AND author_id = $6 RETURNING duty_id",
	"confirm": `UPDATE reports SET status = 'confirmed', confirmed_at = $1, confirmed_by_id = $2, version = version + 1
		WHERE id = $3 AND version = $4 AND status = 'reviewed' RETURNING duty_id, progress, author_id`,
	"progress": "UPDATE duties SET progress = $1, reported_at = $2, updated_at = $2, version = version + 1 WHERE id = $3",
	"watch":    "UPDATE watches SET progress = $1 WHERE id = $2",
	"node": `UPDATE tasks SET part_sum = part_sum + $1, progress = (part_sum + $1) / CASE WHEN part_weight = 0 THEN 1 ELSE part_weight END
		WHERE id = $2 RETURNING parent_id, progress, (part_sum - $1) / CASE WHEN part_weight = 0 THEN 1 ELSE part_weight END`,
	"plan": "UPDATE plans SET progress = $1 WHERE id = $2",
	"message": `INSERT INTO messages (id, authority_id, event_id, recipient_id, channel, template, params, subject, subject_id, status, sent_at, webhook_id,
		digest_id, created_at) VALUES ($1, $2, $3, $4, 'inbox', 'report.confirmed', '{}', 'duty', $5, 'sent', $6, 0, 0, $6)`,
}

// bareReport is a report as it comes in and goes out.
type bareReport struct {
	ID        ident.ID `json:"id"`
	DutyID    ident.ID `json:"duty_id"`
	Kind      string   `json:"kind"`
	Period    string   `json:"period"`
	Status    string   `json:"status"`
	Progress  int      `json:"progress"`
	Narrative string   `json:"narrative"`
	AuthorID  ident.ID `json:"author_id"`
	Version   int      `json:"version"`
}

// bareWork is one transaction of the bare handler.
type bareWork struct {
	*bareHandler
	ctx  context.Context
	tx   *sql.Tx
	who  holder
	duty struct {
		id, authority, unit, plan, task ident.ID
		progress                        int
	}
}

// changing runs do in a transaction.
func (h *bareHandler) changing(r *http.Request, who holder, do func(w *bareWork) error) error {
	tx, err := h.write.BeginTx(r.Context(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after the commit there is nothing to roll back
	if err := do(&bareWork{bareHandler: h, ctx: r.Context(), tx: tx, who: who}); err != nil {
		return err
	}
	return tx.Commit()
}

func (w *bareWork) exec(name string, args ...any) error {
	_, err := w.tx.StmtContext(w.ctx, w.change[name]).ExecContext(w.ctx, args...)
	return err
}

func (w *bareWork) row(name string, args ...any) *sql.Row {
	return w.tx.StmtContext(w.ctx, w.change[name]).QueryRowContext(w.ctx, args...)
}

// load reads the duty and holds it against the unit of who asks.
func (w *bareWork) load(id ident.ID) error {
	d := &w.duty
	d.id = id
	if err := w.row("duty", id).Scan(&d.authority, &d.unit, &d.plan, &d.task, &d.progress); err != nil {
		return err
	}
	if !w.who.Unit.IsZero() && w.who.Unit != d.unit {
		return errRefused
	}
	return nil
}

// event writes the line of history.
func (w *bareWork) event(action string, after any) (int64, error) {
	raw, err := json.Marshal(after)
	if err != nil {
		return 0, err
	}
	id := w.ids.Add(1)
	return id, w.exec("event", id, w.duty.authority, w.clock().UTC(), w.who.User, w.duty.id, w.duty.plan, w.duty.unit, action, string(raw))
}

func versionOf(r *http.Request) int {
	n, _ := strconv.Atoi(strings.Trim(r.Header.Get("If-Match"), `"`)) // 0 matches nothing
	return n
}

func (h *bareHandler) serveCreate(r *http.Request, who holder) (any, error) {
	var in bareReport
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	id, err := ident.Parse(r.PathValue("id"))
	if err != nil {
		return nil, errRefused
	}
	in.ID, in.DutyID, in.Status, in.AuthorID, in.Version = ident.FromInt(h.ids.Add(1)), id, "draft", who.User, 1
	return in, h.changing(r, who, func(w *bareWork) error {
		if err := w.load(id); err != nil {
			return err
		}
		err := w.exec("create", in.ID, w.duty.authority, id, in.Kind, in.Period, in.Progress, in.Narrative, who.User, h.clock().UTC())
		if err != nil {
			return err
		}
		_, err = w.event("report.save", map[string]any{"report_id": in.ID, "report_progress": in.Progress})
		return err
	})
}

func (h *bareHandler) serveUpdate(r *http.Request, who holder) (any, error) {
	var in bareReport
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	id, err := ident.Parse(r.PathValue("id"))
	if err != nil {
		return nil, errRefused
	}
	in.ID, in.Status, in.AuthorID, in.Version = id, "draft", who.User, versionOf(r)+1
	err = h.changing(r, who, func(w *bareWork) error {
		if err := w.row("update", in.Period, in.Progress, in.Narrative, id, versionOf(r), who.User).Scan(&in.DutyID); err != nil {
			return err
		}
		if err := w.load(in.DutyID); err != nil {
			return err
		}
		_, err := w.event("report.save", map[string]any{"report_id": id, "report_progress": in.Progress})
		return err
	})
	return in, err
}

func (h *bareHandler) serveConfirm(r *http.Request, who holder) (any, error) {
	id, err := ident.Parse(r.PathValue("id"))
	if err != nil {
		return nil, errRefused
	}
	out := bareReport{ID: id, Status: "confirmed", Version: versionOf(r) + 1}
	err = h.changing(r, who, func(w *bareWork) error {
		now := h.clock().UTC()
		if err := w.row("confirm", now, who.User, id, versionOf(r)).Scan(&out.DutyID, &out.Progress, &out.AuthorID); err != nil {
			return err
		}
		if err := w.load(out.DutyID); err != nil {
			return err
		}
		if err := w.exec("progress", out.Progress, now, out.DutyID); err != nil {
			return err
		}
		if err := w.exec("watch", out.Progress, out.DutyID); err != nil {
			return err
		}
		if err := w.rollUp(out.Progress - w.duty.progress); err != nil {
			return err
		}
		event, err := w.event("report.confirm", map[string]any{"report_id": id, "progress": out.Progress})
		if err != nil {
			return err
		}
		return w.exec("message", w.ids.Add(1), w.duty.authority, event, out.AuthorID, out.DutyID, now)
	})
	return out, err
}

// rollUp adds the change of the duty to the nodes above it, up to the root and the plan.
func (w *bareWork) rollUp(delta int) error {
	now, was := 0, 0
	for node := w.duty.task; !node.IsZero(); delta = now - was {
		if err := w.row("node", delta, node).Scan(&node, &now, &was); err != nil {
			return err
		}
	}
	return w.exec("plan", now, w.duty.plan)
}
