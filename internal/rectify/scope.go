package rectify

import (
	"slices"
	"strings"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// CheckItem is one line of the list that the team goes through at every object (督查清单).
type CheckItem struct {
	Text  string `json:"text" minLength:"1" maxLength:"500" doc:"What is looked at" example:"招生简章在学校网站首页公开"`
	Basis string `json:"basis,omitempty" maxLength:"500" doc:"Clause that asks for it" example:"《政府信息公开条例》第九条"`
}

// Scheme is a plan of an inspection (督查方案): content, objects and scope (Order 733 art. 15).
type Scheme struct {
	Title       string         `json:"title"`
	Kind        InspectionKind `json:"kind"`
	Supervision Supervision    `json:"supervision"`
	Designation string         `json:"designation,omitempty"`
	Basis       string         `json:"basis"`
	Scope       string         `json:"scope"`
	Matters     []string       `json:"matters"`
	Methods     []Method       `json:"methods"`
	Method      string         `json:"method,omitempty"`
	Items       []CheckItem    `json:"items"`
	StartsOn    workday.Date   `json:"starts_on"`
	EndsOn      workday.Date   `json:"ends_on"`
	UnitIDs     []ident.ID     `json:"unit_ids"`
}

// Days is how many natural days the plan takes, both ends included.
func (s Scheme) Days() int { return s.StartsOn.DaysUntil(s.EndsOn) + 1 }

// ScopePart is a part of a plan that is locked once it is approved; a word of the field in a message.
type ScopePart string

// WordKey is the key of the part's name in the language files.
func (p ScopePart) WordKey() string { return "scope_part." + string(p) }

// ScopeParts lists parts.
type ScopeParts []ScopePart

// WordKeys are the keys of the names in the language files.
func (ps ScopeParts) WordKeys() []string {
	keys := make([]string, len(ps))
	for i, p := range ps {
		keys[i] = p.WordKey()
	}
	return keys
}

// String is the bare values, separated by commas.
func (ps ScopeParts) String() string {
	values := make([]string, len(ps))
	for i, p := range ps {
		values[i] = string(p)
	}
	return strings.Join(values, ", ")
}

// Locked says what a change of an approved plan would widen or replace; nil if it only narrows it, moves it in time or changes how
// it is done. Order 733 art. 15: the scope is not widened, object and content are not changed, the duration is controlled.
func Locked(approved, changed Scheme) *fault.Error {
	var parts ScopeParts
	for _, p := range []struct {
		part  ScopePart
		broke bool
	}{
		{"kind", approved.Kind != changed.Kind || approved.Supervision != changed.Supervision},
		{"basis", approved.Basis != changed.Basis || approved.Designation != changed.Designation},
		{"scope", approved.Scope != changed.Scope},
		{"units", !within(changed.UnitIDs, approved.UnitIDs)},
		{"matters", !within(changed.Matters, approved.Matters)},
		{"items", !within(changed.Items, approved.Items)},
		{"days", changed.Days() > approved.Days()},
	} {
		if p.broke {
			parts = append(parts, p.part)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "inspection.scope_locked").With("what", parts).With("article", 15)
}

// within reports whether every one of the values stands in the others.
func within[T comparable](values, others []T) bool {
	for _, v := range values {
		if !slices.Contains(others, v) {
			return false
		}
	}
	return true
}
