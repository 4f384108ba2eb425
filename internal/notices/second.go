package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// FailNoticeInput declares that a rectification failed and says what the second notice demands.
type FailNoticeInput struct {
	Reason      string       `json:"reason" minLength:"1" maxLength:"4000" doc:"Why it failed" example:"逾期未报整改报告，简章仍未公开"`
	Title       string       `json:"title,omitempty" maxLength:"200" doc:"Title of the second notice; that of the first if missing" example:"关于招生信息公开问题的再次限期整改通知书"`
	Requirement string       `json:"requirement,omitempty" maxLength:"8000" doc:"What the second notice demands; as the first if missing" example:"五个工作日内公开，主要负责人书面说明"`
	DueDate     workday.Date `json:"due_date,omitzero" doc:"Deadline of the second notice, if it is already known" example:"2017-04-14"`
}

// Fail declares that a rectification failed (整改不力) and drafts the second notice, which takes the findings over and names the first.
// It may be done when a reply does not convince, or once the deadline has passed.
func (s *Service) Fail(ctx context.Context, id ident.ID, version int, in FailNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeFail, rectify.FailNotice, func(ctx context.Context, c *changing) error {
		c.reason = in.Reason
		given := tr.Reason.If(strings.TrimSpace(in.Reason) != "")
		if err := c.apply(given, workday.Date{}); err != nil {
			return err
		}
		if c.row.Status == rectify.NoticeReplied {
			if err := c.judge(ctx, given, in.Reason); err != nil {
				return err
			}
		}
		ordered, err := c.tx.Finding.Query().Where(finding.NoticeID(id), finding.StatusEQ(rectify.FindingOrdered)).IDs(ctx)
		if err != nil {
			return fmt.Errorf("read findings: %w", err)
		}
		if err := c.moveFindings(ctx, rectify.PassOnFinding, rectify.FindingOrdered, given); err != nil {
			return err
		}
		second, err := c.second(ctx, in, ordered)
		if err != nil {
			return err
		}
		c.after["second_id"] = second
		c.update.SetReason(in.Reason)
		if err := c.tellUnit(ctx, "notice.failed", map[string]any{"number": c.row.Number, "title": c.row.Title, "reason": in.Reason}); err != nil {
			return err
		}
		return s.clocks.Withdraw(ctx, c.tx, ladder.OnNotice, id)
	})
}

// second drafts the notice that follows a failed one.
func (c *changing) second(ctx context.Context, in FailNoticeInput, findings []ident.ID) (ident.ID, error) {
	status, err := rectify.NoticeTable.Apply(tr.Facts[rectify.NoticeStatus]{Relations: relations(c.actor, c.row, nil)}, rectify.DraftNotice)
	if err != nil {
		return ident.ID{}, err
	}
	title, requirement := in.Title, in.Requirement
	if strings.TrimSpace(title) == "" {
		title = c.row.Title
	}
	if strings.TrimSpace(requirement) == "" {
		requirement = c.row.Requirement
	}
	row, err := c.tx.Notice.Create().SetID(c.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetInspectionID(c.row.InspectionID).SetUnitID(c.row.UnitID).
		SetUnitPath(c.row.UnitPath).SetStatus(status).SetTitle(title).SetRequirement(requirement).SetDueDate(in.DueDate).SetLeaderID(c.row.LeaderID).
		SetPreviousID(c.row.ID).SetCreatedByID(c.actor.ID).SetCreatedAt(c.store.Now()).Save(ctx)
	if err != nil {
		return ident.ID{}, fmt.Errorf("draft second notice: %w", err)
	}
	found, err := c.openFindings(ctx, c.tx, c.row.AuthorityID, row.ID, findings)
	if err != nil {
		return ident.ID{}, err
	}
	if err := takeFindings(ctx, c.tx, row.ID, found); err != nil {
		return ident.ID{}, err
	}
	_, err = c.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "notice", SubjectID: row.ID, UnitID: row.UnitID,
		Action: string(rectify.DraftNotice), After: map[string]any{"previous_id": c.row.ID, "finding_ids": findings, "title": title}})
	return row.ID, err
}

// NoticeLink names another notice of a chain.
type NoticeLink struct {
	ID     ident.ID             `json:"id" doc:"Notice"`
	Number string               `json:"number,omitempty" doc:"Its document number" example:"岚教督〔2017〕3号"`
	Status rectify.NoticeStatus `json:"status" doc:"Its state" enum:"draft,served,signed,replied,closed,failed,voided"`
}

func linkTo(row *ent.Notice) *NoticeLink {
	if row == nil {
		return nil
	}
	return &NoticeLink{ID: row.ID, Number: row.Number, Status: row.Status}
}
