package notices

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/findinglink"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
)

// NoticeRepeat is an earlier finding that a finding of the notice repeats, as a person confirmed (屡查屡犯).
type NoticeRepeat struct {
	FindingID   ident.ID  `json:"finding_id" doc:"The earlier finding"`
	Description string    `json:"description" doc:"What had been found"`
	FoundAt     time.Time `json:"found_at" doc:"When it had been found"`
	NoticeID    ident.ID  `json:"notice_id,omitzero" doc:"Notice that had ordered it to be put right"`
	Number      string    `json:"number,omitempty" doc:"Document number of that notice" example:"岚教督〔2016〕7号"`
}

// readLineage reads the notices before and after each of a page, and the earlier findings that its findings repeat.
func (p *parts) readLineage(ctx context.Context, client *ent.Client, rows []*ent.Notice) error {
	var ids, previous []ident.ID
	for _, r := range rows {
		ids, previous = append(ids, r.ID), append(previous, r.PreviousID)
	}
	chain, err := client.Notice.Query().Where(notice.Or(notice.IDIn(unique(previous)...), notice.PreviousIDIn(ids...))).Order(notice.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read chain of notices: %w", err)
	}
	for _, n := range chain {
		p.chain[n.ID] = n
		if !n.PreviousID.IsZero() {
			p.next[n.PreviousID] = n
		}
	}
	return p.readRepeats(ctx, client)
}

func (p *parts) readRepeats(ctx context.Context, client *ent.Client) error {
	var ids []ident.ID
	for _, list := range p.findings {
		for _, f := range list {
			ids = append(ids, f.ID)
		}
	}
	links, err := client.FindingLink.Query().Where(findinglink.FindingIDIn(ids...), findinglink.StatusEQ(rectify.LinkConfirmed)).
		Order(findinglink.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read links of findings: %w", err)
	}
	if len(links) == 0 {
		return nil
	}
	var earlier []ident.ID
	for _, l := range links {
		earlier = append(earlier, l.EarlierID)
	}
	found, err := client.Finding.Query().Where(finding.IDIn(unique(earlier)...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read earlier findings: %w", err)
	}
	byID, orders := make(map[ident.ID]*ent.Finding), []ident.ID{}
	for _, f := range found {
		byID[f.ID] = f
		orders = append(orders, f.NoticeID)
	}
	numbers, err := client.Notice.Query().Where(notice.IDIn(unique(orders)...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read notices of earlier findings: %w", err)
	}
	number := make(map[ident.ID]string, len(numbers))
	for _, n := range numbers {
		number[n.ID] = n.Number
	}
	for _, l := range links {
		if f := byID[l.EarlierID]; f != nil {
			p.repeats[l.FindingID] = append(p.repeats[l.FindingID], NoticeRepeat{FindingID: f.ID, Description: f.Description, FoundAt: f.CreatedAt,
				NoticeID: f.NoticeID, Number: number[f.NoticeID]})
		}
	}
	return nil
}
