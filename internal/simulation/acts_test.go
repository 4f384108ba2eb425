package simulation

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
)

// act is something that people do; weight says how often.
type act struct {
	name   string
	weight int
	do     func(w *world) error
}

var acts = []act{
	{"dispatch", 10, (*world).dispatch},
	{"accept", 16, onDuty(duty.Assigned, func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.Accept(w.unit(d), d.ID, d.Version)
		return err
	})},
	{"return", 4, onDuty(duty.Assigned, func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.Return(w.unit(d), d.ID, d.Version, duties.ReturnDutyInput{Reason: "非我单位职责"})
		return err
	})},
	{"insist", 5, onDuty(duty.Returned, func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.Insist(w.Acting(w.Office), d.ID, d.Version, duties.InsistDutyInput{Reason: "仍由你单位牵头"})
		return err
	})},
	{"reassign", 4, onDuty("", func(w *world, d duties.Duty) error {
		to := []testkit.Place{w.University, w.Bureau, w.School}[w.r.IntN(3)]
		_, err := w.app.Duties.Reassign(w.Acting(w.Office), d.ID, d.Version, duties.ReassignDutyInput{UnitID: to.ID, Reason: "职责调整"})
		return err
	})},
	{"report", 14, onDuty(duty.Active, func(w *world, d duties.Duty) error { return w.report(d, duty.Progress) })},
	{"complete", 10, onDuty(duty.Active, func(w *world, d duties.Duty) error { return w.report(d, duty.Completion) })},
	{"close", 8, onDuty(duty.Review, func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.Close(w.Acting(w.Inspector), d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
		return err
	})},
	{"send back", 3, onDuty(duty.Review, func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.SendBack(w.Acting(w.Inspector), d.ID, d.Version, duties.SendBackDutyInput{Reason: "缺少清单"})
		return err
	})},
	{"reopen", 2, onDuty(duty.Closed, func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.Reopen(w.Acting(w.Office), d.ID, d.Version, duties.ReopenDutyInput{Reason: "反弹"})
		return err
	})},
	{"cancel", 1, onDuty("", func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.Cancel(w.Acting(w.Office), d.ID, d.Version, duties.CancelDutyInput{Reason: "任务取消"})
		return err
	})},
	{"urge", 5, onDuty("", func(w *world, d duties.Duty) error {
		_, err := w.app.Duties.Urge(w.Acting(w.Office), d.ID, duties.UrgeDutyInput{Content: "请抓紧", Reason: "再次督办"})
		return err
	})},
	{"extend", 8, onDuty(duty.Active, (*world).extend)},
	{"change post", 2, (*world).changePost},
	{"find", 4, (*world).find},
	{"serve", 6, (*world).serve},
	{"answer notice", 10, (*world).answerNotice},
	{"calendar", 4, (*world).calendar},
}

// pick chooses an act by weight.
func pick(r *rand.Rand) act {
	sum := 0
	for _, a := range acts {
		sum += a.weight
	}
	n := r.IntN(sum)
	for _, a := range acts {
		if n -= a.weight; n < 0 {
			return a
		}
	}
	panic("unreachable")
}

// onDuty does something with a duty in a state, the first from a random place on; "" is any. Without one nothing is done.
func onDuty(in duty.Status, do func(w *world, d duties.Duty) error) func(*world) error {
	return func(w *world) error {
		for i, from := 0, w.r.IntN(len(w.duties)+1); i < len(w.duties); i++ {
			id := w.duties[(from+i)%len(w.duties)]
			d, err := w.app.Duties.Get(w.Acting(w.Office), id)
			if err != nil {
				return fmt.Errorf("get duty: %v", err) //nolint:errorlint // no legal refusal: the office sees every duty
			}
			if in == "" || d.Status == in {
				return do(w, d)
			}
		}
		return nil
	}
}

// unit is a person of the unit that holds a duty.
func (w *world) unit(d duties.Duty) context.Context {
	switch d.UnitID {
	case w.Bureau.ID:
		return w.Acting(w.BureauHead)
	case w.School.ID:
		return w.Acting(w.SchoolClerk)
	}
	return w.Acting(w.clerk)
}

