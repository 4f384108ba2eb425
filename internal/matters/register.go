package matters

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/designation"
	"github.com/duban-gov/duban/ent/matterunit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// RegisterMatterInput describes a matter.
type RegisterMatterInput struct {
	Title         string                `json:"title" minLength:"1" maxLength:"200" doc:"What is to be done, in a line" example:"落实厅长办公会关于校园安全的决定"`
	Content       string                `json:"content,omitempty" maxLength:"8000" doc:"What is asked for" example:"各市州教育局于月底前完成排查并报送清单"`
	Source        supervise.Source      `json:"source" enum:"document,minutes,instruction,letter,proposal,media" doc:"Where it comes from" example:"minutes"`
	Basis         string                `json:"basis,omitempty" maxLength:"200" doc:"Number of the document, meeting or letter; a document and minutes need it" example:"岚教纪要〔2017〕6号"`
	ReceivedOn    workday.Date          `json:"received_on,omitzero" doc:"Day on which it came in" example:"2017-03-06"`
	Urgency       supervise.Urgency     `json:"urgency,omitempty" enum:"urgent,ordinary,hard" doc:"Urgency; ordinary if missing" example:"ordinary"`
	Supervision   supervise.Supervision `json:"supervision,omitempty" enum:"government,daily,education" doc:"In what capacity it is supervised; the authority's own daily supervision if missing" example:"daily"`
	DesignationID ident.ID              `json:"designation_id,omitzero" doc:"Designation in force, for government supervision only"`
	DueDate       workday.Date          `json:"due_date,omitzero" doc:"Last day; by the rule file, from approval on, if missing" example:"2017-04-28"`
	LeaderID      ident.ID              `json:"leader_id,omitzero" doc:"Supervising leader; whoever approves it if missing"`
	Units         []MatterShare         `json:"units" minItems:"1" maxItems:"200" doc:"Units, each once, at least one of them with the part lead"`
}

// MatterShare names a unit with its part.
type MatterShare struct {
	UnitID ident.ID  `json:"unit_id" doc:"Unit"`
	Part   duty.Part `json:"part" enum:"lead,support" doc:"Part" example:"lead"`
}

// Register puts a matter into the register as a draft (登记). It is not active before a leader approves it.
func (s *Service) Register(ctx context.Context, in RegisterMatterInput) (Matter, error) {
	if _, err := s.gate.May(ctx, access.MatterRegister); err != nil {
		return Matter{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Matter{}, err
	}
	status, err := supervise.MatterTable.Apply(tr.Facts[supervise.MatterStatus]{}, supervise.RegisterMatter)
	if err != nil {
		return Matter{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Matter, error) {
		row, err := s.insert(ctx, tx, actor, in, func(c *ent.MatterCreate) { c.SetStatus(status) })
		if err != nil {
			return Matter{}, err
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, Action: string(supervise.RegisterMatter), After: in})
		if err != nil {
			return Matter{}, err
		}
		return s.view(ctx, tx.Client(), row)
	})
}

// insert writes a matter with its units.
func (s *Service) insert(ctx context.Context, tx *ent.Tx, actor access.Actor, in RegisterMatterInput, with func(*ent.MatterCreate)) (*ent.Matter, error) {
	in = in.completed()
	if err := s.check(ctx, tx, actor.AuthorityID, in); err != nil {
		return nil, err
	}
	create := tx.Matter.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetTitle(in.Title).SetContent(in.Content).SetSource(in.Source).
		SetBasis(in.Basis).SetReceivedOn(in.ReceivedOn).SetUrgency(in.Urgency).SetSupervision(in.Supervision).SetDesignationID(in.DesignationID).
		SetDueDate(in.DueDate).SetLeaderID(in.LeaderID).SetCreatedByID(actor.ID).SetCreatedAt(s.store.Now())
	with(create)
	row, err := create.Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create matter: %w", err)
	}
	return row, s.setUnits(ctx, tx, row, in.Units)
}

// completed fills in what an input leaves to its defaults.
func (in RegisterMatterInput) completed() RegisterMatterInput {
	if in.Urgency == "" {
		in.Urgency = supervise.Ordinary
	}
	if in.Supervision == "" {
		in.Supervision = supervise.Daily
	}
	in.Title, in.Basis = strings.TrimSpace(in.Title), strings.TrimSpace(in.Basis)
	return in
}

