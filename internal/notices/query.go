package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent/duechange"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

const maxPage = 200

// NoticeFilter narrows a list of notices; what is zero does not narrow.
type NoticeFilter struct {
	Status       rectify.NoticeStatus
	Open         bool // only those that are neither closed nor voided
	UnitID       ident.ID
	InspectionID ident.ID
	DueBefore    workday.Date // due on this day or earlier
	Number       string       // exactly this document number
	After        string
	Limit        int
}

// Get is one notice.
func (s *Service) Get(ctx context.Context, id ident.ID) (Notice, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return Notice{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Notice{}, err
	}
	return s.view(ctx, s.store.Read(), actor, row)
}

// List pages through the notices that the actor may see: the earliest deadline first, those without one last.
func (s *Service) List(ctx context.Context, f NoticeFilter) (NoticePage, error) {
	_, where, err := s.visible(ctx)
	if err != nil {
		return NoticePage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return NoticePage{}, err
	}
	query := s.store.Read().Notice.Query().Where(where).Where(f.predicates()...)
	if f.After != "" {
		due, id, err := parseCursor(f.After)
		if err != nil {
			return NoticePage{}, err
		}
		query.Where(notice.Or(notice.DueDateGT(due), notice.And(notice.DueDate(due), notice.IDGT(id))))
	}
	limit := pageSize(f.Limit)
	rows, err := query.Order(notice.ByDueDate(), notice.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return NoticePage{}, fmt.Errorf("list notices: %w", err)
	}
	page := NoticePage{}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = last.DueDate.String() + "." + last.ID.String()
	}
	page.Items, err = s.views(ctx, s.store.Read(), actor, rows)
	return page, err
}

func (f NoticeFilter) predicates() []predicate.Notice {
	var all []predicate.Notice
	if f.Open {
		all = append(all, notice.Open(true))
	}
	if f.Status != "" {
		all = append(all, notice.StatusEQ(f.Status))
	}
	if !f.UnitID.IsZero() {
		all = append(all, notice.UnitID(f.UnitID))
	}
	if !f.InspectionID.IsZero() {
		all = append(all, notice.InspectionID(f.InspectionID))
	}
	if !f.DueBefore.IsZero() {
		all = append(all, notice.DueDateLTE(f.DueBefore))
	}
	if f.Number != "" {
		all = append(all, notice.Number(f.Number))
	}
	return all
}

// parseCursor reads the deadline and the id of the last row of a page; no deadline stands as nothing before the point.
func parseCursor(text string) (workday.Date, ident.ID, error) {
	day, rest, _ := strings.Cut(text, ".")
	var due workday.Date
	var err error
	if day != "" {
		due, err = workday.ParseDate(day)
	}
	id, idErr := ident.Parse(rest)
	if err != nil || idErr != nil {
		return due, id, fault.BadField("query.after", "cursor")
	}
	return due, id, nil
}

func pageSize(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, maxPage)
}

// Timeline is the history of a notice, oldest first.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	read, err := s.gate.May(ctx, access.EventRead)
	if err != nil {
		return timeline.EventPage{}, err
	}
	if !read.Covers(facts(row)) {
		return timeline.EventPage{}, access.Refused(access.EventRead, "relation")
	}
	return s.log.Page(ctx, "notice", id, after, limit)
}

// Deadlines is the deadline ledger of a notice: every date that it ever had, with who set it and why.
func (s *Service) Deadlines(ctx context.Context, id ident.ID) (NoticeDeadlines, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return NoticeDeadlines{}, err
	}
	lines, err := s.store.Read().DueChange.Query().
		Where(duechange.SubjectEQ(ladder.OnNotice), duechange.SubjectID(id)).Order(duechange.ByRevision()).All(ctx)
	if err != nil {
		return NoticeDeadlines{}, fmt.Errorf("read deadline ledger: %w", err)
	}
	ledger := NoticeDeadlines{Items: []NoticeDeadline{}}
	if !row.OriginalDueDate.IsZero() {
		ledger.Items = append(ledger.Items, NoticeDeadline{Revision: 1, NewDate: row.OriginalDueDate, ChangedByID: row.ServedByID, CreatedAt: row.ServedAt})
	}
	for _, l := range lines {
		ledger.Items = append(ledger.Items, NoticeDeadline{Revision: l.Revision, OldDate: l.OldDate, NewDate: l.NewDate, ChangedByID: l.ChangedByID,
			Reason: l.Reason, CreatedAt: l.CreatedAt})
	}
	return ledger, nil
}

// Numbers is the register of a year's document numbers. It spans all units, so it is for those who see all notices.
func (s *Service) Numbers(ctx context.Context, year int) (NoticeNumbers, error) {
	see, _, err := s.visible(ctx)
	if err != nil {
		return NoticeNumbers{}, err
	}
	if !seesAll(see) {
		return NoticeNumbers{}, access.Refused(access.NoticeRead, string(access.ScopeAll))
	}
	last, voided, err := s.series.Series(ctx, see.AuthorityID, numbers.Rectification, year)
	if err != nil {
		return NoticeNumbers{}, err
	}
	register := NoticeNumbers{Year: year, Last: last, Voided: []VoidedNoticeNumber{}}
	for _, v := range voided {
		register.Voided = append(register.Voided, VoidedNoticeNumber{Serial: v.Serial, Reason: v.Reason, VoidedByID: v.ByID})
	}
	return register, nil
}
