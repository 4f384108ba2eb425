package plans

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/question"
	"github.com/duban-gov/duban/ent/roster"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/unitalias"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// AnswerQuestionInput answers a question in exactly one way.
type AnswerQuestionInput struct {
	UnitID   ident.ID `json:"unit_id,omitzero" doc:"The name means this unit"`
	RosterID ident.ID `json:"roster_id,omitzero" doc:"The name means this roster"`
	Nobody   bool     `json:"nobody,omitempty" doc:"The name is no responsible body: leave it out"`
	Year     int      `json:"year,omitempty" minimum:"1949" maximum:"2200" doc:"Year of the deadlines, for no_deadline_year" example:"2017"`
	Forget   bool     `json:"forget,omitempty" doc:"Do not remember the name for later documents"`
}

// answers to a question, as the row keeps them.
const (
	answerUnit   = "unit"
	answerRoster = "roster"
	answerNobody = "nobody"
)

// Answer answers a question: every place in the draft where the same name stands gets the answer, and the name is remembered
// as an alias, so that the next document does not ask again. A question that was answered is a conflict.
func (s *Service) Answer(ctx context.Context, id ident.ID, in AnswerQuestionInput) (Question, error) {
	if _, err := s.gate.May(ctx, access.PlanEdit); err != nil {
		return Question{}, err
	}
	row, err := s.questionSeen(ctx, id)
	if err != nil {
		return Question{}, err
	}
	if err := checkAnswer(row, in); err != nil {
		return Question{}, err
	}
	err = s.change(ctx, row.PlanID, 0, actAnswer, func(ctx context.Context, e *editing) error {
		at := slices.IndexFunc(e.Questions, func(q *ent.Question) bool { return q.ID == id })
		if at < 0 {
			return fault.Missing("question")
		}
		if !e.Questions[at].AnsweredAt.IsZero() {
			return fault.New(fault.Conflict, "question.answered")
		}
		return e.answer(ctx, e.Questions[at], in)
	})
	if err != nil {
		return Question{}, err
	}
	if row, err = s.store.Read().Question.Get(ctx, id); err != nil {
		return Question{}, fmt.Errorf("read question: %w", err)
	}
	return questionView(row, 0), nil
}

// checkAnswer wants exactly one answer, of the sort that was asked for.
func checkAnswer(q *ent.Question, in AnswerQuestionInput) error {
	n := 0
	for _, given := range []bool{!in.UnitID.IsZero(), !in.RosterID.IsZero(), in.Nobody, in.Year != 0} {
		if given {
			n++
		}
	}
	if n != 1 || (in.Year != 0) != (q.Kind == question.KindNoDeadlineYear) {
		return fault.BadField("body", "question.one_answer")
	}
	return nil
}

// answer gives the answer to every place where the name stands.
func (e *editing) answer(ctx context.Context, q *ent.Question, in AnswerQuestionInput) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	q.AnsweredByID, q.AnsweredAt = actor.ID, e.s.store.Now()
	if in.Year != 0 {
		q.Answer = strconv.Itoa(in.Year)
		return e.fixYear(ctx, in.Year)
	}
	if err := e.checkMeant(ctx, in); err != nil {
		return err
	}
	q.AnswerID = firstOf(in.UnitID, in.RosterID)
	switch {
	case in.Nobody:
		q.Answer = answerNobody
		e.Assignments = slices.DeleteFunc(e.Assignments, func(a *ent.Assignment) bool { return !resolved(a) && a.Norm == q.Phrase })
		return nil
	case !in.UnitID.IsZero():
		q.Answer = answerUnit
	default:
		q.Answer = answerRoster
	}
	for _, a := range e.Assignments {
		if !resolved(a) && a.Norm == q.Phrase {
			a.UnitID, a.RosterID = in.UnitID, in.RosterID
		}
	}
	if in.Forget || q.Kind == kindAmbiguous { // an ambiguous name stays ambiguous for the next document
		return nil
	}
	return e.remember(ctx, memory{Name: q.Phrase, UnitID: in.UnitID, RosterID: in.RosterID})
}

// checkMeant wants the unit or roster to be one of the authority.
func (e *editing) checkMeant(ctx context.Context, in AnswerQuestionInput) error {
	if !in.UnitID.IsZero() {
		ok, err := e.tx.Unit.Query().Where(entunit.ID(in.UnitID), entunit.AuthorityID(e.plan.AuthorityID)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for unit: %w", err)
		}
		if !ok {
			return fault.BadField("body.unit_id", "unknown")
		}
	}
	if !in.RosterID.IsZero() {
		ok, err := e.tx.Roster.Query().Where(roster.ID(in.RosterID), roster.AuthorityID(e.plan.AuthorityID)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for roster: %w", err)
		}
		if !ok {
			return fault.BadField("body.roster_id", "unknown")
		}
	}
	return nil
}

// remember keeps the name as an alias.
func (e *editing) remember(ctx context.Context, m memory) error {
	e.memory = &m
	if !m.UnitID.IsZero() {
		err := e.tx.UnitAlias.Create().SetID(e.s.store.NewID()).SetAuthorityID(e.plan.AuthorityID).SetUnitID(m.UnitID).SetName(m.Name).
			SetCreatedAt(e.s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("remember alias of unit: %w", err)
		}
		return nil
	}
	return e.aliasesOfRoster(ctx, m.RosterID, func(names []string) []string { return append(names, m.Name) })
}

// forget takes back what an answer remembered.
func (e *editing) forget(ctx context.Context, m memory) error {
	if !m.UnitID.IsZero() {
		if _, err := e.tx.UnitAlias.Delete().Where(unitalias.UnitID(m.UnitID), unitalias.Name(m.Name)).Exec(ctx); err != nil {
			return fmt.Errorf("forget alias of unit: %w", err)
		}
		return nil
	}
	return e.aliasesOfRoster(ctx, m.RosterID, func(names []string) []string {
		return slices.DeleteFunc(names, func(n string) bool { return n == m.Name })
	})
}

func (e *editing) aliasesOfRoster(ctx context.Context, id ident.ID, change func([]string) []string) error {
	row, err := e.tx.Roster.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("read roster: %w", err)
	}
	if err := e.tx.Roster.UpdateOneID(id).SetAliases(change(slices.Clone(row.Aliases))).AddVersion(1).Exec(ctx); err != nil {
		return fmt.Errorf("write aliases of roster: %w", err)
	}
	return nil
}

// fixYear reads the document's deadlines again with the year and fills in those that had no date.
func (e *editing) fixYear(ctx context.Context, year int) error {
	doc, err := e.tx.Document.Get(ctx, e.plan.DocumentID)
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	text := []rune(doc.Content)
	d := &drafting{service: e.s, extras: extrasOf(e.plan)}
	for _, t := range e.Tasks {
		if t.DeadlineKind == "none" || t.DeadlineKind == "ongoing" || !t.DueDate.IsZero() || t.DeadlineEnd > len(text) {
			continue
		}
		phrase := string(text[t.DeadlineStart:t.DeadlineEnd])
		read := clause.ParseClause("完成时限："+phrase, year, clause.Context{})
		if due := d.deadline(read.Deadline); due.Kind == t.DeadlineKind {
			t.StartDate, t.DueDate, t.Recurrence = due.Start, due.Due, due.Recurrence
		}
	}
	return e.tx.Plan.UpdateOneID(e.plan.ID).SetYear(year).Exec(ctx)
}
