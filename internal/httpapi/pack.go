package httpapi

import (
	"compress/gzip"
	"io"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// packLevel packs the ledger's rows a third smaller than the fastest level does, for a few milliseconds a page.
const packLevel = 4

// packers are writers that are used again: each holds tables of some hundred kilobytes.
var packers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(io.Discard, packLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// below is the context that packing stands around, under a name that leaves its method Context free.
type below = huma.Context

// packing is an answer that is packed while it is written, once its status is known to be a success.
type packing struct {
	below
	to *gzip.Writer
}

// Unwrap gives the context below, as huma asks of those that stand around one.
func (p *packing) Unwrap() huma.Context { return p.below }

// SetStatus sends the head, in which a success says that its body is packed.
func (p *packing) SetStatus(code int) {
	if code == http.StatusOK {
		p.SetHeader("Content-Encoding", "gzip")
		p.to = packers.Get().(*gzip.Writer)
		p.to.Reset(p.below.BodyWriter())
	}
	p.below.SetStatus(code)
}

// BodyWriter packs what is written to it; problems stay as they are.
func (p *packing) BodyWriter() io.Writer {
	if p.to == nil {
		return p.below.BodyWriter()
	}
	return p.to
}

// pack sends a large answer as gzip to who reads it. Only lists without secrets may be packed: what is packed shows its length.
func (a *API) pack(ctx huma.Context, next func(huma.Context)) {
	ctx.AppendHeader("Vary", "Accept-Encoding")
	if !acceptsGzip(ctx.Header("Accept-Encoding")) {
		next(ctx)
		return
	}
	p := &packing{below: ctx}
	next(p)
	if p.to == nil {
		return
	}
	if err := p.to.Close(); err != nil {
		a.Log.DebugContext(ctx.Context(), "the reader of a list has gone", "error", err)
	}
	packers.Put(p.to)
}
