package workday

import (
	"fmt"
	"slices"

	"github.com/duban-gov/duban/internal/fault"
)

// DisclosureLaw is the clock of a disclosure request (依申请公开) under one version of the Regulation on Open Government
// Information (政府信息公开条例). All counts are working days.
type DisclosureLaw struct {
	Rule       string // stable id, as a resolution names it
	Since      Date   // requests received from this day on
	Answer     int    // for the answer
	Extension  int    // at most, once, with the consent of the head of the disclosure office
	ThirdParty int    // for a third party to answer the agency's letter; 0 if the law names no limit
}

// disclosureLaws, the newest first. Which one governs a request that was pending when the law changed is not settled in the text;
// here the day of receipt decides.
var disclosureLaws = []DisclosureLaw{
	{"disclosure.order_711", NewDate(2019, 5, 15), 20, 20, 15}, // arts. 32 and 33 of the revision of 2019
	{"disclosure.order_492", NewDate(2008, 5, 1), 15, 15, 0},   // arts. 23 and 24 of 2008
}

// DisclosureLawOf is the law for a request received on a day; false before there was one.
func DisclosureLawOf(received Date) (DisclosureLaw, bool) {
	for _, law := range disclosureLaws {
		if !received.IsZero() && !received.Before(law.Since) {
			return law, true
		}
	}
	return DisclosureLaw{}, false
}

// Wait is a time that does not count: a third party or another agency was asked, and answered. Where a third party stays silent,
// Answered is the last of its working days, AddWorkdays(Asked, ThirdParty).
type Wait struct{ Asked, Answered Date }

// The rules that lengthen a disclosure clock.
const (
	RuleExtended  = "disclosure.extended"  // 延长答复期限
	RuleSuspended = "disclosure.suspended" // 征求意见所需时间不计算在内
)

// Disclosure is the last day for the answer to a request: received (or, after 补正, the day on which the correction arrived, for the
// clock then starts anew), extended by so many working days, with the waits left out. Errors: input.invalid if no law governs the
// day, the extension is longer than the law allows, or a wait ends before it begins.
func (c Calendar) Disclosure(received Date, extended int, waits ...Wait) (Resolution, error) {
	law, ok := DisclosureLawOf(received)
	if !ok {
		return Resolution{}, fault.BadField("received", "disclosure.no_law")
	}
	var faults []fault.Field
	if extended < 0 || extended > law.Extension {
		faults = append(faults, fault.Field{
			Location: "extended", Code: "disclosure.extension", Params: fault.Params{"value": extended, "max": law.Extension},
		})
	}
	for i, w := range waits {
		if w.Asked.Before(received) || w.Answered.Before(w.Asked) {
			faults = append(faults, fault.Field{Location: fmt.Sprintf("waits[%d]", i), Code: "disclosure.wait"})
		}
	}
	if len(faults) > 0 {
		return Resolution{}, fault.BadFields(faults...)
	}
	end := c.AddWorkdays(received, law.Answer)
	steps := []Step{{RuleFirstDay, received.AddDays(1)}, {law.Rule, end}}
	lengthen := func(rule string, days int) {
		if days > 0 {
			end = c.AddWorkdays(end, days)
			steps = append(steps, Step{rule, end})
		}
	}
	lengthen(RuleExtended, extended)
	lengthen(RuleSuspended, c.suspended(end, waits))
	return Resolution{Date: end, Steps: steps, Calendar: c.Version, Provisional: c.ProvisionalBetween(received, end)}, nil
}

// suspended counts the working days of the waits, each day once. A wait that begins only after the clock has run out stops nothing.
func (c Calendar) suspended(end Date, waits []Wait) int {
	waits = slices.Clone(waits)
	slices.SortFunc(waits, func(a, b Wait) int { return a.Asked.Compare(b.Asked) })
	days, counted := 0, Date{}
	for _, w := range waits {
		if w.Asked.After(c.AddWorkdays(end, days)) {
			break
		}
		from := w.Asked
		if counted.After(from) {
			from = counted
		}
		if w.Answered.After(from) {
			days += c.WorkdaysBetween(from, w.Answered)
			counted = w.Answered
		}
	}
	return days
}
