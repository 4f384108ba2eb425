package inspections

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/findinglink"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
)

// FindingRepeat is an earlier finding of the same unit that this one repeats or may repeat (屡查屡犯).
type FindingRepeat struct {
	FindingID   ident.ID              `json:"finding_id" doc:"The earlier finding"`
	Description string                `json:"description" doc:"What had been found"`
	Basis       string                `json:"basis" doc:"Clause that had been broken"`
	NoticeID    ident.ID              `json:"notice_id,omitzero" doc:"Notice that had ordered it to be put right"`
	Status      rectify.FindingStatus `json:"status" doc:"State of the earlier finding" enum:"open,ordered,closed,dismissed"`
	FoundAt     time.Time             `json:"found_at" doc:"When it had been found"`
	Similarity  int                   `json:"similarity" doc:"How alike the two are, in percent; 0 if a person linked them"`
	Link        rectify.LinkStatus    `json:"link" doc:"Whether a person confirmed it; the unit sees confirmed ones only" enum:"proposed,confirmed,rejected"`
	Note        string                `json:"note,omitempty" doc:"Why it was confirmed or rejected"`
}

// LinkFindingInput decides whether a finding repeats an earlier one; the earlier one need not have been proposed.
type LinkFindingInput struct {
	EarlierID ident.ID `json:"earlier_id" doc:"Earlier finding of the same unit"`
	Repeats   bool     `json:"repeats" doc:"Whether it is the same fault"`
	Note      string   `json:"note,omitempty" maxLength:"2000" doc:"Why" example:"同一专栏，去年已责令整改"`
}

const maxEarlier = 500 // findings of a unit that a new one is compared with

// proposeRepeats compares a new finding with earlier ones of the unit and proposes the most alike; a person decides.
func (s *Service) proposeRepeats(ctx context.Context, tx *ent.Tx, row *ent.Finding) error {
	since := s.store.Now().AddDate(-s.rules.Repeat.Years, 0, 0)
	earlier, err := tx.Finding.Query().Where(finding.UnitID(row.UnitID), finding.InspectionIDNEQ(row.InspectionID), finding.StatusNEQ(rectify.FindingDismissed),
		finding.CreatedAtGTE(since)).Order(finding.ByID(sql.OrderDesc())).Limit(maxEarlier).All(ctx)
	if err != nil {
		return fmt.Errorf("read earlier findings: %w", err)
	}
	type like struct {
		of         *ent.Finding
		similarity int
	}
	var alike []like
	for _, e := range earlier {
		if n := rectify.Recurrence(row.Description, row.Basis, e.Description, e.Basis); n >= s.rules.Repeat.Similarity {
			alike = append(alike, like{e, n})
		}
	}
	slices.SortStableFunc(alike, func(a, b like) int { return b.similarity - a.similarity })
	for _, a := range alike[:min(len(alike), s.rules.Repeat.Proposals)] {
		err := tx.FindingLink.Create().SetID(s.store.NewID()).SetAuthorityID(row.AuthorityID).SetFindingID(row.ID).SetEarlierID(a.of.ID).SetUnitID(row.UnitID).
			SetSimilarity(a.similarity).SetStatus(rectify.LinkProposed).SetCreatedAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("propose repeat: %w", err)
		}
	}
	return nil
}

