package proceedings

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/words"
)

// titleRunes is the longest title that a proposal takes.
const titleRunes = 200

// FromLadder proposes a criticism for each step of the ladder that asks for one, in the transaction that takes the step. The proposal
// names the step and the revision of the due date, so it is made once; like any other it waits for a leader.
func (s *Service) FromLadder(ctx context.Context, tx *ent.Tx, taken []watches.Taken) error {
	for _, t := range taken {
		params := map[string]any{"title": t.Label.Title, "unit": t.Label.Unit, "due": t.Due.String(), "rule": t.Rule, "step": t.Step}
		title := []rune(words.Text(words.ZhCN, "proceeding.ladder.title", params))
		_, _, err := s.Propose(ctx, tx, Proposed{
			AuthorityID: t.AuthorityID,
			Origin:      fmt.Sprintf("%s.%s@%s:%s:%d", t.Subject, t.Step, t.Rule, t.SubjectID, t.Revision),
			ProposeProceedingInput: ProposeProceedingInput{
				Kind: supervise.Criticism, UnitID: t.UnitID, Title: string(title[:min(len(title), titleRunes)]),
				Reason: words.Text(words.ZhCN, "proceeding.ladder.reason", params),
				Basis:  []ProceedingBasis{{Subject: string(t.Subject), SubjectID: t.SubjectID}},
			},
		})
		if err != nil {
			return fmt.Errorf("propose criticism for %s: %w", t.SubjectID, err)
		}
	}
	return nil
}
