package plan

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on a plan; the permission of each is "plan.<action>".
const (
	Create tr.Action = "create" // 编制
	Edit   tr.Action = "edit"   // 修改
	Issue  tr.Action = "issue"  // 下发: freezes the baseline, expands collectives
	Amend  tr.Action = "amend"  // 调整: a numbered revision
	Close  tr.Action = "close"  // 收官
	Reopen tr.Action = "reopen" // 恢复
)

// Table is the life of a plan. A plan closes when none of its duties is open: what is left is struck off, cancelled or carried
// over first.
var Table = tr.New("plan", []Status{Closed},
	tr.Row[Status]{Action: Create, From: []Status{""}, To: Draft},
	tr.Row[Status]{Action: Edit, From: []Status{Draft}},
	tr.Row[Status]{Action: Issue, From: []Status{Draft}, To: Issued},
	tr.Row[Status]{Action: Amend, From: []Status{Issued}, Needs: tr.Reason},
	tr.Row[Status]{Action: Close, From: []Status{Issued}, To: Closed, When: nothingOpen},
	tr.Row[Status]{Action: Reopen, From: []Status{Closed}, To: Issued, Needs: tr.Reason},
)

func nothingOpen(c tr.Circumstances) *fault.Error {
	if c.Open > 0 {
		return fault.New(fault.Conflict, "plan.open_duties").With("n", c.Open)
	}
	return nil
}
