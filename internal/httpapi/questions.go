package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/plans"
)

type questionsInput struct {
	ByID
	Open bool `query:"open" doc:"Only questions that want an answer" example:"true"`
}

type answerInput struct {
	ByID
	Body plans.AnswerQuestionInput
}

// registerQuestions adds what only a person can answer about a draft.
func (a *API) registerQuestions() {
	route(a, Op{ID: "list-questions", Method: http.MethodGet, Path: "/plans/{id}/questions", Tag: "questions", Permission: access.PlanRead, Summary: "List a draft's questions",
		Description: "Names that nobody bears or several bear, each with ranked suggestions, and deadlines without a year. One question for one name, however often it stands."},
		func(ctx context.Context, in *questionsInput) (*plain[plans.QuestionList], error) {
			list, err := a.Plans.Questions(ctx, in.ID, in.Open)
			return &plain[plans.QuestionList]{list}, err
		})
	route(a, Op{ID: "answer-question", Method: http.MethodPost, Path: "/questions/{id}/answer", Tag: "questions", Permission: access.PlanEdit, Summary: "Answer a question",
		Description: "Gives one answer: a unit, a roster, nobody, or a year. It holds wherever the name stands in the draft, and the name is remembered as an alias unless forget is set. An answered question is a conflict; undo opens it again."},
		func(ctx context.Context, in *answerInput) (*plain[plans.Question], error) {
			answered, err := a.Plans.Answer(ctx, in.ID, in.Body)
			return &plain[plans.Question]{answered}, err
		})
}
