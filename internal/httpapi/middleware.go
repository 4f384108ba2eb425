package httpapi

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
)

// Request is a create that may be sent again.
type Request struct {
	User      ident.ID
	Key       string
	Operation string
	Hash      []byte
}

type (
	infoKey     struct{}
	requestInfo struct{ id, path, address string }
)

// Handler is the whole edge: recovery, request id, log, limits, strictness, sign-in, then the operations.
func (a *API) Handler() http.Handler {
	protect := http.NewCrossOriginProtection()
	protect.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.write(w, r.Context(), fault.New(fault.Forbidden, "cross_origin"))
	}))
	inner := a.identify(a.strict(a.known(a.mux)))
	return a.trace(a.recover(a.page(protect.Handler(inner))))
}

// trace gives the request an id, a language and a line in the log.
func (a *API) trace(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := requestInfo{id: newRequestID(), path: r.URL.Path, address: a.clientAddress(r)}
		ctx := context.WithValue(r.Context(), infoKey{}, info)
		ctx = words.With(ctx, words.Match(r.Header.Get("Accept-Language")))
		header := w.Header()
		header.Set("X-Request-Id", info.id)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		if strings.HasPrefix(r.URL.Path, Prefix) {
			header.Set("Cache-Control", "no-store")
			header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		}
		if a.Secure {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		seen := &recorder{ResponseWriter: w, status: http.StatusOK}
		start := time.Now() //nolint:forbidigo // the time a request takes is wall time, not business time
		next.ServeHTTP(seen, r.WithContext(ctx))
		took := time.Since(start) //nolint:forbidigo // as above
		observe(r, seen.status, took)
		a.Log.InfoContext(ctx, "request", "request_id", info.id, "method", r.Method, "path", loggedPath(r.URL.Path), "status", seen.status,
			"ms", float64(took.Microseconds())/1000, "address", info.address)
	})
}

// loggedPath is a path as the log may hold it: the address of a calendar feed is a secret.
func loggedPath(path string) string {
	if strings.HasPrefix(path, Prefix+"/due-dates/") {
		return Prefix + "/due-dates/…"
	}
	return path
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the flusher below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func newRequestID() string {
	var b [9]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// recover answers a panic with a 500 and keeps the server up.
func (a *API) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) { // an answer that was cut short on purpose
					panic(p)
				}
				a.Log.ErrorContext(r.Context(), "panic", "request_id", requestID(r.Context()), "panic", p, "stack", string(debug.Stack()))
				a.write(w, r.Context(), fault.New(fault.Internal, "internal"))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// write answers with a problem outside of huma.
func (a *API) write(w http.ResponseWriter, ctx context.Context, err error) {
	p := a.problem(ctx, err)
	w.Header().Set("Content-Type", "application/problem+json")
	if f := fault.As(err); f != nil && f.Kind == fault.Limited {
		if seconds, ok := f.Params["seconds"].(int); ok {
			w.Header().Set("Retry-After", itoa(seconds))
		}
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// known answers unknown paths and methods with a problem instead of the mux's plain text.
func (a *API) known(next *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := next.Handler(r); pattern != "" {
			next.ServeHTTP(w, r)
			return
		}
		probe := r.Clone(r.Context())
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			probe.Method = method
			if _, pattern := next.Handler(probe); pattern != "" {
				p := document(r.Context(), http.StatusMethodNotAllowed, "method_not_allowed", nil)
				w.Header().Set("Content-Type", "application/problem+json")
				w.WriteHeader(p.Status)
				_ = json.NewEncoder(w).Encode(p)
				return
			}
		}
		a.write(w, r.Context(), fault.Missing("page"))
	})
}

// identify puts the actor of the session cookie or bearer token into the context; without either nobody acts.
func (a *API) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		actor, found, err := a.actorOf(r)
		if err != nil {
			a.write(w, r.Context(), err)
			return
		}
		if found {
			actor.RequestID = requestID(r.Context())
			r = r.WithContext(access.With(r.Context(), actor))
		}
		next.ServeHTTP(w, r)
	})
}

func (a *API) actorOf(r *http.Request) (access.Actor, bool, error) {
	if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && a.Token != nil {
		actor, err := a.Token(r.Context(), secret)
		return actor, err == nil, err
	}
	cookie, err := r.Cookie(a.cookieName())
	if err != nil || a.Session == nil {
		return access.Actor{}, false, nil
	}
	actor, err := a.Session(r.Context(), cookie.Value)
	if fault.KindOf(err) == fault.Unauthenticated { // an ended session is nobody: public operations still work
		return access.Actor{}, false, nil
	}
	return actor, err == nil, err
}

// remember makes a create repeatable when it carries an Idempotency-Key.
func (a *API) remember(r *http.Request, body []byte) *http.Request {
	key := r.Header.Get("Idempotency-Key")
	actor, err := access.From(r.Context())
	if key == "" || r.Method != http.MethodPost || err != nil || a.Remember == nil {
		return r
	}
	sum := sha256.Sum256(body)
	return r.WithContext(a.Remember(r.Context(), Request{User: actor.ID, Key: key, Operation: r.Method + " " + r.URL.Path, Hash: sum[:]}))
}

// readAll reads a body up to limit; more is a fault.
func readAll(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		return nil, fault.New(fault.TooLarge, "input.too_large").With("limit", limit).Because(err)
	}
	return body, nil
}
