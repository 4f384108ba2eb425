package apitest

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/proceedings"
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
	m = w.matter("proposed")
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Matter.UpdateOneID(m.ID).SetProposedByID(w.actor("inspector.home").id).Exec(ctx)
	})
	w.add("matter", "inspector.proposed", "matters", m.ID, w.home.Department, "proposer", "inspector.home")
}

// fillInstructions makes instructions on a duty of the university in every state.
func (w *world) fillInstructions() {
	s, leader := w.app.Instructions, w.as("leader.home")
	for _, state := range supervise.InstructionTable.Statuses() {
		i, err := s.Give(leader, instructions.GiveInstructionInput{Subject: supervise.OnDuty, SubjectID: w.object("duty", "active").id, Text: "请抓紧办理"})
		w.must(err)
		switch state {
		case supervise.InstructionDone:
			_, err = s.Finish(w.as("office.home"), i.ID, i.Version, instructions.FinishInstructionInput{})
		case supervise.InstructionRevoked:
			_, err = s.Revoke(leader, i.ID, i.Version, instructions.RevokeInstructionInput{Reason: "情况变化"})
		}
		w.must(err)
		w.add("instruction", string(state), "instructions", i.ID, w.home.University, "proposer", "leader.home")
	}
}

// proceeding proposes an interview or a circular of the university.
func (w *world) proceeding(kind supervise.ProceedingKind) proceedings.Proceeding {
	w.T.Helper()
	p, err := w.app.Proceedings.Suggest(w.as("office.home"), proceedings.ProposeProceedingInput{Kind: kind, UnitID: w.home.University.ID, Title: "逾期事项",
		Reason: "两项任务逾期", Basis: []proceedings.ProceedingBasis{{Subject: "duty", SubjectID: w.object("duty", "active").id}}})
	w.must(err)
	return p
}

// proceedingIn brings one to a state; "arranged.approved" is an interview whose day is set.
func (w *world) proceedingIn(kind supervise.ProceedingKind, state string) proceedings.Proceeding {
	w.T.Helper()
	s, office, leader := w.app.Proceedings, w.as("office.home"), w.as("leader.home")
	p := w.proceeding(kind)
	var err error
	switch state {
	case "proposed":
		return p
	case "withdrawn":
		p, err = s.Withdraw(office, p.ID, p.Version)
		w.must(err)
		return p
	case "refused":
		p, err = s.Refuse(leader, p.ID, p.Version, proceedings.RefuseProceedingInput{Reason: "先行催办"})
		w.must(err)
		return p
	}
	p, err = s.Approve(leader, p.ID, p.Version, proceedings.ApproveProceedingInput{})
	w.must(err)
	if state == "approved" {
		return p
	}
	if kind == supervise.Interview {
		p, err = s.Arrange(office, p.ID, p.Version, proceedings.ArrangeInterviewInput{DueDate: w.app.Watches.Today(), Place: "305会议室", Participants: "分管校领导"})
		w.must(err)
		if state == "arranged.approved" {
			return p
		}
		p, err = s.Hold(office, p.ID, p.Version, proceedings.HoldInterviewInput{Text: "单位承诺月底前完成"})
	} else {
		p, err = s.Publish(office, p.ID, p.Version)
	}
	w.must(err)
	if state == "signed" {
		p, err = s.Sign(w.as("unit_head.own"), p.ID, p.Version)
		w.must(err)
	}
	return p
}

// fillProceedings makes interviews and circulars in every state. Those that wait for a decision were proposed by the earlier self
// of one who is now a leader, by the office and by an inspector.
func (w *world) fillProceedings() {
	for kind, name := range map[supervise.ProceedingKind]string{supervise.Interview: "interview", supervise.Criticism: "circular"} {
		states := []string{"proposed", "approved", "refused", "issued", "signed", "withdrawn"}
		if kind == supervise.Interview {
			states = append(states, "arranged.approved")
		}
		for _, state := range states {
			p := w.proceedingIn(kind, state)
			w.add("proceeding", name+"."+state, "proceedings", p.ID, w.home.University, "proposer", "office.home")
		}
		for who, sort := range map[string]string{"leader.was": "leader", "inspector.home": "inspector"} {
			p := w.proceeding(kind)
			w.write(func(ctx context.Context, tx *ent.Tx) error {
				return tx.Proceeding.UpdateOneID(p.ID).SetProposedByID(w.actor(who).id).Exec(ctx)
			})
			w.add("proceeding", name+"."+sort+".proposed", "proceedings", p.ID, w.home.University, "proposer", who)
		}
	}
}
