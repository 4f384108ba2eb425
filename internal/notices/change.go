package notices

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/reply"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// changing is a change of one notice at work, within its transaction.
type changing struct {
	*Service
	tx            *ent.Tx
	actor         access.Actor
	row           *ent.Notice
	reply         *ent.Reply // the one that waits for verification, nil if none
	update        *ent.NoticeUpdate
	action        tr.Action
	status        rectify.NoticeStatus
	before, after map[string]any
	reason        string
	tell          []timeline.Note
	event         ident.ID // of the history, where the change has to name it
}

// change is the frame of every change of a notice: permission, load, what fn does, update with the version, event. A request
// sent again under its Idempotency-Key gets the first answer.
func (s *Service) change(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action,
	fn func(ctx context.Context, c *changing) error,
) (Notice, error) {
	filter, err := s.gate.May(ctx, permission)
	if err != nil {
		return Notice{}, err
	}
	if version == 0 {
		return Notice{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Notice{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Notice, error) {
		c, err := s.begin(ctx, tx, actor, id, version)
		if err != nil {
			return Notice{}, err
		}
		if !filter.Covers(facts(c.row)) {
			return Notice{}, access.Refused(permission, "relation")
		}
		c.action = action
		if err := fn(ctx, c); err != nil {
			return Notice{}, err
		}
		return c.finish(ctx)
	})
}

func (s *Service) begin(ctx context.Context, tx *ent.Tx, actor access.Actor, id ident.ID, version int) (*changing, error) {
	row, err := s.find(ctx, tx.Client(), id)
	if err != nil {
		return nil, err
	}
	if row.Version != version {
		return nil, staleVersion
	}
	c := &changing{Service: s, tx: tx, actor: actor, row: row, before: map[string]any{}, after: map[string]any{},
		update: tx.Notice.Update().Where(notice.ID(id), notice.Version(version)).AddVersion(1)}
	c.reply, err = pending(ctx, tx.Client(), row)
	return c, err
}

// pending is the reply that waits for verification, nil if there is none.
func pending(ctx context.Context, client *ent.Client, row *ent.Notice) (*ent.Reply, error) {
	if row.Status != rectify.NoticeReplied {
		return nil, nil
	}
	r, err := client.Reply.Query().Where(reply.ID(row.ReplyID)).Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("read reply: %w", err)
	}
	return r, nil
}

// apply asks the state table for the state after the action; date is the new deadline that the input names, if any.
func (c *changing) apply(given tr.Need, date workday.Date) error {
	circumstances := c.circumstances(c.row)
	circumstances.New = date
	status, err := rectify.NoticeTable.Apply(tr.Facts[rectify.NoticeStatus]{
		Status: c.row.Status, Relations: relations(c.actor, c.row, c.reply), Given: given, Circumstances: circumstances,
	}, c.action)
	if err != nil {
		return err
	}
	c.status = status
	if status != c.row.Status {
		c.before["status"], c.after["status"] = c.row.Status, status
	}
	c.update.SetStatus(status).SetOpen(!rectify.NoticeTable.Final(status))
	return nil
}

// finish writes the row, appends the event and maps the view.
func (c *changing) finish(ctx context.Context) (Notice, error) {
	n, err := c.update.Save(ctx)
	if err != nil {
		return Notice{}, fmt.Errorf("update notice: %w", err)
	}
	if n == 0 {
		return Notice{}, staleVersion
	}
	if _, err := c.log.Append(ctx, c.tx, timeline.Entry{ID: c.event, AuthorityID: c.row.AuthorityID, Subject: "notice", SubjectID: c.row.ID,
		UnitID: c.row.UnitID, Action: string(c.action), Before: c.before, After: c.after, Reason: c.reason, Tell: c.tell}); err != nil {
		return Notice{}, err
	}
	row, err := c.tx.Notice.Get(ctx, c.row.ID)
	if err != nil {
		return Notice{}, fmt.Errorf("read notice: %w", err)
	}
	return c.view(ctx, c.tx.Client(), c.actor, row)
}

