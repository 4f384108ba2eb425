package ladder

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/duban-gov/duban/internal/fault"
)

// Sets is the ladder in force for every kind of object.
type Sets map[Subject]RuleSet

// Load reads every ladder-*.yaml of a directory. Each kind of object has exactly one ladder. Errors: input.invalid with the faults
// of all the files, so that an authority sees at once what to correct.
func Load(files fs.FS, dir string) (Sets, error) {
	names, err := fs.Glob(files, path.Join(dir, "ladder-*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("list ladders in %s: %w", dir, err)
	}
	sets := make(Sets)
	from := make(map[Subject]string)
	var faults []fault.Field
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read ladder %s: %w", name, err)
		}
		set, err := Parse(path.Base(name), raw)
		if err != nil {
			faults = append(faults, fault.As(err).Fields...)
			continue
		}
		if other, twice := from[set.Subject]; twice {
			faults = append(faults, fault.Field{
				Location: path.Base(name), Code: "rules.subject_twice",
				Params: fault.Params{"subject": string(set.Subject), "other": other},
			})
		}
		sets[set.Subject], from[set.Subject] = set, path.Base(name)
	}
	if len(faults) == 0 {
		faults = sets.missing(dir)
	}
	if len(faults) > 0 {
		return nil, fault.BadFields(faults...)
	}
	return sets, nil
}

// missing is asked only of files without a fault: a broken file is not a missing one.
func (s Sets) missing(dir string) []fault.Field {
	var faults []fault.Field
	for _, subject := range Subject("").Values() {
		if _, ok := s[Subject(subject)]; !ok {
			faults = append(faults, fault.Field{
				Location: dir, Code: "rules.subject_missing", Params: fault.Params{"subject": subject},
			})
		}
	}
	return faults
}
