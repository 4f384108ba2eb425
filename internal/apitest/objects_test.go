package apitest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// object is one object in one state. All belong to the university of the home authority, so that the actors' relations to it
// are the same everywhere.
type object struct {
	kind, state string
	table       string // where its version stands
	id          ident.ID
	unit        testkit.Place
	held        map[string][]string // relations of single actors besides those of their posts: "author", "team", …
}

func (o *object) String() string { return o.kind + "/" + o.state }

// add keeps an object; held is pairs of relation and actor.
func (w *world) add(kind, state, table string, id ident.ID, in testkit.Place, held ...string) *object {
	o := &object{kind: kind, state: state, table: table, id: id, unit: in, held: map[string][]string{}}
	for i := 0; i+1 < len(held); i += 2 {
		o.held[held[i+1]] = append(o.held[held[i+1]], held[i])
	}
	w.objects = append(w.objects, o)
	return o
}

// fill makes the objects, kind by kind.
func (w *world) fill() {
	w.T.Helper()
	for name, place := range map[string]testkit.Place{"department": w.home.Department, "office": w.home.OfficeUnit, "university": w.home.University,
		"school": w.home.School, "bureau": w.home.Bureau, "away": w.away.University} {
		w.names["unit."+name] = place.ID.String()
	}
	for _, a := range w.actors {
		w.names["user."+a.name] = a.id.String()
	}
	root, err := w.Store.Read().Unit.Get(w.T.Context(), w.home.Department.ID)
	w.must(err)
	w.names["code.department"] = root.Code
	w.fillPeople()
	w.fillPlans()
	w.fillDuties()
	w.fillShares()
	w.fillUrges()
	w.fillReports()
	w.fillIndicators()
	w.fillExtensions()
	w.fillInspections()
	w.fillNotices()
	w.fillObjections()
	w.fillLookBacks()
	w.fillMatters()
	w.fillInstructions()
	w.fillProceedings()
	w.fillMessages()
	w.fillCalendar()
	w.fillRules()
	w.fillHandOvers()
}

// task makes a task of an issued plan, due on 2017-10-09, with one duty of the university. The rows are written directly: a
// document and its issue would take the longest way to one duty.
func (w *world) task() (task, dutyID ident.ID) {
	w.T.Helper()
	h := w.home
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		planID, ok := w.names["plan.of_duties"]
		issued, _ := ident.Parse(planID)
		if !ok {
			issued = w.Store.NewID()
			if err := tx.Plan.Create().SetID(issued).SetAuthorityID(h.Authority).SetYear(2017).SetTitle("2017年政务公开工作要点").SetStatus(plan.Issued).
				SetIssuedAt(w.Store.Now()).SetIssuedOn(workday.MustDate("2017-03-06")).SetCreatedByID(h.Office.ID).SetCreatedAt(w.Store.Now()).Exec(ctx); err != nil {
				return err
			}
			w.names["plan.of_duties"] = issued.String()
		}
		n, err := tx.Task.Query().Count(ctx)
		if err != nil {
			return err
		}
		row, err := tx.Task.Create().SetID(w.Store.NewID()).SetAuthorityID(h.Authority).SetPlanID(issued).SetPath(unit.Segment(n + 1)).SetKind(plan.Task).
			SetNumber("（一）").SetTitle("推进信息公开").SetDueDate(workday.MustDate("2017-10-09")).SetLeaderID(h.Leader.ID).Save(ctx)
		if err != nil {
			return err
		}
		task = row.ID
		made, err := w.app.Duties.Dispatch(ctx, tx, row, []duties.Recipient{{UnitID: h.University.ID, UnitPath: h.University.Path, Part: duty.Lead}})
		if err != nil {
			return err
		}
		dutyID = made[0].ID
		return nil
	})
	return task, dutyID
}

