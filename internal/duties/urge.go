package duties

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	enturge "github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// Urge is a recorded reminder that wants a reply (催办), by a person or by the ladder.
type Urge struct {
	ID          ident.ID     `json:"id" doc:"Id of the urge"`
	DutyID      ident.ID     `json:"duty_id" doc:"Duty that is urged"`
	Content     string       `json:"content" doc:"What it says" example:"请于本周五前报送进展"`
	UrgedByID   ident.ID     `json:"urged_by_id,omitzero" doc:"Who urged; missing for the ladder"`
	ByLadder    bool         `json:"by_ladder" doc:"Whether the ladder urged"`
	Reason      string       `json:"reason,omitempty" doc:"Why it was urged again within the cool-down"`
	ReplyDue    workday.Date `json:"reply_due,omitzero" doc:"Last day for the reply" example:"2017-10-12"`
	Reply       string       `json:"reply,omitempty" doc:"The unit's reply"`
	RepliedByID ident.ID     `json:"replied_by_id,omitzero" doc:"Who replied"`
	RepliedAt   time.Time    `json:"replied_at,omitzero" doc:"Instant of the reply"`
	CreatedAt   time.Time    `json:"created_at" doc:"Instant of the urge"`
	Version     int          `json:"version" doc:"Counts the changes" example:"1"`
}

func showUrge(ctx context.Context, u *ent.Urge) Urge {
	content := u.Content
	if content == "" { // the ladder writes no text: its words are those of the reader's language
		content = words.Text(words.From(ctx), "urge.by_ladder", map[string]any{"reply_due": u.ReplyDueDate.String()})
	}
	return Urge{ID: u.ID, DutyID: u.SubjectID, Content: content, UrgedByID: u.UrgedByID, ByLadder: !u.StepID.IsZero(), Reason: u.Reason, ReplyDue: u.ReplyDueDate,
		Reply: u.Reply, RepliedByID: u.RepliedByID, RepliedAt: u.RepliedAt.UTC(), CreatedAt: u.CreatedAt.UTC(), Version: u.Version}
}

// UrgeDutyInput is what a person urges with.
type UrgeDutyInput struct {
	Content  string       `json:"content" minLength:"1" maxLength:"4000" doc:"What it says" example:"请于本周五前报送进展"`
	ReplyDue workday.Date `json:"reply_due,omitzero" doc:"Last day for the reply; as the rule file says if missing" example:"2017-10-12"`
	Reason   string       `json:"reason,omitempty" maxLength:"1000" doc:"Why it is urged again, if it was urged within the cool-down of the rule file" example:"厅领导今日过问"`
}

// Urge reminds the unit of a duty, with a record and a day for the reply (催办). The duty's state stays. Errors: urge.cool_down
// (conflict) where it was urged a short while ago and no reason is given.
func (s *Service) Urge(ctx context.Context, dutyID ident.ID, in UrgeDutyInput) (Urge, error) {
	reach, err := s.gate.May(ctx, access.DutyUrge)
	if err != nil {
		return Urge{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Urge, error) {
		w, err := s.take(ctx, tx, dutyID, 0, access.DutyUrge, reach)
		if err != nil {
			return Urge{}, err
		}
		if err := w.apply(duty.Urge, 0); err != nil {
			return Urge{}, err
		}
		if in.ReplyDue.IsZero() {
			in.ReplyDue = s.watches.Urging().ReplyDue(s.watches.Rules().Calendar, w.today)
		}
		if err := in.check(w.today); err != nil {
			return Urge{}, err
		}
		if err := s.watches.UrgeAgain(ctx, tx, dutyID, strings.TrimSpace(in.Reason)); err != nil {
			return Urge{}, err
		}
		return s.urge(ctx, tx, w, in)
	})
}

// urge writes the urge and its event. The event comes first: its messages say who has read the urge.
func (s *Service) urge(ctx context.Context, tx *ent.Tx, w *work, in UrgeDutyInput) (Urge, error) {
	id, event := s.store.NewID(), s.store.NewID()
	after := map[string]any{"urge_id": id, "reply_due": in.ReplyDue}
	if in.Reason != "" {
		after["again"] = in.Reason
	}
	tell := told{template: "duty.urged", to: Urged, params: map[string]any{"reply_due": in.ReplyDue.String()}}
	notes, err := s.note(ctx, tx, w, in.Content, tell)
	if err != nil {
		return Urge{}, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{ID: event, AuthorityID: w.is.AuthorityID, Subject: "duty", SubjectID: w.is.ID, PlanID: w.is.PlanID,
		UnitID: w.is.UnitID, Action: string(duty.Urge), Reason: in.Content, After: after, Tell: notes})
	if err != nil {
		return Urge{}, err
	}
	row, err := tx.Urge.Create().SetID(id).SetAuthorityID(w.is.AuthorityID).SetSubject(ladder.OnDuty).SetSubjectID(w.is.ID).SetUnitID(w.is.UnitID).
		SetContent(in.Content).SetReason(in.Reason).SetEventID(event).SetUrgedByID(w.actor.ID).SetReplyDueDate(in.ReplyDue).SetCreatedAt(s.store.Now()).Save(ctx)
	if err != nil {
		return Urge{}, fmt.Errorf("create urge: %w", err)
	}
	return showUrge(ctx, row), nil
}

