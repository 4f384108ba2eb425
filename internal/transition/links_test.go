package transition_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/transition"
)

// collect notes the actions of a table that are done directly and the names that its rows refer to.
func collect[S transition.State](table *transition.Table[S], direct, named map[string]bool) {
	for _, row := range table.Rows() {
		if row.Via == "" {
			direct[table.Object()+"."+string(row.Action)] = true
			named[row.Permission] = true
			continue
		}
		named[row.Via] = true
	}
}

func TestTables_refer_only_to_actions_that_exist(t *testing.T) {
	direct, named := map[string]bool{}, map[string]bool{}
	collect(duty.Table, direct, named)
	collect(duty.ProgressTable, direct, named)
	collect(duty.CompletionTable, direct, named)
	collect(duty.ExtensionTable, direct, named)
	collect(duty.ShareTable, direct, named)
	collect(rectify.InspectionTable, direct, named)
	collect(rectify.FindingTable, direct, named)
	collect(rectify.NoticeTable, direct, named)
	collect(rectify.ReplyTable, direct, named)
	collect(rectify.ConclusionTable, direct, named)
	collect(rectify.ObjectionTable, direct, named)
	collect(rectify.LookTable, direct, named)
	collect(plan.Table, direct, named)
	collect(supervise.MatterTable, direct, named)
	collect(supervise.InstructionTable, direct, named)
	for name := range named {
		if !direct[name] {
			t.Errorf("no table has the action %s", name)
		}
	}
}
