package occurrences

import (
	"context"

	"github.com/duban-gov/duban/internal/access"
)

// maxCounted is how many reports are counted of a kind.
const maxCounted = 10_000

// DueReportCounts are the numbers of reports that are asked for and not there.
type DueReportCounts struct {
	Due     int  `json:"due" doc:"Open and not handed in (待报)" example:"34"`
	Missing int  `json:"missing" doc:"Their day ended without them (欠报)" example:"12"`
	Capped  bool `json:"capped" doc:"Whether there are more than were counted: ten thousand of a kind at most"`
}

// Counts counts what List lists as due and as missing, by the same rows.
func (s *Service) Counts(ctx context.Context, in DueReportQuery) (DueReportCounts, error) {
	var counts DueReportCounts
	reach, err := s.gate.May(ctx, access.ReportRead)
	if err != nil {
		return counts, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return counts, err
	}
	in.After, in.Limit = "", maxCounted
	for state, into := range map[State]*int{Due: &counts.Due, Missing: &counts.Missing} {
		in.State = state
		pairs, next, err := s.pairs(ctx, actor, reach, in)
		if err != nil {
			return counts, err
		}
		*into = len(pairs)
		counts.Capped = counts.Capped || next != ""
	}
	return counts, nil
}
