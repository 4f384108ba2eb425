package watches

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
)

// turn is one change of a light.
type turn struct {
	Was, Light ladder.Light
	Rule       string
	Since      time.Time // the instant from which it holds, however late it was noticed
	In         ladder.Inputs
}

// ago is how far behind the planned look a check may be before it asks what happened in between.
const ago = 24 * time.Hour

// weigh judges a watch and finds how its light turned since the last look, each turn with its own instant: after a downtime that
// is more than the light of now. The yellow lights among them count for the rules that ask for repetition.
func (s *Service) weigh(r row, now time.Time, done func(ladder.Subject, string) bool) (verdict, []turn) {
	v := s.judge(r, now, done)
	if v.Light == r.Light && now.Sub(r.LookAt) < ago {
		return v, nil
	}
	yellows := r.Yellows
	turns := s.turns(&r, now)
	if r.Yellows != yellows {
		v = s.judge(r, now, done)
	}
	return v, turns
}

// turns walks from look to look. A yellow light is counted as it is lit, and may by that turn to another one at once.
func (s *Service) turns(r *row, now time.Time) []turn {
	var all []turn
	light, at := r.Light, r.LookAt
	if at.IsZero() || at.After(now) {
		at = now
	}
	for {
		v := s.judge(*r, at, nil)
		for v.Light != light {
			all = append(all, turn{Was: light, Light: v.Light, Rule: v.Rule, Since: at, In: v.In})
			if light = v.Light; light == ladder.Yellow {
				r.Yellows++
				v = s.judge(*r, at, nil)
			}
		}
		if v.Next.IsZero() || v.Next.After(now) {
			return all
		}
		at = v.Next
	}
}

var lightColumns = []string{"id", "authority_id", "subject", "subject_id", "unit_id", "was", "light", "rule", "since", "noted_at", "inputs"}

// lit makes the rows of a watch's turns for the history of lights.
func (s *Service) lit(r row, turns []turn, now time.Time) ([][]any, error) {
	rows := make([][]any, len(turns))
	for i, t := range turns {
		inputs, err := json.Marshal(t.In)
		if err != nil {
			return nil, fmt.Errorf("encode inputs of light: %w", err)
		}
		rows[i] = []any{s.store.NewID(), r.AuthorityID, string(r.Subject), r.ID, r.UnitID, string(t.Was), string(t.Light), t.Rule, t.Since, now, string(inputs)}
	}
	return rows, nil
}

// writeLights appends to the history of lights.
func (s *Service) writeLights(ctx context.Context, tx *ent.Tx, rows [][]any) error {
	return s.store.InsertRows(ctx, tx, "light_changes", lightColumns, rows)
}

// endLightText notes that a light ends with its clock: it is decided on no figures.
const endLightText = `INSERT INTO light_changes (id, authority_id, subject, subject_id, unit_id, was, light, rule, since, noted_at)
	SELECT $1, authority_id, subject, id, unit_id, light, $2, $3, $4, $4 FROM watches WHERE subject = $5 AND id = $6 AND light <> $7`

// pastText keeps what a clock was told until now.
const pastText = `INSERT INTO clock_pasts (id, authority_id, subject, subject_id, until, unit_id, unit_path, due_date, due_revision, sign_due_date,
	progress, running, light) SELECT $1, authority_id, subject, id, $2, unit_id, unit_path, due_date, due_revision, sign_due_date, progress,
	next_check_at IS NOT NULL, light FROM watches WHERE subject = $3 AND id = $4`

// keep keeps what a clock was told until now; every change of it begins so.
func (s *Service) keep(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID) error {
	if _, err := tx.ExecContext(ctx, pastText, s.store.NewID(), s.store.Now(), string(subject), id); err != nil {
		return fmt.Errorf("keep past of clock: %w", err)
	}
	return nil
}
