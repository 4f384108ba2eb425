package cycle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// Set is a rule file of cycles. A zero Set asks for no report.
type Set struct {
	ID      string
	Version int
	Default string         // cycle of a plan that names none
	Roll    bool           // due dates on a day off move to the next working day
	Grace   workday.Period // see Terms
	Remind  workday.Period // how long before the due date a reminder is sent
	Clause  []Field        // what reports by a clause's own recurrence have to say

	Semesters Semesters // when semesters end
	Cycles    []Cycle
	Names     map[string]map[string]string // of the cycles by id, in each language
}

// Rule names the set and its version, as records do.
func (s Set) Rule() string { return fmt.Sprintf("%s@%d", s.ID, s.Version) }

// Terms are the terms of the set with a calendar.
func (s Set) Terms(c workday.Calendar) Terms {
	return Terms{Calendar: c, Roll: s.Roll, Grace: s.Grace}
}

// RemindOn is the day on which the reminder of an occurrence is sent.
func (s Set) RemindOn(o Occurrence, c workday.Calendar) workday.Date {
	return c.Shift(o.Due, -s.Remind.N, s.Remind.Unit)
}

// Find finds a cycle by its id.
func (s Set) Find(id string) (Cycle, bool) {
	i := slices.IndexFunc(s.Cycles, func(c Cycle) bool { return c.ID == id })
	if i < 0 {
		return Cycle{}, false
	}
	return s.Cycles[i], true
}

// Named is what decides over the cycle of a task.
type Named struct {
	Task       string // cycle chosen for the task
	Recurrence string // what its clause states
	Plan       string // cycle chosen for the plan
	Dated      bool   // whether it has milestones with a date
}

// Choose finds the cycle of a task: what was chosen for the task, else what its clause states, else what was chosen for the plan,
// else the default. A cycle that the file no longer has, a recurrence that cannot be read, and milestones that a task does not
// have give way to the next. The recurrence comes back where it decides.
func (s Set) Choose(n Named) (c Cycle, recurrence string, ok bool) {
	if c, ok = s.take(n.Task, n.Dated); ok || n.Task == None {
		return c, "", ok
	}
	if n.Recurrence != "" && s.Version > 0 {
		if c, err := Recurrence(n.Recurrence, s.Clause); err == nil {
			return c, n.Recurrence, true
		}
	}
	if c, ok = s.take(n.Plan, n.Dated); ok || n.Plan == None {
		return c, "", ok
	}
	c, ok = s.take(s.Default, n.Dated)
	return c, "", ok
}

func (s Set) take(id string, dated bool) (Cycle, bool) {
	c, ok := s.Find(id)
	return c, ok && (c.Kind != Milestones || dated)
}

// The file as it is written.
type (
	file struct {
		ID      string      `yaml:"id"`
		Version int         `yaml:"version"`
		Default string      `yaml:"default"`
		Roll    bool        `yaml:"roll"`
		Grace   span        `yaml:"grace"`
		Remind  span        `yaml:"remind"`
		Clause  []Field     `yaml:"clause_asks"`
		Ends    []int       `yaml:"semester_ends"`
		Cycles  []fileCycle `yaml:"cycles"`
	}
	fileCycle struct {
		ID         string            `yaml:"id"`
		Name       map[string]string `yaml:"name"`
		Every      Every             `yaml:"every"`
		N          int               `yaml:"n"`
		Months     []int             `yaml:"months"`
		Due        *fileDue          `yaml:"due"`
		Milestones bool              `yaml:"milestones"`
		After      []filePoint       `yaml:"after_assignment"`
		Ask        []Field           `yaml:"ask"`
	}
	fileDue struct {
		Day   any  `yaml:"day"`
		After bool `yaml:"after"`
	}
	filePoint struct {
		span `yaml:",inline"`
		Ask  []Field `yaml:"ask"`
	}
	span struct {
		N    int          `yaml:"n"`
		Unit workday.Unit `yaml:"unit"`
	}
)

func (s span) period() workday.Period { return workday.Period{N: s.N, Unit: s.Unit} }

// Load reads cycles.yaml of a directory.
func Load(files fs.FS, dir string) (Set, error) {
	name := path.Join(dir, "cycles.yaml")
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return Set{}, fmt.Errorf("read report cycles: %w", err)
	}
	return Parse(path.Base(name), raw)
}

// Parse reads a rule file. Errors: input.invalid with every fault and the place in the file.
func Parse(name string, raw []byte) (Set, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	decoder.KnownFields(true)
	var f file
	if err := decoder.Decode(&f); err != nil {
		return Set{}, fault.BadFields(fault.Field{Location: name, Code: "rules.syntax", Params: fault.Params{"detail": err.Error()}})
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		return Set{}, fault.BadFields(fault.Field{Location: name, Code: "rules.second_document"})
	}
	c := checker{file: name}
	set := c.set(f)
	if len(c.faults) > 0 {
		return Set{}, fault.BadFields(c.faults...)
	}
	return set, nil
}

// checker turns the file into a set and collects what is wrong.
type checker struct {
	file   string
	faults []fault.Field
}

func (c *checker) fail(at, code string, params fault.Params) {
	c.faults = append(c.faults, fault.Field{Location: c.file + " " + at, Code: code, Params: params})
}

