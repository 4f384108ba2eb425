package lookbacks

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/lookitem"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// LookItem is one thing that a look-back looks at again.
type LookItem struct {
	ID             ident.ID               `json:"id" doc:"Id"`
	InspectionID   ident.ID               `json:"inspection_id" doc:"The look-back"`
	Subject        rectify.Looked         `json:"subject" enum:"notice,duty" doc:"Closed notice or dated duty"`
	SubjectID      ident.ID               `json:"subject_id" doc:"The notice or duty"`
	UnitID         ident.ID               `json:"unit_id" doc:"Unit"`
	UnitName       string                 `json:"unit_name" doc:"Name of the unit"`
	Title          string                 `json:"title" doc:"Title"`
	Number         string                 `json:"number,omitempty" doc:"Document number of the notice, number of the task"`
	DueDate        workday.Date           `json:"due_date,omitzero" doc:"Deadline that it had"`
	Status         rectify.LookStatus     `json:"status" enum:"pending,held,came_back" doc:"What was found"`
	Note           string                 `json:"note,omitempty" doc:"What was seen"`
	CheckedByID    ident.ID               `json:"checked_by_id,omitzero" doc:"Who looked"`
	CheckedAt      time.Time              `json:"checked_at,omitzero" doc:"When it was judged"`
	NoticeID       ident.ID               `json:"notice_id,omitzero" doc:"What followed: the notice that was reopened, or the new one"`
	FindingID      ident.ID               `json:"finding_id,omitzero" doc:"What followed: the first new finding"`
	Version        int                    `json:"version" doc:"Version for If-Match"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now"`
}

// LookItems lists what a look-back looks at.
type LookItems struct {
	Items []LookItem `json:"items" doc:"Items in the order of the draw"`
}

// HoldItemInput says what was seen where the rectification held.
type HoldItemInput struct {
	Note string `json:"note,omitempty" maxLength:"4000" doc:"What was seen" example:"公示栏仍在，按月更新"`
}

// ComeBackItemInput says what came back. A notice inside its rebound window is reopened; else new findings with their lineage and a new
// notice in draft follow. For a duty a finding follows.
type ComeBackItemInput struct {
	Reason   string           `json:"reason" minLength:"1" maxLength:"4000" doc:"What came back" example:"专栏停更半年"`
	DueDate  workday.Date     `json:"due_date,omitzero" doc:"Deadline of the reopened or new notice; needed to reopen" example:"2017-05-12"`
	Severity rectify.Severity `json:"severity,omitempty" enum:"minor,major,serious" doc:"Grade of a finding on a duty; major if missing"`
	Basis    string           `json:"basis,omitempty" maxLength:"2000" doc:"Clause that is broken, for a finding on a duty; the plan's task if missing" example:"年度要点第三条"`
}

