package objections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/authority"
	"github.com/duban-gov/duban/ent/objection"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// DecideObjectionInput is the decision on an objection. What a decision changes depends on what is objected to: a notice's demand and
// deadline, a conclusion's content.
type DecideObjectionInput struct {
	Opinion     string       `json:"opinion" minLength:"1" maxLength:"8000" doc:"Facts, reasons and decision" example:"经查存档页面属实，该项整改要求不当"`
	DeciderIDs  []ident.ID   `json:"decider_ids,omitempty" maxItems:"20" doc:"Who decides beside the caller; nobody of them had a part (Order 733 art. 17)"`
	Requirement string       `json:"requirement,omitempty" maxLength:"8000" doc:"Changed notice: what is demanded from now on" example:"补充公开收费项目"`
	DueDate     workday.Date `json:"due_date,omitzero" doc:"Changed notice: the deadline from now on" example:"2017-04-28"`
	Content     string       `json:"content,omitempty" maxLength:"20000" doc:"Changed conclusion: what is said to the unit from now on" example:"简章已公开，收费项目未公示"`
}

// Uphold lets what was objected to stand (维持).
func (s *Service) Uphold(ctx context.Context, id ident.ID, version int, in DecideObjectionInput) (Objection, error) {
	return s.decide(ctx, id, version, access.ObjectionUphold, rectify.UpholdObjection, in)
}

// Change changes what was objected to (变更).
func (s *Service) Change(ctx context.Context, id ident.ID, version int, in DecideObjectionInput) (Objection, error) {
	return s.decide(ctx, id, version, access.ObjectionChange, rectify.ChangeObjection, in)
}

// Revoke withdraws what was objected to (撤销): a notice is voided with its number and its findings are dismissed; a conclusion does not
// hold any more.
func (s *Service) Revoke(ctx context.Context, id ident.ID, version int, in DecideObjectionInput) (Objection, error) {
	return s.decide(ctx, id, version, access.ObjectionRevoke, rectify.RevokeObjection, in)
}

// Retract withdraws an objection by the unit that filed it; it may file anew while the period runs.
func (s *Service) Retract(ctx context.Context, id ident.ID, version int) (Objection, error) {
	return s.change(ctx, id, version, access.ObjectionRetract, func(ctx context.Context, c *changing) error {
		if err := c.apply(rectify.RetractObjection, 0); err != nil {
			return err
		}
		return s.clocks.Withdraw(ctx, c.tx, ladder.OnObjection, id)
	})
}

func (s *Service) decide(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action, in DecideObjectionInput) (Objection, error) {
	return s.change(ctx, id, version, permission, func(ctx context.Context, c *changing) error {
		panel := []ident.ID{c.actor.ID}
		for _, d := range in.DeciderIDs {
			if !d.IsZero() && !slices.Contains(panel, d) {
				panel = append(panel, d)
			}
		}
		if row, ok := rectify.ObjectionTable.Row(action, c.row.Status); !ok || row.Via != "" {
			return c.apply(action, tr.Text) // the state speaks first
		}
		if err := s.apart(ctx, c.tx, c.row, panel); err != nil {
			return err
		}
		if err := c.apply(action, tr.Text.If(strings.TrimSpace(in.Opinion) != "")); err != nil {
			return err
		}
		if err := c.effect(ctx, in); err != nil {
			return err
		}
		if err := c.number(ctx); err != nil {
			return err
		}
		names := make([]string, len(panel))
		for i, p := range panel {
			names[i] = p.String()
		}
		c.reason, c.after["decider_ids"] = in.Opinion, names
		c.update.SetDeciderIds(names).SetDecidedByID(c.actor.ID).SetDecidedAt(s.store.Now()).SetOpinion(in.Opinion)
		if err := c.tellUnit(ctx); err != nil {
			return err
		}
		return s.clocks.Stop(ctx, c.tx, ladder.OnObjection, id)
	})
}

// changing is a change of one objection at work, within its transaction.
type changing struct {
	*Service
	tx            *ent.Tx
	actor         access.Actor
	row           *ent.Objection
	update        *ent.ObjectionUpdate
	action        tr.Action
	before, after map[string]any
	reason        string
	tell          []timeline.Note
}