// via names the action for the tables of the objects that move along with the notice.
func (c *changing) via() string { return rectify.NoticeTable.Object() + "." + string(c.action) }

// moveFindings takes the findings of the notice that stand in a state along with it, and writes their history under the
// action that the finding's table has for it.
func (c *changing) moveFindings(ctx context.Context, action tr.Action, from rectify.FindingStatus, given tr.Need, only ...predicate.Finding) error {
	rows, err := c.tx.Finding.Query().Where(finding.NoticeID(c.row.ID), finding.StatusEQ(from)).Where(only...).Order(finding.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read findings: %w", err)
	}
	for _, f := range rows {
		status, err := rectify.FindingTable.Along(tr.Facts[rectify.FindingStatus]{
			Status: f.Status, Relations: relations(c.actor, c.row, c.reply), Given: given,
		}, c.via())
		if err != nil {
			return err
		}
		update := c.tx.Finding.Update().Where(finding.ID(f.ID), finding.Version(f.Version)).SetStatus(status).AddVersion(1)
		switch status {
		case rectify.FindingClosed:
			update.SetClosedAt(c.store.Now())
		case rectify.FindingOrdered:
			update.ClearClosedAt()
		case rectify.FindingOpen, rectify.FindingDismissed:
			update.SetNoticeID(ident.ID{})
		}
		if n, err := update.Save(ctx); err != nil || n == 0 {
			return orStale(err)
		}
		if err := c.findingEvent(ctx, f, action, status); err != nil {
			return err
		}
	}
	return nil
}

func (c *changing) findingEvent(ctx context.Context, f *ent.Finding, action tr.Action, status rectify.FindingStatus) error {
	_, err := c.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: f.AuthorityID, Subject: "finding", SubjectID: f.ID, UnitID: f.UnitID,
		Action: string(action), Before: map[string]any{"status": f.Status},
		After: map[string]any{"status": status, "notice_id": c.row.ID}, Reason: c.reason})
	return err
}

// redate gives the notice a new deadline: a line of the ledger, a new revision, a new ladder.
func (c *changing) redate(ctx context.Context, date workday.Date) error {
	revision, err := c.clocks.Move(ctx, c.tx, ladder.OnNotice, c.row.ID, watches.Due{Date: date, ByID: c.actor.ID, Reason: c.reason})
	if err != nil {
		return fmt.Errorf("move deadline of notice: %w", err)
	}
	c.before["due_date"], c.after["due_date"] = c.row.DueDate, date
	c.update.SetDueDate(date).SetDueRevision(revision)
	return nil
}

// people finds those who stand in the given relations to the notice.
func (c *changing) people(ctx context.Context, to ...ladder.Recipient) ([]ident.ID, error) {
	return c.clocks.Tell(ctx, c.tx, watches.Reach{AuthorityID: c.row.AuthorityID, UnitID: c.row.UnitID, UnitPath: c.row.UnitPath,
		LeaderID: c.row.LeaderID}, to...)
}

// tellUnit writes to the unit that has to put things right.
func (c *changing) tellUnit(ctx context.Context, template string, params map[string]any) error {
	to, err := c.people(ctx, ladder.Owner, ladder.UnitHead)
	if err != nil {
		return err
	}
	c.tell = append(c.tell, timeline.Note{To: to, Template: template, Params: params})
	return nil
}

// tellVerifiers writes to those who drafted and served the notice.
func (c *changing) tellVerifiers(template string, params map[string]any) {
	c.tell = append(c.tell, timeline.Note{To: []ident.ID{c.row.CreatedByID, c.row.ServedByID}, Template: template, Params: params})
}

func (s *Service) dateOf(at time.Time) workday.Date { return workday.DateOf(at, s.clocks.Rules().Zone) }

func orStale(err error) error {
	if err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return staleVersion
}
