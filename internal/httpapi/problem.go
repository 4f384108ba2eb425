package httpapi

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/words"
)

// Problem is the body of every error (RFC 9457). Code is contract; the texts are for people and may change.
type Problem struct {
	Type      string         `json:"type" doc:"/problems/<code>" example:"/problems/input.invalid"`
	Title     string         `json:"title" doc:"Short text of the HTTP status" example:"Unprocessable Entity"`
	Status    int            `json:"status" doc:"HTTP status" example:"422"`
	Detail    string         `json:"detail" doc:"What is wrong, in the reader's language" example:"填写的内容不符合要求"`
	Instance  string         `json:"instance,omitempty" doc:"Path of the request"`
	Code      string         `json:"code" doc:"Stable code" example:"input.invalid"`
	Params    map[string]any `json:"params,omitempty" doc:"Values that the text names"`
	Fields    []ProblemField `json:"fields,omitempty" doc:"Places in the input that are at fault"`
	RequestID string         `json:"request_id,omitempty" doc:"Id of the request in the log"`
}

// ProblemField is one place in the input that is at fault.
type ProblemField struct {
	Location string         `json:"location" doc:"Where" example:"body.due_date"`
	Code     string         `json:"code" doc:"Stable code" example:"required"`
	Message  string         `json:"message" doc:"What was expected, in the reader's language"`
	Params   map[string]any `json:"params,omitempty" doc:"Values that the text names, like the position of a fault in a query"`
}

func (p *Problem) Error() string  { return p.Code }
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma's content type filter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Unauthenticated: http.StatusUnauthorized, fault.Forbidden: http.StatusForbidden,
	fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.Stale: http.StatusPreconditionFailed,
	fault.MissingPrecondition: http.StatusPreconditionRequired, fault.Limited: http.StatusTooManyRequests, fault.TooLarge: http.StatusRequestEntityTooLarge,
	fault.Unsupported: http.StatusUnsupportedMediaType, fault.Unavailable: http.StatusServiceUnavailable,
}

// codeOf gives the statuses that huma itself answers with a code of ours.
var codeOf = map[int]string{
	http.StatusBadRequest: "input.invalid", http.StatusUnprocessableEntity: "input.invalid", http.StatusRequestEntityTooLarge: "input.too_large",
	http.StatusUnsupportedMediaType: "input.media_type", http.StatusNotFound: "not_found", http.StatusMethodNotAllowed: "method_not_allowed",
	http.StatusNotAcceptable: "not_acceptable", http.StatusRequestTimeout: "unavailable",
}

// problem turns an error into its document. What is not a fault is logged and answered without a text of its own.
func (a *API) problem(ctx context.Context, err error) *Problem {
	f := fault.As(err)
	if f == nil {
		f = fault.New(fault.Internal, "internal")
	}
	status, known := statusOf[f.Kind]
	if !known {
		status = http.StatusInternalServerError
	}
	if status >= http.StatusInternalServerError {
		a.Log.ErrorContext(ctx, "request failed", "request_id", requestID(ctx), "error", err)
	}
	lang := words.From(ctx)
	p := document(ctx, status, f.Code, f.Params)
	for _, field := range f.Fields {
		p.Fields = append(p.Fields, ProblemField{Location: field.Location, Code: field.Code, Message: words.Field(lang, field.Code, field.Params), Params: field.Params})
	}
	if f.Kind != fault.Internal {
		p.Params = f.Params
	}
	return p
}

func document(ctx context.Context, status int, code string, params map[string]any) *Problem {
	return &Problem{Type: "/problems/" + code, Title: http.StatusText(status), Status: status, Code: code,
		Detail: words.Text(words.From(ctx), "fault."+code, params), Instance: requestPath(ctx), RequestID: requestID(ctx)}
}

// maxFields caps the list of faults in one answer.
const maxFields = 50

// refuse builds the document for what huma itself refuses: shapes, media types, parameters. The rejected value is never
// echoed: it may be a password.
func refuse(hc huma.Context, status int, _ string, errs ...error) huma.StatusError {
	ctx := context.Background()
	if hc != nil {
		ctx = hc.Context()
	}
	if status == http.StatusBadRequest {
		status = http.StatusUnprocessableEntity
	}
	code, known := codeOf[status]
	if !known {
		code = "internal"
	}
	p := document(ctx, status, code, nil)
	for _, err := range errs {
		var ours *Problem
		if errors.As(err, &ours) {
			return ours
		}
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return document(ctx, http.StatusRequestEntityTooLarge, "input.too_large", nil)
		}
		if status < http.StatusInternalServerError && len(p.Fields) < maxFields {
			p.Fields = append(p.Fields, field(words.From(ctx), err))
		}
	}
	return p
}

// field reads one of huma's error details, whose messages were set to "code|value" in messages.go.
func field(lang words.Lang, err error) ProblemField {
	var detail huma.ErrorDetailer
	if !errors.As(err, &detail) {
		return ProblemField{Location: "body", Code: "malformed", Message: words.Text(lang, "field.malformed", nil)}
	}
	d := detail.ErrorDetail()
	code, value, coded := strings.Cut(d.Message, "|")
	if !coded && !words.Has("field."+code) {
		code = "malformed"
	}
	return ProblemField{Location: d.Location, Code: code, Message: words.Text(lang, "field."+code, map[string]any{"value": value})}
}

func requestID(ctx context.Context) string {
	if info, ok := ctx.Value(infoKey{}).(requestInfo); ok {
		return info.id
	}
	if actor, err := access.From(ctx); err == nil {
		return actor.RequestID
	}
	return ""
}

func requestPath(ctx context.Context) string {
	info, _ := ctx.Value(infoKey{}).(requestInfo)
	return info.path
}
