// Package ical writes iCalendar files (RFC 5545): all-day events with escaped and folded lines. It reads nothing and knows no office.
package ical

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/workday"
)

// Event is one all-day event. The UID stays as long as the event is the same one; the sequence rises with each change of it.
type Event struct {
	UID      string
	Sequence int
	On       workday.Date
	Stamp    time.Time // instant of the last change
	Summary  string
	Details  string
	URL      string
	Category string
}

// Calendar is a file of events.
type Calendar struct {
	Product string // who made it, e.g. "-//duban//duban//ZH"
	Name    string
	Events  []Event
}

// maxLine is how many octets a line may have without its end (RFC 5545, 3.1).
const maxLine = 75

// Write writes the calendar.
func (c Calendar) Write(to io.Writer) error {
	w := &writer{to: bufio.NewWriter(to)}
	w.line("BEGIN:VCALENDAR")
	w.line("VERSION:2.0")
	w.line("PRODID:" + c.Product)
	w.line("CALSCALE:GREGORIAN")
	w.line("METHOD:PUBLISH")
	w.text("X-WR-CALNAME", c.Name)
	w.line("REFRESH-INTERVAL;VALUE=DURATION:PT4H")
	for _, e := range c.Events {
		w.event(e)
	}
	w.line("END:VCALENDAR")
	if err := w.to.Flush(); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	return nil
}

type writer struct{ to *bufio.Writer } // keeps its first error for Flush

func (w *writer) event(e Event) {
	w.line("BEGIN:VEVENT")
	w.line("UID:" + e.UID)
	w.line(fmt.Sprintf("SEQUENCE:%d", e.Sequence))
	w.line("DTSTAMP:" + e.Stamp.UTC().Format("20060102T150405Z"))
	w.line("DTSTART;VALUE=DATE:" + compact(e.On))
	w.line("DTEND;VALUE=DATE:" + compact(e.On.AddDays(1))) // the end is not part of it (3.6.1)
	w.text("SUMMARY", e.Summary)
	w.text("DESCRIPTION", e.Details)
	w.text("CATEGORIES", e.Category)
	if e.URL != "" {
		w.line("URL:" + e.URL)
	}
	w.line("TRANSP:TRANSPARENT") // a due date does not make anybody busy
	w.line("END:VEVENT")
}

func compact(d workday.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// escape is the escaping of TEXT (3.3.11); other control characters are left out.
var escape = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// text writes a property of type TEXT; an empty one is left out.
func (w *writer) text(name, value string) {
	if value == "" {
		return
	}
	clean := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, "�"))
	w.line(name + ":" + escape.Replace(clean))
}

// line writes a line, folded so that no piece has more than 75 octets and no character is cut.
func (w *writer) line(text string) {
	room := maxLine
	for len(text) > room {
		cut := room
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		_, _ = w.to.WriteString(text[:cut] + "\r\n ")
		text = text[cut:]
		room = maxLine - 1 // the blank that begins the next line counts
	}
	_, _ = w.to.WriteString(text + "\r\n")
}
