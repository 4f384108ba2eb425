package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/live"
)

const (
	heartbeat  = 20 * time.Second // a proxy that closes silent connections waits longer than this
	lifetime   = 2 * time.Minute  // then the reader comes back and passes sign-in and gate again
	sendTime   = 10 * time.Second // a reader that takes nothing for so long is gone
	comeBackMS = 1000             // how long a browser waits before it comes back
)

type streamInput struct {
	LastEventID string `header:"Last-Event-ID" maxLength:"40" doc:"Cursor that the reader had come to; a browser sends it when it comes back" example:"1z68wzm0004kk"`
}

// registerLive adds the stream of news.
func (a *API) registerLive() {
	route(a, Op{ID: "follow-events", Method: http.MethodGet, Path: "/events/stream", Tag: "events", Permission: access.MessageRead, Summary: "Be told of changes at once",
		Description: "Server-sent events: each names the kind and id of an object that has changed, as far as the caller may see it, and nothing else; ask for the object then. " +
			"“message” is one's inbox; “reset” says that so much has changed, or was missed, that everything should be asked for again. The stream ends after " +
			"two minutes; come back with Last-Event-ID and what happened meanwhile is told first. A line without data is sent every 20 seconds.",
		Files: []string{"text/event-stream"}},
		func(ctx context.Context, in *streamInput) (*huma.StreamResponse, error) {
			stream, err := a.Live.Follow(ctx, in.LastEventID)
			if err != nil {
				return nil, err
			}
			return &huma.StreamResponse{Body: func(c huma.Context) { a.stream(c, stream) }}, nil
		})
}

// stream writes news until the reader is gone, the server stops or the stream has lived long enough.
func (a *API) stream(c huma.Context, s *live.Stream) {
	defer s.Close()
	c.SetHeader("Content-Type", "text/event-stream")
	c.SetHeader("X-Accel-Buffering", "no") // nginx would keep the news back
	c.SetStatus(http.StatusOK)
	_, w := humago.Unwrap(c)
	line := http.NewResponseController(w)
	_ = line.SetReadDeadline(time.Time{}) // the server's limit is for requests that are still being read; unsupported in tests
	ctx, cancel := context.WithTimeout(c.Context(), lifetime)
	defer cancel()
	send := func(text string) error {
		_ = line.SetWriteDeadline(a.wall().Add(sendTime)) // unsupported in tests
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		return line.Flush()
	}
	err := send(fmt.Sprintf("retry: %d\nid: %s\n\n", comeBackMS, a.Live.Cursor()))
	for err == nil {
		var batch []live.Change
		if batch, err = s.Next(ctx, heartbeat); err == nil {
			err = send(news(batch, a.Live.Cursor()))
		}
	}
	_ = line.SetWriteDeadline(a.wall().Add(sendTime)) // the last one has passed while nothing was told; the end has to be written too
}

// wall is the time on the wall, which deadlines of connections count by; business time may stand still.
func (a *API) wall() time.Time { return time.Now() } //nolint:forbidigo // as said

// news is a batch as server-sent events; each carries the cursor to come back to. An empty one moves the cursor only.
func news(batch []live.Change, cursor string) string {
	text := ""
	for _, change := range batch {
		raw, err := json.Marshal(change)
		if err != nil {
			continue // two texts: cannot fail
		}
		text += "data: " + string(raw) + "\n\n"
	}
	return text + "id: " + cursor + "\n\n"
}
