package clause

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plan"
)

// Context is what a clause's document says elsewhere.
type Context struct {
	Declarations
	// TableHeader is the header row of the table that the clause is a row of, cells parted as in the row (| or tab).
	TableHeader string `json:"table_header,omitempty"`
	// RoleColumn and ScopeColumn name the columns of units and of scope where the header's words don't tell.
	RoleColumn  string `json:"role_column,omitempty"`
	ScopeColumn string `json:"scope_column,omitempty"`
}

// Result is a single clause as read, in the shape of the corpus's labels.
type Result struct {
	Lead       []string          `json:"lead"`
	Support    []string          `json:"support"`
	Collective []string          `json:"collective"`
	Mode       Mode              `json:"mode,omitempty"`
	Norm       map[string]string `json:"norm,omitempty"`
	Open       bool              `json:"open,omitempty"`
	Scope      []string          `json:"scope,omitempty"`
	Deadline   Deadline          `json:"deadline"`
	Milestones []Deadline        `json:"milestones,omitempty"`
	Targets    []ResultTarget    `json:"targets"`
	Segments   []Result          `json:"segments,omitempty"`
}

// ResultTarget is a target; the value of a range is a pair.
type ResultTarget struct {
	Metric string `json:"metric,omitempty"`
	Op     string `json:"op"`
	Value  any    `json:"value"`
	Unit   string `json:"unit"`
	Per    string `json:"per,omitempty"`
	Span   Span   `json:"span"`
}

// ParseClause reads one clause: a paragraph, a sentence or a table row (then Context.TableHeader is set).
func ParseClause(text string, docYear int, context Context) Result {
	src := []rune(strings.ToValidUTF8(text, "\uFFFD"))
	if context.TableHeader != "" {
		return parseRow(src, docYear, context)
	}
	l := newLine(src, Span{0, len(src)}, 0)
	v := newView(src, l.v.span(l.mark, len(l.v.s)))
	segments := splitClauses(v)
	if len(segments) > 1 {
		whole := Result{Lead: []string{}, Support: []string{}, Collective: []string{}, Mode: Multi, Targets: []ResultTarget{}}
		var all []found
		for _, s := range segments {
			part := newView(src, v.span(s[0], s[1]))
			r := readClause(part, docYear, context.Declarations)
			if r.declares.FirstListedIsLead {
				context.FirstListedIsLead = true
			}
			one := result(r, part)
			whole.Segments = append(whole.Segments, one)
			whole.Targets = append(whole.Targets, one.Targets...)
			if one.Deadline.Kind != plan.NoDeadline {
				all = append(all, found{Deadline: one.Deadline})
			}
		}
		whole.Deadline, whole.Milestones = choose(all)
		return whole
	}
	r := readClause(v, docYear, context.Declarations)
	return result(r, v)
}

func result(r reading, v *view) Result {
	out := Result{Lead: []string{}, Support: []string{}, Collective: []string{}, Mode: r.who.mode, Open: r.open, Scope: r.scope,
		Deadline: r.deadline, Milestones: r.milestones, Targets: []ResultTarget{}}
	for _, a := range r.assign(v) {
		switch a.Part {
		case plan.Lead:
			out.Lead = append(out.Lead, a.Name)
		case plan.Support:
			out.Support = append(out.Support, a.Name)
		default:
			out.Collective = append(out.Collective, a.Name)
		}
	}
	out.Collective = append(out.Collective, r.declares.Collective...)
	if len(r.full) > 0 {
		out.Norm = r.full
	}
	for _, t := range r.targets {
		var value any = t.Value
		if t.Op == "range" {
			value = []float64{t.Value, t.To}
		}
		out.Targets = append(out.Targets, ResultTarget{t.Metric, t.Op, value, t.Unit, t.Per, t.Span})
	}
	return out
}

