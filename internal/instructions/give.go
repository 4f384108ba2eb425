package instructions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// GiveInstructionInput is a leader's written instruction on an object.
type GiveInstructionInput struct {
	Subject   supervise.InstructionSubject `json:"subject" enum:"plan,task,duty,notice,finding,inspection,matter" doc:"Kind of object" example:"task"`
	SubjectID ident.ID                     `json:"subject_id" doc:"Object that it is written on"`
	Text      string                       `json:"text" maxLength:"4000" doc:"The instruction" example:"请抓紧办理，月底前报我"`
	Urgency   supervise.Urgency            `json:"urgency,omitempty" enum:"urgent,ordinary,hard" doc:"Urgency; the default period hangs on it; ordinary if missing" example:"ordinary"`
	DueDate   workday.Date                 `json:"due_date,omitzero" doc:"Last day; by the rule file if missing" example:"2017-03-31"`
	Informs   bool                         `json:"informs,omitempty" doc:"For information only (阅知): nothing is owed, and it is not followed up"`
	UnitIDs   []ident.ID                   `json:"unit_ids,omitempty" maxItems:"200" doc:"Units that it addresses; those of the object if missing"`
	Matter    *OpenMatterInput             `json:"matter,omitempty" doc:"Opens a supervised matter: a task with its due date, and a duty for each unit"`
}

// OpenMatterInput is the supervised matter that an instruction opens.
type OpenMatterInput struct {
	Title string                `json:"title" minLength:"1" maxLength:"200" doc:"What is to be done, in a line" example:"开展校园安全隐患排查"`
	Units []matters.MatterShare `json:"units" minItems:"1" maxItems:"200" doc:"Units with their parts; they are the addressees"`
}

// Give writes an instruction (批示): into the object's history, to the units that it addresses and to the office. With a matter,
// it opens one at once.
func (s *Service) Give(ctx context.Context, in GiveInstructionInput) (Instruction, error) {
	reach, err := s.gate.May(ctx, access.InstructionGive)
	if err != nil {
		return Instruction{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Instruction{}, err
	}
	look, known := looks[in.Subject]
	if !known {
		return Instruction{}, fault.BadField("body.subject", "instruction.subject")
	}
	about, err := look(s, ctx, in.SubjectID)
	if err != nil {
		return Instruction{}, err
	}
	if !reach.Covers(access.Facts{AuthorityID: actor.AuthorityID, OwnerID: actor.ID}) {
		return Instruction{}, access.Refused(access.InstructionGive, "relation")
	}
	if in.Matter != nil && in.Informs {
		return Instruction{}, fault.BadField("body.matter", "instruction.informs")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Instruction, error) {
		w := giving{Service: s, tx: tx, actor: actor, in: in, about: about, id: s.store.NewID()}
		row, err := w.write(ctx)
		if err != nil {
			return Instruction{}, err
		}
		return s.view(ctx, tx.Client(), row)
	})
}

// giving is an instruction on its way to its rows.
type giving struct {
	*Service
	tx     *ent.Tx
	actor  access.Actor
	in     GiveInstructionInput
	about  object
	id     ident.ID
	silent bool // the object's own event tells people
}

func (g *giving) write(ctx context.Context) (*ent.Instruction, error) {
	if g.in.Urgency == "" {
		g.in.Urgency = supervise.Ordinary
	}
	action := supervise.GiveInstruction
	if g.in.Informs {
		action = supervise.InformInstruction
	}
	status, err := supervise.InstructionTable.Apply(tr.Facts[supervise.InstructionStatus]{Given: tr.Text.If(strings.TrimSpace(g.in.Text) != ""),
		Circumstances: tr.Circumstances{Today: g.today(), New: g.in.DueDate}}, action)
	if err != nil {
		return nil, err
	}
	rule := ""
	if g.in.Informs {
		g.in.DueDate = workday.Date{}
	} else if g.in.DueDate.IsZero() {
		g.in.DueDate, rule = g.watches.Rules().Matters.InstructionDue(g.watches.Rules().Calendar, g.today(), g.in.Urgency)
	}
	addressed, err := g.addressees(ctx)
	if err != nil {
		return nil, err
	}
	matterID, err := g.open(ctx)
	if err != nil {
		return nil, err
	}
	row, err := g.tx.Instruction.Create().SetID(g.id).SetAuthorityID(g.actor.AuthorityID).SetSubject(g.in.Subject).SetSubjectID(g.in.SubjectID).
		SetSubjectTitle(g.about.title).SetContent(g.in.Text).SetUrgency(g.in.Urgency).SetInforms(g.in.Informs).SetStatus(status).SetDueDate(g.in.DueDate).
		SetDueRule(rule).SetAuthorID(g.actor.ID).SetPostID(g.actor.MainPost()).SetMatterID(matterID).SetCreatedAt(g.store.Now()).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create instruction: %w", err)
	}
	for _, u := range addressed {
		err := g.tx.InstructionUnit.Create().SetID(g.store.NewID()).SetAuthorityID(g.actor.AuthorityID).SetInstructionID(g.id).SetUnitID(u.ID).SetUnitPath(u.Path).Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("address instruction: %w", err)
		}
	}
	return row, g.announce(ctx, action, row, addressed)
}

