package ledgers

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// LedgerRow is a duty with the names and counts that the ledger shows beside it.
type LedgerRow struct {
	duties.Duty
	PlanTitle  string    `json:"plan_title" doc:"Title of the plan" example:"2017年政务公开工作要点"`
	LeaderName string    `json:"leader_name,omitempty" doc:"Name of the supervising leader" example:"王厅长"`
	Urges      int       `json:"urges" doc:"Urges so far" example:"1"`
	Extensions int       `json:"extensions" doc:"Extensions granted so far" example:"1"`
	LastWord   string    `json:"last_word,omitempty" doc:"Beginning of the last report that left the unit" example:"已完成初评"`
	LastWordAt time.Time `json:"last_word_at,omitzero" doc:"Instant at which the unit head passed it"`
	Followed   bool      `json:"followed" doc:"Whether the caller follows the duty"`
	Was        *WasRow   `json:"was,omitempty" doc:"The duty at the instant of comparison, with what differs; missing where nothing was asked"`
}

// WasRow is what a duty was at the instant that a row is compared with.
type WasRow struct {
	Change   string       `json:"change" enum:"added,moved,changed,same" doc:"added: it did not exist; moved: the due date differs; changed: something else does; same" example:"moved"`
	Cells    []string     `json:"cells" doc:"Names of the fields that differ" example:"[\"due_date\"]"`
	Status   duty.Status  `json:"status,omitempty" doc:"State then"`
	Light    ladder.Light `json:"light,omitempty" doc:"Light then"`
	Progress int          `json:"progress" doc:"Progress then, in basis points"`
	DueDate  workday.Date `json:"due_date,omitzero" doc:"Due date then"`
	UnitID   ident.ID     `json:"unit_id,omitzero" doc:"Unit then"`
	UnitName string       `json:"unit_name,omitempty" doc:"Name of that unit"`
}

// rows are the rows of a page: what each duty is or was, then what hangs on all of them in one statement for each kind.
func (s *Service) rows(ctx context.Context, l *lens, since time.Time, ids []ident.ID) ([]LedgerRow, error) {
	rows := make([]LedgerRow, 0, len(ids))
	if len(ids) == 0 {
		return rows, nil
	}
	found, err := s.dutiesOf(ctx, l, ids)
	if err != nil {
		return rows, err
	}
	for _, d := range found {
		rows = append(rows, LedgerRow{Duty: d})
	}
	for _, add := range []func(context.Context, *lens, []LedgerRow) error{s.nameRows, s.countRows, s.quoteRows, s.followRows} {
		if err := add(ctx, l, rows); err != nil {
			return rows, err
		}
	}
	if since.IsZero() {
		return rows, nil
	}
	return rows, s.compareRows(ctx, l, since, rows)
}

// abridge leaves out the acts that are refused.
func abridge(rows []LedgerRow) {
	for i := range rows {
		rows[i].AllowedActions = slices.DeleteFunc(rows[i].AllowedActions, func(a access.AllowedAction) bool { return !a.Enabled })
	}
}

// dutiesOf are duties at the moment of a lens.
func (s *Service) dutiesOf(ctx context.Context, l *lens, ids []ident.ID) ([]duties.Duty, error) {
	if l.at.IsZero() {
		return s.duties.Views(ctx, ids)
	}
	return s.dutiesThen(ctx, l, ids)
}

// byID maps the ids of rows to their places.
func byID(rows []LedgerRow) (map[ident.ID]int, []ident.ID) {
	place, ids := make(map[ident.ID]int, len(rows)), make([]ident.ID, len(rows))
	for i, r := range rows {
		place[r.ID], ids[i] = i, r.ID
	}
	return place, ids
}

// nameRows adds the names of plans and leaders.
func (s *Service) nameRows(ctx context.Context, _ *lens, rows []LedgerRow) error {
	plans, people := make(map[ident.ID]string), make(map[ident.ID]string)
	for _, r := range rows {
		plans[r.PlanID] = ""
		if !r.LeaderID.IsZero() {
			people[r.LeaderID] = ""
		}
	}
	if err := s.names(ctx, "SELECT id, title FROM plans WHERE id IN ", plans); err != nil {
		return err
	}
	if err := s.names(ctx, "SELECT id, name FROM users WHERE id IN ", people); err != nil {
		return err
	}
	for i := range rows {
		rows[i].PlanTitle, rows[i].LeaderName = plans[rows[i].PlanID], people[rows[i].LeaderID]
	}
	return nil
}