// duty brings a fresh duty of the university to a state.
func (w *world) duty(to duty.Status) ident.ID {
	w.T.Helper()
	_, id := w.task()
	s := w.app.Duties
	version := 1
	step := func(d duties.Duty, err error) {
		w.T.Helper()
		w.must(err)
		version = d.Version
	}
	switch to {
	case duty.Assigned:
		return id
	case duty.Returned:
		step(s.Return(w.as("unit_clerk.own"), id, version, duties.ReturnDutyInput{Reason: "非我单位职责"}))
		return id
	case duty.Cancelled:
		step(s.Cancel(w.as("leader.home"), id, version, duties.CancelDutyInput{Reason: "任务取消"}))
		return id
	case duty.Active, duty.Review, duty.Closed:
		step(s.Accept(w.as("unit_clerk.own"), id, version))
	}
	if to == duty.Active {
		return id
	}
	w.report(id, duty.Completion, duty.ReportReviewed)
	if to == duty.Closed {
		d, err := s.Get(w.as("office.home"), id)
		w.must(err)
		step(s.Close(w.as("inspector.home"), id, d.Version, duties.CloseDutyInput{CloseReason: "done"}))
	}
	return id
}

// passing is a duty in review whose course of close-out its contract names.
func (w *world) passing(course string) (id ident.ID, version int) {
	w.T.Helper()
	task, id := w.task()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Task.UpdateOneID(task).SetContract(json.RawMessage(`{"close_out":"` + course + `"}`)).Exec(ctx)
	})
	_, err := w.app.Duties.Accept(w.as("unit_clerk.own"), id, 1)
	w.must(err)
	w.report(id, duty.Completion, duty.ReportReviewed)
	d, err := w.app.Duties.Get(w.as("office.home"), id)
	w.must(err)
	return id, d.Version
}

// signers are the people of the home authority whose name begins with one of the words, as holders of the step at hand.
func (w *world) signers(roles ...string) []string {
	held := []string{"author", "inspector.was", "reviewer", "inspector.reviewed", "reviewer", "unit_head.own"}
	for _, a := range w.actors {
		if a.authority == w.home.Authority && slices.ContainsFunc(roles, func(role string) bool { return strings.HasPrefix(a.name, role) }) {
			held = append(held, "signer", a.name)
		}
	}
	return held
}

// fillDuties makes a duty in every state, and one at each sort of step of close-out ("review:check").
func (w *world) fillDuties() {
	usual := w.signers("office.", "inspector.")
	for _, to := range duty.Table.Statuses() {
		w.add("duty", string(to), "duties", w.duty(to), w.home.University, usual...)
	}
	id, _ := w.passing("leader")
	w.add("duty", "review:check", "duties", id, w.home.University, usual...)
	id, version := w.passing("leader")
	_, err := w.app.Duties.Pass(w.as("office.home"), id, version, duties.PassDutyInput{})
	w.must(err)
	w.add("duty", "review:leader", "duties", id, w.home.University, w.signers("leader.home")...)
	id, _ = w.passing("upward")
	w.add("duty", "review:above", "duties", id, w.home.University, w.signers("unit_head.above")...)
	for _, state := range []string{"active", "assigned"} {
		w.names["duty."+state] = w.object("duty", state).id.String()
	}
}

// fillUrges makes an urge that waits, one that was answered, and a file of evidence.
func (w *world) fillUrges() {
	for _, state := range []string{"waiting", "answered"} {
		u, err := w.app.Duties.Urge(w.as("office.home"), w.duty(duty.Active), duties.UrgeDutyInput{Content: "请报送进展"})
		w.must(err)
		if state == "answered" {
			_, err = w.app.Duties.ReplyUrge(w.as("unit_clerk.own"), u.ID, u.Version, duties.ReplyUrgeInput{Text: "周五前报送"})
			w.must(err)
		}
		w.add("urge", state, "urges", u.ID, w.home.University)
	}
	e, err := w.app.Evidence.Add(w.as("unit_clerk.own"), evidence.Upload{Subject: evidence.OnDuty, SubjectID: w.object("duty", "active").id,
		Name: "说明.txt", File: strings.NewReader("已经公开")})
	w.must(err)
	w.add("evidence", "file", "", e.ID, w.home.University)
}

// object finds the object of a kind in a state.
func (w *world) object(kind, state string) *object {
	w.T.Helper()
	for _, o := range w.objects {
		if o.kind == kind && (state == "" || o.state == state) {
			return o
		}
	}
	w.T.Fatalf("there is no %s in state %s", kind, state)
	return nil
}

// version is what If-Match has to name.
func (w *world) version(o *object) int {
	w.T.Helper()
	var n int
	w.must(w.saved.conn.QueryRowContext(context.Background(), "SELECT version FROM "+o.table+" WHERE id = $1", o.id.Int()).Scan(&n))
	return n
}
