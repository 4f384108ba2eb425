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

// settle writes lights and next looks and counts the lights that changed.
func (s *Service) settle(ctx context.Context, tx *ent.Tx, rows []row, verdicts []verdict, now time.Time) (int, error) {
	var order []fate
	groups := make(map[fate][]ident.ID)
	var relit []ident.ID
	lights := 0
	for i, r := range rows {
		v := verdicts[i]
		f := fate{Light: v.Light, Rule: v.Rule, Next: v.Next}
		if v.Light != r.Light || v.Rule != r.Rule {
			relit = append(relit, r.ID)
		}
		if v.Light != r.Light {
			f.Since = s.since(r, v, now)
			lights++
		}
		if _, have := groups[f]; !have {
			order = append(order, f)
		}
		groups[f] = append(groups[f], r.ID)
	}
	if err := s.keepLights(ctx, tx, now, relit...); err != nil {
		return 0, err
	}
	for _, f := range order {
		if err := s.write(ctx, tx, f, groups[f]); err != nil {
			return 0, fmt.Errorf("settle clocks: %w", err)
		}
	}
	return lights, nil
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
