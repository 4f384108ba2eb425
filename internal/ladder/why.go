package ladder

import (
	"strconv"

	"github.com/duban-gov/duban/internal/workday"
)

// Inputs are the figures that a light was decided on. Counts are of the day of the assessment.
type Inputs struct {
	Today        workday.Date `json:"today"`
	Due          workday.Date `json:"due"`
	DaysLeft     int          `json:"days_left"`             // natural days after today up to and including the due date; negative after it
	WorkdaysLeft int          `json:"workdays_left"`         // the same in working days
	Percent      int          `json:"percent"`               // progress, basis points
	Planned      int          `json:"planned"`               // progress planned by the start of today, basis points
	Yellows      int          `json:"yellows"`               // yellow lights on record
	Calendar     string       `json:"calendar"`              // version of the calendar counted with
	Provisional  bool         `json:"provisional,omitempty"` // the due date's year has no notice yet
}

// Why explains a light as data; the words are made where it is shown.
type Why struct {
	Light       Light  `json:"light"`
	Rule        string `json:"rule"`
	RuleSet     string `json:"rule_set"`
	RuleVersion int    `json:"rule_version"`
	Inputs      Inputs `json:"inputs"`
}

// Why says which rule gave the light, in which version and from which figures.
func (o Outcome) Why() Why {
	return Why{Light: o.Light, Rule: o.LightRule, RuleSet: o.RuleSet, RuleVersion: o.RuleVersion, Inputs: o.LightInputs}
}

// Rule is the light's rule in one word, as a record keeps it: "duty.default@1/near".
func (o Outcome) Rule() string { return reference(o.RuleSet, o.RuleVersion, o.LightRule) }

// Rule is the step's rule in one word, as a record keeps it: "duty.default@1/urge_1".
func (s DueStep) Rule() string { return reference(s.RuleID, s.RuleVersion, s.StepID) }

func reference(set string, version int, rule string) string {
	return set + "@" + strconv.Itoa(version) + "/" + rule
}

func (c *clock) inputs() Inputs {
	f := c.facts
	in := Inputs{
		Today: c.today, Due: f.Due, Percent: f.Percent, Planned: c.planned(c.today.Number()), Yellows: f.Yellows,
		Calendar: c.calendar.Version,
	}
	if !f.Due.IsZero() {
		in.DaysLeft = c.today.DaysUntil(f.Due)
		in.WorkdaysLeft = c.calendar.WorkdaysBetween(c.today, f.Due)
		in.Provisional = c.calendar.Provisional(f.Due)
	}
	return in
}
