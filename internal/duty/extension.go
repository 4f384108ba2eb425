package duty

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on an extension; the permission of each is "extension.<action>".
const (
	RequestExtension  tr.Action = "request"  // 申请
	WithdrawExtension tr.Action = "withdraw" // 撤回
	OpineExtension    tr.Action = "opine"    // 预审
	GrantExtension    tr.Action = "grant"    // 批准
	RefuseExtension   tr.Action = "refuse"   // 不批准
)

// ExtensionTable is the life of a request for more time (延期申请): asked up to and including the due date with reason, new date
// and progress; opinion and decision by two people, neither of whom asked. The decision names the date; it may come after
// the due date, since the asking was in time. Whoever asks also passes the duty's own row (Extend), so the duty is
// active. The original date is never overwritten.
var ExtensionTable = tr.New("extension", []ExtensionStatus{ExtensionGranted, ExtensionRefused, ExtensionWithdrawn},
	tr.Row[ExtensionStatus]{Action: RequestExtension, From: []ExtensionStatus{""}, To: ExtensionRequested, Must: tr.Holder,
		Needs: tr.Reason | tr.Date | tr.Progress, When: notAfterDue, Check: tr.NewDateLater},
	tr.Row[ExtensionStatus]{Action: WithdrawExtension, From: []ExtensionStatus{ExtensionRequested, ExtensionOpined}, To: ExtensionWithdrawn, Must: tr.Holder, When: dutyOpen},
	tr.Row[ExtensionStatus]{Action: OpineExtension, From: []ExtensionStatus{ExtensionRequested}, To: ExtensionOpined,
		MustNot: tr.Holder | tr.Requester, Needs: tr.Text, When: dutyOpen},
	tr.Row[ExtensionStatus]{Action: GrantExtension, From: []ExtensionStatus{ExtensionOpined}, To: ExtensionGranted,
		MustNot: tr.Holder | tr.Requester | tr.Opiner, Needs: tr.Date, When: dutyOpen, Check: tr.NewDateLater},
	tr.Row[ExtensionStatus]{Action: RefuseExtension, From: []ExtensionStatus{ExtensionOpined}, To: ExtensionRefused,
		MustNot: tr.Holder | tr.Requester | tr.Opiner, Needs: tr.Reason, When: dutyOpen},
)

// notAfterDue holds up to and including the due date. A duty without a due date has nothing to extend.
func notAfterDue(c tr.Circumstances) *fault.Error {
	if ended := dutyOpen(c); ended != nil {
		return ended
	}
	if c.Due.IsZero() {
		return fault.New(fault.Conflict, "extension.no_due")
	}
	if c.Today.After(c.Due) {
		return fault.New(fault.Conflict, "extension.after_due").With("due", c.Due.String())
	}
	return nil
}
