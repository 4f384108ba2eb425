package clause

import (
	"bytes"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
)

func TestParseJSONL_answers_in_order_and_names_the_bad_line(t *testing.T) {
	in := `{"id":"a","text":"编写手册。（教材处负责）","doc_year":null}` + "\n\n" + `{"id":"b","text":"年底前完成。","doc_year":2024,"context":{"first_listed_is_lead":true}}` + "\nnonsense\n"
	var out bytes.Buffer
	err := ParseJSONL(strings.NewReader(in), &out)
	e := fault.As(err)
	if e == nil || e.Code != "clause.line" || e.Params["line"] != 4 {
		t.Fatalf("got %v", err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"lead":["教材处"]`) || !strings.Contains(lines[1], `"date":"2024-12-31"`) {
		t.Errorf("got %s", out.String())
	}
}

func TestParseClause_several_clauses_in_one_paragraph_become_segments(t *testing.T) {
	r := ParseClause("三、办好食堂。更新炊具。（后勤处负责）公示菜价。（财务处负责，每月公示）", 2025, Context{})
	if r.Mode != Multi || len(r.Segments) != 2 || r.Segments[1].Lead[0] != "财务处" || r.Deadline.RRule != "FREQ=MONTHLY" {
		t.Errorf("got %+v", r)
	}
}

func TestParse_shared_prefix_gives_full_names_and_spans(t *testing.T) {
	src := FromText("", "一、任务\n1.办班。（省教育厅、财政厅负责）")
	d := Parse(src, Options{Year: 2025})
	n := d.Nodes[len(d.Nodes)-1]
	if len(n.Assignments) != 2 || n.Assignments[1].FullName != "省财政厅" || n.Assignments[1].Name != "财政厅" {
		t.Fatalf("got %+v", n.Assignments)
	}
	s := n.Assignments[1].Span
	if got := string([]rune(src.Text)[s.Start:s.End]); got != "财政厅" {
		t.Errorf("span reads %q", got)
	}
}
