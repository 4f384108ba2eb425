// Package closeout is the law of the steps by which a duty is struck off (销号流程): one to six signatures after the unit's own
// review, each by somebody else than whoever did, reported or passed the work. Courses are data (policies/rules/closeout.yaml),
// chosen by the kind of task or named in its completion contract. Which steps a request takes is fixed when it comes in.
package closeout

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/rulefile"
)

// By is who may sign a step, by how they stand to the duty.
type By string

const (
	ParentHead        By = "parent_head"        // 上级单位负责人: head of the unit directly above
	Office            By = "office"             // 督查室
	SupervisingLeader By = "supervising_leader" // 分管领导: the duty's own, or whoever acts for them
	Inspector         By = "inspector"          // 督查员
)

// Signers lists who may sign a step.
var Signers = []By{ParentHead, Office, SupervisingLeader, Inspector}

// Closers lists who may sign the last step: striking off is registered by those who supervise.
var Closers = []By{Office, Inspector}

// Step is one signature of a course.
type Step struct {
	ID    string `yaml:"id" json:"id" doc:"Id of the step within its course" example:"verify"`
	By    []By   `yaml:"by" json:"by" doc:"Who may sign it: parent_head, office, supervising_leader, inspector" example:"[\"office\",\"inspector\"]"`
	Other bool   `yaml:"other" json:"other,omitempty" doc:"Whether it wants somebody who signed no earlier step"`
}

// Course is the steps of one way of closing out.
type Course struct {
	ID    string `yaml:"id"`
	Steps []Step `yaml:"steps"`
}

// When is the condition of a choice: each key that stands there has to hold, each by any of its values. An empty one always holds.
type When struct {
	Node     []plan.NodeKind     `yaml:"node"`
	Part     []duty.Part         `yaml:"part"`
	Deadline []plan.DeadlineKind `yaml:"deadline"`
}

// Choice names a course for the duties that fit.
type Choice struct {
	Course string `yaml:"course"`
	When   When   `yaml:"when"`
}

// Rules are a rule file.
type Rules struct {
	ID      string   `yaml:"id"`
	Version int      `yaml:"version"`
	Courses []Course `yaml:"courses"`
	Choose  []Choice `yaml:"choose"`
}

// File is the name of the rule file.
const File = "closeout.yaml"

// Load reads the rule file of a directory. Errors: input.invalid with every fault.
func Load(files fs.FS, dir string) (Rules, error) {
	var r Rules
	if err := rulefile.Read(files, dir, File, &r); err != nil {
		return Rules{}, fmt.Errorf("load courses of close-out: %w", err)
	}
	return r, nil
}

// Limits of a course (《政府督查工作条例》 names no steps; six is the longest local chain found).
const (
	maxSteps   = 6
	maxCourses = 20
)

var name = regexp.MustCompile(`^[a-z][a-z0-9_.]{0,39}$`)

// Check lists every fault of the rules.
func (r *Rules) Check(file string) []fault.Field {
	var faults []fault.Field
	wrong := func(place string, value any, expected string) {
		faults = append(faults, rulefile.Wrong(file, place, value, expected))
	}
	if !name.MatchString(r.ID) {
		wrong("id", r.ID, "a-z, 0-9, _ .")
	}
	if r.Version < 1 {
		wrong("version", r.Version, "1…")
	}
	if len(r.Courses) < 1 || len(r.Courses) > maxCourses {
		wrong("courses", len(r.Courses), fmt.Sprint("1…", maxCourses))
	}
	seen := make(map[string]bool)
	for i, c := range r.Courses {
		place := fmt.Sprintf("courses[%d]", i)
		if seen[c.ID] {
			faults = append(faults, rulefile.Twice(file, place+".id", c.ID))
		}
		seen[c.ID] = true
		faults = append(faults, c.check(file, place)...)
	}
	return append(faults, r.checkChoices(file)...)
}

