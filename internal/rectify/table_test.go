package rectify_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
)

func TestTables(t *testing.T) {
	t.Run("inspection", func(t *testing.T) {
		transitiontest.Laws(t, rectify.InspectionTable)
		transitiontest.Golden(t, "testdata/inspection.golden", transitiontest.Matrix(rectify.InspectionTable))
		transitiontest.Diagram(t, rectify.InspectionTable, "inspection")
	})
	t.Run("finding", func(t *testing.T) {
		transitiontest.Laws(t, rectify.FindingTable)
		transitiontest.Golden(t, "testdata/finding.golden", transitiontest.Matrix(rectify.FindingTable))
		transitiontest.Diagram(t, rectify.FindingTable, "finding")
	})
	t.Run("notice", func(t *testing.T) {
		transitiontest.Laws(t, rectify.NoticeTable)
		transitiontest.Golden(t, "testdata/notice.golden", transitiontest.Matrix(rectify.NoticeTable))
		transitiontest.Diagram(t, rectify.NoticeTable, "notice")
	})
	t.Run("reply", func(t *testing.T) {
		transitiontest.Laws(t, rectify.ReplyTable)
		transitiontest.Golden(t, "testdata/reply.golden", transitiontest.Matrix(rectify.ReplyTable))
		transitiontest.Diagram(t, rectify.ReplyTable, "reply")
	})
	t.Run("conclusion", func(t *testing.T) {
		transitiontest.Laws(t, rectify.ConclusionTable)
		transitiontest.Golden(t, "testdata/conclusion.golden", transitiontest.Matrix(rectify.ConclusionTable))
		transitiontest.Diagram(t, rectify.ConclusionTable, "conclusion")
	})
	t.Run("objection", func(t *testing.T) {
		transitiontest.Laws(t, rectify.ObjectionTable)
		transitiontest.Golden(t, "testdata/objection.golden", transitiontest.Matrix(rectify.ObjectionTable))
		transitiontest.Diagram(t, rectify.ObjectionTable, "objection")
	})
	t.Run("look_back", func(t *testing.T) {
		transitiontest.Laws(t, rectify.LookTable)
		transitiontest.Golden(t, "testdata/look_back.golden", transitiontest.Matrix(rectify.LookTable))
		transitiontest.Diagram(t, rectify.LookTable, "look_back")
	})
}
