package workday

import "slices"

// DayChange is a day of which two calendars say different things.
type DayChange struct {
	Date    Date
	Was, Is bool   // whether it is worked
	Name    string // the festival, as the later calendar names it
}

// Changes lists the days on which another calendar differs from this one, in order. Days beyond every notice of both are Monday to
// Friday in both.
func (c Calendar) Changes(next Calendar) []DayChange {
	days := make(map[Date]bool)
	for d := range c.table().facts {
		days[d] = true
	}
	for d := range next.table().facts {
		days[d] = true
	}
	var changes []DayChange
	for d := range days {
		was, is := c.IsWorkday(d), next.IsWorkday(d)
		if was == is {
			continue
		}
		named, _, _ := next.Fact(d)
		changes = append(changes, DayChange{d, was, is, named.Name})
	}
	slices.SortFunc(changes, func(a, b DayChange) int { return a.Date.Compare(b.Date) })
	return changes
}
