package crash

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/ident"
)

// load is all writers with the server that they write to. A writer holds mu for reading while a request of its own is under
// way; whoever changes the server holds it whole, so that then no request is.
type load struct {
	*house
	t      *testing.T
	mu     sync.RWMutex
	url    string
	ending bool // writers bring to an end what is pending and begin nothing new
	lives  []*life
	client *http.Client

	count struct {
		sync.Mutex
		acknowledged, ambiguous int
	}
	writers sync.WaitGroup
}

// writers is how many write at a time.
const writers = 8

func newLoad(t *testing.T, h *house) *load {
	l := &load{house: h, t: t, client: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: writers}}}
	for i, d := range h.duties {
		if _, staffed := h.people[d.UnitID]; staffed {
			l.lives = append(l.lives, &life{id: d.ID.String(), unit: d.UnitID.String(), n: i, duty: object{d.ID.String(), d.Version, string(d.Status)}})
		}
	}
	return l
}

func (h *house) staffOf(l *life) staff {
	unit, _ := ident.Parse(l.unit)
	return h.people[unit]
}

// begin lets the writers go; each has every writers-th duty to itself, so that what must be on record is known exactly.
func (l *load) begin() {
	l.mu.Lock() // until there is a server
	for w := range writers {
		l.writers.Go(func() {
			for acts := course; ; acts = again {
				for i := w; i < len(l.lives); i += writers {
					if !l.live(i, acts) {
						return
					}
				}
			}
		})
	}
}

// flowing waits until a write more than before is acknowledged.
func (l *load) flowing() {
	acknowledged := func() int {
		l.count.Lock()
		defer l.count.Unlock()
		return l.count.acknowledged
	}
	before := acknowledged()
	for end := time.Now().Add(patience); acknowledged() == before && !l.t.Failed(); wait(l.t, 5*time.Millisecond) {
		if time.Now().After(end) {
			l.t.Errorf("no write was acknowledged for %v", patience)
		}
	}
}

// live does some acts in the life of a duty; false ends the writer.
func (l *load) live(i int, acts []act) bool {
	d := l.lives[i]
	for _, a := range acts {
		for key := fmt.Sprintf("%d-%d-%s", i, len(d.done), a.event); ; {
			ended, ok := l.try(d, a, key)
			if ended && !ok {
				return false
			}
			if ended {
				break
			}
		}
	}
	return true
}

// on lets the writers write to a server; off waits until no request is under way.
func (l *load) on(s *server) { l.url = s.url; l.mu.Unlock() }
func (l *load) off()         { l.mu.Lock() }

// try sends one act to the server that there is. It has ended when it is acknowledged (ok) or the writer is to go; else it is to be
// tried again with the same key.
func (l *load) try(d *life, a act, key string) (ended, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.ending && d.pending == nil || l.t.Failed() {
		return true, false
	}
	got, err := l.send(d, a, key)
	if err != nil { // the connection was cut: nobody knows whether it was done
		if d.pending == nil {
			d.pending = &a
			l.add(0, 1)
		}
		return false, false
	}
	if got.code == http.StatusPreconditionFailed && a.method == http.MethodPut && d.pending != nil { // no key protects a PUT: its version does
		got, err = l.look(d, a)
		if err != nil {
			return false, false
		}
	}
	if got.code != a.status || a.match != nil && got.Version != a.match(d)+1 {
		l.t.Errorf("%s on duty %s answered %d with version %d after %d acts: %s", a.event, d.id, got.code, got.Version, len(d.done), got.raw)
		return true, false
	}
	a.took(d, got)
	d.done, d.pending = append(d.done, a), nil
	l.add(1, 0)
	return true, true
}

func (l *load) add(acknowledged, ambiguous int) {
	l.count.Lock()
	defer l.count.Unlock()
	l.count.acknowledged += acknowledged
	l.count.ambiguous += ambiguous
}

func (l *load) send(d *life, a act, key string) (*answer, error) {
	req, err := http.NewRequestWithContext(l.t.Context(), a.method, l.url+"/api/v1"+a.path(d), strings.NewReader(a.body(d)))
	if err != nil {
		return nil, err
	}
	if a.body(d) != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if a.match != nil {
		req.Header.Set("If-Match", strconv.Quote(strconv.Itoa(a.match(d))))
	}
	if a.method == http.MethodPost {
		req.Header.Set("Idempotency-Key", key)
	}
	return l.exchange(req, a.who(l.house, d))
}

// look reads the report that a PUT was meant for: it has to stand in the next version, with the text that was sent.
func (l *load) look(d *life, a act) (*answer, error) {
	req, err := http.NewRequestWithContext(l.t.Context(), http.MethodGet, l.url+"/api/v1"+a.path(d), nil)
	if err != nil {
		return nil, err
	}
	got, err := l.exchange(req, a.who(l.house, d))
	if err == nil && !strings.Contains(got.raw, fmt.Sprintf("改稿 %s %d", d.id, d.n)) {
		l.t.Errorf("report %s was refused as stale and holds another text: %s", d.report.id, got.raw)
	}
	return got, err
}

func (l *load) exchange(req *http.Request, token string) (*answer, error) {
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := l.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	got := &answer{code: res.StatusCode, raw: string(raw)}
	if err := json.Unmarshal(raw, got); err != nil && res.StatusCode < 300 {
		return nil, fmt.Errorf("decode answer: %w", err)
	}
	return got, nil
}
