package watches

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
)

// fate is what a look leaves in a watch. Many rows of a chunk share one, so they are written with few statements.
type fate struct {
	Light       ladder.Light
	Rule        string
	Next, Since time.Time // Since is zero when the light stayed
}

// settle writes lights with their history and next looks, and counts the clocks whose light changed.
func (s *Service) settle(ctx context.Context, tx *ent.Tx, rows []row, verdicts []verdict, turns [][]turn, now time.Time) (int, error) {
	var order []fate
	var history [][]any
	groups := make(map[fate][]ident.ID)
	lights := 0
	for i, r := range rows {
		v := verdicts[i]
		f := fate{Light: v.Light, Rule: v.Rule, Next: v.Next}
		if n := len(turns[i]); n > 0 {
			f.Since = turns[i][n-1].Since
			lit, err := s.lit(r, turns[i], now)
			if err != nil {
				return 0, err
			}
			history = append(history, lit...)
			lights++
		}
		if _, have := groups[f]; !have {
			order = append(order, f)
		}
		groups[f] = append(groups[f], r.ID)
	}
	for _, f := range order {
		if err := s.write(ctx, tx, f, groups[f]); err != nil {
			return 0, fmt.Errorf("settle clocks: %w", err)
		}
	}
	return lights, s.writeLights(ctx, tx, history)
}

// write leaves one fate in many watches.
func (s *Service) write(ctx context.Context, tx *ent.Tx, f fate, ids []ident.ID) error {
	text, args := "UPDATE watches SET next_check_at = $1, light_rule = $2", []any{maybe(f.Next), f.Rule}
	if !f.Since.IsZero() {
		text += ", light = $3, light_since = $4"
		args = append(args, string(f.Light), f.Since)
	}
	list, more := store.In(s.store, len(args)+1, ids)
	_, err := tx.ExecContext(ctx, text+" WHERE id IN "+list, append(args, more...)...)
	return err
}
