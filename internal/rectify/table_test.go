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
}