// Urged are the people whom an urge reaches.
var Urged = []ladder.Recipient{ladder.Owner, ladder.UnitHead}

func (in UrgeDutyInput) check(today workday.Date) error {
	if !given(in.Content) {
		return fault.BadField("body.content", "required")
	}
	if in.ReplyDue.Before(today) {
		return fault.BadField("body.reply_due", "urge.reply_past")
	}
	return nil
}

// ReplyUrgeInput answers an urge.
type ReplyUrgeInput struct {
	Text string `json:"text" minLength:"1" maxLength:"4000" doc:"The reply" example:"已完成八成，周五前报送"`
}

// ReplyUrge answers an urge for the unit that was urged, once.
func (s *Service) ReplyUrge(ctx context.Context, id ident.ID, version int, in ReplyUrgeInput) (Urge, error) {
	reach, err := s.gate.May(ctx, access.UrgeReply)
	if err != nil {
		return Urge{}, err
	}
	if err := versioned(version); err != nil {
		return Urge{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Urge, error) {
		row, err := tx.Urge.Get(ctx, id)
		if ent.IsNotFound(err) || err == nil && row.Subject == ladder.OnNotice {
			return Urge{}, fault.Missing("urge")
		}
		if err != nil {
			return Urge{}, fmt.Errorf("load urge: %w", err)
		}
		w, err := s.take(ctx, tx, row.SubjectID, 0, access.UrgeReply, reach)
		if fault.KindOf(err) == fault.NotFound {
			return Urge{}, fault.Missing("urge")
		}
		if err != nil {
			return Urge{}, err
		}
		return s.reply(ctx, tx, w, row, version, in)
	})
}

func (s *Service) reply(ctx context.Context, tx *ent.Tx, w *work, row *ent.Urge, version int, in ReplyUrgeInput) (Urge, error) {
	switch {
	case row.Version != version:
		return Urge{}, stale
	case !row.RepliedAt.IsZero():
		return Urge{}, fault.New(fault.Conflict, "urge.replied")
	case !given(in.Text):
		return Urge{}, fault.BadField("body.text", "required")
	}
	n, err := tx.Urge.Update().Where(enturge.ID(row.ID), enturge.Version(version)).SetReply(in.Text).SetRepliedByID(w.actor.ID).
		SetRepliedAt(s.store.Now()).AddVersion(1).Save(ctx)
	if err != nil {
		return Urge{}, fmt.Errorf("update urge: %w", err)
	}
	if n == 0 {
		return Urge{}, stale
	}
	if row, err = tx.Urge.Get(ctx, row.ID); err != nil {
		return Urge{}, fmt.Errorf("read urge: %w", err)
	}
	tell := told{template: "urge.replied", to: []ladder.Recipient{ladder.Office}, more: []ident.ID{row.UrgedByID}}
	err = s.append(ctx, tx, w, tr.Action("urge.reply"), in.Text, nil, map[string]any{"urge_id": row.ID}, tell)
	return showUrge(ctx, row), err
}

// UrgePage is a page of urges.
type UrgePage struct {
	Items []Urge `json:"items" doc:"Urges, oldest first"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Urges lists the urges on a duty, oldest first.
func (s *Service) Urges(ctx context.Context, dutyID ident.ID, after string, limit int) (UrgePage, error) {
	page := UrgePage{Items: []Urge{}}
	if _, err := s.look(ctx, dutyID, access.UrgeRead); err != nil {
		return page, err
	}
	from, limit, err := cursor(after, limit)
	if err != nil {
		return page, err
	}
	rows, err := s.store.Read().Urge.Query().Where(enturge.SubjectIn(ladder.OnDuty, ladder.OnAcceptance), enturge.SubjectID(dutyID), enturge.IDGT(from)).
		Order(enturge.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list urges: %w", err)
	}
	for i, row := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, showUrge(ctx, row))
	}
	return page, nil
}
