package notices

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/sitecheck"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// CheckNoticeInput is the record of a check on the spot (现场核查) of what the reply at hand claims. Photographs are added after, to the
// record's id with the kind site_check.
type CheckNoticeInput struct {
	CheckedOn workday.Date    `json:"checked_on,omitzero" doc:"Day of the check; today if missing, never later" example:"2017-03-28"`
	Place     string          `json:"place,omitempty" maxLength:"200" doc:"Where" example:"岚山大学招生处"`
	Outcome   rectify.Outcome `json:"outcome" doc:"Whether the spot bears the reply out; only conforms lets the notice be closed" enum:"conforms,partly,violates"`
	Note      string          `json:"note" minLength:"1" maxLength:"4000" doc:"What was seen" example:"首页已公开，抽查三个专业均可下载"`
}

// SiteCheck is a check on the spot as its notice shows it.
type SiteCheck struct {
	ID          ident.ID        `json:"id" doc:"Id; its photographs have it as subject"`
	ReplyID     ident.ID        `json:"reply_id" doc:"Reply that was checked"`
	CheckedOn   workday.Date    `json:"checked_on" doc:"Day of the check"`
	Place       string          `json:"place,omitempty" doc:"Where"`
	Outcome     rectify.Outcome `json:"outcome" doc:"Whether the spot bears the reply out" enum:"conforms,partly,violates,unchecked"`
	Note        string          `json:"note" doc:"What was seen"`
	CheckedByID ident.ID        `json:"checked_by_id" doc:"Who checked"`
	CreatedAt   time.Time       `json:"created_at" doc:"Instant of the record"`
}

// Check records a check on the spot of the reply that waits. Never by the unit or by whoever replied.
func (s *Service) Check(ctx context.Context, id ident.ID, version int, in CheckNoticeInput) (Notice, error) {
	day := in.CheckedOn
	if day.IsZero() {
		day = s.clocks.Today()
	}
	var faults []fault.Field
	if day.After(s.clocks.Today()) {
		faults = append(faults, fault.Field{Location: "body.checked_on", Code: "notice.check_ahead"})
	}
	if !slices.Contains([]rectify.Outcome{rectify.Conforms, rectify.Partly, rectify.Violates}, in.Outcome) {
		faults = append(faults, fault.Field{Location: "body.outcome", Code: "one_of", Params: fault.Params{"value": "conforms, partly, violates"}})
	}
	if len(faults) > 0 {
		return Notice{}, fault.BadFields(faults...)
	}
	return s.change(ctx, id, version, access.NoticeCheck, rectify.CheckNotice, func(ctx context.Context, c *changing) error {
		if err := c.apply(tr.Text.If(strings.TrimSpace(in.Note) != ""), workday.Date{}); err != nil {
			return err
		}
		check := s.store.NewID()
		err := c.tx.SiteCheck.Create().SetID(check).SetAuthorityID(c.row.AuthorityID).SetNoticeID(id).SetReplyID(c.row.ReplyID).SetCheckedOn(day).
			SetPlace(in.Place).SetOutcome(in.Outcome).SetNote(in.Note).SetCheckedByID(c.actor.ID).SetCreatedAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("record check on the spot: %w", err)
		}
		c.after["site_check_id"], c.after["outcome"], c.after["checked_on"] = check, in.Outcome, day
		return nil
	})
}

// lastCheck is the last check on the spot of the reply at hand; nil if there is none.
func lastCheck(ctx context.Context, client *ent.Client, row *ent.Notice) (*ent.SiteCheck, error) {
	if row.Status != rectify.NoticeReplied {
		return nil, nil
	}
	last, err := client.SiteCheck.Query().Where(sitecheck.NoticeID(row.ID), sitecheck.ReplyID(row.ReplyID)).Order(sitecheck.ByID(sql.OrderDesc())).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read checks on the spot: %w", err)
	}
	return last, nil
}

// readChecks reads the checks on the spot of a page of notices.
func (p *parts) readChecks(ctx context.Context, client *ent.Client, ids []ident.ID) error {
	rows, err := client.SiteCheck.Query().Where(sitecheck.NoticeIDIn(ids...)).Order(sitecheck.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read checks on the spot: %w", err)
	}
	for _, r := range rows {
		p.checks[r.NoticeID] = append(p.checks[r.NoticeID], r)
	}
	return nil
}

// lastOf is the last of a notice's checks that is about the reply at hand.
func lastOf(row *ent.Notice, checks []*ent.SiteCheck) *ent.SiteCheck {
	for _, c := range slices.Backward(checks) {
		if c.ReplyID == row.ReplyID && row.Status == rectify.NoticeReplied {
			return c
		}
	}
	return nil
}

func siteCheckViews(rows []*ent.SiteCheck) []SiteCheck {
	views := make([]SiteCheck, len(rows))
	for i, r := range rows {
		views[i] = SiteCheck{ID: r.ID, ReplyID: r.ReplyID, CheckedOn: r.CheckedOn, Place: r.Place, Outcome: r.Outcome, Note: r.Note,
			CheckedByID: r.CheckedByID, CreatedAt: r.CreatedAt}
	}
	return views
}
