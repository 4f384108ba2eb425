package instructions

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	entinstruction "github.com/duban-gov/duban/ent/instruction"
	"github.com/duban-gov/duban/ent/instructionunit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
)

// following is a change of one instruction at work.
type following struct {
	*Service
	tx     *ent.Tx
	actor  access.Actor
	row    *ent.Instruction
	units  []*ent.InstructionUnit
	update *ent.InstructionUpdate
	after  map[string]any
	reason string
	tell   []timeline.Note
}

// follow is the frame of every change: permission, load, state table, what fn does, update with the version, one event.
func (s *Service) follow(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action, given tr.Need,
	fn func(ctx context.Context, f *following) error,
) (Instruction, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return Instruction{}, err
	}
	if version < 1 {
		return Instruction{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Instruction{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Instruction, error) {
		row, addressed, err := s.find(ctx, tx.Client(), id)
		if err != nil {
			return Instruction{}, err
		}
		if row.Version != version {
			return Instruction{}, fault.New(fault.Stale, "stale")
		}
		if !reach.Covers(factsFor(actor, row, addressed)) {
			return Instruction{}, access.Refused(permission, "relation")
		}
		status, err := supervise.InstructionTable.Apply(tr.Facts[supervise.InstructionStatus]{Status: row.Status, Relations: relations(actor, row, addressed),
			Given: given, Circumstances: tr.Circumstances{Today: s.today()}}, action)
		if err != nil {
			return Instruction{}, err
		}
		f := &following{Service: s, tx: tx, actor: actor, row: row, units: addressed, after: map[string]any{},
			update: tx.Instruction.Update().Where(entinstruction.ID(id), entinstruction.Version(version)).SetStatus(status).AddVersion(1)}
		if err := fn(ctx, f); err != nil {
			return Instruction{}, err
		}
		if status != row.Status {
			f.after["status"] = status
		}
		return f.finish(ctx, action)
	})
}

func relations(actor access.Actor, row *ent.Instruction, addressed []*ent.InstructionUnit) tr.Relation {
	return tr.Holder.If(own(actor, addressed) != nil) | tr.Proposer.If(actor.ID == row.AuthorID)
}

func (f *following) finish(ctx context.Context, action tr.Action) (Instruction, error) {
	n, err := f.update.Save(ctx)
	if err != nil {
		return Instruction{}, fmt.Errorf("update instruction: %w", err)
	}
	if n == 0 {
		return Instruction{}, fault.New(fault.Stale, "stale")
	}
	_, err = f.log.Append(ctx, f.tx, timeline.Entry{AuthorityID: f.row.AuthorityID, Subject: subject, SubjectID: f.row.ID, Action: string(action), Reason: f.reason,
		Before: map[string]any{"status": f.row.Status}, After: f.after, Tell: f.tell})
	if err != nil {
		return Instruction{}, err
	}
	row, err := f.tx.Instruction.Get(ctx, f.row.ID)
	if err != nil {
		return Instruction{}, fmt.Errorf("read instruction: %w", err)
	}
	return f.view(ctx, f.tx.Client(), row)
}

func (f *following) note(template string, to []ident.ID, more map[string]any) {
	var others []ident.ID
	for _, id := range to {
		if id != f.actor.ID {
			others = append(others, id)
		}
	}
	if len(others) == 0 {
		return
	}
	params := map[string]any{"title": f.row.SubjectTitle, "text": f.row.Content, "actor": f.actor.Name}
	for name, value := range more {
		params[name] = value
	}
	f.tell = append(f.tell, timeline.Note{To: others, Template: template, Params: params})
}

// ReplyInstructionInput is a unit's feedback.
type ReplyInstructionInput struct {
	Text string `json:"text" maxLength:"4000" doc:"What was done" example:"已排查 1204 所，问题清单附后"`
}

// Reply is a unit's feedback on an instruction that addresses it (反馈), once. Author and office are told. Errors:
// instruction.replied (conflict).
func (s *Service) Reply(ctx context.Context, id ident.ID, version int, in ReplyInstructionInput) (Instruction, error) {
	given := tr.Text.If(strings.TrimSpace(in.Text) != "")
	return s.follow(ctx, id, version, access.InstructionReply, supervise.ReplyInstruction, given, func(ctx context.Context, f *following) error {
		mine := own(f.actor, f.units)
		if !mine.RepliedAt.IsZero() {
			return fault.New(fault.Conflict, "instruction.replied")
		}
		err := f.tx.InstructionUnit.Update().Where(instructionunit.ID(mine.ID)).SetReply(in.Text).SetRepliedByID(f.actor.ID).SetRepliedAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("write reply: %w", err)
		}
		office, err := s.watches.Tell(ctx, f.tx, watches.Reach{AuthorityID: f.row.AuthorityID}, ladder.Office)
		if err != nil {
			return fmt.Errorf("find whom to tell: %w", err)
		}
		names, err := units.Names(ctx, f.tx.Client(), []ident.ID{mine.UnitID})
		if err != nil {
			return err
		}
		f.reason, f.after["unit_id"] = in.Text, mine.UnitID
		f.note("instruction.replied", append(office, f.row.AuthorID), map[string]any{"unit": names[mine.UnitID], "reply": in.Text})
		return nil
	})
}

// FinishInstructionInput says how an instruction was carried out.
type FinishInstructionInput struct {
	Note string `json:"note,omitempty" maxLength:"4000" doc:"How it was carried out" example:"各单位均已反馈"`
}

// Finish marks an instruction as carried out (落实): by a leader or the office, never by a unit that it addresses.
func (s *Service) Finish(ctx context.Context, id ident.ID, version int, in FinishInstructionInput) (Instruction, error) {
	return s.follow(ctx, id, version, access.InstructionFinish, supervise.FinishInstruction, 0, func(_ context.Context, f *following) error {
		f.update.SetFinishedByID(f.actor.ID).SetFinishedAt(s.store.Now()).SetNote(in.Note)
		f.reason = in.Note
		f.note("instruction.finished", []ident.ID{f.row.AuthorID}, map[string]any{"note": in.Note})
		return nil
	})
}

// RevokeInstructionInput says why an instruction is taken back.
type RevokeInstructionInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why it is taken back" example:"情况已变化"`
}

// Revoke takes an instruction back (撤回), by its author. A matter that it opened stays: it is withdrawn by itself.
func (s *Service) Revoke(ctx context.Context, id ident.ID, version int, in RevokeInstructionInput) (Instruction, error) {
	given := tr.Reason.If(strings.TrimSpace(in.Reason) != "")
	return s.follow(ctx, id, version, access.InstructionRevoke, supervise.RevokeInstruction, given, func(ctx context.Context, f *following) error {
		f.update.SetFinishedByID(f.actor.ID).SetFinishedAt(s.store.Now()).SetNote(in.Reason)
		f.reason = in.Reason
		var people []ident.ID
		for _, u := range f.units {
			more, err := s.watches.Tell(ctx, f.tx, watches.Reach{AuthorityID: f.row.AuthorityID, UnitID: u.UnitID, UnitPath: u.UnitPath}, ladder.Owner, ladder.UnitHead)
			if err != nil {
				return fmt.Errorf("find whom to tell: %w", err)
			}
			people = append(people, more...)
		}
		f.note("instruction.revoked", people, map[string]any{"reason": in.Reason})
		return nil
	})
}
