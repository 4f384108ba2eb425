package duties

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	entclosing "github.com/duban-gov/duban/ent/closing"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/closeout"
	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/unit"
)

// PassDutyInput is a remark beside the signature of a step of close-out.
type PassDutyInput struct {
	Note string `json:"note,omitempty" maxLength:"2000" doc:"What was looked at" example:"材料已核，拟同意"`
}

// Pass signs an earlier step of close-out (审签); the request goes on to the next step. The last step is Close.
func (s *Service) Pass(ctx context.Context, id ident.ID, version int, in PassDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyPass, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Pass, 0); err != nil {
			return err
		}
		record, err := s.sign(ctx, tx, w, closeout.Passed, in.Note)
		if err != nil {
			return err
		}
		tell := told{template: "duty.passed", to: tellStep(w.run), params: map[string]any{"step": record["step"]}}
		return s.save(ctx, tx, w, duty.Pass, in.Note, record, tell)
	})
}

// run is a completion request on its way through the steps of close-out.
type run struct {
	closeout.Run
	closing ident.ID
	rule    string
}

// person is how the actor stands to the steps of close-out.
func (w *work) person() closeout.Person {
	p := closeout.Person{ID: w.actor.ID}
	above := unit.Parent(w.is.UnitPath)
	for _, held := range w.actor.Posts {
		switch {
		case held.Role == post.Office:
			p.As = append(p.As, closeout.Office)
		case held.Role == post.Inspector:
			p.As = append(p.As, closeout.Inspector)
		case held.Role == post.Leader && (is(w.actor.ID, w.is.LeaderID) || is(held.ActingForID, w.is.LeaderID)):
			p.As = append(p.As, closeout.SupervisingLeader)
		case held.Role == post.UnitHead && above != "" && held.UnitPath == above:
			p.As = append(p.As, closeout.ParentHead)
		}
	}
	return p
}

// courseOf is the course of close-out of a duty by the rules in force.
func (s *Service) courseOf(ctx context.Context, client *ent.Client, d *ent.Duty) (closeout.Course, string, error) {
	task, err := client.Task.Get(ctx, d.TaskID)
	if err != nil {
		return closeout.Course{}, "", fmt.Errorf("read task of duty: %w", err)
	}
	c, err := contract.Read(task.Contract)
	if err != nil {
		return closeout.Course{}, "", err
	}
	rules := s.Rules().CloseOut
	course := rules.For(closeout.Case{Node: task.Kind, Part: d.Part, Deadline: task.DeadlineKind, Named: c.CloseOut, Verifier: c.Verifier})
	return course, rules.Name(course), nil
}

// begin puts a completion request on its way through the steps of its course.
func (s *Service) begin(ctx context.Context, tx *ent.Tx, w *work, report ident.ID) error {
	course, rule, err := s.courseOf(ctx, tx.Client(), w.is)
	if err != nil {
		return err
	}
	steps, err := json.Marshal(course.Steps)
	if err != nil {
		return fmt.Errorf("begin close-out: %w", err)
	}
	w.run = &run{Run: closeout.Run{Steps: course.Steps}, closing: s.store.NewID(), rule: rule}
	now := s.store.Now()
	err = tx.Closing.Create().SetID(w.run.closing).SetAuthorityID(w.is.AuthorityID).SetDutyID(w.is.ID).SetReportID(report).SetRule(rule).SetSteps(steps).
		SetStatus(closeout.Running).SetTurn(turnOf(w.run.Run)).SetLast(len(course.Steps) == 1).SetCreatedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("begin close-out: %w", err)
	}
	return nil
}

// turnOf is who may sign the step at hand, between commas, so that a query finds one by name.
func turnOf(r closeout.Run) string {
	step, open := r.At()
	if !open {
		return ""
	}
	names := make([]string, len(step.By))
	for i, by := range step.By {
		names[i] = string(by)
	}
	return "," + strings.Join(names, ",") + ","
}

// tellStep is whom to tell that the step at hand waits for them. Inspectors are reached through the office.
func tellStep(r *run) []ladder.Recipient {
	step, _ := r.At()
	var to []ladder.Recipient
	for _, by := range step.By {
		switch by {
		case closeout.ParentHead:
			to = append(to, ladder.ParentHead)
		case closeout.SupervisingLeader:
			to = append(to, ladder.SupervisingLeader)
		case closeout.Office, closeout.Inspector:
			to = append(to, ladder.Office)
		}
	}
	return to
}

