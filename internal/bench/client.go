package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// request is one call of the API.
type request struct {
	method, path, token string
	body                string
	version             int    // based on; 0: says none
	key                 string // Idempotency-Key; "" says none
}

// asker is one client: it makes requests and learns from the answers.
type asker interface {
	next() (r request, ok bool) // false: there is nothing left to ask
	heard(status int, body []byte)
}

// conn is one connection kept open. It is simpler than net/http's client, so that asking costs the shared machine little.
type conn struct {
	net.Conn
	read *bufio.Reader
	out  bytes.Buffer
	body bytes.Buffer
}

func dial(address string) (*conn, error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, read: bufio.NewReaderSize(c, 64<<10)}, nil
}

// ask makes one request; the body is good until the next one.
func (c *conn) ask(r request) (status int, body []byte, err error) {
	c.out.Reset()
	fmt.Fprintf(&c.out, "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n", r.method, r.path, r.token)
	if r.version > 0 {
		fmt.Fprintf(&c.out, "If-Match: \"%d\"\r\n", r.version)
	}
	if r.key != "" {
		fmt.Fprintf(&c.out, "Idempotency-Key: %s\r\n", r.key)
	}
	if r.body != "" {
		fmt.Fprintf(&c.out, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(r.body))
	} else if r.method != http.MethodGet {
		c.out.WriteString("Content-Length: 0\r\n")
	}
	c.out.WriteString("\r\n" + r.body)
	if _, err := c.Write(c.out.Bytes()); err != nil {
		return 0, nil, err
	}
	response, err := http.ReadResponse(c.read, nil)
	if err != nil {
		return 0, nil, err
	}
	c.body.Reset()
	_, err = c.body.ReadFrom(response.Body)
	return response.StatusCode, c.body.Bytes(), errors.Join(err, response.Body.Close())
}

// tally is what one client measured.
type tally struct {
	times  []time.Duration
	failed int
	why    string // the first answer that was not a success
	err    error
}

// load lets clients ask one server, each on its own connection, one request after the other, and sums up.
func load(ctx context.Context, c *child, askers []asker, warm, lasts time.Duration) (Cost, error) {
	tallies := make([]tally, len(askers))
	var wait sync.WaitGroup
	elapsed := stopwatch()
	for i, a := range askers {
		wait.Go(func() { tallies[i] = ask(ctx, c.address, a, elapsed, warm, warm+lasts) })
	}
	select { // processor time counts from the end of the warm-up on, too
	case <-time.After(warm):
	case <-ctx.Done():
	}
	before, _ := c.usage()
	wait.Wait()
	took := elapsed() - warm
	after, rss := c.usage()
	var all []time.Duration
	failed := 0
	for _, t := range tallies {
		if t.err != nil {
			return Cost{}, t.err
		}
		if t.why != "" && failed == 0 && len(t.times) == 0 {
			return Cost{}, fmt.Errorf("nothing succeeded: %s", t.why)
		}
		all, failed = append(all, t.times...), failed+t.failed
	}
	if len(all) == 0 {
		return Cost{}, io.ErrNoProgress
	}
	cost := costOf(all, len(all))
	cost.Rate, cost.RSS, cost.Failed = float64(len(all))/took.Seconds(), rss, failed
	cost.CPU = float64((after - before).Microseconds()) / float64(len(all)+failed)
	return cost, ctx.Err()
}

func ask(ctx context.Context, address string, a asker, elapsed func() time.Duration, from, until time.Duration) (t tally) {
	c, err := dial(address)
	if err != nil {
		return tally{err: err}
	}
	defer c.Close()
	for ctx.Err() == nil && elapsed() < until {
		r, ok := a.next()
		if !ok {
			return t
		}
		began := elapsed()
		status, body, err := c.ask(r)
		if err != nil {
			return tally{err: fmt.Errorf("%s %s: %w", r.method, r.path, err)}
		}
		a.heard(status, body)
		switch {
		case status >= 300:
			t.failed++
			if t.why == "" {
				t.why = fmt.Sprintf("%s %s: %d %s", r.method, r.path, status, body)
			}
		case began >= from:
			t.times = append(t.times, elapsed()-began)
		}
	}
	return t
}
