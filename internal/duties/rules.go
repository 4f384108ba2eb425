package duties

import (
	"fmt"
	"io/fs"

	"github.com/duban-gov/duban/internal/closeout"
	"github.com/duban-gov/duban/policies"
)

// Rules are the local rules of the work on duties, beside the ladders.
type Rules struct {
	CloseOut closeout.Rules
}

// LoadRules reads the rule files of a directory. Errors: input.invalid with the faults of a file.
func LoadRules(files fs.FS, dir string) (Rules, error) {
	var r Rules
	var err error
	r.CloseOut, err = closeout.Load(files, dir)
	return r, err
}

// shipped are the rules that the program is built with; a fault in them is a fault of the program.
func shipped() *Rules {
	r, err := LoadRules(policies.Rules, "rules")
	if err != nil {
		panic(fmt.Sprintf("shipped rules: %v", err))
	}
	return &r
}

// UseRules replaces the rules whole. A completion request keeps the steps that it came in with.
func (s *Service) UseRules(r Rules) { s.rules.Store(&r) }

// Rules are the rules in force.
func (s *Service) Rules() Rules { return *s.rules.Load() }

// Courses lists the courses of close-out that a completion contract may name.
func (s *Service) Courses() []string { return s.Rules().CloseOut.IDs() }
