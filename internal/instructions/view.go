package instructions

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/instructionunit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/supervise"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// Instruction is a leader's written instruction (批示).
type Instruction struct {
	ID             ident.ID                     `json:"id" doc:"Id of the instruction"`
	Subject        supervise.InstructionSubject `json:"subject" enum:"plan,task,duty,notice,finding,inspection,matter" doc:"Kind of object" example:"task"`
	SubjectID      ident.ID                     `json:"subject_id" doc:"Object that it is written on"`
	SubjectTitle   string                       `json:"subject_title" doc:"Number and title of the object" example:"（一）编制主动公开目录"`
	Text           string                       `json:"text" doc:"The instruction" example:"请抓紧办理，月底前报我"`
	Urgency        supervise.Urgency            `json:"urgency" enum:"urgent,ordinary,hard" doc:"Urgency" example:"ordinary"`
	Informs        bool                         `json:"informs" doc:"For information only (阅知): nothing is owed"`
	Status         supervise.InstructionStatus  `json:"status" enum:"open,done,revoked" doc:"State" example:"open"`
	DueDate        workday.Date                 `json:"due_date,omitzero" doc:"Last day; missing if it is for information" example:"2017-03-21"`
	DueRule        string                       `json:"due_rule,omitempty" doc:"Rule that gave the due date; missing if the leader named it" example:"matters.default@1:instruction.ordinary"`
	Overdue        bool                         `json:"overdue" doc:"Open after the end of its due date"`
	AuthorID       ident.ID                     `json:"author_id" doc:"Leader who wrote it"`
	AuthorName     string                       `json:"author_name" doc:"Name of that leader" example:"李明"`
	Units          []InstructionReply           `json:"units" doc:"Units that it addresses, with their feedback"`
	Waiting        int                          `json:"waiting" doc:"Units that have not replied" example:"2"`
	MatterID       ident.ID                     `json:"matter_id,omitzero" doc:"Supervised matter that it opened"`
	FinishedByName string                       `json:"finished_by_name,omitempty" doc:"Who marked it as carried out or took it back" example:"督查室"`
	FinishedAt     time.Time                    `json:"finished_at,omitzero" doc:"Instant of that"`
	Note           string                       `json:"note,omitempty" doc:"How it was carried out, or why it was taken back" example:"各单位均已反馈"`
	CreatedAt      time.Time                    `json:"created_at" doc:"Instant of the instruction"`
	Version        int                          `json:"version" doc:"Counts the changes" example:"1"`
	AllowedActions []access.AllowedAction       `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// InstructionReply is a unit that an instruction addresses.
type InstructionReply struct {
	UnitID        ident.ID  `json:"unit_id" doc:"Unit"`
	UnitName      string    `json:"unit_name" doc:"Name of the unit" example:"政策法规处"`
	Reply         string    `json:"reply,omitempty" doc:"Its feedback" example:"已排查 1204 所"`
	RepliedByName string    `json:"replied_by_name,omitempty" doc:"Who replied" example:"王芳"`
	RepliedAt     time.Time `json:"replied_at,omitzero" doc:"Instant of the feedback; missing if there is none yet"`
}

// InstructionPage is a page of instructions.
type InstructionPage struct {
	Items []Instruction `json:"items" doc:"Instructions, newest first"`
	Next  string        `json:"next" doc:"Cursor of the next page; empty at the end"`
}

func (s *Service) view(ctx context.Context, client *ent.Client, row *ent.Instruction) (Instruction, error) {
	views, err := s.views(ctx, client, []*ent.Instruction{row})
	if err != nil {
		return Instruction{}, err
	}
	return views[0], nil
}

// views maps rows with their addressees and names, each read once for the whole page. A unit sees its own feedback and that of the
// others: who was asked is no secret among those who were.
func (s *Service) views(ctx context.Context, client *ent.Client, rows []*ent.Instruction) ([]Instruction, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]ident.ID, len(rows))
	var people, places []ident.ID
	for i, r := range rows {
		ids[i], people = r.ID, append(people, r.AuthorID, r.FinishedByID)
	}
	all, err := client.InstructionUnit.Query().Where(instructionunit.InstructionIDIn(ids...)).Order(instructionunit.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read addressees: %w", err)
	}
	addressed := map[ident.ID][]*ent.InstructionUnit{}
	for _, u := range all {
		addressed[u.InstructionID] = append(addressed[u.InstructionID], u)
		people, places = append(people, u.RepliedByID), append(places, u.UnitID)
	}
	names, err := accounts.Names(ctx, client, people)
	if err != nil {
		return nil, err
	}
	unitNames, err := units.Names(ctx, client, places)
	if err != nil {
		return nil, err
	}
	look := s.gate.Look(ctx)
	views := make([]Instruction, len(rows))
	for i, r := range rows {
		v := s.mapped(r, names)
		for _, u := range addressed[r.ID] {
			v.Units = append(v.Units, InstructionReply{UnitID: u.UnitID, UnitName: unitNames[u.UnitID], Reply: u.Reply, RepliedByName: names[u.RepliedByID], RepliedAt: u.RepliedAt.UTC()})
			if u.RepliedAt.IsZero() && !r.Informs {
				v.Waiting++
			}
		}
		v.AllowedActions = look.Actions(factsFor(actor, r, addressed[r.ID]), supervise.InstructionTable.Allowed(tr.Facts[supervise.InstructionStatus]{
			Status: r.Status, Relations: relations(actor, r, addressed[r.ID]), Circumstances: tr.Circumstances{Today: s.today()}}))
		views[i] = v
	}
	return views, nil
}

func (s *Service) mapped(r *ent.Instruction, names map[ident.ID]string) Instruction {
	return Instruction{ID: r.ID, Subject: r.Subject, SubjectID: r.SubjectID, SubjectTitle: r.SubjectTitle, Text: r.Content, Urgency: r.Urgency, Informs: r.Informs,
		Status: r.Status, DueDate: r.DueDate, DueRule: r.DueRule, Overdue: r.Status == supervise.InstructionOpen && !r.DueDate.IsZero() && s.today().After(r.DueDate),
		AuthorID: r.AuthorID, AuthorName: names[r.AuthorID], Units: []InstructionReply{}, MatterID: r.MatterID, FinishedByName: names[r.FinishedByID],
		FinishedAt: r.FinishedAt.UTC(), Note: r.Note, CreatedAt: r.CreatedAt.UTC(), Version: r.Version}
}
