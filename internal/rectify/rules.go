package rectify

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// RulesFile is the name of the rule file of inspections.
const RulesFile = "inspection.yaml"

// Rules are what an authority sets for inspections, notices, objections and look-backs; docs/inspection.md explains each.
type Rules struct {
	ID      string
	Version int

	Duplicate int // percent of likeness from which two matters count as the same one
	Burden    BurdenRules
	Former    int // years after which somebody who left a unit is no longer flagged on its inspection
	Repeat    RepeatRules
	PlanFrom  Threshold      // gravest finding from which a notice wants a rectification plan
	PlanIn    workday.Period // within which it is due after signing
	SiteFrom  Threshold      // gravest finding from which a notice is closed only after a check on the spot
	Rebound   int            // natural days after close-out in which a fault that comes back reopens the notice
	Apply     workday.Period // within which a unit may object after receipt
	Decide    workday.Period // within which an objection is decided after it was filed
	LookBack  LookBackRules
	Numbers   NumberRules
}

// BurdenRules are the numbers above which a plan warns that a unit is inspected too much (Order 733 art. 15).
type BurdenRules struct{ PerYear, DaysPerQuarter int }

// RepeatRules say when an earlier finding is proposed as the same fault.
type RepeatRules struct{ Similarity, Years, Proposals int }

// LookBackRules say how much a look-back draws.
type LookBackRules struct{ Percent, Least, Most int }

// NumberRules are what stands between agency code and year in the numbers of each kind of document.
type NumberRules struct{ Inspection, Conclusion, Objection string }

// Threshold is the severity from which a rule holds; "never" means that it never does.
type Threshold string

// Never is the threshold that nothing reaches.
const Never Threshold = "never"

// Values lists the thresholds.
func (Threshold) Values() []string { return append(Severity("").Values(), string(Never)) }

// Reached reports whether a finding is as grave as the threshold.
func (t Threshold) Reached(s Severity) bool {
	grades := Severity("").Values()
	at := slices.Index(grades, string(t))
	return at >= 0 && slices.Index(grades, string(s)) >= at
}

// Name is the rule with its version, as records keep it: inspection.default@1.
func (r Rules) Name() string { return fmt.Sprintf("%s@%d", r.ID, r.Version) }

// LoadRules reads the rule file of a directory. Errors: input.invalid with every fault of the file: line, key, and what was expected.
func LoadRules(files fs.FS, dir string) (Rules, error) {
	raw, err := fs.ReadFile(files, path.Join(dir, RulesFile))
	if err != nil {
		return Rules{}, fmt.Errorf("read rules of inspections: %w", err)
	}
	return ParseRules(RulesFile, raw)
}

// ParseRules reads a rule file of inspections. Every key has to be there, and no other.
func ParseRules(file string, raw []byte) (Rules, error) {
	var r Rules
	leaves, faults := flatten(file, raw)
	if len(faults) > 0 {
		return Rules{}, fault.BadFields(faults...)
	}
	for _, k := range r.keys() {
		faults = append(faults, leaves.take(k)...)
	}
	faults = append(faults, leaves.left()...)
	if len(faults) == 0 && r.LookBack.Least > r.LookBack.Most {
		faults = append(faults, fault.Field{Location: file + " look_back.least", Code: "rules.wrong_value",
			Params: fault.Params{"value": r.LookBack.Least, "expected": fmt.Sprintf("≤ %d", r.LookBack.Most)}})
	}
	if len(faults) > 0 {
		return Rules{}, fault.BadFields(faults...)
	}
	return r, nil
}

// keys is what the file holds: the path of each key and how its value is read.
func (r *Rules) keys() []ruleKey {
	days := []string{string(workday.ByDay), string(workday.ByWorkday)}
	return slices.Concat([]ruleKey{
		{"id", word(&r.ID), false}, {"version", whole(&r.Version, 1, 1_000_000), false},
		{"duplicate.similarity", whole(&r.Duplicate, 1, 100), false},
		{"burden.inspections_per_year", whole(&r.Burden.PerYear, 1, 366), false}, {"burden.days_per_quarter", whole(&r.Burden.DaysPerQuarter, 1, 92), false},
		{"recusal.former_years", whole(&r.Former, 0, 50), false},
		{"repeat.similarity", whole(&r.Repeat.Similarity, 1, 100), false}, {"repeat.years", whole(&r.Repeat.Years, 1, 50), false},
		{"repeat.proposals", whole(&r.Repeat.Proposals, 0, 20), false},
		{"plan.from", oneOf(&r.PlanFrom, Threshold("").Values()), false}, {"site_check.from", oneOf(&r.SiteFrom, Threshold("").Values()), false},
		{"rebound.days", whole(&r.Rebound, 0, 3650), false},
		{"look_back.percent", whole(&r.LookBack.Percent, 1, 100), false}, {"look_back.least", whole(&r.LookBack.Least, 0, 10_000), false},
		{"look_back.most", whole(&r.LookBack.Most, 1, 10_000), false},
		{"numbers.inspection", text(&r.Numbers.Inspection), false}, {"numbers.conclusion", text(&r.Numbers.Conclusion), false}, {"numbers.objection", text(&r.Numbers.Objection), false},
	}, period("plan.within", &r.PlanIn, days), period("objection.apply", &r.Apply, days), period("objection.decide", &r.Decide, days))
}