func (c *checker) want(holds bool, at string, value any, expected string) {
	if !holds {
		c.fail(at, "rules.wrong_value", fault.Params{"value": fmt.Sprint(value), "expected": expected})
	}
}

var idForm = regexp.MustCompile(`^[a-z0-9_.]{1,40}$`)

const maxCycles = 50

func (c *checker) set(f file) Set {
	c.want(idForm.MatchString(f.ID), "id", f.ID, "a-z 0-9 _ . (1–40)")
	c.want(f.Version >= 1 && f.Version <= 1_000_000, "version", f.Version, "1…1000000")
	c.span("grace", f.Grace, true)
	c.span("remind", f.Remind, true)
	c.fields("clause_asks", f.Clause)
	c.want(len(f.Cycles) >= 1 && len(f.Cycles) <= maxCycles, "cycles", len(f.Cycles), fmt.Sprintf("1–%d", maxCycles))
	set := Set{ID: f.ID, Version: f.Version, Default: f.Default, Roll: f.Roll, Grace: f.Grace.period(), Remind: f.Remind.period(),
		Clause: f.Clause, Names: map[string]map[string]string{}}
	set.Semesters = c.semesters(f.Ends)
	for i, fc := range f.Cycles {
		at := fmt.Sprintf("cycles[%d]", i)
		if _, twice := set.Find(fc.ID); twice || fc.ID == None {
			c.fail(at+".id", "rules.twice", fault.Params{"value": fc.ID})
		}
		read := c.cycle(at, fc)
		read.Grid.Semesters = set.Semesters
		set.Cycles = append(set.Cycles, read)
		set.Names[fc.ID] = fc.Name
	}
	_, known := set.Find(f.Default)
	c.want(known || f.Default == None, "default", f.Default, "cycles[].id, "+None)
	return set
}

var languages = []string{"zh-CN", "zh-TW", "en"}

func (c *checker) cycle(at string, f fileCycle) Cycle {
	c.want(idForm.MatchString(f.ID), at+".id", f.ID, "a-z 0-9 _ . (1–40)")
	for _, lang := range languages {
		c.want(strings.TrimSpace(f.Name[lang]) != "", at+".name."+lang, "", "…")
	}
	c.want(len(f.Name) == len(languages), at+".name", len(f.Name), strings.Join(languages, ", "))
	c.fields(at+".ask", f.Ask)
	out := Cycle{ID: f.ID, Ask: f.Ask}
	ways := 0
	if f.Every != "" || len(f.Months) > 0 {
		ways++
		out.Kind = Regular
		c.regular(at, f, &out)
	}
	if f.Milestones {
		ways++
		out.Kind = Milestones
	}
	if len(f.After) > 0 {
		ways++
		out.Kind = Assigned
		c.points(at, f, &out)
	}
	c.want(ways == 1, at, ways, "every | months | milestones | after_assignment")
	c.want(out.Kind == Regular || f.Due == nil && f.N == 0, at+".due", "", "every | months")
	return out
}

func (c *checker) regular(at string, f fileCycle, out *Cycle) {
	c.want(f.Every == "" || slices.Contains(f.Every.Values(), string(f.Every)), at+".every", f.Every, strings.Join(f.Every.Values(), ", "))
	c.want(f.Every == "" || len(f.Months) == 0, at+".months", f.Months, "every | months")
	c.want(f.N == 0 || f.N >= 1 && f.N <= 10 && (f.Every == Week || f.Every == Year), at+".n", f.N, "1…10 (week, year)")
	out.Grid = Grid{Every: f.Every, N: f.N}
	for i, m := range f.Months {
		c.want(m >= 1 && m <= 12 && (i == 0 || m > f.Months[i-1]), at+".months", f.Months, "1…12, ↑")
		out.Grid.Months = append(out.Grid.Months, time.Month(m))
	}
	if f.Due == nil {
		return
	}
	out.Due.After = f.Due.After
	most := 31
	if f.Every == Week {
		most = 7
	}
	n, whole := f.Due.Day.(int)
	last := f.Due.Day == "last"
	c.want(last || whole && n >= 1 && n <= most, at+".due.day", f.Due.Day, fmt.Sprintf("1…%d, last", most))
	out.Due.N = n
}

func (c *checker) points(at string, f fileCycle, out *Cycle) {
	for i, p := range f.After {
		here := fmt.Sprintf("%s.after_assignment[%d]", at, i)
		c.span(here, p.span, false)
		c.fields(here+".ask", p.Ask)
		c.want(i == 0 || p.N > f.After[i-1].N, here+".n", p.N, "↑")
		out.Points = append(out.Points, Point{Period: p.period(), Ask: p.Ask})
	}
}

// span checks a number of days or working days.
func (c *checker) span(at string, s span, none bool) {
	if none && s == (span{}) {
		return
	}
	c.want(s.N >= 0 && s.N <= 1000 && (none || s.N > 0), at+".n", s.N, "1…1000")
	c.want(s.Unit == workday.ByDay || s.Unit == workday.ByWorkday, at+".unit", s.Unit, "day, workday")
}

func (c *checker) fields(at string, list []Field) {
	for i, f := range list {
		known := slices.Contains(f.Values(), string(f)) && !slices.Contains(list[:i], f)
		c.want(known, fmt.Sprintf("%s[%d]", at, i), f, strings.Join(f.Values(), ", "))
	}
}