func (c Course) check(file, place string) []fault.Field {
	var faults []fault.Field
	wrong := func(at string, value any, expected string) {
		faults = append(faults, rulefile.Wrong(file, place+at, value, expected))
	}
	if !name.MatchString(c.ID) {
		wrong(".id", c.ID, "a-z, 0-9, _ .")
	}
	if len(c.Steps) < 1 || len(c.Steps) > maxSteps {
		wrong(".steps", len(c.Steps), fmt.Sprint("1…", maxSteps))
	}
	seen := make(map[string]bool)
	for i, s := range c.Steps {
		at := fmt.Sprintf(".steps[%d]", i)
		if !name.MatchString(s.ID) {
			wrong(at+".id", s.ID, "a-z, 0-9, _ .")
		}
		if seen[s.ID] {
			faults = append(faults, rulefile.Twice(file, place+at+".id", s.ID))
		}
		seen[s.ID] = true
		may := Signers
		if i == len(c.Steps)-1 {
			may = Closers
		}
		if len(s.By) == 0 {
			wrong(at+".by", "", fmt.Sprint(may))
		}
		for _, by := range s.By {
			if !slices.Contains(may, by) {
				wrong(at+".by", by, fmt.Sprint(may))
			}
		}
	}
	return faults
}

// checkChoices wants every course known, every value known, and the last choice, and only the last, without a condition.
func (r *Rules) checkChoices(file string) []fault.Field {
	var faults []fault.Field
	if len(r.Choose) == 0 {
		return []fault.Field{{Location: file + " choose", Code: "rules.missing_key"}}
	}
	for i, c := range r.Choose {
		place := fmt.Sprintf("choose[%d]", i)
		if _, known := r.Course(c.Course); !known {
			faults = append(faults, rulefile.Wrong(file, place+".course", c.Course, fmt.Sprint(r.IDs())))
		}
		faults = append(faults, known(file, place+".when.node", c.When.Node)...)
		faults = append(faults, known(file, place+".when.part", c.When.Part)...)
		faults = append(faults, known(file, place+".when.deadline", c.When.Deadline)...)
		switch last := i == len(r.Choose)-1; {
		case last && !c.When.empty():
			faults = append(faults, fault.Field{Location: file + " " + place, Code: "rules.last_conditional"})
		case !last && c.When.empty():
			faults = append(faults, fault.Field{Location: file + " " + place, Code: "rules.rest_unreachable"})
		}
	}
	return faults
}

func known[T interface {
	~string
	Values() []string
}](file, place string, values []T) []fault.Field {
	var faults []fault.Field
	for _, v := range values {
		if all := v.Values(); !slices.Contains(all, string(v)) {
			faults = append(faults, rulefile.Wrong(file, place, v, fmt.Sprint(all)))
		}
	}
	return faults
}

func (w When) empty() bool { return len(w.Node) == 0 && len(w.Part) == 0 && len(w.Deadline) == 0 }

// Case is a duty as the choice looks at it.
type Case struct {
	Node     plan.NodeKind
	Part     duty.Part
	Deadline plan.DeadlineKind
	Named    string    // the course that the completion contract names; "" if none
	Verifier post.Role // who strikes off by the contract; "" if either
}

func (w When) holds(c Case) bool {
	fits := func(n int, has bool) bool { return n == 0 || has }
	return fits(len(w.Node), slices.Contains(w.Node, c.Node)) && fits(len(w.Part), slices.Contains(w.Part, c.Part)) &&
		fits(len(w.Deadline), slices.Contains(w.Deadline, c.Deadline))
}

// For is the course of a duty: the one that its contract names, else the first choice that fits. A contract that names its
// verifier narrows the last step. A course that the rules no longer know falls back to the choice.
func (r Rules) For(c Case) Course {
	course, ok := r.Course(c.Named)
	if !ok {
		i := slices.IndexFunc(r.Choose, func(choice Choice) bool { return choice.When.holds(c) })
		course, _ = r.Course(r.Choose[i].Course) // the last choice fits always
	}
	if c.Verifier != "" {
		course.Steps = slices.Clone(course.Steps)
		course.Steps[len(course.Steps)-1].By = []By{By(c.Verifier)}
	}
	return course
}

// Course finds a course by its id.
func (r Rules) Course(id string) (Course, bool) {
	i := slices.IndexFunc(r.Courses, func(c Course) bool { return c.ID == id })
	if i < 0 {
		return Course{}, false
	}
	return r.Courses[i], true
}

// IDs lists the courses.
func (r Rules) IDs() []string {
	ids := make([]string, len(r.Courses))
	for i, c := range r.Courses {
		ids[i] = c.ID
	}
	return ids
}

// Name is how the record names a course: rule file, version, course.
func (r Rules) Name(c Course) string { return fmt.Sprintf("%s@%d:%s", r.ID, r.Version, c.ID) }
