package proceedings

import (
	"context"
	"strings"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/supervise"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

func said(text string) bool { return strings.TrimSpace(text) != "" }

// Withdraw takes a proposal back before it is decided (撤回建议), by whoever made it.
func (s *Service) Withdraw(ctx context.Context, id ident.ID, version int) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingWithdraw, supervise.WithdrawProceeding, func(_ context.Context, c *changing) error {
		return c.apply(0, workday.Date{})
	})
}

// ApproveProceedingInput is a leader's consent.
type ApproveProceedingInput struct {
	Note string `json:"note,omitempty" maxLength:"2000" doc:"What the leader adds" example:"同意"`
}

// Approve consents to a proposal (批准): by a leader who did not make it and is not of the unit.
func (s *Service) Approve(ctx context.Context, id ident.ID, version int, in ApproveProceedingInput) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingApprove, supervise.ApproveProceeding, func(ctx context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		c.reason = in.Note
		c.update.SetDecidedByID(c.actor.ID).SetDecidedAt(s.store.Now())
		office, err := accounts.Holding(ctx, c.tx.Client(), c.row.AuthorityID, post.Office, s.today())
		if err != nil {
			return err
		}
		c.notify("approved", append(office, c.row.ProposedByID), nil)
		return nil
	})
}

// RefuseProceedingInput says why a proposal is refused.
type RefuseProceedingInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why it is refused" example:"先行催办"`
}

// Refuse turns a proposal down (不予批准).
func (s *Service) Refuse(ctx context.Context, id ident.ID, version int, in RefuseProceedingInput) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingRefuse, supervise.RefuseProceeding, func(_ context.Context, c *changing) error {
		if err := c.apply(tr.Reason.If(said(in.Reason)), workday.Date{}); err != nil {
			return err
		}
		c.reason = in.Reason
		c.update.SetDecidedByID(c.actor.ID).SetDecidedAt(s.store.Now()).SetReason(in.Reason)
		c.notify("refused", []ident.ID{c.row.ProposedByID}, map[string]any{"reason": in.Reason})
		return nil
	})
}

// ArrangeInterviewInput calls a unit to an interview.
type ArrangeInterviewInput struct {
	DueDate      workday.Date `json:"due_date,omitzero" doc:"Day of the interview" example:"2017-10-20"`
	Place        string       `json:"place" minLength:"1" maxLength:"200" doc:"Where" example:"厅机关 305 会议室"`
	Participants string       `json:"participants" minLength:"1" maxLength:"2000" doc:"Who takes part, for both sides" example:"督查室主任；岚山大学分管校领导"`
}

// Arrange sets day, place and participants of an approved interview and calls the unit (安排约谈); again, it moves it.
func (s *Service) Arrange(ctx context.Context, id ident.ID, version int, in ArrangeInterviewInput) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingIssue, supervise.ArrangeProceeding, func(ctx context.Context, c *changing) error {
		if err := c.apply(tr.Date.If(!in.DueDate.IsZero()), in.DueDate); err != nil {
			return err
		}
		c.update.SetHeldOn(in.DueDate).SetPlace(in.Place).SetParticipants(in.Participants)
		c.after["held_on"], c.after["place"], c.after["participants"] = in.DueDate, in.Place, in.Participants
		people, err := c.unitPeople(ctx)
		if err != nil {
			return err
		}
		c.notify("arranged", people, map[string]any{"date": in.DueDate.String(), "place": in.Place, "participants": in.Participants})
		return nil
	})
}

// HoldInterviewInput is the record of an interview.
type HoldInterviewInput struct {
	Text string `json:"text" maxLength:"20000" doc:"Record: what was put forward, what the unit undertook" example:"指出两项任务逾期；单位承诺月底前完成"`
}

