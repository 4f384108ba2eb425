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

// semesters reads the months with which semesters end: none are the usual ones.
func (c *checker) semesters(ends []int) Semesters {
	if ends == nil {
		return usualSemesters
	}
	ok := len(ends) == 2 && ends[0] != ends[1]
	for _, month := range ends {
		ok = ok && month >= 1 && month <= 12
	}
	c.want(ok, "semester_ends", ends, "[1…12, 1…12]")
	if !ok {
		return usualSemesters
	}
	return Semesters{time.Month(ends[0]), time.Month(ends[1])}
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
