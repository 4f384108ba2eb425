package notices

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// DraftNoticeInput is a notice as it is drafted: findings of one unit and what they ask for.
type DraftNoticeInput struct {
	FindingIDs  []ident.ID   `json:"finding_ids" minItems:"1" maxItems:"100" doc:"Open findings of one unit"`
	Title       string       `json:"title" minLength:"1" maxLength:"200" doc:"Title" example:"关于招生信息公开问题的限期整改通知书"`
	Requirement string       `json:"requirement" minLength:"1" maxLength:"8000" doc:"What has to be put right" example:"全面自查，限期公开招生简章，并书面报告"`
	DueDate     workday.Date `json:"due_date,omitzero" doc:"Deadline, if it is already known; serving may name another" example:"2017-03-31"`
	LeaderID    ident.ID     `json:"leader_id,omitzero" doc:"Supervising leader, to whom the ladder escalates"`
}

func (in DraftNoticeInput) check() error {
	var fields []fault.Field
	if len(unique(in.FindingIDs)) == 0 {
		fields = append(fields, fault.Field{Location: "body.finding_ids", Code: "required"})
	}
	if strings.TrimSpace(in.Title) == "" {
		fields = append(fields, fault.Field{Location: "body.title", Code: "required"})
	}
	if strings.TrimSpace(in.Requirement) == "" {
		fields = append(fields, fault.Field{Location: "body.requirement", Code: "required"})
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.BadFields(fields...)
}

// Draft puts open findings of one unit into a new notice. Errors: notice.several_units, notice.finding_taken.
func (s *Service) Draft(ctx context.Context, in DraftNoticeInput) (Notice, error) {
	filter, err := s.gate.May(ctx, access.NoticeDraft)
	if err != nil {
		return Notice{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Notice{}, err
	}
	if err := in.check(); err != nil {
		return Notice{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Notice, error) {
		row, err := s.insert(ctx, tx, actor, filter, in, false)
		if err != nil {
			return Notice{}, err
		}
		return s.view(ctx, tx.Client(), actor, row)
	})
}

// DraftRepeat is Draft in the caller's transaction for faults that came back after the rebound window: a new notice of the same lineage.
func (s *Service) DraftRepeat(ctx context.Context, tx *ent.Tx, in DraftNoticeInput) (ident.ID, error) {
	filter, err := s.gate.May(ctx, access.NoticeDraft)
	if err != nil {
		return ident.ID{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return ident.ID{}, err
	}
	row, err := s.insert(ctx, tx, actor, filter, in, true)
	if err != nil {
		return ident.ID{}, err
	}
	return row.ID, nil
}

func (s *Service) insert(ctx context.Context, tx *ent.Tx, actor access.Actor, filter access.Filter, in DraftNoticeInput, repeats bool) (*ent.Notice, error) {
	found, err := s.openFindings(ctx, tx, actor.AuthorityID, ident.ID{}, in.FindingIDs)
	if err != nil {
		return nil, err
	}
	first := found[0]
	if !filter.Covers(access.Facts{AuthorityID: first.AuthorityID, UnitID: first.UnitID, Path: first.UnitPath, OwnerID: actor.ID}) {
		return nil, access.Refused(access.NoticeDraft, "relation")
	}
	status, err := rectify.NoticeTable.Apply(tr.Facts[rectify.NoticeStatus]{Relations: tr.Holder.If(actor.InUnit(first.UnitID))}, rectify.DraftNotice)
	if err != nil {
		return nil, err
	}
	if err := checkLeader(ctx, tx, actor.AuthorityID, in.LeaderID); err != nil {
		return nil, err
	}
	row, err := tx.Notice.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetInspectionID(commonInspection(found)).
		SetUnitID(first.UnitID).SetUnitPath(first.UnitPath).SetStatus(status).SetTitle(in.Title).SetRequirement(in.Requirement).
		SetDueDate(in.DueDate).SetLeaderID(in.LeaderID).SetRepeats(repeats).
		SetCreatedByID(actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create notice: %w", err)
	}
	if err := takeFindings(ctx, tx, row.ID, found); err != nil {
		return nil, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "notice", SubjectID: row.ID, UnitID: row.UnitID,
		Action: string(rectify.DraftNotice), After: in})
	return row, err
}

// Edit replaces a draft's findings and texts; the unit stays.
func (s *Service) Edit(ctx context.Context, id ident.ID, version int, in DraftNoticeInput) (Notice, error) {
	if err := in.check(); err != nil {
		return Notice{}, err
	}
	return s.change(ctx, id, version, access.NoticeEdit, rectify.EditNotice, func(ctx context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		if err := checkLeader(ctx, c.tx, c.row.AuthorityID, in.LeaderID); err != nil {
			return err
		}
		found, err := s.openFindings(ctx, c.tx, c.row.AuthorityID, id, in.FindingIDs)
		if err != nil {
			return err
		}
		if found[0].UnitID != c.row.UnitID {
			return fault.BadField("body.finding_ids", "notice.several_units")
		}
		if err := c.tx.Finding.Update().Where(finding.NoticeID(id)).SetNoticeID(ident.ID{}).AddVersion(1).Exec(ctx); err != nil {
			return fmt.Errorf("let go of findings: %w", err)
		}
		if err := takeFindings(ctx, c.tx, id, found); err != nil {
			return err
		}
		c.before = map[string]any{"title": c.row.Title, "requirement": c.row.Requirement, "due_date": c.row.DueDate, "leader_id": c.row.LeaderID}
		c.after = map[string]any{"title": in.Title, "requirement": in.Requirement, "due_date": in.DueDate, "leader_id": in.LeaderID, "finding_ids": in.FindingIDs}
		c.update.SetTitle(in.Title).SetRequirement(in.Requirement).SetDueDate(in.DueDate).SetLeaderID(in.LeaderID).
			SetInspectionID(commonInspection(found))
		return nil
	})
}

// openFindings loads the findings that a draft names: open, of one unit, and in no other notice than own.
func (s *Service) openFindings(ctx context.Context, tx *ent.Tx, authority, own ident.ID, ids []ident.ID) ([]*ent.Finding, error) {
	ids = unique(ids)
	found, err := tx.Finding.Query().Where(finding.IDIn(ids...), finding.AuthorityID(authority)).Order(finding.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	if len(found) != len(ids) {
		return nil, fault.BadField("body.finding_ids", "notice.unknown_finding")
	}
	for _, f := range found {
		switch {
		case f.UnitID != found[0].UnitID:
			return nil, fault.BadField("body.finding_ids", "notice.several_units")
		case f.Status != rectify.FindingOpen, !f.NoticeID.IsZero() && f.NoticeID != own:
			return nil, fault.New(fault.Conflict, "notice.finding_taken").With("id", f.ID.String())
		}
	}
	return found, nil
}

// takeFindings puts findings into a draft. They were free a moment ago; one that another draft took meanwhile is a conflict.
func takeFindings(ctx context.Context, tx *ent.Tx, id ident.ID, found []*ent.Finding) error {
	for _, f := range found {
		n, err := tx.Finding.Update().Where(finding.ID(f.ID), finding.NoticeID(ident.ID{}), finding.StatusEQ(rectify.FindingOpen)).
			SetNoticeID(id).AddVersion(1).Save(ctx)
		if err != nil {
			return fmt.Errorf("take finding: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "notice.finding_taken").With("id", f.ID.String())
		}
	}
	return nil
}

// commonInspection is the inspection of all findings; none if they come from several.
func commonInspection(found []*ent.Finding) ident.ID {
	for _, f := range found {
		if f.InspectionID != found[0].InspectionID {
			return ident.ID{}
		}
	}
	return found[0].InspectionID
}

func checkLeader(ctx context.Context, tx *ent.Tx, authority, id ident.ID) error {
	if id.IsZero() {
		return nil
	}
	there, err := tx.User.Query().Where(user.ID(id), user.AuthorityID(authority), user.DisabledAtIsNil()).Exist(ctx)
	if err != nil {
		return fmt.Errorf("read leader: %w", err)
	}
	if !there {
		return fault.BadField("body.leader_id", "notice.unknown_user")
	}
	return nil
}

func unique(ids []ident.ID) []ident.ID {
	out := make([]ident.ID, 0, len(ids))
	for _, id := range ids {
		if !id.IsZero() && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
