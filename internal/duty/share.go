package duty

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// ShareStatus is the state of a share (内部分解): what a unit gives to a unit below it of a duty that it holds.
type ShareStatus string

const (
	ShareAssigned  ShareStatus = "assigned"  // 待签收
	ShareReturned  ShareStatus = "returned"  // 已退回
	ShareActive    ShareStatus = "active"    // 承办中
	ShareHandedIn  ShareStatus = "handed_in" // 待上级单位确认
	ShareClosed    ShareStatus = "closed"    // 已办结
	ShareCancelled ShareStatus = "cancelled" // 已撤回
)

// Values lists the states in the order of a share's life; ent reads it.
func (ShareStatus) Values() []string {
	return []string{string(ShareAssigned), string(ShareReturned), string(ShareActive), string(ShareHandedIn), string(ShareClosed), string(ShareCancelled)}
}

// Actions on a share; the permission of each is "share.<action>".
const (
	AssignShare   tr.Action = "assign"    // 分解
	AcceptShare   tr.Action = "accept"    // 签收
	ReturnShare   tr.Action = "return"    // 退回
	InsistShare   tr.Action = "insist"    // 维持分解
	ReportShare   tr.Action = "report"    // 填报进展
	HandInShare   tr.Action = "hand_in"   // 报请确认
	ConfirmShare  tr.Action = "confirm"   // 确认办结
	SendBackShare tr.Action = "send_back" // 退办
	RedateShare   tr.Action = "redate"    // 调整时限
	CancelShare   tr.Action = "cancel"    // 撤回
)

// ShareTable is the life of a share. The unit that gave it out (Outer) stays answerable for the whole: it confirms what the unit
// below (Holder) hands in, by somebody who did not hand it in. Due dates stay before those of the whole by the days of review.
var ShareTable = tr.New("share", []ShareStatus{ShareClosed, ShareCancelled},
	tr.Row[ShareStatus]{Action: AssignShare, From: []ShareStatus{""}, To: ShareAssigned, Must: tr.Outer, Needs: tr.Text, When: dutyOpen, Check: innerDate},
	tr.Row[ShareStatus]{Action: AcceptShare, From: []ShareStatus{ShareAssigned}, To: ShareActive, Must: tr.Holder, When: dutyOpen},
	tr.Row[ShareStatus]{Action: ReturnShare, From: []ShareStatus{ShareAssigned}, To: ShareReturned, Must: tr.Holder, Needs: tr.Reason, When: dutyOpen},
	tr.Row[ShareStatus]{Action: InsistShare, From: []ShareStatus{ShareReturned}, To: ShareAssigned, Must: tr.Outer, Needs: tr.Reason, When: dutyOpen},
	tr.Row[ShareStatus]{Action: ReportShare, From: []ShareStatus{ShareActive}, Must: tr.Holder, Needs: tr.Progress, When: dutyOpen},
	tr.Row[ShareStatus]{Action: HandInShare, From: []ShareStatus{ShareActive}, To: ShareHandedIn, Must: tr.Holder, Needs: tr.Text, When: sharesClosed},
	tr.Row[ShareStatus]{Action: ConfirmShare, From: []ShareStatus{ShareHandedIn}, To: ShareClosed, Must: tr.Outer, MustNot: tr.Author, When: dutyOpen},
	tr.Row[ShareStatus]{Action: SendBackShare, From: []ShareStatus{ShareHandedIn}, To: ShareActive, Must: tr.Outer, MustNot: tr.Author, Needs: tr.Reason, When: dutyOpen},
	tr.Row[ShareStatus]{Action: RedateShare, From: []ShareStatus{ShareAssigned, ShareReturned, ShareActive}, Must: tr.Outer, Needs: tr.Reason | tr.Date, When: dutyOpen, Check: innerDate},
	tr.Row[ShareStatus]{Action: CancelShare, From: []ShareStatus{ShareAssigned, ShareReturned, ShareActive, ShareHandedIn}, To: ShareCancelled, Must: tr.Outer,
		Needs: tr.Reason, When: dutyOpen},
)

// Open reports whether the share still waits for something.
func (s ShareStatus) Open() bool { return !ShareTable.Final(s) }

// innerDate holds when the named date is not past and leaves the outer unit its days of review: Latest is the last day that does.
func innerDate(c tr.Circumstances) *fault.Error {
	if !c.Latest.IsZero() && (c.New.IsZero() || c.New.After(c.Latest)) {
		return fault.BadFields(fault.Field{Location: "body.due_date", Code: "share.too_late", Params: fault.Params{"limit": c.Latest.String()}})
	}
	return tr.NewDateNotPast(c)
}

// sharesClosed holds while the duty is open and no required share below this one is.
func sharesClosed(c tr.Circumstances) *fault.Error {
	if ended := dutyOpen(c); ended != nil {
		return ended
	}
	if c.Open > 0 {
		return fault.New(fault.Conflict, "share.open_below").With("n", c.Open)
	}
	return nil
}
