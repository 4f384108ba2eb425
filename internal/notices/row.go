package notices

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/reply"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
)

func (s *Service) view(ctx context.Context, client *ent.Client, actor access.Actor, row *ent.Notice) (Notice, error) {
	views, err := s.views(ctx, client, actor, []*ent.Notice{row})
	if err != nil {
		return Notice{}, err
	}
	return views[0], nil
}

// views maps rows with their findings, replies, lights and names, each read once for the whole page.
func (s *Service) views(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.Notice) ([]Notice, error) {
	p, err := readParts(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	views := make([]Notice, len(rows))
	for i, r := range rows {
		views[i] = s.mapped(ctx, actor, r, p)
	}
	return views, nil
}

func (s *Service) mapped(ctx context.Context, actor access.Actor, r *ent.Notice, p *parts) Notice {
	v := Notice{ID: r.ID, InspectionID: r.InspectionID, Number: r.Number, UnitID: r.UnitID, UnitName: p.units[r.UnitID], Status: r.Status,
		Title: r.Title, Requirement: r.Requirement, DueDate: r.DueDate, OriginalDueDate: r.OriginalDueDate, DueRevision: r.DueRevision,
		SignDueDate: r.SignDueDate, Light: ladder.Grey, LeaderID: r.LeaderID, Findings: []NoticeFinding{}, Replies: []Reply{}, ReplyID: r.ReplyID,
		CreatedByID: r.CreatedByID, CreatedAt: r.CreatedAt, ServedAt: r.ServedAt, ServedByID: r.ServedByID, SignedAt: r.SignedAt,
		SignedByID: r.SignedByID, ClosedAt: r.ClosedAt, ClosedByID: r.ClosedByID, Reopened: r.Reopened, Reason: r.Reason, Version: r.Version,
		PlanWanted: r.PlanWanted, PlanDueDate: r.PlanDueDate, PlanStatus: r.PlanStatus, PlanID: r.PlanReplyID, SiteCheckWanted: r.SiteCheckWanted,
		SiteChecks: siteCheckViews(p.checks[r.ID]), ObjectUntil: r.ObjectUntil, Previous: linkTo(p.chain[r.PreviousID]), Next: linkTo(p.next[r.ID])}
	if v.Next != nil && v.Next.Number == "" && !s.gate.Filter(actor, access.NoticeDraft).Covers(facts(r)) {
		v.Next = nil // a draft is no business of the unit
	}
	v.Overdue = r.Open && r.Number != "" && !r.DueDate.IsZero() && s.clocks.Today().After(r.DueDate)
	if w := p.watches[r.ID]; w != nil {
		v.Light, v.LightRule = w.Light, w.LightRule
	}
	if r.Status == rectify.NoticeClosed && s.rules.Rebound > 0 {
		v.ReopenUntil = s.dateOf(r.ClosedAt).AddDays(s.rules.Rebound)
	}
	for _, f := range p.findings[r.ID] {
		v.Findings = append(v.Findings, NoticeFinding{ID: f.ID, Severity: f.Severity, Status: f.Status, Description: f.Description,
			Basis: f.Basis, Requirement: f.Requirement, Repeats: orEmpty(p.repeats[f.ID])})
	}
	var pending *ent.Reply
	for _, a := range p.replies[r.ID] {
		if a.ID == waiting(r) {
			pending = a
		}
		v.Replies = append(v.Replies, Reply{ID: a.ID, Stage: a.Stage, FinishBy: a.FinishBy, Responsible: a.Responsible, Round: a.Round, Status: a.Status, Measures: a.Measures, Result: a.Result,
			Evidence: p.evidence[a.ID], AuthorID: a.AuthorID, VerifiedByID: a.VerifiedByID, VerifiedAt: a.VerifiedAt, Verdict: a.Verdict,
			CreatedAt: a.CreatedAt})
	}
	v.AllowedActions = s.gate.Actions(ctx, facts(r), rectify.NoticeTable.Allowed(tr.Facts[rectify.NoticeStatus]{
		Status: r.Status, Relations: relations(actor, r, pending), Circumstances: s.circumstances(r, lastOf(r, p.checks[r.ID])),
	}))
	return v
}

// parts is what a page of notices needs besides its rows.
type parts struct {
	units    map[ident.ID]string
	findings map[ident.ID][]*ent.Finding
	replies  map[ident.ID][]*ent.Reply
	watches  map[ident.ID]*ent.Watch
	evidence map[ident.ID]int
	checks   map[ident.ID][]*ent.SiteCheck
	chain    map[ident.ID]*ent.Notice // notices by id, of those before and after
	next     map[ident.ID]*ent.Notice // by the notice that they follow
	repeats  map[ident.ID][]NoticeRepeat
}

func readParts(ctx context.Context, client *ent.Client, rows []*ent.Notice) (*parts, error) {
	p := &parts{findings: map[ident.ID][]*ent.Finding{}, replies: map[ident.ID][]*ent.Reply{}, watches: map[ident.ID]*ent.Watch{},
		evidence: map[ident.ID]int{}, checks: map[ident.ID][]*ent.SiteCheck{}, chain: map[ident.ID]*ent.Notice{}, next: map[ident.ID]*ent.Notice{},
		repeats: map[ident.ID][]NoticeRepeat{}}
	var ids, units []ident.ID
	for _, r := range rows {
		ids, units = append(ids, r.ID), append(units, r.UnitID)
	}
	findings, err := client.Finding.Query().Where(finding.NoticeIDIn(ids...)).Order(finding.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read findings of notices: %w", err)
	}
	for _, f := range findings {
		p.findings[f.NoticeID] = append(p.findings[f.NoticeID], f)
	}
	clocks, err := client.Watch.Query().Where(watch.SubjectEQ(ladder.OnNotice), watch.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read lights of notices: %w", err)
	}
	for _, w := range clocks {
		p.watches[w.ID] = w
	}
	if p.units, err = unitNames(ctx, client, unique(units)); err != nil {
		return nil, err
	}
	if err := p.readLineage(ctx, client, rows); err != nil {
		return nil, err
	}
	if err := p.readChecks(ctx, client, ids); err != nil {
		return nil, err
	}
	return p, p.readReplies(ctx, client, ids)
}

func (p *parts) readReplies(ctx context.Context, client *ent.Client, ids []ident.ID) error {
	rows, err := client.Reply.Query().Where(reply.NoticeIDIn(ids...)).Order(reply.ByStage(), reply.ByRound()).All(ctx)
	if err != nil {
		return fmt.Errorf("read replies of notices: %w", err)
	}
	var replies []ident.ID
	for _, r := range rows {
		p.replies[r.NoticeID] = append(p.replies[r.NoticeID], r)
		replies = append(replies, r.ID)
	}
	if len(replies) == 0 {
		return nil
	}
	var counts []struct {
		SubjectID ident.ID `json:"subject_id"`
		Count     int      `json:"count"`
	}
	err = client.Evidence.Query().Where(evidence.SubjectEQ(evidence.SubjectReply), evidence.SubjectIDIn(replies...)).
		GroupBy(evidence.FieldSubjectID).Aggregate(ent.Count()).Scan(ctx, &counts)
	if err != nil {
		return fmt.Errorf("count evidence of replies: %w", err)
	}
	for _, c := range counts {
		p.evidence[c.SubjectID] = c.Count
	}
	return nil
}

func unitNames(ctx context.Context, client *ent.Client, ids []ident.ID) (map[ident.ID]string, error) {
	rows, err := client.Unit.Query().Where(entunit.IDIn(ids...)).Select(entunit.FieldID, entunit.FieldName).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of units: %w", err)
	}
	names := make(map[ident.ID]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}

// labels tells the clocks how messages call notices.
func (s *Service) labels(ctx context.Context, tx *ent.Tx, ids []ident.ID) (map[ident.ID]watches.Label, error) {
	rows, err := tx.Notice.Query().Where(notice.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read titles of notices: %w", err)
	}
	var units []ident.ID
	for _, r := range rows {
		units = append(units, r.UnitID)
	}
	names, err := unitNames(ctx, tx.Client(), unique(units))
	if err != nil {
		return nil, err
	}
	labels := make(map[ident.ID]watches.Label, len(rows))
	for _, r := range rows {
		labels[r.ID] = watches.Label{Title: r.Number + " " + r.Title, Unit: names[r.UnitID]}
	}
	return labels, nil
}

// orEmpty is a list that prints as one even when there is nothing in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
