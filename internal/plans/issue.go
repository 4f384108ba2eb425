package plans

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
)

// IssuePlanInput says which warnings were seen.
type IssuePlanInput struct {
	Acknowledge []string `json:"acknowledge,omitempty" maxItems:"10000" doc:"Keys of the lint warnings that whoever issues has seen and accepts" example:"[\"plan.day_off@0h2kz9f7x3b1c\"]"`

	// Progress is called after each transaction with the duties handed out so far and in all; nil if nobody watches.
	Progress func(done, all int) `json:"-"`
}

// issueChunk is how many duties one transaction hands out: other writers get their turn between two of them.
const issueChunk = 10_000

// Issue hands out a plan (下发): every unit that a node names, or that belongs to a collective on that day, gets its duty, and
// the baseline is frozen. Errors of lint forbid it, warnings have to be acknowledged.
//
// A large plan is handed out in several transactions. Until the last one the plan is a draft that nobody can edit any more;
// if the program stops in between, issuing it again goes on where it stopped, with the day and so the rosters of the first
// try (docs/adr/0004-issue.md).
func (s *Service) Issue(ctx context.Context, planID ident.ID, version int, in IssuePlanInput) (Plan, error) {
	if err := named(version); err != nil {
		return Plan{}, err
	}
	row, err := s.claim(ctx, planID, version, in)
	if err != nil {
		return Plan{}, err
	}
	sh, err := s.layOut(ctx, s.store.Read(), row, row.IssuedOn)
	if err != nil {
		return Plan{}, err
	}
	done, err := s.handedOut(ctx, planID)
	if err != nil {
		return Plan{}, err
	}
	all := countDuties(sh.shares())
	given := row.Duties
	for _, part := range sh.chunks(done, s.chunk) {
		if err := s.handOut(ctx, row, part); err != nil {
			return Plan{}, fmt.Errorf("hand out plan: %w", err)
		}
		if given += countDuties(part); in.Progress != nil {
			in.Progress(given, all)
		}
	}
	if err := s.finish(ctx, row, sh, in); err != nil {
		return Plan{}, err
	}
	return s.Get(ctx, planID)
}

// claim begins issuing, or takes it up again: it fixes the day and closes the draft to edits.
func (s *Service) claim(ctx context.Context, planID ident.ID, version int, in IssuePlanInput) (*ent.Plan, error) {
	client := s.store.Read()
	row, _, err := s.take(ctx, client, planID, access.PlanIssue, plan.Issue, facts{})
	if err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	if !issuing(row) {
		if err := s.ready(ctx, client, row, in); err != nil {
			return nil, err
		}
		row.IssuedOn = s.today()
	}
	err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := lock(ctx, tx, row, version); err != nil {
			return err
		}
		return tx.Plan.UpdateOneID(planID).SetIssuedOn(row.IssuedOn).SetIssuedByID(actor.ID).Exec(ctx)
	})
	row.Version, row.IssuedByID = version+1, actor.ID
	return row, err
}

// ready refuses a plan with errors, or with warnings that were not acknowledged.
func (s *Service) ready(ctx context.Context, client *ent.Client, row *ent.Plan, in IssuePlanInput) error {
	sh, err := s.layOut(ctx, client, row, s.today())
	if err != nil {
		return err
	}
	report, err := s.lint(ctx, client, sh)
	if err != nil {
		return err
	}
	refusal := fault.New(fault.Conflict, "plan.has_errors").With("n", report.Errors)
	severity := LintError
	if report.Errors == 0 {
		severity = LintWarning
	}
	for _, f := range report.Findings {
		if f.Severity == severity && (severity == LintError || !slices.Contains(in.Acknowledge, f.Key)) {
			refusal.Fields = append(refusal.Fields, fault.Field{Location: f.Key, Code: f.Rule, Params: f.Params})
		}
	}
	if len(refusal.Fields) == 0 {
		return nil
	}
	if severity == LintWarning {
		refusal.Code = "plan.warnings_open"
		return refusal.With("n", len(refusal.Fields))
	}
	return refusal
}

// share is a node with those who get a duty in it.
type share struct {
	task *ent.Task
	to   []duties.Recipient
}

// shares lists the nodes that give duties, in document order.
func (sh *sheet) shares() []share {
	var list []share
	for _, t := range sh.Tasks {
		if to := sh.recipients(t); len(to) > 0 && !sh.general(t) {
			list = append(list, share{t, to})
		}
	}
	return list
}

// chunks gathers what is still to be handed out into transactions of at most n duties; one node is never divided.
func (sh *sheet) chunks(done map[ident.ID]bool, n int) [][]share {
	var chunks [][]share
	room := 0
	for _, next := range sh.shares() {
		if done[next.task.ID] {
			continue
		}
		if room < len(next.to) {
			chunks = append(chunks, nil)
			room = n
		}
		last := len(chunks) - 1
		chunks[last] = append(chunks[last], next)
		room -= len(next.to)
	}
	return chunks
}

// handedOut lists the nodes whose duties are there already.
func (s *Service) handedOut(ctx context.Context, planID ident.ID) (map[ident.ID]bool, error) {
	done := map[ident.ID]bool{}
	err := store.Each(ctx, s.store.DB(), "SELECT DISTINCT task_id FROM duties WHERE plan_id = $1", []any{planID}, func(scan func(...any) error) error {
		var id ident.ID
		err := scan(&id)
		done[id] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what is handed out: %w", err)
	}
	return done, nil
}

// handOut writes one chunk. Its lock on the version lets one issuing go on at a time: a second one is stale.
func (s *Service) handOut(ctx context.Context, row *ent.Plan, part []share) error {
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := lock(ctx, tx, row, row.Version); err != nil {
			return err
		}
		for _, p := range part {
			if _, err := s.duties.Dispatch(ctx, tx, p.task, p.to); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		row.Version++
	}
	return err
}

// finish makes the plan issued, once: with the event and one message to everybody in the units that got something.
func (s *Service) finish(ctx context.Context, row *ent.Plan, sh *sheet, in IssuePlanInput) error {
	all := sh.shares()
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Plan.Update().Where(entplan.ID(row.ID), entplan.Version(row.Version), entplan.StatusEQ(plan.Draft)).
			SetStatus(plan.Issued).SetIssuedAt(s.store.Now()).AddVersion(1).Save(ctx)
		if err != nil {
			return fmt.Errorf("issue plan: %w", err)
		}
		if n == 0 {
			return stale()
		}
		notes, err := s.tell(ctx, tx.Client(), row, all)
		if err != nil {
			return err
		}
		slices.Sort(in.Acknowledge)
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, PlanID: row.ID,
			Action: string(plan.Issue), Before: map[string]any{"status": plan.Draft},
			After: map[string]any{"status": plan.Issued, "issued_on": row.IssuedOn, "tasks": len(all), "duties": countDuties(all), "acknowledged": in.Acknowledge}, Tell: notes})
		return err
	})
}

func countDuties(all []share) int {
	n := 0
	for _, p := range all {
		n += len(p.to)
	}
	return n
}
