package contract

import (
	"strconv"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// Check is one thing that a contract asks for.
type Check string

// The checks. Ids are contract: the page and scripts name them, and "field.contract.<check>" is the text of a gap.
const (
	CheckEvidence  Check = "evidence"  // 佐证材料件数
	CheckKind      Check = "kind"      // 某类佐证材料
	CheckPublished Check = "published" // 已公开发布
	CheckFigure    Check = "figure"    // 指标数据达标
	CheckShares    Check = "shares"    // 内部分解事项办结
)

// Values lists the checks.
func (Check) Values() []string {
	return []string{string(CheckEvidence), string(CheckKind), string(CheckPublished), string(CheckFigure), string(CheckShares)}
}

// Proof is one piece of evidence on file: the newest version only.
type Proof struct {
	Kind    string
	Link    bool         // a published address
	Expires workday.Date // last day on which it holds; none: it holds for good
}

// Facts are what is on file for a duty.
type Facts struct {
	Today    workday.Date
	Evidence []Proof
	Figures  map[string]float64 // what the confirmed figures come to, by metric
	Targets  []Target           // of the task
	Open     int                // required shares of units below that are still open
}

// Item is one line of the checklist: what is asked for, what there is, and whether that is enough.
type Item struct {
	Check   Check   `json:"check" enum:"evidence,kind,published,figure,shares" doc:"What is asked for" example:"kind"`
	Subject string  `json:"subject,omitempty" doc:"Kind of evidence, or metric" example:"现场照片"`
	Op      string  `json:"op,omitempty" doc:"Comparator of a figure" example:">="`
	Want    float64 `json:"want" doc:"How much is asked for; lower end of a range" example:"3"`
	To      float64 `json:"to,omitempty" doc:"Upper end of a range"`
	Have    float64 `json:"have" doc:"How much there is" example:"2"`
	Unit    string  `json:"unit,omitempty" doc:"Unit of the figure" example:"条"`
	Expired int     `json:"expired,omitempty" doc:"Pieces that would count had they not expired" example:"1"`
	Unknown bool    `json:"unknown,omitempty" doc:"No figure is confirmed"`
	Met     bool    `json:"met" doc:"Whether it is enough"`
}

// Gap is an item that is not met.
type Gap = Item

// Checklist is every item of a contract, met or not, in a fixed order.
func Checklist(c CompletionContract, f Facts) []Item {
	items := []Item{}
	if c.Evidence > 0 {
		items = append(items, pieces(CheckEvidence, "", c.Evidence, f, func(Proof) bool { return true }))
	}
	for _, kind := range c.EvidenceKinds {
		items = append(items, pieces(CheckKind, kind, 1, f, ofKind(kind)))
	}
	for _, need := range c.Counts {
		items = append(items, pieces(CheckKind, need.Kind, need.N, f, ofKind(need.Kind)))
	}
	if c.Published {
		items = append(items, pieces(CheckPublished, "", 1, f, func(p Proof) bool { return p.Link }))
	}
	if c.Figures {
		for _, t := range f.Targets {
			items = append(items, figure(t, f))
		}
	}
	if f.Open > 0 { // an open share stands in the way whatever the contract says
		items = append(items, Item{Check: CheckShares, Want: 0, Have: float64(f.Open)})
	}
	return items
}

// Missing lists what a duty lacks before it may be submitted as complete.
func Missing(c CompletionContract, f Facts) []Gap {
	var gaps []Gap
	for _, item := range Checklist(c, f) {
		if !item.Met {
			gaps = append(gaps, item)
		}
	}
	return gaps
}

func ofKind(kind string) func(Proof) bool { return func(p Proof) bool { return p.Kind == kind } }

// pieces counts the evidence that fits and holds today. What has expired is told apart, so that nobody wonders.
func pieces(check Check, subject string, want int, f Facts, fits func(Proof) bool) Item {
	item := Item{Check: check, Subject: subject, Want: float64(want)}
	for _, p := range f.Evidence {
		switch {
		case !fits(p):
		case Expired(p.Expires, f.Today):
			item.Expired++
		default:
			item.Have++
		}
	}
	item.Met = item.Have >= item.Want
	return item
}

// Expired reports whether evidence that holds up to and including a day holds no more today.
func Expired(expires, today workday.Date) bool { return !expires.IsZero() && today.After(expires) }

// near is how far a figure may lie from a target that is written with 约 ("about"): a tenth of it.
const near = 0.1

// meets says for each comparator whether a figure fulfils a target.
var meets = map[string]func(have float64, t Target) bool{
	">=":    func(have float64, t Target) bool { return have >= t.Value },
	">":     func(have float64, t Target) bool { return have > t.Value },
	"<=":    func(have float64, t Target) bool { return have <= t.Value },
	"<":     func(have float64, t Target) bool { return have < t.Value },
	"=":     func(have float64, t Target) bool { return have == t.Value },
	"~":     func(have float64, t Target) bool { return have >= t.Value*(1-near) && have <= t.Value*(1+near) },
	"range": func(have float64, t Target) bool { return have >= t.Value && have <= t.To },
}

func figure(t Target, f Facts) Item {
	have, reported := f.Figures[t.Name()]
	fulfilled, known := meets[t.Op]
	return Item{Check: CheckFigure, Subject: t.Name(), Op: t.Op, Want: t.Value, To: t.To, Have: have, Unit: t.Unit, Unknown: !reported,
		Met: reported && known && fulfilled(have, t)}
}

// Name is what a report calls the target's figure: its metric, or its unit where the text names none.
func (t Target) Name() string {
	if t.Metric != "" {
		return t.Metric
	}
	return t.Unit
}

// Incomplete is the refusal of a completion request: every gap with what was asked for and what there is. Nil without gaps.
func Incomplete(gaps []Gap) *fault.Error {
	if len(gaps) == 0 {
		return nil
	}
	e := fault.New(fault.Conflict, "contract.incomplete").With("n", len(gaps))
	for _, g := range gaps {
		e.Fields = append(e.Fields, fault.Field{Location: g.place(), Code: g.code(),
			Params: fault.Params{"subject": g.Subject, "want": number(g.Want), "have": number(g.Have), "unit": g.Unit, "op": g.Op, "expired": g.Expired}})
	}
	return e
}

func (g Gap) place() string {
	if g.Subject == "" {
		return "contract." + string(g.Check)
	}
	return "contract." + string(g.Check) + "." + g.Subject
}

// code tells a gap that only expired evidence leaves from one where nothing was ever handed in.
func (g Gap) code() string {
	switch {
	case g.Expired > 0:
		return "contract.expired"
	case g.Unknown:
		return "contract.no_figure"
	}
	return "contract." + string(g.Check)
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
