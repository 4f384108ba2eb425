package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entshare "github.com/duban-gov/duban/ent/share"
	entsplit "github.com/duban-gov/duban/ent/split"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// piece is one share in the hands of a use case, with the duty that it is of and the unit that gave it out.
type piece struct {
	is    *ent.Share // nil for one that is not there yet
	duty  *ent.Duty
	outer *ent.Share // the share that it is a share of; nil if it is one of the duty itself
	actor access.Actor
	today workday.Date
	open  int // required shares below it that are still open
	rules duty.Deadlines
}

// outerUnit is who gave the share out: the unit of the duty, or that of the share above.
func (p *piece) outerUnit() (ident.ID, unit.Path) {
	if p.outer != nil {
		return p.outer.UnitID, p.outer.UnitPath
	}
	return p.duty.UnitID, p.duty.UnitPath
}

func (p *piece) outerDue() workday.Date {
	if p.outer != nil && !p.outer.DueDate.IsZero() {
		return p.outer.DueDate
	}
	return p.duty.DueDate
}

func (p *piece) facts(given tr.Need, date workday.Date) tr.Facts[duty.ShareStatus] {
	outer, _ := p.outerUnit()
	f := tr.Facts[duty.ShareStatus]{Given: given, Relations: tr.Outer.If(p.actor.InUnit(outer)), Circumstances: tr.Circumstances{
		Today: p.today, New: date, Latest: p.rules.Latest(p.outerDue()), Open: p.open,
		Ended: !p.duty.Open || p.outer != nil && !p.outer.Open}}
	if p.is != nil {
		f.Status = p.is.Status
		f.Relations |= tr.Holder.If(p.actor.InUnit(p.is.UnitID)) | tr.Author.If(is(p.actor.ID, p.is.SubmittedByID))
	}
	return f
}

func shareFacts(row *ent.Share) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath}
}

// about loads what a share belongs to, and how many required shares below it are open.
func (s *Service) about(ctx context.Context, client *ent.Client, row *ent.Share) (*piece, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	p := &piece{is: row, actor: actor, today: s.watches.Today(), rules: s.Rules().Deadlines}
	if p.duty, err = client.Duty.Get(ctx, row.DutyID); err != nil {
		return nil, fmt.Errorf("load duty of share: %w", err)
	}
	if !row.ParentID.IsZero() {
		if p.outer, err = client.Share.Get(ctx, row.ParentID); err != nil {
			return nil, fmt.Errorf("load share above: %w", err)
		}
	}
	tally, err := below(ctx, client, row.DutyID, row.ID)
	p.open = tally.lacking
	return p, err
}

// sum is what the shares at one level come to.
type sum struct {
	rule      graph.Rule
	suggested int
	lacking   int
	there     bool
}

// below sums the shares of a duty (no share named) or of a share.
func below(ctx context.Context, client *ent.Client, dutyID, shareID ident.ID) (sum, error) {
	rows, err := client.Share.Query().Where(entshare.DutyID(dutyID), entshare.ParentID(shareID)).All(ctx)
	if err != nil {
		return sum{}, fmt.Errorf("read shares: %w", err)
	}
	out := sum{rule: graph.Rule{Kind: plan.All}, there: len(rows) > 0}
	split, err := client.Split.Query().Where(entsplit.DutyID(dutyID), entsplit.ShareID(shareID)).Only(ctx)
	if err == nil {
		out.rule = graph.Rule{Kind: split.RollUp, K: split.RollUpK}
	} else if !ent.IsNotFound(err) {
		return out, fmt.Errorf("read rule of split: %w", err)
	}
	inner := make([]duty.Inner, len(rows))
	for i, r := range rows {
		inner[i] = duty.Inner{Status: r.Status, Weight: r.Weight, Progress: r.Progress, Required: r.Required}
	}
	out.suggested, out.lacking = duty.Suggest(out.rule, inner), duty.Shortfall(out.rule, inner)
	return out, nil
}

// onShare is the course of every change of a share that exists.
func (s *Service) onShare(ctx context.Context, id ident.ID, version int, permission access.Permission, do func(ctx context.Context, tx *ent.Tx, p *piece) error) (Share, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return Share{}, err
	}
	if err := versioned(version); err != nil {
		return Share{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Share, error) {
		row, err := s.seenShare(ctx, tx.Client(), id)
		if err != nil {
			return Share{}, err
		}
		if !reach.Covers(shareFacts(row)) {
			return Share{}, access.Refused(permission, "relation")
		}
		if err := s.lockDuty(ctx, tx, row.DutyID); err != nil {
			return Share{}, err
		}
		if row.Version != version {
			return Share{}, stale
		}
		p, err := s.about(ctx, tx.Client(), row)
		if err != nil {
			return Share{}, err
		}
		if err := do(ctx, tx, p); err != nil {
			return Share{}, err
		}
		return s.showShare(ctx, tx.Client(), p)
	})
}

