package notices

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/rectify"
)

// RectificationFunnel says how far the notices of a year have come (整改漏斗). Each number counts notices that the caller may see and
// that have come at least that far.
type RectificationFunnel struct {
	Year     int `json:"year" doc:"Year of the notices' numbers" example:"2017"`
	Served   int `json:"served" doc:"Served and not voided"`
	Signed   int `json:"signed" doc:"Signed for"`
	Planned  int `json:"planned" doc:"Signed for, and with an accepted plan where one is wanted"`
	Replied  int `json:"replied" doc:"Reported, waiting or closed"`
	Closed   int `json:"closed" doc:"Verified and closed"`
	Reopened int `json:"reopened" doc:"Of all: reopened at least once because a fault came back"`
	Failed   int `json:"failed" doc:"Of all: declared failed, with a second notice"`
	Overdue  int `json:"overdue" doc:"Of all: open past the deadline"`
	Voided   int `json:"voided" doc:"Voided after service; not in the others"`
}

// Funnel counts the notices of a year that the actor may see by how far they have come.
func (s *Service) Funnel(ctx context.Context, year int) (RectificationFunnel, error) {
	_, where, err := s.visible(ctx)
	if err != nil {
		return RectificationFunnel{}, err
	}
	if year == 0 {
		year = s.clocks.Today().Year()
	}
	f := RectificationFunnel{Year: year}
	valid := notice.And(notice.NumberNEQ(""), notice.StatusNEQ(rectify.NoticeVoided))
	signed := notice.And(valid, notice.SignedAtNotNil())
	for _, count := range []struct {
		into *int
		that predicate.Notice
	}{
		{&f.Served, valid},
		{&f.Signed, signed},
		{&f.Planned, notice.And(signed, notice.Or(notice.PlanWanted(false), notice.PlanStatusEQ(rectify.ReplyAccepted)))},
		{&f.Replied, notice.And(valid, notice.StatusIn(rectify.NoticeReplied, rectify.NoticeClosed))},
		{&f.Closed, notice.StatusEQ(rectify.NoticeClosed)},
		{&f.Reopened, notice.And(valid, notice.ReopenedGT(0))},
		{&f.Failed, notice.StatusEQ(rectify.NoticeFailed)},
		{&f.Overdue, notice.And(valid, notice.Open(true), notice.DueDateLT(s.clocks.Today()))},
		{&f.Voided, notice.And(notice.NumberNEQ(""), notice.StatusEQ(rectify.NoticeVoided))},
	} {
		n, err := s.store.Read().Notice.Query().Where(where, notice.Year(year), count.that).Count(ctx)
		if err != nil {
			return f, fmt.Errorf("count notices: %w", err)
		}
		*count.into = n
	}
	return f, nil
}
