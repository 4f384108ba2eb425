package timeline

import (
	"maps"

	"github.com/duban-gov/duban/internal/ident"
)

// Others is a note to everybody of a list but the actor, with parameters put together from left to right; nil if nobody is left.
func Others(actor ident.ID, to []ident.ID, template string, params ...map[string]any) []Note {
	var others []ident.ID
	for _, id := range to {
		if id != actor && !id.IsZero() {
			others = append(others, id)
		}
	}
	if len(others) == 0 {
		return nil
	}
	all := map[string]any{}
	for _, some := range params {
		maps.Copy(all, some)
	}
	return []Note{{To: others, Template: template, Params: all}}
}
