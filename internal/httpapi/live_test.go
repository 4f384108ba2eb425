package httpapi_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/httpapi"
	"github.com/duban-gov/duban/internal/live"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
)

// open follows the stream of a server and gives its lines.
func open(t *testing.T, address, last string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v1/events/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer x")
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("answered %d %q", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(answer.Body); scan.Scan(); {
			lines <- scan.Text()
		}
	}()
	return lines
}

// await is the first line that begins so, without its beginning.
func await(t *testing.T, lines <-chan string, begin string) string {
	t.Helper()
	for line := range lines {
		if rest, ok := strings.CutPrefix(line, begin); ok {
			return rest
		}
	}
	t.Fatalf("the stream ended without %q", begin)
	return ""
}

func TestStream_tells_resumes_and_ends_with_the_server(t *testing.T) {
	house := testkit.New(t).NewHouse("甲")
	hub := live.New(house.Store, house.Gate, nil)
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() { defer close(stopped); hub.Run(ctx) }()
	for { // until it runs
		if s, err := hub.Follow(house.Acting(house.Leader), ""); err == nil {
			s.Close()
			break
		}
	}
	actor, err := access.From(house.Acting(house.Head))
	if err != nil {
		t.Fatal(err)
	}
	api := httpapi.New(httpapi.Backend{Live: hub, Now: house.Store.Now, Token: func(context.Context, string) (access.Actor, error) { return actor, nil }})
	server := httptest.NewServer(api.Handler())
	t.Cleanup(server.Close)
	accept := func() string {
		id := house.Store.NewID()
		err := house.Store.Write(house.Acting(house.Clerk), func(ctx context.Context, tx *ent.Tx) error {
			_, err := house.Log.Append(ctx, tx, timeline.Entry{AuthorityID: house.Authority, Subject: "duty", SubjectID: id, UnitID: house.University.ID, Action: "accept"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return id.String()
	}
	first := open(t, server.URL, "")
	cursor := await(t, first, "id: ")
	want := accept()
	if got := await(t, first, "data: "); got != `{"kind":"duty","id":"`+want+`"}` {
		t.Errorf("told %s, want duty %s", got, want)
	}
	if got := await(t, open(t, server.URL, cursor), "data: "); !strings.Contains(got, want) {
		t.Errorf("resumed with %s, want duty %s", got, want)
	}
	stop()
	<-stopped
	for range first { // ends
	}
}
