package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent/authority"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// ServeNoticeInput sets the deadline of a notice: a date, or a number of working days from the date of service, the day of
// service not counted. Without either, the date of the draft holds.
type ServeNoticeInput struct {
	DueDate  workday.Date `json:"due_date,omitzero" doc:"Deadline" example:"2017-03-31"`
	Workdays int          `json:"workdays,omitempty" minimum:"1" maximum:"750" doc:"Or: working days from the date of service, which is not counted" example:"15"`
}

// VoidNoticeInput says why a notice is void.
type VoidNoticeInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Why it is void; kept with the number" example:"发文对象有误"`
}

// Serve gives the notice its number and its date of service and starts its clocks. The number is the next of the authority's
// series for the local year; a transaction that fails gives it back.
func (s *Service) Serve(ctx context.Context, id ident.ID, version int, in ServeNoticeInput) (Notice, error) {
	if !in.DueDate.IsZero() && in.Workdays != 0 {
		return Notice{}, fault.BadField("body.workdays", "notice.two_deadlines")
	}
	if in.Workdays < 0 {
		return Notice{}, fault.BadFields(fault.Field{Location: "body.workdays", Code: "minimum", Params: fault.Params{"value": 1}})
	}
	return s.change(ctx, id, version, access.NoticeServe, rectify.ServeNotice, func(ctx context.Context, c *changing) error {
		today := s.clocks.Today()
		due := c.row.DueDate
		var origin workday.Origin
		switch {
		case in.Workdays > 0:
			due, origin = s.clocks.Calendar(c.row.AuthorityID).Reckon(today, workday.Period{N: in.Workdays, Unit: workday.ByWorkday})
		case !in.DueDate.IsZero():
			due = in.DueDate
		}
		if err := c.apply(tr.Date.If(!due.IsZero()), due); err != nil {
			return err
		}
		if err := c.moveFindings(ctx, rectify.OrderFinding, rectify.FindingOpen, 0); err != nil {
			return err
		}
		return c.serve(ctx, today, due, origin)
	})
}

// serve takes the number and starts the clocks.
func (c *changing) serve(ctx context.Context, today, due workday.Date, origin workday.Origin) error {
	owner, err := c.tx.Authority.Query().Where(authority.ID(c.row.AuthorityID)).Only(ctx)
	if err != nil {
		return fmt.Errorf("read authority: %w", err)
	}
	if owner.DocPrefix == "" {
		return fault.New(fault.Conflict, "notice.no_prefix")
	}
	serial, err := c.series.Next(ctx, c.tx, c.row.AuthorityID, numbers.Rectification, today.Year())
	if err != nil {
		return err
	}
	found, err := c.tx.Finding.Query().Where(finding.NoticeID(c.row.ID)).All(ctx)
	if err != nil {
		return fmt.Errorf("read findings: %w", err)
	}
	plan, site := c.wants(found)
	number, signBy := numbers.Format(owner.DocPrefix, today.Year(), serial), c.clocks.SignTerm(c.row.AuthorityID, today)
	c.row.ServedByID = c.actor.ID
	c.update.SetYear(today.Year()).SetSerial(serial).SetNumber(number).SetDueDate(due).SetOriginalDueDate(due).SetDueRevision(1).
		SetSignDueDate(signBy).SetServedAt(c.store.Now()).SetServedByID(c.actor.ID).
		SetPlanWanted(plan).SetSiteCheckWanted(site)
	c.after["rule"], c.after["plan_wanted"], c.after["site_check_wanted"] = c.rules.Name(), plan, site
	c.after["number"], c.after["due_date"] = number, due
	if err := c.clocks.Start(ctx, c.tx, watches.Clock{Subject: ladder.OnNotice, AuthorityID: c.row.AuthorityID, LeaderID: c.row.LeaderID,
		Start: today, Due: due, SignBy: signBy, DueOrigin: origin},
		[]watches.Holder{{SubjectID: c.row.ID, UnitID: c.row.UnitID, UnitPath: c.row.UnitPath}}); err != nil {
		return err
	}
	return c.tellUnit(ctx, "notice.served", map[string]any{"number": number, "title": c.row.Title, "due_date": due, "sign_due_date": signBy})
}

// Sign records that the unit received the notice (签收).
func (s *Service) Sign(ctx context.Context, id ident.ID, version int) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeSign, rectify.SignNotice, func(ctx context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		calendar, today := s.clocks.Rules().Calendar, s.clocks.Today()
		c.update.SetSignedAt(s.store.Now()).SetSignedByID(c.actor.ID).SetReplyID(s.store.NewID()).SetPlanReplyID(s.store.NewID()).
			SetObjectUntil(calendar.End(today, s.rules.Apply))
		if c.row.PlanWanted {
			c.update.SetPlanDueDate(calendar.End(today, s.rules.PlanIn))
		}
		c.tellVerifiers("notice.signed", map[string]any{"number": c.row.Number, "title": c.row.Title})
		return s.clocks.Signed(ctx, c.tx, ladder.OnNotice, id)
	})
}

// Void withdraws a notice (作废). Its findings wait for another; a number that it has stays used, with the reason.
func (s *Service) Void(ctx context.Context, id ident.ID, version int, in VoidNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeVoid, rectify.VoidNotice, func(ctx context.Context, c *changing) error {
		c.reason = in.Reason
		if err := c.apply(tr.Reason.If(strings.TrimSpace(in.Reason) != ""), workday.Date{}); err != nil {
			return err
		}
		c.update.SetReason(in.Reason)
		if c.row.Number == "" {
			return c.letGo(ctx)
		}
		if err := c.moveFindings(ctx, rectify.ReleaseFinding, rectify.FindingOrdered, 0); err != nil {
			return err
		}
		if err := s.series.Void(ctx, c.tx, c.row.AuthorityID, numbers.Rectification, c.row.Year, c.row.Serial, c.actor.ID, in.Reason); err != nil {
			return err
		}
		if err := c.tellUnit(ctx, "notice.voided", map[string]any{"number": c.row.Number, "title": c.row.Title, "reason": in.Reason}); err != nil {
			return err
		}
		return s.clocks.Withdraw(ctx, c.tx, ladder.OnNotice, id)
	})
}

// letGo frees the findings of a draft: they were never ordered, so their state stays.
func (c *changing) letGo(ctx context.Context) error {
	err := c.tx.Finding.Update().Where(finding.NoticeID(c.row.ID)).SetNoticeID(ident.ID{}).AddVersion(1).Exec(ctx)
	if err != nil {
		return fmt.Errorf("let go of findings: %w", err)
	}
	return nil
}
