package duty

import (
	"fmt"
	"io/fs"
	"regexp"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/rulefile"
	"github.com/duban-gov/duban/internal/workday"
)

// Deadlines are the local rules about due dates, beside the ladders.
type Deadlines struct {
	ID         string `yaml:"id"`
	Version    int    `yaml:"version"`
	LateDays   int    `yaml:"late_days"`   // a move with no more than so many natural days left is flagged
	ReviewDays int    `yaml:"review_days"` // natural days between the due date of a share and that of the whole
}

// DeadlinesFile is the name of the rule file.
const DeadlinesFile = "deadlines.yaml"

// maxDeadlineDays bounds both numbers; what is more is a mistake.
const maxDeadlineDays = 366

var ruleName = regexp.MustCompile(`^[a-z][a-z0-9_.]{0,39}$`)

// LoadDeadlines reads the rule file of a directory. Errors: input.invalid with every fault.
func LoadDeadlines(files fs.FS, dir string) (Deadlines, error) {
	var d Deadlines
	if err := rulefile.Read(files, dir, DeadlinesFile, &d); err != nil {
		return Deadlines{}, fmt.Errorf("load rules of deadlines: %w", err)
	}
	return d, nil
}

// Check lists every fault of the rules.
func (d *Deadlines) Check(file string) []fault.Field {
	var faults []fault.Field
	if !ruleName.MatchString(d.ID) {
		faults = append(faults, rulefile.Wrong(file, "id", d.ID, "a-z, 0-9, _ ."))
	}
	if d.Version < 1 {
		faults = append(faults, rulefile.Wrong(file, "version", d.Version, "1…"))
	}
	for name, n := range map[string]int{"late_days": d.LateDays, "review_days": d.ReviewDays} {
		if n < 0 || n > maxDeadlineDays {
			faults = append(faults, rulefile.Wrong(file, name, n, fmt.Sprint("0…", maxDeadlineDays)))
		}
	}
	return faults
}

// Late reports whether a due date that is moved on a day is moved late (临期变更): with no more than the days of the rule left, or
// after it. A first date is no move.
func (d Deadlines) Late(old, on workday.Date) bool {
	return !old.IsZero() && on.DaysUntil(old) <= d.LateDays
}

// Latest is the last due date that a share may have: the due date of the whole less the days of review. Without a due date there
// is none.
func (d Deadlines) Latest(outer workday.Date) workday.Date {
	if outer.IsZero() {
		return outer
	}
	return outer.AddDays(-d.ReviewDays)
}
