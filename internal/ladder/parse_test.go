package ladder

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

const everyKey = `
id: all.keys
version: 3
subject: notice
period: {n: 10, unit: day, roll: true}
lights:
  - {id: a, light: grey, when: {dated: false}}
  - {id: b, light: grey, when: {started: false, yellows: 2}}
  - {id: c, light: red, when: {behind: {more_than: 30}}}
  - {id: d, light: yellow, when: {behind: {more_than: 10, up_to: 30, in: share}}}
  - {id: e, light: yellow, when: {share_left: 20}}
  - {id: f, light: yellow, when: {from: {offset: -3, unit: workday}}}
  - {id: g, light: green, when: {}}
steps:
  - {id: s, kind: urge, at: {offset: 1, unit: day}, to: [owner, office], reply_within: {n: 2, unit: workday}}
`

func TestParse_readsEveryKey(t *testing.T) {
	got, err := Parse("all.yaml", []byte(everyKey))
	if err != nil {
		t.Fatal(err)
	}
	want := RuleSet{
		ID: "all.keys", Version: 3, Subject: OnNotice, Period: &workday.Period{N: 10, Unit: workday.ByDay, Roll: true},
		Lights: []LightRule{
			{"a", Grey, []Condition{{Kind: Dated}}},
			{"b", Grey, []Condition{{Kind: Started}, {Kind: Yellows, N: 2}}},
			{"c", Red, []Condition{{Kind: Behind, N: 30}}},
			{"d", Yellow, []Condition{{Kind: Behind, N: 10, UpTo: 30, Relative: true}}},
			{"e", Yellow, []Condition{{Kind: ShareLeft, N: 20}}},
			{"f", Yellow, []Condition{{Kind: From, At: Offset{-3, workday.ByWorkday}}}},
			{"g", Green, nil},
		},
		Steps: []StepRule{{
			ID: "s", Kind: Urge, At: Offset{1, workday.ByDay}, To: []Recipient{Owner, Office},
			ReplyWithin: &workday.Period{N: 2, Unit: workday.ByWorkday},
		}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read:\n got %+v\nwant %+v", got, want)
	}
}

// faulty has one fault of each kind; the golden lists them as a reader of the file sees them.
const faulty = `
id: Bad Name
version: 0
subject: plan
colour: blue
lights:
  - {id: a, light: blue, when: {from: {offset: soon, unit: month}}}
  - {id: a, light: red, when: {behind: {more_than: 30, up_to: 10}, share_left: "20"}}
  - {id: b, light: yellow}
  - {id: closed, light: green, when: {dated: maybe}}
steps:
  - {id: s, kind: shout, at: 5, to: []}
  - {kind: urge, kind: urge, at: {offset: 1}, to: [minister], reply_within: {n: 0, unit: day}}
  - remind
`

func TestParse_listsEveryFaultWithLineKeyAndWhatWasExpected(t *testing.T) {
	_, err := Parse("ladder-faulty.yaml", []byte(faulty))
	golden(t, "faults.txt", messages(t, err))
}

// messages are the faults as a person reads them; a code without a text is an error.
func messages(t *testing.T, err error) string {
	t.Helper()
	e := fault.As(err)
	if e == nil || e.Kind != fault.Invalid {
		t.Fatalf("not a refusal of the input: %v", err)
	}
	var b strings.Builder
	for _, f := range e.Fields {
		if !words.Has("fault." + f.Code) {
			t.Errorf("the code %s has no text", f.Code)
		}
		fmt.Fprintf(&b, "%s: %s\n", f.Location, words.Text(words.En, "fault."+f.Code, f.Params))
	}
	if text := b.String(); strings.Contains(text, "{value}") || strings.Contains(text, "{expected}") {
		t.Errorf("a message lacks a parameter:\n%s", text)
	}
	return b.String()
}

func TestParse_refusesWhatIsNoRuleFile(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"an_empty_file":       {"", "rules.syntax"},
		"broken_yaml":         {"lights: [", "rules.syntax"},
		"two_documents":       {everyKey + "---\n" + everyKey, "rules.second_document"},
		"a_list":              {"- a\n- b", "rules.wrong_value"},
		"a_light_by_the_rest": {strings.Replace(everyKey, "when: {}", "when: {dated: true}", 1), "rules.no_fallback"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("x.yaml", []byte(c.text))
			if e := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
			messages(t, err)
		})
	}
}

func TestLoad_oneLadderForEachSubject(t *testing.T) {
	sets, err := Load(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range Subject("").Values() {
		if set := sets[Subject(subject)]; set.Subject != Subject(subject) || len(set.Steps) == 0 {
			t.Errorf("no ladder for %s: %+v", subject, set)
		}
	}
	if p := sets[OnAcceptance].Period; p == nil || *p != (workday.Period{N: 2, Unit: workday.ByWorkday}) {
		t.Errorf("the sign-for period is %+v, want two working days", p)
	}
}

func TestLoad_refuses(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	duty := strings.Replace(everyKey, "notice", "duty", 1)
	objection := strings.Replace(everyKey, "notice", "objection", 1)
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"a_missing_subject": {
			fstest.MapFS{"r/ladder-a.yaml": file(everyKey), "r/ladder-b.yaml": file(duty), "r/ladder-c.yaml": file(objection),
				"r/other.yaml": file("not a ladder")},
			"rules.subject_missing",
		},
		"a_subject_twice":      {fstest.MapFS{"r/ladder-a.yaml": file(duty), "r/ladder-b.yaml": file(duty)}, "rules.subject_twice"},
		"faults_of_every_file": {fstest.MapFS{"r/ladder-a.yaml": file("["), "r/ladder-b.yaml": file("[")}, "rules.syntax rules.syntax"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(c.files, "r")
			var codes []string
			if e := fault.As(err); e != nil {
				for _, f := range e.Fields {
					codes = append(codes, f.Code)
				}
			}
			if got := strings.Join(codes, " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			messages(t, err)
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(everyKey)
	f.Add(faulty)
	f.Fuzz(func(t *testing.T, text string) {
		set, err := Parse("fuzz.yaml", []byte(text))
		if err != nil {
			return
		}
		Assess(nationalDay, at(t, "2017-10-10 08:00"), shanghai, china, set, nil)
	})
}