// dispatch gives a task to one to three units, due within ten weeks.
func (w *world) dispatch() error {
	places := []testkit.Place{w.University, w.Bureau, w.School}[:1+w.r.IntN(3)]
	due := w.today().AddDays(2 + w.r.IntN(70))
	var made []duties.Dispatched
	err := w.app.Store.Write(access.System(context.Background(), "test"), func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Task.Query().Count(ctx)
		if err != nil {
			return err
		}
		task, err := tx.Task.Create().SetID(w.app.Store.NewID()).SetAuthorityID(w.Authority).SetPlanID(w.plan).SetKind(plan.Task).SetTitle("任务").
			SetPath(fmt.Sprintf("%04d", n+1)).SetDueDate(due).SetLeaderID(w.Leader.ID).Save(ctx)
		if err != nil {
			return err
		}
		var to []duties.Recipient
		for _, p := range places {
			to = append(to, duties.Recipient{UnitID: p.ID, UnitPath: p.Path, Part: duty.Lead})
		}
		made, err = w.app.Duties.Dispatch(ctx, tx, task, to)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range made {
		w.duties = append(w.duties, d.ID)
	}
	return nil
}

// report writes, submits and passes a report; the office confirms one in two.
func (w *world) report(d duties.Duty, kind duty.ReportKind) error {
	progress := 500 * w.r.IntN(20)
	if kind == duty.Completion {
		progress = 10000
	}
	ctx, head := w.unit(d), w.Acting(w.Head)
	r, err := w.app.Duties.SaveReport(ctx, d.ID, duties.SaveReportInput{Kind: string(kind), Progress: progress, Narrative: "进展", Period: "2017-09"})
	if err != nil {
		return err
	}
	if r, err = w.app.Duties.SubmitReport(ctx, r.ID, r.Version); err != nil || w.r.IntN(5) == 0 {
		return err
	}
	if r, err = w.app.Duties.ReviewReport(head, r.ID, r.Version); err != nil || kind == duty.Completion || w.r.IntN(2) == 0 {
		return err
	}
	_, err = w.app.Duties.ConfirmReport(w.Acting(w.Office), r.ID, r.Version)
	return err
}

// extend asks for a later date; half of the requests are granted, the others refused or left.
func (w *world) extend(d duties.Duty) error {
	progress := d.Progress
	e, err := w.app.Duties.RequestExtension(w.unit(d), d.ID, duties.RequestExtensionInput{DueDate: d.DueDate.AddDays(3 + w.r.IntN(30)), Reason: "流标", Progress: &progress})
	if err != nil {
		return err
	}
	if e, err = w.app.Duties.OpineExtension(w.Acting(w.Office), e.ID, e.Version, duties.OpineExtensionInput{Text: "情况属实"}); err != nil {
		return err
	}
	switch w.r.IntN(4) {
	case 0, 1:
		_, err = w.app.Duties.GrantExtension(w.Acting(w.Leader), e.ID, e.Version, duties.GrantExtensionInput{DueDate: d.DueDate.AddDays(3 + w.r.IntN(30)), Text: "同意"})
	case 2:
		_, err = w.app.Duties.RefuseExtension(w.Acting(w.Leader), e.ID, e.Version, duties.RefuseExtensionInput{Reason: "不予延期"})
	}
	return err
}

// changePost gives the university's clerkship to somebody else, who may have been clerk before.
func (w *world) changePost() error {
	security := w.Acting(w.SecurityAdmin)
	next := w.Nobody
	if w.clerk.ID == w.Nobody.ID {
		next = w.Clerk
	}
	made, err := w.app.Accounts.GrantPost(security, accounts.GrantPostInput{UserID: next.ID, UnitID: w.University.ID, Role: post.UnitClerk, ValidFrom: w.today(), Reason: "轮岗"})
	if err != nil {
		return err
	}
	old, err := w.app.Accounts.GetPost(security, w.clerk.Post.ID)
	if err != nil {
		return err
	}
	if _, err := w.app.Accounts.EndPost(security, old.ID, old.Version, accounts.EndPostInput{On: w.today(), Reason: "轮岗"}); err != nil {
		return err
	}
	next.Post = access.Post{ID: made.ID, UnitID: w.University.ID, UnitPath: w.University.Path, Role: post.UnitClerk}
	w.clerk = next
	return nil
}

// any is one of some ids by chance.
func (w *world) any(ids []ident.ID) (ident.ID, bool) {
	if len(ids) == 0 {
		return ident.ID{}, false
	}
	return ids[w.r.IntN(len(ids))], true
}