// ends says what becomes of a close-out by a verdict.
var ends = map[closeout.Verdict]closeout.Status{closeout.Passed: closeout.Running, closeout.Closed: closeout.Finished, closeout.Refused: closeout.SentBack}

// sign writes the verdict of the step at hand. The state table has found that the step is the actor's.
func (s *Service) sign(ctx context.Context, tx *ent.Tx, w *work, verdict closeout.Verdict, note string) (map[string]any, error) {
	r := w.run
	if r == nil {
		return nil, fmt.Errorf("duty %s is in review without a close-out", w.is.ID)
	}
	step, open := r.At()
	if !open {
		return nil, fmt.Errorf("close-out of duty %s has no step left", w.is.ID)
	}
	err := tx.Signature.Create().SetID(s.store.NewID()).SetAuthorityID(w.is.AuthorityID).SetClosingID(r.closing).SetOrdinal(len(r.Signed) + 1).SetStep(step.ID).
		SetVerdict(verdict).SetSignerID(w.actor.ID).SetActingForID(w.actingFor()).SetNote(note).SetAt(s.store.Now()).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("sign step of close-out: %w", err)
	}
	record := map[string]any{"close_out": r.rule, "step": step.ID, "ordinal": len(r.Signed) + 1, "of": len(r.Steps)}
	r.Signed = append(r.Signed, w.actor.ID)
	status, turn := ends[verdict], turnOf(r.Run)
	if status != closeout.Running {
		turn = ""
	}
	err = tx.Closing.UpdateOneID(r.closing).SetStatus(status).SetSigned(len(r.Signed)).SetTurn(turn).SetLast(len(r.Signed) == len(r.Steps)-1).
		SetUpdatedAt(s.store.Now()).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("go on with close-out: %w", err)
	}
	return record, nil
}

// dropClosing ends a close-out whose duty left the review by another way: withdrawn, or merged into another unit's share.
func dropClosing(ctx context.Context, tx *ent.Tx, w *work) error {
	if w.is.Status != duty.Review || w.will.Status == duty.Review {
		return nil
	}
	err := tx.Closing.Update().Where(entclosing.DutyID(w.is.ID), entclosing.StatusEQ(closeout.Running)).SetStatus(closeout.Dropped).SetTurn("").
		SetUpdatedAt(w.will.UpdatedAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("end close-out: %w", err)
	}
	return nil
}

// runs reads the close-outs at hand of completion requests, by request.
func (s *Service) runs(ctx context.Context, q store.Queryer, reports []ident.ID) (map[ident.ID]*run, error) {
	found := make(map[ident.ID]*run, len(reports))
	if len(reports) == 0 {
		return found, nil
	}
	list, args := store.In(s.store, 1, reports)
	text := `SELECT c.report_id, c.id, c.rule, c.steps, s.signer_id FROM closings c LEFT JOIN signatures s ON s.closing_id = c.id
		WHERE c.status = 'running' AND c.report_id IN ` + list + ` ORDER BY c.id, s.ordinal`
	err := store.Each(ctx, q, text, args, func(scan func(...any) error) error {
		var report, closing ident.ID
		var signer *int64
		var rule string
		var steps []byte
		if err := scan(&report, &closing, &rule, &steps, &signer); err != nil {
			return err
		}
		r := found[report]
		if r == nil || r.closing != closing {
			r = &run{closing: closing, rule: rule}
			if err := json.Unmarshal(steps, &r.Steps); err != nil {
				return fmt.Errorf("read steps of close-out: %w", err)
			}
			found[report] = r
		}
		if signer != nil {
			r.Signed = append(r.Signed, ident.FromInt(*signer))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read close-outs: %w", err)
	}
	return found, nil
}

// turn adds to the circumstances where the close-out stands.
func (w *work) turn(c tr.Circumstances) tr.Circumstances {
	if w.run == nil {
		return c
	}
	turn := w.run.Turn(w.person())
	c.Later, c.Last, c.Again = turn.Later, turn.Later == 0, turn.Again
	return c
}

// signs reports whether the step of close-out at hand is the actor's.
func (w *work) signs() bool { return w.run != nil && !w.run.Turn(w.person()).Foreign }
