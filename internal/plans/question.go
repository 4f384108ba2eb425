package plans

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/assignment"
	"github.com/duban-gov/duban/ent/question"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// Question is something in a draft that only a person can answer.
type Question struct {
	ID          ident.ID         `json:"id" doc:"Id of the question"`
	PlanID      ident.ID         `json:"plan_id" doc:"Plan that it is about"`
	TaskID      ident.ID         `json:"task_id,omitzero" doc:"Node in which the name stands first"`
	Kind        question.Kind    `json:"kind" enum:"unknown_name,ambiguous_name,no_deadline_year" doc:"unknown_name, ambiguous_name or no_deadline_year" example:"unknown_name"`
	Phrase      string           `json:"phrase" doc:"The name or phrase as written" example:"教育新闻中心"`
	Span        clause.Span      `json:"span,omitzero" doc:"Characters of the source text where it stands first"`
	Places      int              `json:"places" doc:"How many places wait for the answer" example:"2"`
	Suggestions []NameSuggestion `json:"suggestions" doc:"What it may mean, best first"`
	Open        bool             `json:"open" doc:"Whether an answer is wanted"`
	Answer      string           `json:"answer,omitempty" doc:"The answer: unit, roster, nobody, or a year" example:"unit"`
	AnswerID    ident.ID         `json:"answer_id,omitzero" doc:"The unit or roster of the answer"`
	AnsweredBy  ident.ID         `json:"answered_by,omitzero" doc:"User who answered"`
	AnsweredAt  time.Time        `json:"answered_at,omitzero" doc:"Instant of the answer"`
}

// QuestionList is the questions of a plan.
type QuestionList struct {
	Items []Question `json:"items" doc:"Questions in the order of the source"`
}

// maxQuestions bounds one answer; a draft with more has been read from the wrong kind of document.
const maxQuestions = 2000

// Questions lists what is asked about a draft; with openOnly, what still wants an answer.
func (s *Service) Questions(ctx context.Context, planID ident.ID, openOnly bool) (QuestionList, error) {
	client := s.store.Read()
	if _, err := s.seen(ctx, client, planID); err != nil {
		return QuestionList{}, err
	}
	return questionsOf(ctx, client, planID, openOnly)
}

func questionsOf(ctx context.Context, client *ent.Client, planID ident.ID, openOnly bool) (QuestionList, error) {
	rows, err := client.Question.Query().Where(question.PlanID(planID)).Order(question.BySpanStart(), question.ByID()).Limit(maxQuestions).All(ctx)
	if err != nil {
		return QuestionList{}, fmt.Errorf("read questions: %w", err)
	}
	waiting, err := waitingNames(ctx, client, planID)
	if err != nil {
		return QuestionList{}, err
	}
	list := QuestionList{Items: []Question{}}
	for _, r := range rows {
		if q := questionView(r, waiting[r.Phrase]); q.Open || !openOnly {
			list.Items = append(list.Items, q)
		}
	}
	return list, nil
}

// waitingNames counts the assignments without unit or roster, by name.
func waitingNames(ctx context.Context, client *ent.Client, planID ident.ID) (map[string]int, error) {
	rows, err := client.Assignment.Query().Where(assignment.PlanID(planID), assignment.UnitID(ident.ID{}), assignment.RosterID(ident.ID{})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read unknown names: %w", err)
	}
	waiting := make(map[string]int)
	for _, a := range rows {
		waiting[a.Norm]++
	}
	return waiting, nil
}

// questionView maps a question. One about a name is open as long as the name stands in the draft without meaning.
func questionView(r *ent.Question, places int) Question {
	q := Question{ID: r.ID, PlanID: r.PlanID, TaskID: r.TaskID, Kind: r.Kind, Phrase: r.Phrase, Span: clause.Span{Start: r.SpanStart, End: r.SpanEnd},
		Places: places, Suggestions: []NameSuggestion{}, Open: r.AnsweredAt.IsZero() && (places > 0 || r.Kind == kindNoYear),
		Answer: r.Answer, AnswerID: r.AnswerID, AnsweredBy: r.AnsweredByID, AnsweredAt: r.AnsweredAt}
	decode(r.Suggestions, &q.Suggestions)
	return q
}

// questionSeen is a question of a plan that the caller may see.
func (s *Service) questionSeen(ctx context.Context, id ident.ID) (*ent.Question, error) {
	client := s.store.Read()
	row, err := client.Question.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("question")
	}
	if err != nil {
		return nil, fmt.Errorf("read question: %w", err)
	}
	if _, err := s.seen(ctx, client, row.PlanID); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			return nil, fault.Missing("question")
		}
		return nil, err
	}
	return row, nil
}
