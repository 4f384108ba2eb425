// Package fault is the one error type of the program: a kind, a stable code, parameters for the message and the fields at
// fault. The texts that people read live in the language files (package words) under "fault.<code>"; the HTTP status is
// derived from the kind in one place at the edge. Nothing here knows HTTP, rows or languages.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure it is; the edge maps it to an HTTP status and a command's exit code.
type Kind uint8

const (
	Internal            Kind = iota // anything not foreseen: 500, no text of its own reaches the caller
	Invalid                         // 422: the input breaks a stated rule; Fields says where
	Unauthenticated                 // 401: nobody is signed in
	Forbidden                       // 403: signed in, but a permission or relation is missing
	NotFound                        // 404: does not exist for this caller
	Conflict                        // 409: the object's state does not allow it
	Stale                           // 412: somebody changed the object meanwhile
	MissingPrecondition             // 428: a change without If-Match
	Limited                         // 429: too many tries
	TooLarge                        // 413: the body or file is over its limit
	Unsupported                     // 415: the media type is not one that is read
	Unavailable                     // 503: try again later
)

// Params are the values that a message names, by placeholder.
type Params map[string]any

// Field is one place in the input that is at fault.
type Field struct {
	Location string // "body.due_date", "query.limit", "line 12 column B"
	Code     string // stable, e.g. "required", "date.past"
	Params   Params
}

// Error carries everything that the edge needs to answer. Err is the cause for the log; it never reaches a caller.
type Error struct {
	Kind   Kind
	Code   string
	Params Params
	Fields []Field
	Err    error
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " [%s: %s%s]", f.Location, f.Code, params(f.Params))
	}
	b.WriteString(params(e.Params))
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// params prints parameters for the log; an empty set prints nothing.
func params(p Params) string {
	if len(p) == 0 {
		return ""
	}
	return fmt.Sprintf(" %v", map[string]any(p))
}

func (e *Error) Unwrap() error { return e.Err }

// Is lets errors.Is compare by code, so a test can say errors.Is(err, fault.New(fault.Conflict, "duty.illegal")).
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && t.Kind == e.Kind
}

// With returns a copy with one more parameter for the message.
func (e *Error) With(name string, value any) *Error {
	c := *e
	c.Params = make(Params, len(e.Params)+1)
	for k, v := range e.Params {
		c.Params[k] = v
	}
	c.Params[name] = value
	return &c
}

// Because returns a copy that carries the cause for the log.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// New makes an error of a kind; code must be listed in codes.go.
func New(kind Kind, code string) *Error { return &Error{Kind: kind, Code: code} }

// BadFields is the answer to input that breaks rules; every fault is listed, not only the first.
func BadFields(fields ...Field) *Error {
	return &Error{Kind: Invalid, Code: "input.invalid", Fields: fields}
}

// BadField is BadFields for a single place.
func BadField(location, code string) *Error { return BadFields(Field{Location: location, Code: code}) }

// Missing says that an object does not exist for this caller.
func Missing(object string) *Error {
	return New(NotFound, "not_found").With("object", object)
}

// As finds the *Error in a chain; nil if there is none.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// KindOf is the kind of the error in a chain; Internal if there is none.
func KindOf(err error) Kind {
	if e := As(err); e != nil {
		return e.Kind
	}
	return Internal
}

// CodeOf is the stable code of the error in a chain; "internal" if there is none.
func CodeOf(err error) string {
	if e := As(err); e != nil {
		return e.Code
	}
	return "internal"
}
