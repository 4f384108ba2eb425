package digests

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

const (
	ahead = 7    // days that "soon" looks ahead
	most  = 1000 // what is more is not counted
	lines = 10   // duties named by title
)

// content is what a digest says.
type content struct {
	Waits, Due, Late, ReportsDue, ReportsMissing int
	Lines                                        []string
}

// compose is the digest of a person today; nil if there is nothing to tell.
func (s *Service) compose(ctx context.Context, p person) (*timeline.Note, error) {
	today := s.watches.Today()
	actor, err := s.accounts.ActorOf(ctx, p.ID, today)
	if err != nil {
		return nil, err
	}
	var c content
	if s.gate.Can(actor, access.DutyRead) {
		waiting, err := s.duties.Waiting(access.With(ctx, actor))
		if err != nil {
			return nil, err
		}
		c.Waits = len(waiting.Items)
		if err := s.count(ctx, actor, today, &c); err != nil {
			return nil, err
		}
	}
	if c.Waits+c.Due+c.Late+c.ReportsDue+c.ReportsMissing == 0 {
		return nil, nil
	}
	return &timeline.Note{To: []ident.ID{p.ID}, Template: "digest.daily", Params: map[string]any{"day": today.String(), "waits": c.Waits, "due": c.Due, "late": c.Late,
		"reports_due": c.ReportsDue, "reports_missing": c.ReportsMissing, "ahead": ahead, "lines": strings.Join(c.Lines, "\n")}}, nil
}

// count counts the duties and reports that are the person's own business: those of their units, those that they answer for as a
// leader, and for the office and the inspectors those of the authority.
func (s *Service) count(ctx context.Context, actor access.Actor, today workday.Date, c *content) error {
	where, args := business(s.store, actor)
	if where == "" {
		return nil
	}
	n := len(args)
	number := func(into *int, text string, more ...any) error {
		text = fmt.Sprintf("SELECT COUNT(*) FROM ("+text+" LIMIT %d) AS found", most)
		return store.Each(ctx, s.store.DB(), text, append(slices.Clone(args), more...), func(scan func(...any) error) error { return scan(into) })
	}
	open := "SELECT 1 FROM duties d WHERE " + where + fmt.Sprintf(" AND d.open = $%d AND d.status IN ('assigned', 'active')", n+1)
	soon := today.AddDays(ahead)
	asked := `SELECT 1 FROM duties d JOIN occurrences o ON o.task_id = d.task_id LEFT JOIN reports r ON r.duty_id = d.id AND r.occurrence_id = o.id
		AND r.occurrence_id <> 0 AND r.corrects_id = 0 WHERE ` + where + fmt.Sprintf(` AND d.open = $%d AND d.status IN ('assigned', 'active')
		AND o.due_date >= $%d AND o.due_date <= $%d AND d.created_at < o.due_at AND (o.duty_id = d.id OR o.duty_id = 0 AND NOT (o.relative
		AND EXISTS (SELECT 1 FROM report_clocks k WHERE k.task_id = d.task_id AND k.duty_id = d.id)))
		AND (r.id IS NULL OR r.handed_in_on = '9999-12-31')`, n+1, n+2, n+3)
	missing := `SELECT 1 FROM lapses l JOIN duties d ON d.id = l.duty_id AND d.unit_id = l.unit_id WHERE l.handed_in_on = '9999-12-31' AND ` + where +
		fmt.Sprintf(" AND d.open = $%d AND d.status IN ('assigned', 'active')", n+1)
	for _, q := range []struct {
		into *int
		text string
		more []any
	}{
		{&c.Due, open + fmt.Sprintf(" AND d.due_date >= $%d AND d.due_date <= $%d", n+2, n+3), []any{true, today, soon}},
		{&c.Late, open + fmt.Sprintf(" AND d.due_date < $%d", n+2), []any{true, today}},
		{&c.ReportsDue, asked, []any{true, today, soon}},
		{&c.ReportsMissing, missing, []any{true}},
	} {
		if err := number(q.into, q.text, q.more...); err != nil {
			return fmt.Errorf("count for digest: %w", err)
		}
	}
	text := `SELECT d.due_date, t.number, t.title FROM duties d JOIN tasks t ON t.id = d.task_id WHERE ` + where +
		fmt.Sprintf(" AND d.open = $%d AND d.status IN ('assigned', 'active') AND d.due_date <= $%d ORDER BY d.due_date, d.id LIMIT %d", n+1, n+2, lines)
	err := store.Each(ctx, s.store.DB(), text, append(slices.Clone(args), true, soon), func(scan func(...any) error) error {
		var due workday.Date
		var number, title string
		err := scan(&due, &number, &title)
		c.Lines = append(c.Lines, due.String()+"  "+number+title)
		return err
	})
	if err != nil {
		return fmt.Errorf("name duties for digest: %w", err)
	}
	return nil
}

// business is the condition on a duty d that it is a person's own business, with its arguments; "" if nothing is.
func business(s *store.Store, actor access.Actor) (string, []any) {
	var units []ident.ID
	whole, leads := false, false
	for _, p := range actor.Posts {
		switch p.Role {
		case post.UnitClerk, post.UnitHead:
			units = append(units, p.UnitID)
		case post.Office, post.Inspector:
			whole = true
		case post.Leader:
			leads = true
		case post.SystemAdmin, post.SecurityAdmin, post.AuditAdmin:
		}
	}
	switch {
	case whole:
		return "d.authority_id = $1", []any{actor.AuthorityID}
	case leads && len(units) == 0:
		return "d.leader_id = $1", []any{actor.ID}
	case len(units) == 0:
		return "", nil
	}
	list, args := store.In(s, 1, units)
	if !leads {
		return "d.unit_id IN " + list, args
	}
	return fmt.Sprintf("(d.unit_id IN %s OR d.leader_id = $%d)", list, len(units)+1), append(args, actor.ID)
}
