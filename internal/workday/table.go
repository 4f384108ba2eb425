package workday

// table numbers the working days: rank(d) is how many there were up to and including day d, day(r) the day on which the r-th
// one fell. Inside the window both are looked up; outside of it they follow from the weekday. A million clocks are assessed in
// one check, so nothing here walks over days.
type table struct {
	notices  []Notice
	facts    map[Date]named
	years    map[int]bool
	lastYear int

	first, last int32   // the window, in day numbers; empty if first > last
	ranks       []int32 // rank of first, first+1, …, last
	days        []int32 // the working days of the window in order
	base        int32   // rank of the day before the window
	shift       int32   // rank minus the weekday's rank, after the window
}

// named is a day with the index of the notice that named it last.
type named struct {
	day    Day
	notice int
}

var weekdays = table{first: 1, last: 0}

// newTable builds the table; where two notices name one day, the later one stands.
func newTable(notices []Notice) *table {
	t := &table{notices: notices, facts: make(map[Date]named), years: make(map[int]bool), first: 1}
	for i, notice := range notices {
		if notice.Year > 0 {
			t.years[notice.Year] = true
			t.lastYear = max(t.lastYear, notice.Year)
		}
		for _, day := range notice.Days {
			t.facts[day.Date] = named{day, i}
			t.widen(day.Date.n)
		}
	}
	t.count()
	return t
}

func (t *table) widen(n int32) {
	if t.first > t.last {
		t.first, t.last = n, n
		return
	}
	t.first, t.last = min(t.first, n), max(t.last, n)
}

func (t *table) count() {
	if t.first > t.last {
		return
	}
	t.base = weekdayRank(t.first - 1)
	rank := t.base
	t.ranks = make([]int32, 0, t.last-t.first+1)
	for n := t.first; n <= t.last; n++ {
		if t.works(n) {
			rank++
			t.days = append(t.days, n)
		}
		t.ranks = append(t.ranks, rank)
	}
	t.shift = rank - weekdayRank(t.last)
}

// works decides one day when the table is built: what a notice says, otherwise Monday to Friday.
func (t *table) works(n int32) bool {
	if f, ok := t.facts[Date{n}]; ok {
		return f.day.Work
	}
	return !Date{n}.Weekend()
}

func (t *table) settled(year int) bool { return t.years[year] }

func (t *table) rank(n int32) int32 {
	switch {
	case n < t.first:
		return weekdayRank(n)
	case n > t.last:
		return weekdayRank(n) + t.shift
	}
	return t.ranks[n-t.first]
}

func (t *table) day(rank int32) int32 {
	i := rank - t.base
	switch {
	case i <= 0:
		return weekdayOfRank(rank)
	case int(i) > len(t.days):
		return weekdayOfRank(rank - t.shift)
	}
	return t.days[i-1]
}

// weekdayRank counts Monday to Friday in the days 1 to n; day 1, 0001-01-01, is a Monday. Negative before that.
func weekdayRank(n int32) int32 {
	week, day := floorDiv(n, 7)
	return week*5 + min(day, 5)
}

// weekdayOfRank is the day of the r-th weekday: the inverse of weekdayRank.
func weekdayOfRank(r int32) int32 {
	week, day := floorDiv(r-1, 5)
	return week*7 + day + 1
}

func floorDiv(a, b int32) (quotient, rest int32) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		quotient, rest = quotient-1, rest+b
	}
	return quotient, rest
}
