package watches

import (
	"context"
	"fmt"
	"maps"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// calendars are those of the authorities that approved notices of their own, with the names under which they are in force.
type calendars struct {
	names map[ident.ID]string
	by    map[ident.ID]workday.Calendar
}

// Calendar is the calendar in force for an authority: its own, or the one that the program ships with.
func (s *Service) Calendar(authority ident.ID) workday.Calendar {
	if own := s.calendars.Load(); own != nil {
		if c, ok := own.by[authority]; ok {
			return c
		}
	}
	return s.Rules().Calendar
}

// LoadCalendars takes up what other servers approved: the name in force is asked for, and the notices are read only when it is
// another one. In a transaction it goes before whatever is computed there, and after the rows are locked that it is computed
// for; it must not follow a change of a calendar in the same transaction, for that may still be rolled back.
func (s *Service) LoadCalendars(ctx context.Context, q store.Queryer) error {
	names := make(map[ident.ID]string)
	err := store.Each(ctx, q, "SELECT id, calendar FROM authorities WHERE calendar <> ''", nil, func(scan func(...any) error) error {
		var id ident.ID
		var name string
		err := scan(&id, &name)
		names[id] = name
		return err
	})
	if err != nil {
		return fmt.Errorf("read calendars in force: %w", err)
	}
	if have := s.calendars.Load(); have == nil && len(names) == 0 || have != nil && maps.Equal(have.names, names) {
		return nil
	}
	fresh := calendars{names: names, by: make(map[ident.ID]workday.Calendar, len(names))}
	for id := range names {
		if fresh.by[id], err = s.readCalendar(ctx, q, id); err != nil {
			return err
		}
	}
	s.calendars.Store(&fresh)
	return nil
}

// readCalendar makes the calendar of an authority from its approved notices.
func (s *Service) readCalendar(ctx context.Context, q store.Queryer, authority ident.ID) (workday.Calendar, error) {
	var texts []string
	err := store.Each(ctx, q, `SELECT notice FROM calendar_versions WHERE authority_id = $1 AND status IN ('approved', 'applied')
		ORDER BY decided_at, id`, []any{authority}, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		texts = append(texts, text)
		return err
	})
	if err != nil {
		return workday.Calendar{}, fmt.Errorf("read approved notices: %w", err)
	}
	calendar := s.Rules().Calendar
	for _, text := range texts {
		notices, err := workday.ParseNotices(text)
		if err == nil {
			calendar, err = calendar.With(notices...)
		}
		if err != nil {
			return workday.Calendar{}, fmt.Errorf("make calendar of %s: %w", authority, err)
		}
	}
	return calendar, nil
}

// SignTerm is the last day to sign for what an authority assigns on a day, by the period of its acceptance ladder; no period, no
// date.
func (s *Service) SignTerm(authority ident.ID, assigned workday.Date) workday.Date {
	date, _ := s.signTerm(authority, assigned)
	return date
}

func (s *Service) signTerm(authority ident.ID, assigned workday.Date) (workday.Date, workday.Origin) {
	period := s.Line(authority, ladder.OnAcceptance).On(assigned).Period
	if period == nil {
		return workday.Date{}, workday.Origin{}
	}
	return s.Calendar(authority).Reckon(assigned, *period)
}

// signOrigin says how a last day to sign that is set today was reckoned; the zero origin if it is not today's period.
func (s *Service) signOrigin(authority ident.ID, signBy workday.Date) workday.Origin {
	date, origin := s.signTerm(authority, s.Today())
	if signBy.IsZero() || date != signBy {
		return workday.Origin{}
	}
	return origin
}
