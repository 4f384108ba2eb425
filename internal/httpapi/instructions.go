package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/supervise"
)

type instructionsInput struct {
	Page
	Mine      bool                         `query:"mine" doc:"Only instructions that the caller wrote" example:"true"`
	Waiting   bool                         `query:"waiting" doc:"Only open instructions that wait for the feedback of the caller's units" example:"true"`
	Overdue   bool                         `query:"overdue" doc:"Only open instructions after their due date" example:"true"`
	Status    supervise.InstructionStatus  `query:"status" enum:"open,done,revoked" doc:"Only instructions in this state" example:"open"`
	Subject   supervise.InstructionSubject `query:"subject" enum:"plan,task,duty,notice,finding,inspection,matter" doc:"Only instructions on this kind of object" example:"duty"`
	SubjectID ident.ID                     `query:"subject_id" doc:"Only instructions on this object"`
}

func instructionVersion(i instructions.Instruction) int { return i.Version }

// registerInstructions adds leaders' instructions.
func (a *API) registerInstructions() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/instructions" + path, Tag: "instructions", Permission: permission, Summary: summary, Description: description}
	}
	route(a, op("list-instructions", http.MethodGet, "", access.InstructionRead, "List instructions", "Newest first. A unit sees those that address it."),
		func(ctx context.Context, in *instructionsInput) (*plain[instructions.InstructionPage], error) {
			page, err := a.Instructions.List(ctx, instructions.InstructionQuery{Mine: in.Mine, Waiting: in.Waiting, Overdue: in.Overdue, Status: in.Status,
				Subject: in.Subject, SubjectID: in.SubjectID, After: in.After, Limit: in.Limit})
			return &plain[instructions.InstructionPage]{page}, err
		})
	give := op("give-instruction", http.MethodPost, "", access.InstructionGive, "Write an instruction",
		"批示: on a plan, task, duty, notice, finding, inspection or matter. Without a date the rule file's period counts. With matter it opens a supervised matter at once: a task with its due date, and a duty for each unit.")
	give.Creates, give.Status = true, http.StatusCreated
	route(a, give, func(ctx context.Context, in *struct {
		Body instructions.GiveInstructionInput
	}) (*one[instructions.Instruction], error) {
		made, err := a.Instructions.Give(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, op("get-instruction", http.MethodGet, "/{id}", access.InstructionRead, "Get an instruction", "One instruction with the feedback of its units."),
		func(ctx context.Context, in *byID) (*one[instructions.Instruction], error) {
			found, err := a.Instructions.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, op("reply-instruction", http.MethodPost, "/{id}/reply", access.InstructionReply, "Give feedback on an instruction",
		"反馈: once, by each unit that it addresses; author and office are told."), a.Instructions.Reply, instructionVersion)
	change(a, op("finish-instruction", http.MethodPost, "/{id}/finish", access.InstructionFinish, "Mark an instruction as carried out",
		"落实: by a leader or the office, never by a unit that it addresses."), a.Instructions.Finish, instructionVersion)
	change(a, op("revoke-instruction", http.MethodPost, "/{id}/revoke", access.InstructionRevoke, "Take an instruction back",
		"撤回: by its author, with a reason. A matter that it opened stays."), a.Instructions.Revoke, instructionVersion)
}
