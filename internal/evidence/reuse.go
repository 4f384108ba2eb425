package evidence

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entevidence "github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// EvidenceUse is another matter for which the same bytes, or the same address, were handed in. What the reader may not see is told
// as another matter, without its name, unit or year.
type EvidenceUse struct {
	Hidden     bool     `json:"hidden" doc:"Whether the reader may not see the other matter"`
	EvidenceID ident.ID `json:"evidence_id,omitzero" doc:"The evidence there"`
	Subject    string   `json:"subject,omitempty" doc:"Kind of object there: duty, notice, inspection" example:"duty"`
	SubjectID  ident.ID `json:"subject_id,omitzero" doc:"Object there"`
	Year       int      `json:"year,omitempty" doc:"Year of the plan there" example:"2016"`
	OtherYear  bool     `json:"other_year,omitempty" doc:"Whether it was handed in for a plan of another year"`
}

// maxUses is how many other matters one piece of evidence names; a form that everybody uses would name them all.
const maxUses = 20

// complete adds to evidence what follows from the day, from its versions and from where else the same content was handed in.
func (s *Service) complete(ctx context.Context, views []Evidence) error {
	if len(views) == 0 {
		return nil
	}
	today := workday.DateOf(s.store.Now(), s.zone)
	for i := range views {
		views[i].Expired = contract.Expired(views[i].ExpiresOn, today)
	}
	if err := s.versions(ctx, views); err != nil {
		return err
	}
	return s.reuse(ctx, views)
}

// versions counts the versions of each piece and names its newer one.
func (s *Service) versions(ctx context.Context, views []Evidence) error {
	rows, err := s.store.Read().Evidence.Query().Where(entevidence.SubjectEQ(entevidence.Subject(views[0].Subject)),
		entevidence.SubjectID(views[0].SubjectID)).Select(entevidence.FieldID, entevidence.FieldSupersedesID).All(ctx)
	if err != nil {
		return fmt.Errorf("read versions of evidence: %w", err)
	}
	older, newer := make(map[ident.ID]ident.ID, len(rows)), make(map[ident.ID]ident.ID, len(rows))
	for _, r := range rows {
		if older[r.ID] = r.SupersedesID; !r.SupersedesID.IsZero() {
			newer[r.SupersedesID] = r.ID
		}
	}
	for i := range views {
		v := &views[i]
		v.SupersededByID = newer[v.ID]
		for at := v.ID; !at.IsZero(); at = older[at] {
			v.Revision++
		}
	}
	return nil
}

// matter is what evidence is about: whatever hangs on one duty is one matter.
type matter struct {
	subject string
	id      ident.ID
}

// place is where a piece of evidence was handed in, as the reader may know it.
type place struct {
	matter
	plan    ident.ID
	visible bool
}

// reuse finds the other matters for which the same content was handed in.
func (s *Service) reuse(ctx context.Context, views []Evidence) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	sums := make([]string, len(views))
	for i, v := range views {
		sums[i] = v.SHA256
	}
	rows, err := s.store.Read().Evidence.Query().Where(entevidence.AuthorityID(actor.AuthorityID), entevidence.Sha256In(sums...)).
		Order(entevidence.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("look for the same evidence: %w", err)
	}
	if len(rows) <= len(views) { // nothing but themselves
		return nil
	}
	p := places{s: s, known: make(map[matter]place), years: make(map[ident.ID]int)}
	for i := range views {
		if err := p.fill(ctx, &views[i], rows); err != nil {
			return err
		}
	}
	return nil
}

// places remembers where evidence was handed in, so that each object is looked up once.
type places struct {
	s     *Service
	known map[matter]place
	years map[ident.ID]int
}

func (p *places) fill(ctx context.Context, v *Evidence, rows []*ent.Evidence) error {
	own, err := p.of(ctx, v.Subject, v.SubjectID)
	if err != nil {
		return err
	}
	told := map[matter]bool{own.matter: true}
	for _, row := range rows {
		if row.Sha256 != v.SHA256 || len(v.Reused) == maxUses {
			continue
		}
		other, err := p.of(ctx, string(row.Subject), row.SubjectID)
		if err != nil {
			return err
		}
		if told[other.matter] {
			continue
		}
		told[other.matter] = true
		use := EvidenceUse{Hidden: !other.visible}
		if other.visible {
			use.EvidenceID, use.Subject, use.SubjectID = row.ID, other.subject, other.id
			if use.Year, err = p.year(ctx, other.plan); err != nil {
				return err
			}
			mine, err := p.year(ctx, own.plan)
			if err != nil {
				return err
			}
			use.OtherYear = use.Year != 0 && mine != 0 && use.Year != mine
		}
		v.Reused = append(v.Reused, use)
	}
	return nil
}

// of is where an object stands. One that is hidden from the reader still is a matter of its own.
func (p *places) of(ctx context.Context, subject string, id ident.ID) (place, error) {
	key := matter{subject, id}
	if found, ok := p.known[key]; ok {
		return found, nil
	}
	found := place{matter: key}
	if find, ok := p.s.find[subject]; ok {
		o, err := find(ctx, p.s.store.Read(), id)
		switch {
		case fault.KindOf(err) == fault.NotFound:
		case err != nil:
			return place{}, err
		default:
			actor, err := access.From(ctx)
			if err != nil {
				return place{}, err
			}
			found = place{matter: matter{o.Subject, o.EventID}, plan: o.PlanID, visible: o.Visible && p.s.gate.Filter(actor, access.EvidenceRead).Covers(o.Facts)}
		}
	}
	p.known[key] = found
	return found, nil
}

func (p *places) year(ctx context.Context, plan ident.ID) (int, error) {
	if plan.IsZero() {
		return 0, nil
	}
	if year, ok := p.years[plan]; ok {
		return year, nil
	}
	row, err := p.s.store.Read().Plan.Get(ctx, plan)
	if ent.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read year of plan: %w", err)
	}
	p.years[plan] = row.Year
	return row.Year, nil
}
