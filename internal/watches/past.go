package watches

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
)

const pastText = `INSERT INTO light_pasts (id, authority_id, subject_id, until, light, light_rule, light_since)
	SELECT v.id, w.authority_id, w.subject_id, $2, w.light, w.light_rule, w.light_since FROM %s JOIN watches w ON w.id = v.watch_id`

// keepLights keeps the lights of some watches as they are, before they change: a look at the past finds them again.
func (s *Service) keepLights(ctx context.Context, tx *ent.Tx, now time.Time, watches ...ident.ID) error {
	if len(watches) == 0 {
		return nil
	}
	rows := make([][2]any, len(watches))
	for i, id := range watches {
		rows[i] = [2]any{s.store.NewID().Int(), id.Int()}
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("keep lights: %w", err)
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf(pastText, s.store.RowsFrom("$1", "id bigint", "watch_id bigint")), string(raw), now)
	if err != nil {
		return fmt.Errorf("keep lights: %w", err)
	}
	return nil
}