// change is the frame of every change of an objection.
func (s *Service) change(ctx context.Context, id ident.ID, version int, permission access.Permission, fn func(ctx context.Context, c *changing) error) (Objection, error) {
	filter, err := s.gate.May(ctx, permission)
	if err != nil {
		return Objection{}, err
	}
	if version == 0 {
		return Objection{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Objection{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Objection, error) {
		row, err := s.find(ctx, tx.Client(), id)
		if err != nil {
			return Objection{}, err
		}
		if row.Version != version {
			return Objection{}, staleVersion
		}
		if !filter.Covers(facts(row)) {
			return Objection{}, access.Refused(permission, "relation")
		}
		c := &changing{Service: s, tx: tx, actor: actor, row: row, before: map[string]any{}, after: map[string]any{},
			update: tx.Objection.Update().Where(objection.ID(id), objection.Version(version)).AddVersion(1)}
		if err := fn(ctx, c); err != nil {
			return Objection{}, err
		}
		return c.finish(ctx)
	})
}

// apply asks the state table. Who had a part was asked before, so that the refusal names it.
func (c *changing) apply(action tr.Action, given tr.Need) error {
	status, err := rectify.ObjectionTable.Apply(tr.Facts[rectify.ObjectionStatus]{Status: c.row.Status, Relations: tr.Holder.If(c.actor.InUnit(c.row.UnitID)),
		Given: given, Circumstances: tr.Circumstances{Today: c.clocks.Today(), Until: c.row.Until}}, action)
	if err != nil {
		return err
	}
	c.action = action
	c.before["status"], c.after["status"] = c.row.Status, status
	c.update.SetStatus(status).SetOpen(!rectify.ObjectionTable.Final(status))
	return nil
}

// effect carries the decision out on what was objected to.
func (c *changing) effect(ctx context.Context, in DecideObjectionInput) error {
	if c.action == rectify.UpholdObjection {
		return nil
	}
	via := rectify.ObjectionTable.Object() + "." + string(c.action)
	if c.row.Subject == rectify.ToConclusion {
		return c.inspections.Reviewed(ctx, c.tx, c.row.SubjectID, inspections.ConclusionReview{Via: via, Opinion: in.Opinion, Content: in.Content})
	}
	return c.notices.Reviewed(ctx, c.tx, c.row.SubjectID, notices.Review{Via: via, Opinion: in.Opinion, Requirement: in.Requirement, DueDate: in.DueDate})
}

// number takes the decision's document number.
func (c *changing) number(ctx context.Context) error {
	owner, err := c.tx.Authority.Query().Where(authority.ID(c.row.AuthorityID)).Only(ctx)
	if err != nil {
		return fmt.Errorf("read authority: %w", err)
	}
	if owner.DocPrefix == "" {
		return fault.New(fault.Conflict, "notice.no_prefix")
	}
	year := c.clocks.Today().Year()
	serial, err := c.series.Next(ctx, c.tx, c.row.AuthorityID, numbers.Objection, year)
	if err != nil {
		return err
	}
	number := numbers.Format(owner.DocPrefix+c.rules.Numbers.Objection, year, serial)
	c.after["number"] = number
	c.update.SetYear(year).SetSerial(serial).SetNumber(number)
	return nil
}

func (c *changing) tellUnit(ctx context.Context) error {
	to, err := c.clocks.Tell(ctx, c.tx, watches.Reach{AuthorityID: c.row.AuthorityID, UnitID: c.row.UnitID, UnitPath: c.row.UnitPath}, ladder.Owner, ladder.UnitHead)
	if err != nil {
		return err
	}
	c.tell = append(c.tell, timeline.Note{To: to, Template: "objection.decided", Params: map[string]any{"title": c.row.Title, "number": c.after["number"]}})
	return nil
}

func (c *changing) finish(ctx context.Context) (Objection, error) {
	n, err := c.update.Save(ctx)
	if err != nil {
		return Objection{}, fmt.Errorf("update objection: %w", err)
	}
	if n == 0 {
		return Objection{}, staleVersion
	}
	_, err = c.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: c.row.AuthorityID, Subject: "objection", SubjectID: c.row.ID, UnitID: c.row.UnitID,
		Action: string(c.action), Before: c.before, After: c.after, Reason: c.reason, Tell: c.tell})
	if err != nil {
		return Objection{}, err
	}
	row, err := c.tx.Objection.Get(ctx, c.row.ID)
	if err != nil {
		return Objection{}, fmt.Errorf("read objection: %w", err)
	}
	return c.view(ctx, c.tx.Client(), c.actor, row)
}