// names fills in the names of ids; what stands in the text before them has the first placeholders.
func (s *Service) names(ctx context.Context, text string, into map[ident.ID]string, before ...any) error {
	if len(into) == 0 {
		return nil
	}
	ids := make([]ident.ID, 0, len(into))
	for id := range into {
		ids = append(ids, id)
	}
	list, args := store.In(s.store, len(before)+1, ids)
	err := store.Each(ctx, s.store.DB(), text+list, append(before, args...), func(scan func(...any) error) error {
		var id ident.ID
		var name string
		if err := scan(&id, &name); err != nil {
			return err
		}
		into[id] = name
		return nil
	})
	if err != nil {
		return fmt.Errorf("read names: %w", err)
	}
	return nil
}

// moment is the last instant that counts for a lens.
func (s *Service) moment(l *lens) time.Time {
	if l.at.IsZero() {
		return s.store.Now()
	}
	return l.at
}

// countRows adds how often each duty was urged and extended.
func (s *Service) countRows(ctx context.Context, l *lens, rows []LedgerRow) error {
	place, ids := byID(rows)
	count := func(text string, into func(row *LedgerRow, n int)) error {
		list, args := store.In(s.store, 2, ids)
		return store.Each(ctx, s.store.DB(), fmt.Sprintf(text, list), append([]any{s.moment(l)}, args...), func(scan func(...any) error) error {
			var id ident.ID
			var n int
			if err := scan(&id, &n); err != nil {
				return err
			}
			into(&rows[place[id]], n)
			return nil
		})
	}
	err := count("SELECT subject_id, COUNT(*) FROM urges WHERE created_at <= $1 AND subject IN ('duty', 'acceptance') AND subject_id IN %s GROUP BY subject_id",
		func(row *LedgerRow, n int) { row.Urges = n })
	if err != nil {
		return fmt.Errorf("count urges: %w", err)
	}
	err = count("SELECT duty_id, COUNT(*) FROM extensions WHERE decided_at <= $1 AND status = 'granted' AND duty_id IN %s GROUP BY duty_id",
		func(row *LedgerRow, n int) { row.Extensions = n })
	if err != nil {
		return fmt.Errorf("count extensions: %w", err)
	}
	return nil
}

// quoted is how much of a report the ledger shows, in characters.
const quoted = 60

// quoteRows adds the beginning of the last report that left the unit, where the caller may read reports.
func (s *Service) quoteRows(ctx context.Context, l *lens, rows []LedgerRow) error {
	may := s.gate.Filter(l.actor, access.ReportRead)
	place, ids := byID(rows)
	list, args := store.In(s.store, 2, ids)
	text := `SELECT r.duty_id, r.reviewed_at, r.narrative, d.unit_id, d.unit_path, d.leader_id, d.part FROM reports r JOIN duties d ON d.id = r.duty_id
		WHERE r.reviewed_at <= $1 AND r.status IN ('reviewed', 'confirmed') AND r.duty_id IN ` + list + " ORDER BY r.reviewed_at, r.id"
	err := store.Each(ctx, s.store.DB(), text, append([]any{s.moment(l)}, args...), func(scan func(...any) error) error {
		var id ident.ID
		var at time.Time
		var said string
		facts := access.Facts{AuthorityID: l.actor.AuthorityID}
		if err := scan(&id, &at, &said, &facts.UnitID, &facts.Path, &facts.LeaderID, &facts.Part); err != nil {
			return err
		}
		if row := &rows[place[id]]; may.Covers(facts) {
			row.LastWord, row.LastWordAt = beginning(said, quoted), at.UTC()
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read last reports: %w", err)
	}
	return nil
}

// beginning cuts a text after so many characters.
func beginning(text string, most int) string {
	for i := range text {
		if most == 0 {
			return text[:i] + "…"
		}
		most--
	}
	return text
}

// followRows marks what the caller follows.
func (s *Service) followRows(ctx context.Context, l *lens, rows []LedgerRow) error {
	place, ids := byID(rows)
	list, args := store.In(s.store, 2, ids)
	text := "SELECT subject_id FROM follows WHERE user_id = $1 AND subject = 'duty' AND subject_id IN " + list
	err := store.Each(ctx, s.store.DB(), text, append([]any{l.actor.ID}, args...), func(scan func(...any) error) error {
		var id ident.ID
		if err := scan(&id); err != nil {
			return err
		}
		rows[place[id]].Followed = true
		return nil
	})
	if err != nil {
		return fmt.Errorf("read what is followed: %w", err)
	}
	return nil
}
