package ledgers

import (
	"encoding/json"
	"fmt"
)

// look is how a view shows its rows, as the database keeps it in one cell: nothing of it is ever asked for by itself.
type look struct {
	Columns []string `json:"columns"`
	Clock   string   `json:"clock,omitempty"`
}

// clockOriginal is the clock of the issue (原定时限); the other one, in force now (现行时限), is kept as nothing.
const clockOriginal = "original"

// keptLook is the look of a view for the database.
func keptLook(in SaveViewInput) (json.RawMessage, error) {
	kept := look{Columns: append([]string{}, in.Columns...)}
	if in.Clock == clockOriginal {
		kept.Clock = clockOriginal
	}
	raw, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("keep the look of a view: %w", err)
	}
	return raw, nil
}

// lookOf reads what keptLook wrote; a view without a clock has a list of columns alone.
func lookOf(raw json.RawMessage) look {
	l := look{}
	if json.Unmarshal(raw, &l) != nil {
		_ = json.Unmarshal(raw, &l.Columns)
	}
	if l.Columns == nil {
		l.Columns = []string{}
	}
	if l.Clock == "" {
		l.Clock = "current"
	}
	return l
}
