package ledgers

import (
	"time"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// Moment reads a past instant of a question: an instant of RFC 3339, or a date, which means the end of that day, and on the day
// itself now. An empty text is the zero time. A fault names the parameter.
func (s *Service) Moment(parameter, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC().Truncate(time.Millisecond), nil
	}
	day, err := workday.ParseDate(text)
	if err != nil {
		return time.Time{}, fault.BadField("query."+parameter, "ledger.moment")
	}
	last := day.End(s.watches.Rules().Zone).UTC().Add(-time.Millisecond)
	if now := s.store.Now(); day == s.watches.Today() && last.After(now) {
		return now, nil
	}
	return last, nil
}
