// Package workday is the calendar of the law: local dates, working days with the make-up days of the State Council's yearly
// notices, natural-day and working-day periods, and the resolution of deadlines to dates. Pure: no I/O and no clock of its own.
package workday
