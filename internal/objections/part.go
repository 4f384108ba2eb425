package objections

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/conclusion"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/notice"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/reply"
	"github.com/duban-gov/duban/ent/sitecheck"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
)

// cast says who had which part in what an objection is about; they do not decide on it (Order 733 art. 17).
type cast map[ident.ID][]rectify.Took

func (c cast) add(took rectify.Took, users ...ident.ID) {
	for _, u := range users {
		if !u.IsZero() && !slices.Contains(c[u], took) {
			c[u] = append(c[u], took)
		}
	}
}

// parts finds everybody who had a part: the teams of the inspections with those who approved and concluded them, who recorded the
// findings, and for a notice who drafted, served and judged it.
func parts(ctx context.Context, client *ent.Client, row *ent.Objection) (cast, error) {
	c := cast{}
	found, err := client.Finding.Query().Where(findingsOf(row)...).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read findings of objection: %w", err)
	}
	tours := []ident.ID{row.InspectionID}
	for _, f := range found {
		c.add(rectify.TookFound, f.FoundByID)
		tours = append(tours, f.InspectionID)
	}
	if err := c.inspected(ctx, client, tours); err != nil {
		return nil, err
	}
	if row.Subject == rectify.ToConclusion {
		made, err := client.Conclusion.Query().Where(conclusion.ID(row.SubjectID)).Only(ctx)
		if err != nil {
			return nil, fmt.Errorf("read conclusion: %w", err)
		}
		c.add(rectify.TookConcluded, made.DeliveredByID)
		return c, nil
	}
	return c, c.ordered(ctx, client, row.SubjectID)
}

// inspected adds those who conducted the inspections.
func (c cast) inspected(ctx context.Context, client *ent.Client, ids []ident.ID) error {
	members, err := client.InspectionMember.Query().Where(inspectionmember.InspectionIDIn(ids...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read teams: %w", err)
	}
	for _, m := range members {
		c.add(rectify.TookTeam, m.UserID)
	}
	tours, err := client.Inspection.Query().Where(inspection.IDIn(ids...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read inspections: %w", err)
	}
	for _, t := range tours {
		c.add(rectify.TookApproved, t.ApprovedByID)
		c.add(rectify.TookConcluded, t.ConcludedByID)
	}
	return nil
}

// ordered adds those who drafted, served and judged a notice.
func (c cast) ordered(ctx context.Context, client *ent.Client, id ident.ID) error {
	n, err := client.Notice.Query().Where(notice.ID(id)).Only(ctx)
	if err != nil {
		return fmt.Errorf("read notice: %w", err)
	}
	c.add(rectify.TookDrafted, n.CreatedByID)
	c.add(rectify.TookServed, n.ServedByID)
	c.add(rectify.TookJudged, n.ClosedByID)
	replies, err := client.Reply.Query().Where(reply.NoticeID(id)).All(ctx)
	if err != nil {
		return fmt.Errorf("read replies: %w", err)
	}
	for _, r := range replies {
		c.add(rectify.TookJudged, r.VerifiedByID)
	}
	checks, err := client.SiteCheck.Query().Where(sitecheck.NoticeID(id)).All(ctx)
	if err != nil {
		return fmt.Errorf("read checks on the spot: %w", err)
	}
	for _, k := range checks {
		c.add(rectify.TookJudged, k.CheckedByID)
	}
	return nil
}

// apart refuses a panel of which somebody had a part or belongs to the unit, and names the person and the part.
func (s *Service) apart(ctx context.Context, tx *ent.Tx, row *ent.Objection, panel []ident.ID) error {
	who, err := parts(ctx, tx.Client(), row)
	if err != nil {
		return err
	}
	today := s.clocks.Today()
	ofUnit, err := tx.Post.Query().Where(entpost.UserIDIn(panel...), entpost.UnitID(row.UnitID), entpost.ValidFromLTE(today), entpost.ValidToGTE(today)).All(ctx)
	if err != nil {
		return fmt.Errorf("read posts of panel: %w", err)
	}
	for _, p := range ofUnit {
		who.add(rectify.TookApplied, p.UserID)
	}
	people, err := tx.User.Query().Where(user.IDIn(panel...), user.AuthorityID(row.AuthorityID), user.DisabledAtIsNil()).All(ctx)
	if err != nil {
		return fmt.Errorf("read panel: %w", err)
	}
	if len(people) != len(panel) {
		return fault.BadField("body.decider_ids", "notice.unknown_user")
	}
	for _, p := range people {
		if took := who[p.ID]; len(took) > 0 {
			return fault.New(fault.Conflict, "separation.took").With("name", p.Name).With("took", took[0]).With("user_id", p.ID.String())
		}
	}
	return nil
}

// findingsOf selects the findings that an objection touches: of a notice those in it, of a conclusion those of the unit at the inspection.
func findingsOf(row *ent.Objection) []predicate.Finding {
	if row.Subject == rectify.ToNotice {
		return []predicate.Finding{finding.NoticeID(row.SubjectID)}
	}
	return []predicate.Finding{finding.InspectionID(row.InspectionID), finding.UnitID(row.UnitID)}
}