// lockDuty lets the changes of one duty and its shares follow each other; SQLite has one writer anyway.
func (s *Service) lockDuty(ctx context.Context, tx *ent.Tx, id ident.ID) error {
	if !s.store.Postgres() {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "SELECT 1 FROM duties WHERE id = $1 FOR UPDATE", id); err != nil {
		return fmt.Errorf("lock duty of share: %w", err)
	}
	return nil
}

// seenShare loads a share that the caller may see; another does not exist.
func (s *Service) seenShare(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Share, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	row, err := client.Share.Get(ctx, id)
	if ent.IsNotFound(err) || err == nil && !s.gate.Filter(actor, access.ShareRead).Covers(shareFacts(row)) {
		return nil, fault.Missing("share")
	}
	if err != nil {
		return nil, fmt.Errorf("load share: %w", err)
	}
	return row, nil
}

// step applies an action of the state table, writes the share and appends the event to the duty's history.
func (s *Service) step(ctx context.Context, tx *ent.Tx, p *piece, action tr.Action, given tr.Need, date workday.Date, reason string, with func(*ent.ShareUpdate)) error {
	status, err := duty.ShareTable.Apply(p.facts(given, date), action)
	if err != nil {
		return err
	}
	was := p.is.Status
	update := tx.Share.Update().Where(entshare.ID(p.is.ID), entshare.Version(p.is.Version)).SetStatus(status).SetOpen(status.Open()).
		SetUpdatedAt(s.store.Now()).AddVersion(1)
	if with != nil {
		with(update)
	}
	n, err := update.Save(ctx)
	if err != nil {
		return fmt.Errorf("update share: %w", err)
	}
	if n == 0 {
		return stale
	}
	if p.is, err = tx.Share.Get(ctx, p.is.ID); err != nil {
		return fmt.Errorf("read share: %w", err)
	}
	return s.recordShare(ctx, tx, p, action, reason, map[string]any{"share_status": was})
}

// shareTold says whom an action on a share is told to: the unit below, or the unit that gave it out.
var shareTold = map[tr.Action]struct {
	template string
	up       bool
}{
	duty.AssignShare: {"share.assigned", false}, duty.InsistShare: {"share.assigned", false}, duty.RedateShare: {"share.redated", false},
	duty.SendBackShare: {"share.sent_back", false}, duty.ConfirmShare: {"share.confirmed", false}, duty.CancelShare: {"share.cancelled", false},
	duty.ReturnShare: {"share.returned", true}, duty.HandInShare: {"share.handed_in", true},
}

// recordShare appends what happened to a share to the history of its duty and tells whom it concerns.
func (s *Service) recordShare(ctx context.Context, tx *ent.Tx, p *piece, action tr.Action, reason string, before map[string]any) error {
	entry := timeline.Entry{AuthorityID: p.is.AuthorityID, Subject: "duty", SubjectID: p.duty.ID, PlanID: p.duty.PlanID, UnitID: p.is.UnitID,
		Action: "share." + string(action), Reason: reason, Before: before, After: map[string]any{"share_id": p.is.ID, "share_status": p.is.Status,
			"title": p.is.Title, "due_date": p.is.DueDate, "progress": p.is.Progress}}
	if told, ok := shareTold[action]; ok {
		reach := watches.Reach{AuthorityID: p.is.AuthorityID, UnitID: p.is.UnitID, UnitPath: p.is.UnitPath}
		if told.up {
			reach.UnitID, reach.UnitPath = p.outerUnit()
		}
		people, err := s.watches.Tell(ctx, tx, reach, ladder.Owner, ladder.UnitHead)
		if err != nil {
			return fmt.Errorf("find whom to tell of share: %w", err)
		}
		var others []ident.ID
		for _, id := range people {
			if id != p.actor.ID {
				others = append(others, id)
			}
		}
		if len(others) > 0 {
			entry.Tell = []timeline.Note{{To: others, Template: told.template, Params: map[string]any{"title": p.is.Title, "actor": p.actor.Name,
				"reason": reason, "due": p.is.DueDate.String()}}}
		}
	}
	_, err := s.log.Append(ctx, tx, entry)
	return err
}

// endShares withdraws the open shares of a duty that ended or that another unit holds now.
func (s *Service) endShares(ctx context.Context, tx *ent.Tx, w *work) error {
	ended := w.is.Open && !w.will.Open
	moved := w.is.UnitID != w.will.UnitID && !unit.Within(w.will.UnitPath, w.is.UnitPath)
	if !ended && !moved {
		return nil
	}
	err := tx.Share.Update().Where(entshare.DutyID(w.is.ID), entshare.Open(true)).SetStatus(duty.ShareCancelled).SetOpen(false).
		SetUpdatedAt(w.will.UpdatedAt).AddVersion(1).Exec(ctx)
	if err != nil {
		return fmt.Errorf("end shares: %w", err)
	}
	return nil
}
