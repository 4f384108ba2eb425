package proceedings

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	entfinding "github.com/duban-gov/duban/ent/finding"
	entnotice "github.com/duban-gov/duban/ent/notice"
	entproceeding "github.com/duban-gov/duban/ent/proceeding"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
)

// ProceedingBasis is an object that a proceeding rests on.
type ProceedingBasis struct {
	Subject   string   `json:"subject" enum:"duty,notice,finding" doc:"Kind of object" example:"duty"`
	SubjectID ident.ID `json:"subject_id" doc:"Object"`
}

// ProposeProceedingInput proposes an interview, a commendation or a criticism of a unit.
type ProposeProceedingInput struct {
	Kind     supervise.ProceedingKind `json:"kind" enum:"interview,commendation,criticism" doc:"What is proposed" example:"criticism"`
	UnitID   ident.ID                 `json:"unit_id" doc:"Unit that it is about"`
	Title    string                   `json:"title" minLength:"1" maxLength:"200" doc:"What it is about, in a line" example:"关于信息公开任务逾期的通报"`
	Reason   string                   `json:"reason" maxLength:"4000" doc:"Grounds: what happened" example:"两项重点任务逾期 30 天，经两次催办未回复"`
	Audience supervise.Audience       `json:"audience,omitempty" enum:"unit,authority" doc:"Who sees a circular once published; the unit and those above it if missing" example:"authority"`
	Basis    []ProceedingBasis        `json:"basis" minItems:"1" maxItems:"50" doc:"Duties, notices and findings of the unit that it rests on"`
}

// Proposed is what a rule proposes; see Service.Propose.
type Proposed struct {
	AuthorityID ident.ID
	Origin      string // names the rule step and its object, so that it proposes once: "duty.criticise_30@3:<id>:1"
	ProposeProceedingInput
}

// Suggest proposes a proceeding (提出建议). Leaders are told; none of them decides on what they proposed.
func (s *Service) Suggest(ctx context.Context, in ProposeProceedingInput) (Proceeding, error) {
	if _, err := s.gate.May(ctx, access.ProceedingPropose); err != nil {
		return Proceeding{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Proceeding{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Proceeding, error) {
		p := Proposed{AuthorityID: actor.AuthorityID, ProposeProceedingInput: in}
		found, err := units.Valid(ctx, tx.Client(), p.AuthorityID, []ident.ID{p.UnitID}, s.today(), "body.unit_id")
		if err != nil {
			return Proceeding{}, err
		}
		if err := checkBasis(ctx, tx, p); err != nil {
			return Proceeding{}, err
		}
		row, err := s.insert(ctx, tx, actor, found[0], p)
		if err != nil {
			return Proceeding{}, err
		}
		return s.view(ctx, tx.Client(), row)
	})
}

// Propose is Suggest for a step of the ladder, in the step's transaction and for the system actor of the context: what a rule
// proposes waits for a leader's approval like any other proposal. The same origin proposes once; again, it answers false.
func (s *Service) Propose(ctx context.Context, tx *ent.Tx, p Proposed) (ident.ID, bool, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return ident.ID{}, false, err
	}
	if p.Origin != "" {
		had, err := tx.Proceeding.Query().Where(entproceeding.AuthorityID(p.AuthorityID), entproceeding.Origin(p.Origin)).FirstID(ctx)
		if err == nil {
			return had, false, nil
		}
		if !ent.IsNotFound(err) {
			return ident.ID{}, false, fmt.Errorf("look for proposal: %w", err)
		}
	}
	about, err := tx.Unit.Get(ctx, p.UnitID)
	if err != nil {
		return ident.ID{}, false, fmt.Errorf("read unit of proposal: %w", err)
	}
	row, err := s.insert(ctx, tx, actor, about, p)
	if err != nil {
		return ident.ID{}, false, err
	}
	return row.ID, true, nil
}

func (s *Service) insert(ctx context.Context, tx *ent.Tx, actor access.Actor, about *ent.Unit, p Proposed) (*ent.Proceeding, error) {
	table := supervise.ProceedingTable(p.Kind)
	status, err := table.Apply(tr.Facts[supervise.ProceedingStatus]{Given: tr.Reason.If(strings.TrimSpace(p.Reason) != "")}, supervise.ProposeProceeding)
	if err != nil {
		return nil, err
	}
	if p.Audience == "" || p.Kind == supervise.Interview {
		p.Audience = supervise.ToUnit
	}
	basis, err := json.Marshal(p.Basis)
	if err != nil {
		return nil, fmt.Errorf("encode basis: %w", err)
	}
	row, err := tx.Proceeding.Create().SetID(s.store.NewID()).SetAuthorityID(p.AuthorityID).SetKind(p.Kind).SetUnitID(p.UnitID).SetUnitPath(about.Path).
		SetStatus(status).SetAudience(p.Audience).SetTitle(p.Title).SetGrounds(p.Reason).SetBasis(basis).SetOrigin(p.Origin).SetProposedByID(actor.ID).
		SetCreatedAt(s.store.Now()).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create proceeding: %w", err)
	}
	leaders, err := accounts.Holding(ctx, tx.Client(), p.AuthorityID, post.Leader, s.today())
	if err != nil {
		return nil, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: p.AuthorityID, Subject: subject, SubjectID: row.ID, UnitID: p.UnitID, Action: string(supervise.ProposeProceeding),
		Reason: p.Reason, After: p, Tell: note(actor, row, "proposed", leaders, map[string]any{"unit": about.Name})})
	return row, err
}

// checkBasis holds that every object of the basis is there and is the unit's own.
func checkBasis(ctx context.Context, tx *ent.Tx, p Proposed) error {
	if len(p.Basis) == 0 {
		return fault.BadField("body.basis", "required")
	}
	for i, b := range p.Basis {
		there, err := theirs(ctx, tx, p, b)
		if err != nil {
			return fmt.Errorf("look for basis: %w", err)
		}
		if !there {
			return fault.BadField(fmt.Sprintf("body.basis[%d]", i), "proceeding.basis_unknown")
		}
	}
	return nil
}

func theirs(ctx context.Context, tx *ent.Tx, p Proposed, b ProceedingBasis) (bool, error) {
	switch b.Subject {
	case "duty":
		return tx.Duty.Query().Where(entduty.ID(b.SubjectID), entduty.AuthorityID(p.AuthorityID), entduty.UnitID(p.UnitID)).Exist(ctx)
	case "notice":
		return tx.Notice.Query().Where(entnotice.ID(b.SubjectID), entnotice.AuthorityID(p.AuthorityID), entnotice.UnitID(p.UnitID), entnotice.NumberNEQ("")).Exist(ctx)
	case "finding":
		return tx.Finding.Query().Where(entfinding.ID(b.SubjectID), entfinding.AuthorityID(p.AuthorityID), entfinding.UnitID(p.UnitID)).Exist(ctx)
	}
	return false, nil
}
