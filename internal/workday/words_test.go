package workday

import (
	"testing"

	"github.com/duban-gov/duban/internal/words"
)

func TestRulesAndFaults_haveATextInEveryLanguage(t *testing.T) {
	keys := []string{RuleFirstDay, RuleWorkday, RuleMonthEnd, RuleRoll, RuleExtended, RuleSuspended}
	for _, law := range disclosureLaws {
		keys = append(keys, law.Rule)
	}
	for _, code := range []string{
		"calendar.no_year", "calendar.no_days", "calendar.bad_day", "calendar.year", "calendar.other_year", "calendar.day_twice",
		"period.length", "period.unit", "period.no_start", "disclosure.no_law", "disclosure.extension", "disclosure.wait",
	} {
		keys = append(keys, "fault."+code)
	}
	for _, lang := range words.Langs {
		for _, key := range keys {
			if words.Raw(lang, key) == "" {
				t.Errorf("%s has no text in %s", key, lang)
			}
		}
	}
}
