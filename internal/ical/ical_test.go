package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/ical"
	"github.com/duban-gov/duban/internal/workday"
)

func write(t interface{ Fatal(...any) }, e ical.Event) string {
	var b bytes.Buffer
	if err := (ical.Calendar{Product: "-//duban//duban//ZH", Name: "督办时限", Events: []ical.Event{e}}).Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite_is_what_the_standard_wants(t *testing.T) {
	got := write(t, ical.Event{UID: "0d3k2m9q7x4vb@duban", Sequence: 3, On: workday.MustDate("2017-12-31"), Stamp: time.Date(2017, 3, 6, 1, 2, 3, 0, time.UTC),
		Summary: "办理时限：推进公开; a,b", Details: "第一行\n第二行\\", URL: "https://duban.example.gov.cn/items/1", Category: "责任事项"})
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//duban//duban//ZH
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:督办时限
REFRESH-INTERVAL;VALUE=DURATION:PT4H
BEGIN:VEVENT
UID:0d3k2m9q7x4vb@duban
SEQUENCE:3
DTSTAMP:20170306T010203Z
DTSTART;VALUE=DATE:20171231
DTEND;VALUE=DATE:20180101
SUMMARY:办理时限：推进公开\; a\,b
DESCRIPTION:第一行\n第二行\\
CATEGORIES:责任事项
URL:https://duban.example.gov.cn/items/1
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever a title holds, the lines keep to their length, cut no character, and unfolded and unescaped give the title back.
func TestWrite_folds_and_escapes_without_loss(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{"推进高校信息公开", "a", ";", ",", `\`, "\n", "é", "𠮷", " ", ":", `\n`, "END:VEVENT"}), 0, 60).Draw(rt, "pieces")
		title := strings.Join(pieces, "")
		file := write(rt, ical.Event{UID: "x", On: workday.MustDate("2017-12-31"), Summary: title})
		for _, line := range strings.Split(strings.TrimSuffix(file, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				rt.Fatalf("line of %d octets: %q", len(line), line)
			}
		}
		plain := strings.ReplaceAll(file, "\r\n ", "")
		_, rest, found := strings.Cut(plain, "\r\nSUMMARY:")
		if !found && title != "" {
			rt.Fatal("no summary")
		}
		value, _, _ := strings.Cut(rest, "\r\n")
		if got := unescape(value); found && got != title {
			rt.Fatalf("got %q, want %q", got, title)
		}
		if strings.Count(plain, "\r\nEND:VEVENT\r\n") != 1 {
			rt.Fatalf("a title ended the event: %q", plain)
		}
	})
}

func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'n' {
			b.WriteByte('\n')
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