// Edit changes a draft (修改). The units are replaced as a whole.
func (s *Service) Edit(ctx context.Context, id ident.ID, version int, in RegisterMatterInput) (Matter, error) {
	return s.change(ctx, id, version, access.MatterEdit, supervise.EditMatter, func(ctx context.Context, c *changing) error {
		if err := c.apply(ctx, 0, workday.Date{}); err != nil {
			return err
		}
		in = in.completed()
		if err := s.check(ctx, c.tx, c.row.AuthorityID, in); err != nil {
			return err
		}
		c.update.SetTitle(in.Title).SetContent(in.Content).SetSource(in.Source).SetBasis(in.Basis).SetReceivedOn(in.ReceivedOn).SetUrgency(in.Urgency).
			SetSupervision(in.Supervision).SetDesignationID(in.DesignationID).SetDueDate(in.DueDate).SetLeaderID(in.LeaderID)
		c.after["matter"] = in
		return s.setUnits(ctx, c.tx, c.row, in.Units)
	})
}

func (s *Service) setUnits(ctx context.Context, tx *ent.Tx, row *ent.Matter, shares []MatterShare) error {
	if _, err := tx.MatterUnit.Delete().Where(matterunit.MatterID(row.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("replace units of matter: %w", err)
	}
	creates := make([]*ent.MatterUnitCreate, len(shares))
	for i, share := range shares {
		creates[i] = tx.MatterUnit.Create().SetID(s.store.NewID()).SetAuthorityID(row.AuthorityID).SetMatterID(row.ID).SetUnitID(share.UnitID).
			SetPart(share.Part).SetSort(i)
	}
	if err := tx.MatterUnit.CreateBulk(creates...).Exec(ctx); err != nil {
		return fmt.Errorf("replace units of matter: %w", err)
	}
	return nil
}

// check holds an input to the rules that a shape cannot say.
func (s *Service) check(ctx context.Context, tx *ent.Tx, authority ident.ID, in RegisterMatterInput) error {
	if in.Title == "" {
		return fault.BadField("body.title", "required")
	}
	if in.Basis == "" && (in.Source == supervise.FromDocument || in.Source == supervise.FromMinutes) {
		return fault.BadField("body.basis", "matter.basis_needed")
	}
	if err := tr.NewDateNotPast(tr.Circumstances{Today: s.today(), New: in.DueDate}); err != nil {
		return err
	}
	if err := s.checkUnits(ctx, tx, authority, in.Units); err != nil {
		return err
	}
	if err := checkLeader(ctx, tx, authority, in.LeaderID); err != nil {
		return err
	}
	return s.checkDesignation(ctx, tx, authority, in.Supervision, in.DesignationID)
}

func (s *Service) checkUnits(ctx context.Context, tx *ent.Tx, authority ident.ID, shares []MatterShare) error {
	seen, leads := map[ident.ID]bool{}, 0
	ids := make([]ident.ID, len(shares))
	for i, share := range shares {
		if seen[share.UnitID] {
			return fault.BadField(fmt.Sprintf("body.units[%d]", i), "matter.unit_twice")
		}
		seen[share.UnitID] = true
		ids[i] = share.UnitID
		if share.Part == duty.Lead {
			leads++
		}
	}
	if leads == 0 {
		return fault.BadField("body.units", "matter.no_lead")
	}
	_, err := units.Valid(ctx, tx.Client(), authority, ids, s.today(), "body.units")
	return err
}

func checkLeader(ctx context.Context, tx *ent.Tx, authority, id ident.ID) error {
	if id.IsZero() {
		return nil
	}
	there, err := tx.User.Query().Where(user.ID(id), user.AuthorityID(authority), user.DisabledAtIsNil()).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for leader: %w", err)
	}
	if !there {
		return fault.BadField("body.leader_id", "matter.unknown_leader")
	}
	return nil
}

// checkDesignation holds that government supervision rests on a designation in force, and nothing else names one.
func (s *Service) checkDesignation(ctx context.Context, tx *ent.Tx, authority ident.ID, kind supervise.Supervision, id ident.ID) error {
	if kind != supervise.Government {
		if !id.IsZero() {
			return fault.BadField("body.designation_id", "matter.designation_unwanted")
		}
		return nil
	}
	today := s.today()
	there, err := tx.Designation.Query().Where(designation.ID(id), designation.AuthorityID(authority), designation.ValidFromLTE(today), designation.ValidToGTE(today)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for designation: %w", err)
	}
	if !there {
		return fault.BadField("body.designation_id", "matter.designation_needed")
	}
	return nil
}