// addressees are the units that are named, or those of the object.
func (g *giving) addressees(ctx context.Context) ([]*ent.Unit, error) {
	ids, location := slices.Clone(g.in.UnitIDs), "body.unit_ids"
	switch {
	case g.in.Matter != nil:
		location = "body.matter.units"
		for _, share := range g.in.Matter.Units {
			ids = append(ids, share.UnitID)
		}
	case len(ids) == 0:
		return g.concerned(ctx)
	}
	slices.SortFunc(ids, ident.ID.Compare)
	return units.Valid(ctx, g.tx.Client(), g.actor.AuthorityID, slices.Compact(ids), g.today(), location)
}

// concerned are the units of the object that still exist.
func (g *giving) concerned(ctx context.Context) ([]*ent.Unit, error) {
	rows, err := g.tx.Unit.Query().Where(entunit.IDIn(g.about.units...), entunit.AuthorityID(g.actor.AuthorityID), entunit.ValidToGTE(g.today())).
		Order(entunit.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("load units of %s: %w", g.in.Subject, err)
	}
	return rows, nil
}

// open makes the matter that the instruction orders, if it orders one.
func (g *giving) open(ctx context.Context) (ident.ID, error) {
	if g.in.Matter == nil {
		return ident.ID{}, nil
	}
	made, err := g.on.Matters.Open(ctx, g.tx, g.actor, g.id, matters.RegisterMatterInput{Title: g.in.Matter.Title, Content: g.in.Text, Basis: g.about.title,
		Urgency: g.in.Urgency, DueDate: g.in.DueDate, LeaderID: g.actor.ID, Units: g.in.Matter.Units})
	if err != nil {
		return ident.ID{}, err
	}
	return made.ID, nil
}

// announce writes the event of the instruction, with its messages, and its line in the history of the object.
func (g *giving) announce(ctx context.Context, action tr.Action, row *ent.Instruction, addressed []*ent.Unit) error {
	after := map[string]any{"instruction_id": g.id, "due_date": row.DueDate, "due_rule": row.DueRule, "informs": row.Informs}
	entry := timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: g.id, PlanID: g.about.planID, Action: string(action), Reason: row.Content, After: after}
	if g.silent {
		_, err := g.log.Append(ctx, g.tx, entry)
		return err
	}
	people, err := g.tell(ctx, addressed)
	if err != nil {
		return err
	}
	if len(people) > 0 {
		template := "instruction.given"
		if row.Informs {
			template = "instruction.informed"
		}
		entry.Tell = []timeline.Note{{To: people, Template: template, Params: map[string]any{"title": row.SubjectTitle, "text": row.Content, "actor": g.actor.Name,
			"due": row.DueDate.String()}}}
	}
	if _, err := g.log.Append(ctx, g.tx, entry); err != nil {
		return err
	}
	line := timeline.Entry{AuthorityID: row.AuthorityID, Subject: string(row.Subject), SubjectID: row.SubjectID, PlanID: g.about.planID, Action: "instruct",
		Reason: row.Content, After: after}
	if row.Subject == supervise.OnDuty {
		line.UnitID = g.about.units[0]
	}
	_, err = g.log.Append(ctx, g.tx, line)
	return err
}

// tell lists the people of the addressed units and of the office, without the author.
func (g *giving) tell(ctx context.Context, addressed []*ent.Unit) ([]ident.ID, error) {
	people, err := g.watches.Tell(ctx, g.tx, watches.Reach{AuthorityID: g.actor.AuthorityID}, ladder.Office)
	if err != nil {
		return nil, fmt.Errorf("find whom to tell: %w", err)
	}
	for _, u := range addressed {
		more, err := g.watches.Tell(ctx, g.tx, watches.Reach{AuthorityID: g.actor.AuthorityID, UnitID: u.ID, UnitPath: u.Path}, ladder.Owner, ladder.UnitHead)
		if err != nil {
			return nil, fmt.Errorf("find whom to tell: %w", err)
		}
		people = append(people, more...)
	}
	return slices.DeleteFunc(people, func(id ident.ID) bool { return id == g.actor.ID }), nil
}

// record is for duties.Service.OnInstruct: the instruction on a duty is one like any other, with the default period. The duty's
// own event tells people.
func (s *Service) record(ctx context.Context, tx *ent.Tx, on duties.Instructed) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	g := giving{Service: s, tx: tx, actor: actor, id: s.store.NewID(), silent: true,
		in:    GiveInstructionInput{Subject: supervise.OnDuty, SubjectID: on.DutyID, Text: on.Text},
		about: object{title: on.Title, planID: on.PlanID, units: []ident.ID{on.UnitID}}}
	_, err = g.write(ctx)
	return err
}