// parseRow reads a row whose header is in the context.
func parseRow(src []rune, docYear int, context Context) Result {
	sep := '|'
	if strings.Contains(context.TableHeader, "\t") || !strings.Contains(string(src), "|") {
		sep = '\t'
	}
	if strings.Contains(string(src), "|") && sep == '\t' && !strings.Contains(string(src), "\t") {
		sep = '|'
	}
	heads := strings.FieldsFunc(context.TableHeader, func(r rune) bool { return r == '|' || r == '\t' })
	cells := splitRow(string(src), 0, sep)
	cols := columnsOf(heads)
	if d, _, _ := declared(newView([]rune(context.TableHeader), Span{0, utf8.RuneCountInString(context.TableHeader)})); d.FirstListedIsLead {
		context.FirstListedIsLead = true
	}
	in := make([]cellIn, 0, len(cells))
	for k, c := range cells {
		head, col := "", colUnknown
		if k < len(heads) {
			head, col = strings.TrimSpace(heads[k]), cols[k]
		}
		if _, isRole := col.role(); head != "" && head == context.RoleColumn && !isRole {
			col = colMain
		}
		if head != "" && head == context.ScopeColumn {
			col = colScope
		}
		in = append(in, cellIn{span: c.Span, col: col})
	}
	r, v := readRow(src, in, docYear, context.Declarations)
	return result(r, v)
}

// splitClauses cuts a paragraph that holds several clauses, each with its own responsibility bracket; one range if it doesn't.
func splitClauses(v *view) [][2]int {
	regs := regions(v)
	var ends []int
	for _, g := range regs {
		if !strings.HasPrefix(v.s[g.i:], "（") {
			continue
		}
		end := g.j
		for strings.HasPrefix(v.s[end:], "。") || strings.HasPrefix(v.s[end:], "；") {
			end += len("。")
		}
		ends = append(ends, end)
	}
	if len(ends) < 2 {
		return [][2]int{{0, len(v.s)}}
	}
	var out [][2]int
	start := 0
	for _, end := range ends {
		if own := utf8.RuneCountInString(v.s[start:end]); own < 2 {
			continue
		}
		out = append(out, [2]int{start, end})
		start = end
	}
	if utf8.RuneCountInString(v.s[start:]) > 4 {
		out = append(out, [2]int{start, len(v.s)})
	} else {
		out[len(out)-1][1] = len(v.s)
	}
	return mergeBare(v, regs, out)
}

// mergeBare joins a segment that is nothing but a bracket to the one before it ((A负责)(B配合)).
func mergeBare(v *view, regs []region, segs [][2]int) [][2]int {
	var out [][2]int
	for _, s := range segs {
		body := v.s[s[0]:s[1]]
		for _, g := range regs {
			if g.i >= s[0] && g.j <= s[1] {
				body = strings.Replace(body, v.s[g.i:g.j], "", 1)
			}
		}
		if len(out) > 0 && utf8.RuneCountInString(strings.Trim(body, "。；，")) < 4 {
			out[len(out)-1][1] = s[1]
			continue
		}
		out = append(out, s)
	}
	return out
}

type lineIn struct {
	ID      string          `json:"id"`
	Text    string          `json:"text"`
	DocYear *int            `json:"doc_year"`
	Context json.RawMessage `json:"context"`
}

type lineOut struct {
	ID     string `json:"id"`
	Result Result `json:"result"`
}

// maxLine is the longest line that ParseJSONL reads, in bytes.
const maxLine = 4 << 20

// ParseJSONL reads one clause a line ({id, text, doc_year, context}) and writes one answer a line ({id, result}). A line that is
// not such an object is the fault clause.line with its number; what came before it is written.
func ParseJSONL(r io.Reader, w io.Writer) error {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 64<<10), maxLine)
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for n := 1; in.Scan(); n++ {
		if len(strings.TrimSpace(in.Text())) == 0 {
			continue
		}
		var line lineIn
		var context Context
		err := json.Unmarshal(in.Bytes(), &line)
		if err == nil && len(line.Context) > 0 {
			err = json.Unmarshal(line.Context, &context)
		}
		if err != nil {
			return firstOf(out.Flush(), fault.New(fault.Invalid, "clause.line").With("line", n).Because(err))
		}
		year := 0
		if line.DocYear != nil {
			year = *line.DocYear
		}
		if err := enc.Encode(lineOut{line.ID, ParseClause(line.Text, year, context)}); err != nil {
			return fmt.Errorf("write answer %s: %w", line.ID, err)
		}
	}
	if err := in.Err(); err != nil {
		return firstOf(out.Flush(), fault.New(fault.TooLarge, "clause.line_too_long").With("bytes", maxLine).Because(err))
	}
	return out.Flush()
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