// Hold records an interview as held (约谈记录) and gives it its number; from its day on. The unit signs next. Errors:
// interview.not_arranged, interview.too_early (conflict).
func (s *Service) Hold(ctx context.Context, id ident.ID, version int, in HoldInterviewInput) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingIssue, supervise.HoldProceeding, func(ctx context.Context, c *changing) error {
		if err := c.apply(tr.Text.If(said(in.Text)), workday.Date{}); err != nil {
			return err
		}
		if s.today().Before(c.row.HeldOn) {
			return fault.New(fault.Conflict, "interview.too_early").With("date", c.row.HeldOn.String())
		}
		c.update.SetRecord(in.Text)
		return c.issue(ctx, "held", nil)
	})
}

// Publish issues an approved commendation or criticism (印发通报): it takes its number, and its audience sees it. One for the whole
// authority is told to every unit's heads.
func (s *Service) Publish(ctx context.Context, id ident.ID, version int) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingIssue, supervise.PublishProceeding, func(ctx context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		var heads []ident.ID
		if c.row.Audience == supervise.ToAuthority {
			var err error
			if heads, err = accounts.Holding(ctx, c.tx.Client(), c.row.AuthorityID, post.UnitHead, s.today()); err != nil {
				return err
			}
		}
		return c.issue(ctx, "published", heads)
	})
}

// series are the number series of the kinds.
var series = map[supervise.ProceedingKind]numbers.Kind{supervise.Interview: numbers.Interview, supervise.Commendation: numbers.Commendation,
	supervise.Criticism: numbers.Criticism}

// issue gives the number and tells the unit, and more.
func (c *changing) issue(ctx context.Context, event string, more []ident.ID) error {
	year := c.today().Year()
	taken, err := c.numbers.Take(ctx, c.tx, c.row.AuthorityID, series[c.row.Kind], c.watches.Rules().Matters.Numbers.Of(c.row.Kind), year)
	if err != nil {
		return err
	}
	c.row.Number = taken.Number
	c.update.SetYear(year).SetSerial(taken.Serial).SetNumber(taken.Number).SetIssuedByID(c.actor.ID).SetIssuedAt(c.store.Now())
	c.after["number"] = taken.Number
	people, err := c.unitPeople(ctx)
	if err != nil {
		return err
	}
	names, err := units.Names(ctx, c.tx.Client(), []ident.ID{c.row.UnitID})
	if err != nil {
		return err
	}
	c.notify(event, append(people, more...), map[string]any{"unit": names[c.row.UnitID]})
	return nil
}

// Sign is the unit's signature under the record of an interview, or for a circular (签字、签收).
func (s *Service) Sign(ctx context.Context, id ident.ID, version int) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingSign, supervise.SignProceeding, func(_ context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		c.update.SetSignedByID(c.actor.ID).SetSignedAt(s.store.Now())
		c.notify("signed", []ident.ID{c.row.IssuedByID}, nil)
		return nil
	})
}

// RevokeProceedingInput says why a proceeding is taken back.
type RevokeProceedingInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why it is taken back" example:"经复核，事实有误"`
}

// Revoke takes a proceeding back (撤销). A number that it had stays used and says why.
func (s *Service) Revoke(ctx context.Context, id ident.ID, version int, in RevokeProceedingInput) (Proceeding, error) {
	return s.change(ctx, id, version, access.ProceedingRevoke, supervise.RevokeProceeding, func(ctx context.Context, c *changing) error {
		if err := c.apply(tr.Reason.If(said(in.Reason)), workday.Date{}); err != nil {
			return err
		}
		c.reason = in.Reason
		c.update.SetReason(in.Reason)
		if c.row.Number == "" {
			c.notify("revoked", []ident.ID{c.row.ProposedByID}, map[string]any{"reason": in.Reason})
			return nil
		}
		people, err := c.unitPeople(ctx)
		if err != nil {
			return err
		}
		c.notify("revoked", append(people, c.row.ProposedByID), map[string]any{"reason": in.Reason})
		return s.numbers.Void(ctx, c.tx, c.row.AuthorityID, series[c.row.Kind], c.row.Year, c.row.Serial, c.actor.ID, in.Reason)
	})
}
