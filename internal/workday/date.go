package workday

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a local calendar date. Its zero value means "no date"; in the database that is stored as 9999-12-31 so that what
// never falls due sorts after everything that does, in every index and without a NULL.
type Date struct{ n int32 } // days since 0001-01-01, plus one

const (
	layout  = "2006-01-02"
	noDate  = "9999-12-31"
	daySecs = 24 * 60 * 60
)

var base = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// NewDate makes the date of year, month and day; a day outside the month runs over, as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return Date{int32((time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()-base)/daySecs) + 1}
}

// DateOf is the calendar date of an instant in a zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return NewDate(y, m, d)
}

// ParseDate reads YYYY-MM-DD and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return Date{}, fmt.Errorf("not a date of the form YYYY-MM-DD: %q", s)
	}
	return NewDate(t.Date()), nil
}

// MustDate is ParseDate for literals in tests and tables; it panics on a fault.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func (d Date) utc() time.Time { return time.Unix(base+int64(d.n-1)*daySecs, 0).UTC() }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Year, Month and Day are the parts of the date.
func (d Date) Year() int         { return d.utc().Year() }
func (d Date) Month() time.Month { return d.utc().Month() }
func (d Date) Day() int          { return d.utc().Day() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays moves by natural days.
func (d Date) AddDays(n int) Date { return Date{d.n + int32(n)} }

// DaysUntil counts natural days from d to other; negative if other is earlier.
func (d Date) DaysUntil(other Date) int { return int(other.n - d.n) }

// Number counts days from 0001-01-01, which is 1 and a Monday; 0 for no date.
func (d Date) Number() int { return int(d.n) }

// NumberedDate is the date with that Number.
func NumberedDate(n int) Date { return Date{int32(n)} }

// AddMonths moves by calendar months to the same day of the month, or to the month's last day where that day does not exist
// (民法典 art. 202: January 31 and one month is February 28).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.utc().Date()
	moved := NewDate(y, m+time.Month(n), 1)
	last := NewDate(y, m+time.Month(n)+1, 1).AddDays(-1)
	return moved.AddDays(min(day, last.Day()) - 1)
}

// Before and After compare dates.
func (d Date) Before(other Date) bool { return d.n < other.n }
func (d Date) After(other Date) bool  { return d.n > other.n }

// Compare orders dates; "no date" is last.
func (d Date) Compare(other Date) int {
	switch {
	case d == other:
		return 0
	case d.n == 0:
		return 1
	case other.n == 0 || d.n < other.n:
		return -1
	}
	return 1
}

// Start is the first instant of the day in a zone; End is the first instant after it. A due date means the end of that day.
// Where a zone skips midnight (summer time), the day starts at the first instant that carries its date.
func (d Date) Start(zone *time.Location) time.Time {
	y, m, day := d.utc().Date()
	t := time.Date(y, m, day, 0, 0, 0, 0, zone)
	if t.Day() != day {
		t = t.Add(time.Hour)
	}
	return t.UTC()
}
func (d Date) End(zone *time.Location) time.Time { return d.AddDays(1).Start(zone) }

// String is YYYY-MM-DD; "" for no date.
func (d Date) String() string {
	if d.n == 0 {
		return ""
	}
	return d.utc().Format(layout)
}

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value implements driver.Valuer.
func (d Date) Value() (driver.Value, error) {
	if d.n == 0 {
		return noDate, nil
	}
	return d.String(), nil
}

// Scan implements sql.Scanner.
func (d *Date) Scan(src any) error {
	var text string
	switch v := src.(type) {
	case string:
		text = v
	case []byte:
		text = string(v)
	case time.Time:
		text = v.Format(layout)
	case nil:
		text = noDate
	default:
		return fmt.Errorf("scan date from %T", src)
	}
	if text == noDate || text == "" {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(text)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
