package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// Op declares one operation.
type Op struct {
	ID          string            // "accept-duty"
	Method      string            // http.MethodPost
	Path        string            // below Prefix: "/duties/{id}/accept"
	Tag         string            // the resource
	Summary     string            // one line
	Description string            // what it does, needs and changes
	Permission  access.Permission // what the use case asks for; Signed or Public where there is none
	Status      int               // of success; 0 means 200
	MaxBody     int64             // bytes; 0 means 1 MiB
	Creates     bool              // takes an Idempotency-Key
	Files       []string          // media types of an answer that is a file
	Packs       bool              // a large list without secrets, sent as gzip to who reads it
}

// Pseudo-permissions of operations that ask for none.
const (
	Public access.Permission = "public" // anybody may call it
	Signed access.Permission = "signed" // anybody who is signed in, about themselves
)

const defaultBody = 1 << 20

// Match is embedded by the input of every operation that changes an existing object.
type Match struct {
	IfMatch string `header:"If-Match" doc:"Version that the change is based on, as given by ETag or the field version" example:"\"3\""`
}

// Version is the number in If-Match; a missing or unreadable one is a fault.
func (m Match) Version() (int, error) {
	if m.IfMatch == "" {
		return 0, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(m.IfMatch, "W/"), `"`))
	if err != nil || n < 1 {
		return 0, fault.BadField("header.If-Match", "version")
	}
	return n, nil
}

// Page is embedded by the input of every list.
type Page struct {
	After string `query:"after" maxLength:"200" doc:"Cursor: the field next of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Rows on a page"`
}

// one answers with an object and its version as ETag.
type one[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// reply wraps a view that has a version.
func reply[T any](view T, version int) *one[T] {
	return &one[T]{ETag: strconv.Quote(strconv.Itoa(version)), Body: view}
}

// plain answers with a body and nothing else.
type plain[T any] struct{ Body T }

// ByID is embedded by the input of an operation on one object. It is exported because huma passes over unexported embeds.
type ByID struct {
	ID ident.ID `path:"id" doc:"Id of the object" example:"0d3k2m9q7x4vb"`
}

// byID is the input of an operation that needs nothing else.
type byID = ByID

// route registers an operation whose handler may return faults.
func route[I, O any](a *API, op Op, handle func(ctx context.Context, in *I) (*O, error)) {
	mustSeeEmbeds(op.ID, reflect.TypeFor[I]())
	operation := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: Prefix + op.Path, Tags: []string{op.Tag}, Summary: op.Summary,
		Description: op.Description, DefaultStatus: op.Status, MaxBodyBytes: op.MaxBody,
		Metadata:   map[string]any{"permission": op.Permission},
		Extensions: map[string]any{"x-permission": string(op.Permission)},
		Errors:     statuses(op),
	}
	if op.Permission != Public {
		operation.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	}
	if op.Packs {
		operation.Middlewares = huma.Middlewares{a.pack}
	}
	if op.Creates {
		operation.Parameters = append(operation.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string"},
			Description: "Makes the request repeatable: the same key and body get the same answer and change nothing again"})
	}
	if len(op.Files) > 0 {
		content := make(map[string]*huma.MediaType, len(op.Files))
		for _, media := range op.Files {
			content[media] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
		}
		operation.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: content}}
	}
	huma.Register(a.huma, operation, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, a.answer(ctx, err)
		}
		return out, nil
	})
}

// answer is the problem of an error; one that asks to wait says how long in Retry-After too.
func (a *API) answer(ctx context.Context, err error) error {
	p := a.problem(ctx, err)
	if f := fault.As(err); f != nil && f.Kind == fault.Limited {
		if seconds, ok := f.Params["seconds"].(int); ok {
			return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {itoa(seconds)}})
		}
	}
	return p
}

// mustSeeEmbeds panics on an input whose embedded struct is unexported: huma would leave its fields empty without a word.
func mustSeeEmbeds(op string, input reflect.Type) {
	for i := range input.NumField() {
		if f := input.Field(i); f.Anonymous && !f.IsExported() {
			panic(fmt.Sprintf("%s: the input embeds %s, which is unexported", op, f.Name))
		}
	}
}

// statuses lists the answers that an operation can give besides success.
func statuses(op Op) []int {
	all := []int{http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if op.Permission != Public || op.Method != http.MethodGet {
		all = append(all, http.StatusUnauthorized, http.StatusForbidden)
	}
	if op.Permission != Public || strings.Contains(op.Path, "{") { // also where a query names an object that the caller may not see
		all = append(all, http.StatusNotFound)
	}
	if strings.Contains(op.Path, "{") { // also where a state has nothing to show
		all = append(all, http.StatusConflict)
	}
	if op.Method != http.MethodGet {
		all = append(all, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed, http.StatusPreconditionRequired,
			http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	return all
}
