package handover

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Kind is what a row of a list is.
type Kind string

const (
	Duty        Kind = "duty"        // 责任
	Report      Kind = "report"      // 应报进展
	Extension   Kind = "extension"   // 延期申请, undecided
	Share       Kind = "share"       // 内部分工, of a duty that another unit holds
	Notice      Kind = "notice"      // 整改通知书
	Instruction Kind = "instruction" // 批示 that waits for feedback
	Urge        Kind = "urge"        // 催办 that waits for a reply
)

// Kinds lists the kinds in the order of a list.
var Kinds = []Kind{Duty, Report, Extension, Share, Notice, Instruction, Urge}

// Values lists the kinds; ent reads it.
func (Kind) Values() []string {
	values := make([]string, len(Kinds))
	for i, k := range Kinds {
		values[i] = string(k)
	}
	return values
}

// Row is one thing that is open: what, due when, and how it stood when the list was drawn. Status says what is next.
type Row struct {
	Kind     Kind
	ObjectID ident.ID
	DutyID   ident.ID // the duty that it is about; zero for what is about none
	Number   string
	Title    string
	Original workday.Date // the due date that it first had
	Due      workday.Date // the due date in force
	Light    string       // empty for what has none
	Status   string
}

// key is what makes two rows the same thing: a report asked of a task is owed by each of its duties.
type key struct {
	kind         Kind
	object, duty ident.ID
}

func (r Row) key() key { return key{r.Kind, r.ObjectID, r.DutyID} }

// Sort puts rows into the order of a list: by kind, then by due date, then by age.
func Sort(rows []Row) {
	slices.SortFunc(rows, func(a, b Row) int {
		if c := slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind); c != 0 {
			return c
		}
		if c := a.Due.Compare(b.Due); c != 0 {
			return c
		}
		if c := a.ObjectID.Compare(b.ObjectID); c != 0 {
			return c
		}
		return a.DutyID.Compare(b.DutyID)
	})
}

// Head is what a list says of itself.
type Head struct {
	UnitID                ident.ID
	Role                  string
	Giver, Taker, Witness ident.ID // no witness is the zero id
	DrawnAt               time.Time
}

// escape keeps a value on its line and in its field.
var escape = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// Text is the canonical text of a list: UTF-8, one line for the head and one for each row, fields separated by a tab, each line
// ended by a newline. What is missing is "-". Instants are UTC to the millisecond.
func Text(h Head, rows []Row) string {
	var b strings.Builder
	line := func(fields ...string) {
		for i, f := range fields {
			if i > 0 {
				b.WriteByte('\t')
			}
			if f == "" {
				f = "-"
			}
			b.WriteString(escape.Replace(f))
		}
		b.WriteByte('\n')
	}
	line("hand-over", "1", id(h.UnitID), h.Role, id(h.Giver), id(h.Taker), id(h.Witness), h.DrawnAt.UTC().Format("2006-01-02T15:04:05.000Z"))
	for i, r := range rows {
		line(strconv.Itoa(i+1), string(r.Kind), id(r.ObjectID), id(r.DutyID), r.Number, r.Title, day(r.Original), day(r.Due), r.Light, r.Status)
	}
	return b.String()
}

func id(i ident.ID) string {
	if i.IsZero() {
		return ""
	}
	return i.String()
}

func day(d workday.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// Hash is the SHA-256 of a list's canonical text in hexadecimal.
func Hash(h Head, rows []Row) string {
	sum := sha256.Sum256([]byte(Text(h, rows)))
	return hex.EncodeToString(sum[:])
}

// Moved is a row whose due date is no longer what the list says.
type Moved struct{ Was, Now Row }

// Changes are what happened since a list was drawn.
type Changes struct {
	Added []Row   // open now, and not on the list
	Ended []Row   // on the list, and no longer open
	Moved []Moved // open still, with another due date
}

// None reports whether the list still says what is open.
func (c Changes) None() bool { return len(c.Added)+len(c.Ended)+len(c.Moved) == 0 }

// Compare finds what changed between the rows of a list and what is open now. What counts is what is open and until when: a light
// that turned at midnight, or a duty that was signed for in the meantime, leaves a list valid.
func Compare(list, now []Row) Changes {
	var c Changes
	open := make(map[key]Row, len(now))
	for _, r := range now {
		open[r.key()] = r
	}
	listed := make(map[key]bool, len(list))
	for _, r := range list {
		listed[r.key()] = true
		is, still := open[r.key()]
		switch {
		case !still:
			c.Ended = append(c.Ended, r)
		case is.Due != r.Due:
			c.Moved = append(c.Moved, Moved{r, is})
		}
	}
	for _, r := range now {
		if !listed[r.key()] {
			c.Added = append(c.Added, r)
		}
	}
	return c
}
