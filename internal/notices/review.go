package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// Review is what the decision on an objection does to a notice.
type Review struct {
	Via         string       // the act on the objection: "objection.change" or "objection.revoke"
	Opinion     string       // the decision, kept as the reason
	Requirement string       // changed: what is demanded from now on; as before if empty
	DueDate     workday.Date // changed: the deadline from now on; as before if none
}

// Reviewed carries the decision on an objection out, in its transaction. The caller has made sure that nobody who decides had a part.
// A notice that was closed meanwhile stays closed: the decision stands in its history.
func (s *Service) Reviewed(ctx context.Context, tx *ent.Tx, id ident.ID, in Review) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	row, err := tx.Notice.Query().Where(notice.ID(id)).Only(ctx)
	if err != nil {
		return fmt.Errorf("load notice: %w", err)
	}
	c, err := s.begin(ctx, tx, actor, id, row.Version)
	if err != nil {
		return err
	}
	c.along, c.reason = in.Via, in.Opinion
	if rectify.NoticeTable.Final(row.Status) {
		c.action = tr.Action("reviewed")
		_, err := c.finish(ctx)
		return err
	}
	facts := tr.Facts[rectify.NoticeStatus]{Status: row.Status, Relations: relations(actor, row, c.reply), Circumstances: s.circumstances(row, c.site)}
	facts.New = in.DueDate
	status, err := rectify.NoticeTable.Along(facts, in.Via)
	if err != nil {
		return err
	}
	if status == rectify.NoticeVoided {
		err = c.annul(ctx, status)
	} else {
		err = c.revise(ctx, in)
	}
	if err != nil {
		return err
	}
	_, err = c.finish(ctx)
	return err
}

// annul voids the notice with its number; its findings are dismissed.
func (c *changing) annul(ctx context.Context, status rectify.NoticeStatus) error {
	c.action = rectify.AnnulNotice
	c.before["status"], c.after["status"] = c.row.Status, status
	c.update.SetStatus(status).SetOpen(false).SetReason(c.reason)
	if err := c.moveFindings(ctx, rectify.DismissFinding, rectify.FindingOrdered, 0); err != nil {
		return err
	}
	if err := c.series.Void(ctx, c.tx, c.row.AuthorityID, numbers.Rectification, c.row.Year, c.row.Serial, c.actor.ID, c.reason); err != nil {
		return err
	}
	return c.clocks.Withdraw(ctx, c.tx, ladder.OnNotice, c.row.ID)
}

// revise changes what the notice demands.
func (c *changing) revise(ctx context.Context, in Review) error {
	c.action = rectify.ReviseNotice
	if strings.TrimSpace(in.Requirement) == "" && in.DueDate.IsZero() {
		return fault.BadField("body.requirement", "required")
	}
	if strings.TrimSpace(in.Requirement) != "" {
		c.before["requirement"], c.after["requirement"] = c.row.Requirement, in.Requirement
		c.update.SetRequirement(in.Requirement)
	}
	if in.DueDate.IsZero() || in.DueDate == c.row.DueDate {
		return nil
	}
	if err := c.redate(ctx, in.DueDate); err != nil {
		return err
	}
	if c.row.Status == rectify.NoticeReplied { // the clock goes on standing while the report waits
		return c.clocks.Pause(ctx, c.tx, ladder.OnNotice, c.row.ID)
	}
	return nil
}
