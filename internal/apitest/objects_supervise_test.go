package apitest

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/workday"
)

// matterInput is a matter of the university.
func (w *world) matterInput() matters.RegisterMatterInput {
	return matters.RegisterMatterInput{Title: "落实会议决定", Source: supervise.FromMinutes, Basis: "岚教纪要〔2017〕6号",
		Units: []matters.MatterShare{{UnitID: w.home.University.ID, Part: duty.Lead}}}
}

// matter brings a matter to a state; "done.active" is one whose duties have ended.
func (w *world) matter(state string) matters.Matter {
	w.T.Helper()
	s, office, leader := w.app.Matters, w.as("office.home"), w.as("leader.home")
	m, err := s.Register(office, w.matterInput())
	w.must(err)
	switch state {
	case "draft":
		return m
	case "voided":
		m, err = s.Void(office, m.ID, m.Version, matters.VoidMatterInput{Reason: "重复登记"})
		w.must(err)
		return m
	}
	m, err = s.Propose(office, m.ID, m.Version)
	w.must(err)
	switch state {
	case "proposed":
		return m
	case "refused":
		m, err = s.Refuse(leader, m.ID, m.Version, matters.RefuseMatterInput{Reason: "已列入年度要点"})
		w.must(err)
		return m
	}
	m, err = s.Approve(leader, m.ID, m.Version, matters.ApproveMatterInput{})
	w.must(err)
	if state == "active" {
		return m
	}
	w.endDuties(m.TaskID)
	if state == "closed" {
		m, err = s.Close(office, m.ID, m.Version, matters.CloseMatterInput{Text: "已全部落实"})
		w.must(err)
	}
	return m
}

// endDuties ends the duties of a task; how they end has tests of its own.
func (w *world) endDuties(task ident.ID) {
	w.T.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE duties SET status = 'cancelled', open = $1 WHERE task_id = $2", false, task)
		return err
	})
}

// fillMatters makes matters in every state. The proposed one was put up by the earlier self of one who is now a leader, or still by
// somebody of the office.
func (w *world) fillMatters() {
	for _, state := range []string{"draft", "proposed", "active", "done.active", "refused", "closed", "voided"} {
		m := w.matter(state)
		held := []string{"proposer", "office.home"}
		if state == "proposed" {
			w.write(func(ctx context.Context, tx *ent.Tx) error {
				_, err := tx.ExecContext(ctx, "UPDATE matters SET proposed_by_id = $1 WHERE id = $2", w.actor("leader.was").id, m.ID)
				return err
			})
			held = []string{"proposer", "leader.was"}
		}
		w.add("matter", state, "matters", m.ID, w.home.Department, held...)
	}
	for i := range 3 {
		_, err := w.app.Matters.Designate(w.as("office.home"), matters.RecordDesignationInput{Government: "岚省人民政府",
			Number: fmt.Sprintf("岚政办函〔2017〕%d号", i+1), Scope: "义务教育均衡发展", ValidFrom: workday.MustDate("2017-01-01"), ValidTo: workday.MustDate("2017-06-30")})
		w.must(err)
	}
	m := w.matter("proposed")
	w.add("matter", "office.proposed", "matters", m.ID, w.home.Department, "proposer", "office.home")
}