// Link decides whether a finding repeats an earlier one of the same unit. Both sides see what was confirmed.
func (s *Service) Link(ctx context.Context, id ident.ID, version int, in LinkFindingInput) (Finding, error) {
	filter, err := s.gate.May(ctx, access.FindingLink)
	if err != nil {
		return Finding{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Finding{}, err
	}
	if version == 0 {
		return Finding{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Finding, error) {
		row, err := s.visibleFinding(ctx, tx.Client(), id)
		if err != nil {
			return Finding{}, err
		}
		if row.Version != version {
			return Finding{}, staleVersion
		}
		if !filter.Covers(findingFacts(row)) {
			return Finding{}, access.Refused(access.FindingLink, "relation")
		}
		if err := s.link(ctx, tx, actor, row, in); err != nil {
			return Finding{}, err
		}
		if row, err = tx.Finding.Get(ctx, id); err != nil {
			return Finding{}, fmt.Errorf("read finding: %w", err)
		}
		return s.findingView(ctx, tx.Client(), actor, row)
	})
}

func (s *Service) link(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Finding, in LinkFindingInput) error {
	relations, err := s.findingRelations(ctx, tx.Client(), actor, row)
	if err != nil {
		return err
	}
	if _, err := rectify.FindingTable.Apply(tr.Facts[rectify.FindingStatus]{Status: row.Status, Relations: relations}, rectify.LinkFinding); err != nil {
		return err
	}
	there, err := tx.Finding.Query().Where(finding.ID(in.EarlierID), finding.UnitID(row.UnitID), finding.IDLT(row.ID)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("read earlier finding: %w", err)
	}
	if !there {
		return fault.BadField("body.earlier_id", "finding.not_earlier")
	}
	status := rectify.LinkRejected
	if in.Repeats {
		status = rectify.LinkConfirmed
	}
	if err := s.keepLink(ctx, tx, actor, row, in.EarlierID, status, strings.TrimSpace(in.Note)); err != nil {
		return err
	}
	n, err := tx.Finding.Update().Where(finding.ID(row.ID), finding.Version(row.Version)).AddVersion(1).Save(ctx)
	if err != nil || n == 0 {
		return orStale(err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "finding", SubjectID: row.ID, UnitID: row.UnitID, Action: string(rectify.LinkFinding),
		After: map[string]any{"earlier_id": in.EarlierID, "link": status}, Reason: in.Note})
	return err
}

// keepLink writes a decided link over the proposal, if there was one.
func (s *Service) keepLink(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Finding, earlier ident.ID, status rectify.LinkStatus, note string) error {
	n, err := tx.FindingLink.Update().Where(findinglink.FindingID(row.ID), findinglink.EarlierID(earlier)).SetStatus(status).SetNote(note).
		SetDecidedByID(actor.ID).SetDecidedAt(s.store.Now()).AddVersion(1).Save(ctx)
	if err == nil && n == 0 {
		err = tx.FindingLink.Create().SetID(s.store.NewID()).SetAuthorityID(row.AuthorityID).SetFindingID(row.ID).SetEarlierID(earlier).SetUnitID(row.UnitID).
			SetStatus(status).SetNote(note).SetDecidedByID(actor.ID).SetDecidedAt(s.store.Now()).SetCreatedAt(s.store.Now()).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("link findings: %w", err)
	}
	return nil
}

// RecordRepeat writes down a fault that a look-back found again, with its confirmed lineage, in the caller's transaction.
func (s *Service) RecordRepeat(ctx context.Context, tx *ent.Tx, actor access.Actor, parent *ent.Inspection, in RecordFindingInput, earlier []ident.ID) (*ent.Finding, error) {
	row, err := s.insertFinding(ctx, tx, actor, parent, in)
	if err != nil {
		return nil, err
	}
	for _, id := range earlier {
		if err := s.keepLink(ctx, tx, actor, row, id, rectify.LinkConfirmed, ""); err != nil {
			return nil, err
		}
	}
	return row, nil
}

// repeats reads the earlier findings that the given ones repeat; proposals and rejections only for those who decide on them.
func (s *Service) repeats(ctx context.Context, client *ent.Client, actor access.Actor, rows []*ent.Finding) (map[ident.ID][]FindingRepeat, error) {
	var ids []ident.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	links, err := client.FindingLink.Query().Where(findinglink.FindingIDIn(ids...)).Order(findinglink.BySimilarity(sql.OrderDesc()), findinglink.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read links of findings: %w", err)
	}
	list := make(map[ident.ID][]FindingRepeat)
	if len(links) == 0 {
		return list, nil
	}
	var others []ident.ID
	for _, l := range links {
		others = append(others, l.EarlierID)
	}
	found, err := client.Finding.Query().Where(finding.IDIn(unique(others)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read earlier findings: %w", err)
	}
	earlier := make(map[ident.ID]*ent.Finding, len(found))
	for _, f := range found {
		earlier[f.ID] = f
	}
	decides := s.gate.Filter(actor, access.FindingLink)
	for _, l := range links {
		e := earlier[l.EarlierID]
		if e == nil || l.Status != rectify.LinkConfirmed && !decides.Covers(findingFacts(e)) {
			continue
		}
		list[l.FindingID] = append(list[l.FindingID], FindingRepeat{FindingID: e.ID, Description: e.Description, Basis: e.Basis, NoticeID: e.NoticeID,
			Status: e.Status, FoundAt: e.CreatedAt, Similarity: l.Similarity, Link: l.Status, Note: l.Note})
	}
	return list, nil
}
