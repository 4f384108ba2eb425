package calendars

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// A cursor names where the next page begins: behind a clock and so many lines of the next one ("c….3") or, when all clocks were
// looked at, behind an urge ("u….0") and then behind a report that is asked for ("r….0").
const clockMark, urgeMark, reportMark = "c", "u", "r"

// moves lists a page of what would move if the authority's calendar became next: first by clock, then the replies owed, then the
// reports asked for.
func (s *Service) moves(ctx context.Context, authority ident.ID, next workday.Calendar, after string, limit int) (CalendarMovePage, error) {
	limit = pageSize(limit)
	mark, from, skip, err := cursor(after)
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
		shifts, last, err := s.watches.Forecast(ctx, tx, authority, next, from, limit+skip)
		if err != nil {
			return page, err
		}
		page.add(shifts[min(skip, len(shifts)):])
		if !page.cut(limit, from, skip) && !last.IsZero() {
			page.Next = cursorAt(clockMark, last, 0)
		}
		from = ident.ID{}
	}
	for _, rest := range s.behindClocks(tx, authority, next) {
		if page.Next != "" || mark == reportMark && rest.mark == urgeMark {
			continue
		}
		room := limit - len(page.Items)
		if room <= 0 { // what went before filled the page to the brim
			page.Next = cursorAt(rest.mark, ident.ID{}, 0)
			break
		}
		last, err := rest.read(ctx, &page, from, room)
		if err != nil {
			return page, err
		}
		if !last.IsZero() {
			page.Next = cursorAt(rest.mark, last, 0)
		}
		from = ident.ID{}
	}
	return page, s.label(ctx, tx, page.Items)
}

// part is a kind of date that moves besides the clocks.
type part struct {
	mark string
	read func(ctx context.Context, page *CalendarMovePage, after ident.ID, room int) (last ident.ID, err error)
}

func (s *Service) behindClocks(tx *ent.Tx, authority ident.ID, next workday.Calendar) []part {
	return []part{
		{urgeMark, func(ctx context.Context, page *CalendarMovePage, after ident.ID, room int) (ident.ID, error) {
			replies, last, err := s.watches.ForecastReplies(ctx, tx, authority, next, after, room)
			page.addReplies(replies)
			return last, err
		}},
		{reportMark, func(ctx context.Context, page *CalendarMovePage, after ident.ID, room int) (ident.ID, error) {
			reports, last, err := s.reports.Forecast(ctx, tx.Client(), authority, next, after, room)
			for _, m := range reports {
				page.Items = append(page.Items, CalendarMove{Subject: "task", SubjectID: m.TaskID, PlanID: m.PlanID, What: "report", Period: m.Period, Old: m.Old, New: m.New})
			}
			return last, err
		}},
	}
}

func cursorAt(mark string, behind ident.ID, skip int) string {
	return mark + behind.String() + "." + strconv.Itoa(skip)
}

func cursor(after string) (mark string, behind ident.ID, skip int, err error) {
	if after == "" {
		return clockMark, ident.ID{}, 0, nil
	}
	id, lines, ok := strings.Cut(after[1:], ".")
	if mark = after[:1]; ok && (mark == clockMark || mark == urgeMark || mark == reportMark) {
		if id != "" { // behind none: the first
			behind, err = ident.Parse(id)
		}
		if skip, ok = number(lines); err == nil && ok {
			return mark, behind, skip, nil
		}
	}
	return "", ident.ID{}, 0, fault.BadField("query.after", "cursor")
}

func number(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= maxPage
}

// cut shortens a page to its limit and says where the next one begins; false if it fits. The page began behind a clock and so many
// lines of the next.
func (p *CalendarMovePage) cut(limit int, behind ident.ID, skip int) bool {
	if len(p.Items) <= limit {
		return false
	}
	first := limit // of the lines of the clock that the page ends in
	for first > 0 && p.Items[first-1].SubjectID == p.Items[limit].SubjectID {
		first--
	}
	lines := limit - first
	if first > 0 {
		behind = p.Items[first-1].SubjectID
	} else {
		lines += skip
	}
	p.Items, p.Next = p.Items[:limit], cursorAt(clockMark, behind, lines)
	return true
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
		p.Items = append(p.Items, CalendarMove{Subject: string(m.Subject), SubjectID: m.SubjectID, UnitID: m.UnitID, What: watches.ReplyDate, UrgeID: m.UrgeID, Old: m.Old, New: m.New})
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
	for i := range items {
		if items[i].Subject != "task" {
			continue
		}
		t, err := tx.Task.Get(ctx, items[i].SubjectID)
		if err != nil {
			return fmt.Errorf("name task of report: %w", err)
		}
		items[i].Title = clause.Heading(t.Number, t.Title)
	}
	return nil
}