// Items lists the items of a look-back in the order of the draw.
func (s *Service) Items(ctx context.Context, inspectionID ident.ID) (LookItems, error) {
	parent, err := s.inspections.Get(ctx, inspectionID)
	if err != nil {
		return LookItems{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return LookItems{}, err
	}
	rows, err := s.store.Read().LookItem.Query().Where(lookitem.InspectionID(parent.ID)).Order(lookitem.ByID()).All(ctx)
	if err != nil {
		return LookItems{}, fmt.Errorf("read items of look-back: %w", err)
	}
	items, err := s.views(ctx, s.store.Read(), actor, rows)
	return LookItems{Items: items}, err
}

// Hold finds that what was put right is still right (整改巩固).
func (s *Service) Hold(ctx context.Context, id ident.ID, version int, in HoldItemInput) (LookItem, error) {
	return s.judge(ctx, id, version, rectify.HoldItem, func(ctx context.Context, j *judging) error {
		return j.apply(strings.TrimSpace(in.Note), 0)
	})
}

// ComeBack finds that the fault is back (问题反弹), and sets off what follows.
func (s *Service) ComeBack(ctx context.Context, id ident.ID, version int, in ComeBackItemInput) (LookItem, error) {
	return s.judge(ctx, id, version, rectify.ComeBackItem, func(ctx context.Context, j *judging) error {
		reason := strings.TrimSpace(in.Reason)
		if err := j.apply(reason, tr.Reason.If(reason != "")); err != nil {
			return err
		}
		if j.row.Subject == rectify.LookedDuty {
			return j.onDuty(ctx, in)
		}
		return j.onNotice(ctx, in)
	})
}

// judging is the judgement of one item at work.
type judging struct {
	*Service
	tx     *ent.Tx
	actor  access.Actor
	row    *ent.LookItem
	parent *ent.Inspection
	update *ent.LookItemUpdate
	action tr.Action
	after  map[string]any
	reason string
}

// judge is the frame of every judgement: permission, the open look-back with the caller on its team, version, event.
func (s *Service) judge(ctx context.Context, id ident.ID, version int, action tr.Action, fn func(ctx context.Context, j *judging) error) (LookItem, error) {
	if _, err := s.gate.May(ctx, access.InspectionCheck); err != nil {
		return LookItem{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return LookItem{}, err
	}
	if version == 0 {
		return LookItem{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (LookItem, error) {
		row, err := tx.LookItem.Query().Where(lookitem.ID(id), lookitem.AuthorityID(actor.AuthorityID)).Only(ctx)
		if ent.IsNotFound(err) {
			return LookItem{}, fault.Missing("look_back")
		}
		if err != nil {
			return LookItem{}, fmt.Errorf("load item of look-back: %w", err)
		}
		if row.Version != version {
			return LookItem{}, fault.New(fault.Stale, "stale")
		}
		if _, ok := rectify.LookTable.Row(action, row.Status); !ok { // the state speaks before the team
			_, err = rectify.LookTable.Apply(tr.Facts[rectify.LookStatus]{Status: row.Status}, action)
			return LookItem{}, err
		}
		parent, err := s.inspections.AtWork(ctx, tx, row.InspectionID)
		if err != nil {
			return LookItem{}, err
		}
		j := &judging{Service: s, tx: tx, actor: actor, row: row, parent: parent, action: action, after: map[string]any{},
			update: tx.LookItem.Update().Where(lookitem.ID(id), lookitem.Version(version)).AddVersion(1)}
		if err := fn(ctx, j); err != nil {
			return LookItem{}, err
		}
		return j.finish(ctx)
	})
}

func (j *judging) apply(note string, given tr.Need) error {
	status, err := rectify.LookTable.Apply(tr.Facts[rectify.LookStatus]{Status: j.row.Status,
		Relations: tr.PartOfTeam | tr.Holder.If(j.actor.InUnit(j.row.UnitID)), Given: given}, j.action) // AtWork asked for the team
	if err != nil {
		return err
	}
	j.reason = note
	j.after["item_id"], j.after["status"], j.after["title"] = j.row.ID, status, j.row.Title
	j.update.SetStatus(status).SetNote(note).SetCheckedByID(j.actor.ID).SetCheckedAt(j.store.Now())
	return nil
}

// onNotice reopens the notice inside its rebound window; after it, each of its findings is recorded anew and a new notice drafted.
func (j *judging) onNotice(ctx context.Context, in ComeBackItemInput) error {
	_, err := j.notices.ReopenIn(ctx, j.tx, j.row.SubjectID, notices.ReopenNoticeInput{Reason: in.Reason, DueDate: in.DueDate})
	if err == nil {
		j.after["reopened_id"] = j.row.SubjectID
		j.update.SetNoticeID(j.row.SubjectID)
		return nil
	}
	if fault.CodeOf(err) != "notice.rebound_over" {
		return err
	}
	old, err := j.tx.Finding.Query().Where(finding.NoticeID(j.row.SubjectID), finding.StatusEQ(rectify.FindingClosed)).Order(finding.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read findings of notice: %w", err)
	}
	var ids []ident.ID
	for _, f := range old {
		again, err := j.inspections.RecordRepeat(ctx, j.tx, j.actor, j.parent, inspections.RecordFindingInput{UnitID: f.UnitID, Severity: f.Severity,
			Description: f.Description + "\n" + in.Reason, Basis: f.Basis, Requirement: f.Requirement}, []ident.ID{f.ID})
		if err != nil {
			return err
		}
		ids = append(ids, again.ID)
	}
	if len(ids) == 0 {
		return fault.New(fault.Conflict, "look_back.no_findings")
	}
	first, err := j.tx.Notice.Get(ctx, j.row.SubjectID)
	if err != nil {
		return fmt.Errorf("read notice: %w", err)
	}
	made, err := j.notices.DraftRepeat(ctx, j.tx, notices.DraftNoticeInput{FindingIDs: ids, Title: first.Title, Requirement: first.Requirement,
		DueDate: in.DueDate, LeaderID: first.LeaderID})
	if err != nil {
		return err
	}
	j.after["notice_id"], j.after["finding_ids"] = made, ids
	j.update.SetNoticeID(made).SetFindingID(ids[0])
	return nil
}

// onDuty records a finding that touches the duty; a notice may take it up.
func (j *judging) onDuty(ctx context.Context, in ComeBackItemInput) error {
	severity, basis := in.Severity, strings.TrimSpace(in.Basis)
	if severity == "" {
		severity = rectify.Major
	}
	if basis == "" {
		basis = strings.TrimSpace(j.row.Number + " " + j.row.Title)
	}
	made, err := j.inspections.RecordRepeat(ctx, j.tx, j.actor, j.parent, inspections.RecordFindingInput{UnitID: j.row.UnitID, Severity: severity,
		Description: in.Reason, Basis: basis, DutyID: j.row.SubjectID}, nil)
	if err != nil {
		return err
	}
	j.after["finding_ids"] = []ident.ID{made.ID}
	j.update.SetFindingID(made.ID)
	return nil
}

func (j *judging) finish(ctx context.Context) (LookItem, error) {
	n, err := j.update.Save(ctx)
	if err != nil {
		return LookItem{}, fmt.Errorf("update item of look-back: %w", err)
	}
	if n == 0 {
		return LookItem{}, fault.New(fault.Stale, "stale")
	}
	_, err = j.log.Append(ctx, j.tx, timeline.Entry{AuthorityID: j.row.AuthorityID, Subject: "inspection", SubjectID: j.row.InspectionID, UnitID: j.row.UnitID,
		PlanID: j.parent.PlanID, Action: "look_back." + string(j.action), Before: map[string]any{"status": j.row.Status}, After: j.after, Reason: j.reason})
	if err != nil {
		return LookItem{}, err
	}
	row, err := j.tx.LookItem.Get(ctx, j.row.ID)
	if err != nil {
		return LookItem{}, fmt.Errorf("read item of look-back: %w", err)
	}
	views, err := j.views(ctx, j.tx.Client(), j.actor, []*ent.LookItem{row})
	if err != nil {
		return LookItem{}, err
	}
	return views[0], nil
}

func (s *Service) views(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.LookItem) ([]LookItem, error) {
	units, parents := map[ident.ID]bool{}, map[ident.ID]bool{}
	for _, r := range rows {
		units[r.UnitID], parents[r.InspectionID] = true, true
	}
	places, err := client.Unit.Query().Where(entunit.IDIn(keysOf(units)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	names := make(map[ident.ID]string, len(places))
	for _, u := range places {
		names[u.ID] = u.Name
	}
	mine, err := client.InspectionMember.Query().Where(inspectionmember.UserID(actor.ID), inspectionmember.InspectionIDIn(keysOf(parents)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read teams: %w", err)
	}
	team := map[ident.ID]bool{}
	for _, m := range mine {
		team[m.InspectionID] = true
	}
	views := make([]LookItem, len(rows))
	for i, r := range rows {
		views[i] = LookItem{ID: r.ID, InspectionID: r.InspectionID, Subject: r.Subject, SubjectID: r.SubjectID, UnitID: r.UnitID, UnitName: names[r.UnitID],
			Title: r.Title, Number: r.Number, DueDate: r.DueDate, Status: r.Status, Note: r.Note, CheckedByID: r.CheckedByID, CheckedAt: r.CheckedAt,
			NoticeID: r.NoticeID, FindingID: r.FindingID, Version: r.Version}
		views[i].AllowedActions = s.gate.Actions(ctx, access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, Path: r.UnitPath},
			rectify.LookTable.Allowed(tr.Facts[rectify.LookStatus]{Status: r.Status,
				Relations: tr.PartOfTeam.If(team[r.InspectionID]) | tr.Holder.If(actor.InUnit(r.UnitID))}))
	}
	return views, nil
}
