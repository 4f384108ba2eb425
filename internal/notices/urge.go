package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"

	"github.com/duban-gov/duban/internal/ident"
)

// UrgeNoticeInput is a reminder by a person (催办). The unit's reply to the notice answers it.
type UrgeNoticeInput struct {
	Content  string `json:"content" minLength:"1" maxLength:"2000" doc:"What is urged" example:"整改期限将至，请抓紧回复"`
	Workdays int    `json:"workdays,omitempty" minimum:"1" maximum:"60" doc:"Working days within which an answer is expected" example:"2"`
	Reason   string `json:"reason,omitempty" maxLength:"1000" doc:"Why it is urged again, if it was urged within the cool-down of the rule file" example:"整改期限只剩一天"`
}

// Urge reminds the unit of a notice that it has not replied to.
func (s *Service) Urge(ctx context.Context, id ident.ID, version int, in UrgeNoticeInput) (Notice, error) {
	if strings.TrimSpace(in.Content) == "" {
		return Notice{}, fault.BadField("body.content", "required")
	}
	return s.change(ctx, id, version, access.NoticeUrge, rectify.UrgeNotice, func(ctx context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		var answerBy workday.Date
		if err := s.clocks.UrgeAgain(ctx, c.tx, id, strings.TrimSpace(in.Reason)); err != nil {
			return err
		}
		if in.Workdays > 0 {
			answerBy = s.clocks.Rules().Calendar.AddWorkdays(s.clocks.Today(), in.Workdays)
		}
		c.event = s.store.NewID()
		err := c.tx.Urge.Create().SetID(s.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetSubject(ladder.OnNotice).SetSubjectID(id).
			SetUnitID(c.row.UnitID).SetContent(in.Content).SetReason(in.Reason).SetEventID(c.event).SetUrgedByID(c.actor.ID).SetReplyDueDate(answerBy).SetCreatedAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("create urging: %w", err)
		}
		c.after["content"] = in.Content
		return c.tellUnit(ctx, "notice.urged", map[string]any{"number": c.row.Number, "title": c.row.Title, "content": in.Content})
	})
}
