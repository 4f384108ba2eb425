package calendars

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// A cursor names where the next page begins: behind a clock ("c…") or, when all clocks were looked at, behind an urge ("u…").
const clockMark, urgeMark = "c", "u"

// moves lists a page of what would move if the authority's calendar became next: first by clock, then the replies owed. A page
// ends with an object, so it may be a few lines longer than asked for.
func (s *Service) moves(ctx context.Context, authority ident.ID, next workday.Calendar, after string, limit int) (CalendarMovePage, error) {
	limit = pageSize(limit)
	mark, from, err := cursor(after)
	if err != nil {
		return CalendarMovePage{}, err
	}
	page := CalendarMovePage{Items: []CalendarMove{}}
	tx, err := s.store.Read().Tx(ctx) // one moment for the clocks and their names; nothing is written
	if err != nil {
		return page, fmt.Errorf("read moves: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	if mark == clockMark {
		shifts, last, err := s.watches.Forecast(ctx, tx, authority, next, from, limit)
		if err != nil {
			return page, err
		}
		page.add(shifts)
		if from = (ident.ID{}); !last.IsZero() {
			page.Next = clockMark + last.String()
		}
	}
	switch room := limit - len(page.Items); {
	case page.Next != "":
	case room <= 0: // the clocks filled the page to the brim
		page.Next = urgeMark
	default:
		replies, last, err := s.watches.ForecastReplies(ctx, tx, authority, next, from, room)
		if err != nil {
			return page, err
		}
		page.addReplies(replies)
		if !last.IsZero() {
			page.Next = urgeMark + last.String()
		}
	}
	return page, s.label(ctx, tx, page.Items)
}

func cursor(after string) (mark string, from ident.ID, err error) {
	switch {
	case after == "":
		return clockMark, ident.ID{}, nil
	case after == urgeMark:
		return urgeMark, ident.ID{}, nil
	case strings.HasPrefix(after, clockMark), strings.HasPrefix(after, urgeMark):
		if from, err = ident.Parse(after[1:]); err == nil {
			return after[:1], from, nil
		}
	}
	return "", ident.ID{}, fault.BadField("query.after", "cursor")
}

func (p *CalendarMovePage) add(shifts []watches.Shift) {
	for _, m := range shifts {
		move := CalendarMove{Subject: string(m.Subject), SubjectID: m.SubjectID, UnitID: m.UnitID, What: m.What, Taken: m.Taken, Old: m.Old, New: m.New}
		if m.What == watches.StepDay {
			move.Step = string(m.Subject) + "." + m.Step
		}
		p.Items = append(p.Items, move)
	}
}

func (p *CalendarMovePage) addReplies(replies []watches.ReplyShift) {
	for _, m := range replies {
		p.Items = append(p.Items, CalendarMove{Subject: string(m.Subject), SubjectID: m.SubjectID, UnitID: m.UnitID, What: watches.ReplyDate, Old: m.Old, New: m.New})
	}
}

// label names the objects and their units. A clock of a sign-for period runs on a duty or on a notice: whichever bears the id.
func (s *Service) label(ctx context.Context, tx *ent.Tx, items []CalendarMove) error {
	ids := make([]ident.ID, len(items))
	for i, m := range items {
		ids[i] = m.SubjectID
	}
	for _, kind := range []ladder.Subject{ladder.OnDuty, ladder.OnNotice} {
		labels, err := s.watches.Labels(ctx, tx, kind, ids)
		if err != nil {
			return err
		}
		for i := range items {
			if label, ok := labels[items[i].SubjectID]; ok {
				items[i].Subject, items[i].Title, items[i].Unit = string(kind), label.Title, label.Unit
			}
		}
	}
	return nil
}
