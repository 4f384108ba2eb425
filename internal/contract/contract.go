// Package contract is the law of the completion contract (办结标准): what must be on file before a unit may say that its duty
// is done. A contract is written while the plan is a draft and frozen with it at issue. Pure data and functions: the feature
// gathers the facts, this package says what is missing.
package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/post"
)

// CompletionContract is what must hold before a duty may be submitted as complete (办结标准). The zero contract asks for nothing.
type CompletionContract struct {
	Evidence      int            `json:"evidence,omitempty" minimum:"0" maximum:"100" doc:"Files or links of evidence at least" example:"1"`
	EvidenceKinds []string       `json:"evidence_kinds,omitempty" maxItems:"20" doc:"Kinds of evidence of which there must be one" example:"[\"公开目录\"]"`
	Counts        []EvidenceNeed `json:"counts,omitempty" maxItems:"20" doc:"Kinds of evidence of which there must be several"`
	Published     bool           `json:"published,omitempty" doc:"Whether it must be published: a link among the evidence"`
	Figures       bool           `json:"figures,omitempty" doc:"Whether every target of the task has to be met by the unit's confirmed figures of the indicator of that name"`
	Verifier      post.Role      `json:"verifier,omitempty" enum:"office,inspector" doc:"Who strikes the duty off; missing: either" example:"inspector"`
	CloseOut      string         `json:"close_out,omitempty" maxLength:"40" doc:"Course of close-out (销号流程) by its id in the rule file; missing: by the rules" example:"leader"`
	Text          string         `json:"text,omitempty" maxLength:"2000" doc:"The standard in words, for the verifier"`
}

// EvidenceNeed asks for a number of pieces of one kind.
type EvidenceNeed struct {
	Kind string `json:"kind" minLength:"1" maxLength:"100" doc:"Kind of evidence" example:"现场照片"`
	N    int    `json:"n" minimum:"1" maximum:"100" doc:"Pieces at least" example:"3"`
}

// Target is a figure that the task asks for; it reads what the plan keeps of it.
type Target struct {
	Metric string  `json:"metric"`
	Op     string  `json:"op"` // >=, >, <=, <, =, ~ or range
	Value  float64 `json:"value"`
	To     float64 `json:"to"` // upper end of a range
	Unit   string  `json:"unit"`
}

// Verifiers lists the roles that strike a duty off.
var Verifiers = []post.Role{post.Office, post.Inspector}

// Read reads a contract as the plan keeps it; nothing kept is the zero contract.
func Read(raw json.RawMessage) (CompletionContract, error) {
	var c CompletionContract
	if len(raw) == 0 {
		return c, nil
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, fmt.Errorf("read completion contract: %w", err)
	}
	return c, nil
}

// ReadTargets reads the targets of a task as the plan keeps them.
func ReadTargets(raw json.RawMessage) ([]Target, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var targets []Target
	if err := json.Unmarshal(raw, &targets); err != nil {
		return nil, fmt.Errorf("read targets: %w", err)
	}
	return targets, nil
}

// Empty reports whether the contract asks for nothing that can be checked.
func (c CompletionContract) Empty() bool {
	return c.Evidence == 0 && len(c.EvidenceKinds) == 0 && len(c.Counts) == 0 && !c.Published && !c.Figures
}

// Clean is the contract with its words trimmed.
func (c CompletionContract) Clean() CompletionContract {
	c.EvidenceKinds, c.Counts = slices.Clone(c.EvidenceKinds), slices.Clone(c.Counts)
	for i := range c.EvidenceKinds {
		c.EvidenceKinds[i] = strings.TrimSpace(c.EvidenceKinds[i])
	}
	for i := range c.Counts {
		c.Counts[i].Kind = strings.TrimSpace(c.Counts[i].Kind)
	}
	c.Text = strings.TrimSpace(c.Text)
	return c
}

// Limits of a contract; what goes beyond them is a mistake.
const (
	maxKind   = 100 // characters
	maxPieces = 100
)

// Validate lists every fault of a clean contract, as fields below a location ("body.contract"). Courses are the ids of the
// courses of close-out; targets is how many targets the task has.
func (c CompletionContract) Validate(at string, courses []string, targets int) []fault.Field {
	var faults []fault.Field
	bad := func(place, code string) {
		faults = append(faults, fault.Field{Location: at + "." + place, Code: code})
	}
	if c.Evidence < 0 || c.Evidence > maxPieces {
		bad("evidence", "contract.number")
	}
	seen := make(map[string]bool)
	name := func(place, kind string) {
		switch {
		case kind == "" || utf8.RuneCountInString(kind) > maxKind:
			bad(place, "contract.kind_name")
		case seen[kind]:
			bad(place, "contract.kind_twice")
		}
		seen[kind] = true
	}
	for i, kind := range c.EvidenceKinds {
		name(fmt.Sprintf("evidence_kinds[%d]", i), kind)
	}
	for i, need := range c.Counts {
		name(fmt.Sprintf("counts[%d].kind", i), need.Kind)
		if need.N < 1 || need.N > maxPieces {
			bad(fmt.Sprintf("counts[%d].n", i), "contract.number")
		}
	}
	if c.Figures && targets == 0 {
		bad("figures", "contract.no_target")
	}
	if c.Verifier != "" && !slices.Contains(Verifiers, c.Verifier) {
		bad("verifier", "contract.verifier")
	}
	if c.CloseOut != "" && !slices.Contains(courses, c.CloseOut) {
		bad("close_out", "contract.close_out")
	}
	return faults
}
