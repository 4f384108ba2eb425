package bench

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
)

// most is how many statements an operation may take on SQLite. The number does not depend on the machine and hardly on the
// program's speed, so it is what CI can hold; raising one needs a reason.
var most = []struct {
	name string
	of   func(t *testing.T, s *site) asker
	max  int64
}{
	{"list", asking((*site).listing), 2},
	{"list_all_units", asking((*site).surveying), 2},
	{"get", asking((*site).looking), 1},
	{"create_report", asking((*site).reporting), 8},
	{"update_report", asking((*site).editing), 8},
	{"confirm", confirmingFew, 27}, // with every level of the roll-up; it ends where a share stays the same
}

func asking(of func(s *site, i int, side string) asker) func(*testing.T, *site) asker {
	return func(_ *testing.T, s *site) asker { return of(s, 0, oursSide) }
}

// confirmingFew confirms a few reports one after the other.
func confirmingFew(t *testing.T, s *site) asker {
	ids, err := s.reviewed(t.Context(), 2*askedEach)
	if err != nil {
		t.Fatal(err)
	}
	return &confirmer{token: s.officeDesk.token, ids: ids}
}

const askedEach = 20

// TestStatements: an operation takes few statements, and no more on a larger data set.
func TestStatements(t *testing.T) {
	if os.Getenv("TEST_POSTGRES_URL") != "" {
		t.Skip("statements are counted on SQLite")
	}
	for _, size := range []int{200, 2000} {
		s := testSite(t, size)
		for _, op := range most {
			t.Run(fmt.Sprintf("%s_with_%d_duties", op.name, size), func(t *testing.T) {
				a := op.of(t, s)
				ask1(t, s, a) // reads who asks, and what an editor begins with
				var each []int64
				for range askedEach {
					before := s.store.Statements()
					ask1(t, s, a)
					each = append(each, s.store.Statements()-before)
				}
				slices.Sort(each) // the median: who asks is read anew each second
				if n := each[len(each)/2]; n > op.max {
					t.Errorf("%d statements, want at most %d", n, op.max)
				}
			})
		}
		t.Run(fmt.Sprintf("check_with_%d_duties", size), func(t *testing.T) {
			hits, err := s.arm(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			before := s.store.Statements()
			if err := s.check(access.System(t.Context(), "deadlines"), hits); err != nil {
				t.Fatal(err)
			}
			if n := s.store.Statements() - before; n > 30 {
				t.Errorf("%d statements for %d duties in one chunk, want at most 30", n, hits)
			}
		})
	}
}

func testSite(t *testing.T, size int) *site {
	t.Helper()
	o := Options{DatabaseURL: "sqlite:" + t.TempDir(), Progress: t.Output(), Duration: time.Second}
	s, err := newSite(t.Context(), o, size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.openDesks(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask1 makes one request of the program, without a network.
func ask1(t *testing.T, s *site, a asker) {
	t.Helper()
	q, ok := a.next()
	if !ok {
		t.Fatal("nothing left to ask")
	}
	r := httptest.NewRequestWithContext(t.Context(), q.method, q.path, strings.NewReader(q.body))
	r.Header.Set("Authorization", "Bearer "+q.token)
	if q.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if q.version > 0 {
		r.Header.Set("If-Match", fmt.Sprintf("%q", fmt.Sprint(q.version)))
	}
	if q.key != "" {
		r.Header.Set("Idempotency-Key", q.key)
	}
	w := httptest.NewRecorder()
	s.app.Handler().ServeHTTP(w, r)
	if w.Code >= http.StatusBadRequest {
		t.Fatalf("%s %s: %d %s", q.method, q.path, w.Code, w.Body)
	}
	a.heard(w.Code, w.Body.Bytes())
}
