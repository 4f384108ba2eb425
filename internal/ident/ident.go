// Package ident makes and prints object ids: 63-bit numbers, time-ordered, made by the application so that bulk insert and
// retry need no round trip. Outside the database an id is 13 lower-case characters of Crockford's base 32 and means nothing.
package ident

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ID identifies one row. The zero ID means "none". It is a struct so that no arithmetic is done on it by accident and so that
// it travels as text in JSON and in paths (a JavaScript number could not hold it).
//
// N is exported and tagged for ent's row scanner alone, which fills it when a query asks for ids; other code uses Int.
type ID struct {
	N int64 `sql:"id"`
}

const (
	alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
	textLen  = 13
	nodeBits = 10
	seqBits  = 12
)

// epoch is early enough for a year that is played again later (2017) and late enough to last until 2069.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

var errFormat = errors.New("not an id: 13 characters of 0-9 a-z without i l o u")

// FromInt makes an ID from its number in the database.
func FromInt(n int64) ID { return ID{n} }

// Int is the number kept in the database.
func (id ID) Int() int64 { return id.N }

// IsZero reports whether the id means "none".
func (id ID) IsZero() bool { return id.N == 0 }

// Compare orders ids by the moment they were made.
func (id ID) Compare(other ID) int {
	switch {
	case id.N < other.N:
		return -1
	case id.N > other.N:
		return 1
	}
	return 0
}

// Time is the instant at which the id was made, to the millisecond; ids made in a rush run a little ahead.
func (id ID) Time() time.Time { return time.UnixMilli(id.N>>(nodeBits+seqBits) + epoch).UTC() }

// String is the 13-character form; the zero ID prints as "".
func (id ID) String() string {
	if id.N == 0 {
		return ""
	}
	var b [textLen]byte
	n := uint64(id.N)
	for i := textLen - 1; i >= 0; i-- {
		b[i] = alphabet[n&31]
		n >>= 5
	}
	return string(b[:])
}

// Parse reads the 13-character form.
func Parse(s string) (ID, error) {
	if len(s) != textLen {
		return ID{}, errFormat
	}
	var n uint64
	for i := 0; i < textLen; i++ {
		v := digit(s[i])
		if v < 0 || (i == 0 && v > 7) {
			return ID{}, errFormat
		}
		n = n<<5 | uint64(v)
	}
	if n == 0 || n > 1<<63-1 {
		return ID{}, errFormat
	}
	return ID{int64(n)}, nil
}

func digit(c byte) int {
	for i := 0; i < len(alphabet); i++ {
		if alphabet[i] == c {
			return i
		}
	}
	return -1
}

// MarshalText implements encoding.TextMarshaler.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero ID.
func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = ID{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// Value implements driver.Valuer.
func (id ID) Value() (driver.Value, error) { return id.N, nil }

// Scan implements sql.Scanner; NULL is the zero ID.
func (id *ID) Scan(src any) error {
	switch v := src.(type) {
	case int64:
		id.N = v
	case *ID: // ent hands a bulk insert's own ids back
		*id = *v
	case nil:
		id.N = 0
	default:
		return fmt.Errorf("scan id from %T", src)
	}
	return nil
}

// Maker makes ids for one process. Node tells processes on one database apart. A clock that steps back never makes an id
// twice: the maker goes on from the last millisecond it used.
type Maker struct {
	mu   sync.Mutex
	node int64
	last int64
	seq  int64
}

// NewMaker returns a maker for the node number (its low ten bits count).
func NewMaker(node int64) *Maker { return &Maker{node: node & (1<<nodeBits - 1)} }

// At makes the next id for an event at instant now.
func (m *Maker) At(now time.Time) ID {
	ms := max(now.UnixMilli()-epoch, 1)
	m.mu.Lock()
	defer m.mu.Unlock()
	if ms > m.last {
		m.last, m.seq = ms, 0
	} else if m.seq++; m.seq == 1<<seqBits {
		m.last, m.seq = m.last+1, 0
	}
	return ID{m.last<<(nodeBits+seqBits) | m.node<<seqBits | m.seq}
}
