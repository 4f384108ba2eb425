package workday

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/duban-gov/duban/internal/fault"
)

// yearFile is the notice of one year in the JSON form that holiday tables of the State Council's notices use:
// {"year":2027,"papers":["https://…"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}, …]}.
type yearFile struct {
	Year   int      `json:"year"`
	Papers []string `json:"papers"`
	Days   []struct {
		Name     string `json:"name"`
		Date     string `json:"date"`
		IsOffDay bool   `json:"isOffDay"`
	} `json:"days"`
}

// ReadNotices reads notices in whichever form they come: the JSON of a year or a list of such, a table with the head
// date,name,kind,notice_year (kind off or work), the notice as printed, pasted as it is, or the text form of ParseNotices. Errors:
// input.invalid with every line at fault.
func ReadNotices(text string) ([]Notice, error) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "\ufeff")
	switch {
	case text == "":
		return nil, fault.BadField("body.notice", "required")
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		return readJSON(text)
	case strings.HasPrefix(text, tableHead):
		return readTable(text)
	case printed(text):
		return readPrinted(text)
	}
	return ParseNotices(text)
}

func readJSON(text string) ([]Notice, error) {
	var files []yearFile
	if strings.HasPrefix(text, "{") {
		text = "[" + text + "]"
	}
	if err := json.Unmarshal([]byte(text), &files); err != nil {
		return nil, fault.BadFields(fault.Field{Location: "body.notice", Code: "calendar.json", Params: fault.Params{"detail": err.Error()}})
	}
	var faults []fault.Field
	notices := make([]Notice, len(files))
	for i, f := range files {
		notices[i] = Notice{Year: f.Year, Sources: f.Papers}
		for k, d := range f.Days {
			date, err := ParseDate(d.Date)
			if err != nil || date.IsZero() {
				faults = append(faults, badDay(fmt.Sprintf("[%d].days[%d].date", i, k), d.Date))
			}
			notices[i].Days = append(notices[i].Days, Day{Date: date, Work: !d.IsOffDay, Name: d.Name})
		}
	}
	return notices, orBad(faults)
}

const tableHead = "date,name,kind,notice_year"

// kinds of a day in a table.
var kinds = map[string]bool{"off": false, "work": true}

func readTable(text string) ([]Notice, error) {
	rows := csv.NewReader(strings.NewReader(text))
	rows.FieldsPerRecord = 4
	var faults []fault.Field
	var notices []Notice
	at := make(map[int]int) // index by year
	for line := 1; ; line++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return notices, orBad(faults)
		}
		if err != nil {
			return nil, fault.BadFields(badDay("line "+strconv.Itoa(line), err.Error()))
		}
		if line == 1 {
			continue
		}
		date, bad := ParseDate(row[0])
		year, number := strconv.Atoi(row[3])
		work, known := kinds[row[2]]
		if bad != nil || number != nil || !known || date.IsZero() {
			faults = append(faults, badDay("line "+strconv.Itoa(line), strings.Join(row, ",")))
			continue
		}
		if _, have := at[year]; !have {
			at[year] = len(notices)
			notices = append(notices, Notice{Year: year})
		}
		n := &notices[at[year]]
		n.Days = append(n.Days, Day{Date: date, Work: work, Name: row[1]})
	}
}

func badDay(at, value string) fault.Field {
	return fault.Field{Location: at, Code: "calendar.bad_day", Params: fault.Params{"value": value}}
}

func orBad(faults []fault.Field) error {
	if len(faults) == 0 {
		return nil
	}
	return fault.BadFields(faults...)
}

// Text writes notices in the form that ParseNotices reads: one line a festival, every day written out.
func Text(notices []Notice) string {
	var b strings.Builder
	for _, n := range notices {
		head := "local"
		if n.Year != 0 {
			head = fmt.Sprintf("%04d", n.Year)
		}
		b.WriteString(strings.Join(append([]string{head}, n.Sources...), " ") + "\n")
		for _, f := range n.festivals() {
			b.WriteString(f + "\n")
		}
	}
	return b.String()
}

// festivals are the lines of a notice, in the order in which the festivals are named first.
func (n Notice) festivals() []string {
	var names []string
	off, work := make(map[string][]string), make(map[string][]string)
	for _, d := range n.Days {
		name := strings.Join(strings.Fields(d.Name), "")
		if name == "" || name == "+" || strings.HasPrefix(name, "#") {
			name = "·"
		}
		if off[name] == nil && work[name] == nil {
			names = append(names, name)
		}
		if d.Work {
			work[name] = append(work[name], d.Date.String())
		} else {
			off[name] = append(off[name], d.Date.String())
		}
	}
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = strings.Join(append([]string{name}, off[name]...), " ")
		if len(work[name]) > 0 {
			lines[i] += " + " + strings.Join(work[name], " ")
		}
	}
	return lines
}
