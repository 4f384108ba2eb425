package ladder

import (
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/workday"
)

// When says the conditions of a light rule as the rule file says them, "" for the last rule, which has none, and for a name that is
// no rule of the set.
func (s *RuleSet) When(rule string) string {
	for _, light := range s.Lights {
		if light.ID != rule {
			continue
		}
		words := make([]string, len(light.When))
		for i, k := range light.When {
			words[i] = k.String()
		}
		return strings.Join(words, ", ")
	}
	return ""
}

// String is the condition in the words of the rule file.
func (k Condition) String() string {
	switch k.Kind {
	case Dated:
		return fmt.Sprintf("dated: %t", k.Want)
	case Started:
		return fmt.Sprintf("started: %t", k.Want)
	case From:
		return "from: " + k.At.String()
	case ShareLeft:
		return fmt.Sprintf("share_left: %d %%", k.N)
	case Yellows:
		return fmt.Sprintf("yellows: %d", k.N)
	case Behind:
	}
	text := fmt.Sprintf("behind: more than %d", k.N)
	if k.UpTo > 0 {
		text += fmt.Sprintf(" up to %d", k.UpTo)
	}
	if k.Relative {
		return text + " % of what was planned"
	}
	return text + " points"
}

// String is the offset as people write it: "T-7 workday".
func (o Offset) String() string {
	unit := o.Unit
	if unit == "" {
		unit = workday.ByDay
	}
	if o.N == 0 {
		return "T"
	}
	return fmt.Sprintf("T%+d %s", o.N, unit)
}
