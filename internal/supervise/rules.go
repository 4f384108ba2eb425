package supervise

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// UrgeRules say how often a unit may be urged and how soon it has to answer.
type UrgeRules struct {
	ID            string `yaml:"id"`
	Version       int    `yaml:"version"`
	CoolDownHours int    `yaml:"cool_down_hours"` // within so many hours of the last urge a further one needs a reason; 0 never
	ReplyWithin   Within `yaml:"reply_within"`    // for the reply where the urge names no day
}

// DefaultUrges are in force where no rule file says otherwise.
var DefaultUrges = UrgeRules{ID: "urges.default", Version: 1, CoolDownHours: 24, ReplyWithin: Within{N: 2, Unit: workday.ByWorkday}}

// Within is a period as a rule file writes it.
type Within struct {
	N    int          `yaml:"n"`
	Unit workday.Unit `yaml:"unit"`
	Roll bool         `yaml:"roll"` // an end on a day off moves to the next working day
}

// Period is the period as the calendar takes it.
func (w Within) Period() workday.Period {
	return workday.Period{N: w.N, Unit: w.Unit, Roll: w.Roll}
}

// Numbers are the letters between the agency code and the year, by kind of document.
type Numbers struct {
	Matter       string `yaml:"matter"`
	Interview    string `yaml:"interview"`
	Commendation string `yaml:"commendation"`
	Criticism    string `yaml:"criticism"`
}

// Of is the letter of a kind of proceeding.
func (n Numbers) Of(k ProceedingKind) string {
	return map[ProceedingKind]string{Interview: n.Interview, Commendation: n.Commendation, Criticism: n.Criticism}[k]
}

// MatterRules say how long a matter and an instruction run where nobody names a date.
type MatterRules struct {
	ID           string             `yaml:"id"`
	Version      int                `yaml:"version"`
	Periods      map[Source]Within  `yaml:"periods"`
	Instructions map[Urgency]Within `yaml:"instructions"`
	Numbers      Numbers            `yaml:"numbers"`
}

// Rules are both rule files.
type Rules struct {
	Matters MatterRules
	Urges   UrgeRules
}

// Limits of the rule files; what lies beyond them is a mistake.
const (
	maxDays  = 1_000
	maxHours = 24 * 31
)

// Load reads matters.yaml and urges.yaml of a directory. Errors: input.invalid with every fault of both files.
func Load(files fs.FS, dir string) (Rules, error) {
	var r Rules
	var faults []fault.Field
	for _, f := range []struct {
		name  string
		into  any
		check func(file string) []fault.Field
	}{{"matters.yaml", &r.Matters, r.Matters.check}, {"urges.yaml", &r.Urges, r.Urges.check}} {
		raw, err := fs.ReadFile(files, path.Join(dir, f.name))
		if err != nil {
			return r, fmt.Errorf("read rules %s: %w", f.name, err)
		}
		if err := decode(raw, f.into); err != nil {
			faults = append(faults, fault.Field{Location: f.name, Code: "rules.syntax", Params: fault.Params{"detail": err.Error()}})
			continue
		}
		faults = append(faults, f.check(f.name)...)
	}
	if len(faults) > 0 {
		return r, fault.BadFields(faults...)
	}
	return r, nil
}

// decode reads the one document of a file and refuses keys that nobody reads.
func decode(raw []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return err
	}
	var more yaml.Node
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return errors.New("second document")
	}
	return nil
}

// check finds every source and urgency without a period and every value out of bounds. An instruction's period hangs on its
// urgency, so the source "instruction" has none of its own.
func (r *MatterRules) check(file string) []fault.Field {
	faults := head(file, r.ID, r.Version)
	for _, s := range Source("").Values() {
		_, there := r.Periods[Source(s)]
		if there == (Source(s) == FromInstruction) {
			faults = append(faults, wrong(file+" periods."+s, s, "n, unit"))
		}
	}
	for source, p := range r.Periods {
		faults = append(faults, p.check(file+" periods."+string(source))...)
	}
	for _, u := range Urgency("").Values() {
		faults = append(faults, r.Instructions[Urgency(u)].check(file+" instructions."+u)...)
	}
	seen := map[string]bool{}
	for _, letter := range []string{r.Numbers.Matter, r.Numbers.Interview, r.Numbers.Commendation, r.Numbers.Criticism} {
		if letter == "" || len([]rune(letter)) > 10 || seen[letter] {
			faults = append(faults, wrong(file+" numbers", letter, "4 × 1–10"))
		}
		seen[letter] = true
	}
	return faults
}

func (r *UrgeRules) check(file string) []fault.Field {
	faults := append(head(file, r.ID, r.Version), r.ReplyWithin.check(file+" reply_within")...)
	if r.CoolDownHours < 0 || r.CoolDownHours > maxHours {
		faults = append(faults, wrong(file+" cool_down_hours", r.CoolDownHours, fmt.Sprintf("0–%d", maxHours)))
	}
	return faults
}

func (w Within) check(at string) []fault.Field {
	if w.N < 1 || w.N > maxDays {
		return []fault.Field{wrong(at+".n", w.N, fmt.Sprintf("1–%d", maxDays))}
	}
	return w.Period().Check(at)
}

func head(file, id string, version int) []fault.Field {
	if id == "" || version < 1 {
		return []fault.Field{wrong(file, id, "id, version ≥ 1")}
	}
	return nil
}

func wrong(at string, value any, expected string) fault.Field {
	return fault.Field{Location: at, Code: "rules.wrong_value", Params: fault.Params{"value": fmt.Sprint(value), "expected": expected}}
}

// Due is the last day of a matter that comes from a source and names no date, counted from the day it becomes active, and the
// rule that says so ("matters.default@1:minutes").
func (r MatterRules) Due(c workday.Calendar, from workday.Date, s Source, u Urgency) (workday.Date, string) {
	if s == FromInstruction {
		return r.InstructionDue(c, from, u)
	}
	return c.End(from, r.Periods[s].Period()), r.name(string(s))
}

// InstructionDue is the last day for what an instruction asks for where it names no date, and the rule.
func (r MatterRules) InstructionDue(c workday.Calendar, from workday.Date, u Urgency) (workday.Date, string) {
	return c.End(from, r.Instructions[u].Period()), r.name(string(FromInstruction) + "." + string(u))
}

func (r MatterRules) name(rule string) string { return fmt.Sprintf("%s@%d:%s", r.ID, r.Version, rule) }

// ReplyDue is the last day for the reply to an urge that names none.
func (r UrgeRules) ReplyDue(c workday.Calendar, from workday.Date) workday.Date {
	return c.End(from, r.ReplyWithin.Period())
}

// Soon reports whether a further urge at an instant falls into the cool-down after the last one; the zero instant is none.
func (r UrgeRules) Soon(last, now time.Time) bool {
	return !last.IsZero() && now.Sub(last) < time.Duration(r.CoolDownHours)*time.Hour
}

// Again refuses a further urge within the cool-down that gives no reason.
func (r UrgeRules) Again(last, now time.Time, reason string) error {
	if reason != "" || !r.Soon(last, now) {
		return nil
	}
	return fault.New(fault.Conflict, "urge.cool_down").With("hours", r.CoolDownHours).With("last", last.UTC().Format(time.RFC3339))
}
