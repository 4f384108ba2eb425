package duty_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
)

func TestTables(t *testing.T) {
	t.Run("duty", func(t *testing.T) {
		transitiontest.Laws(t, duty.Table)
		transitiontest.Golden(t, "testdata/duty.golden", transitiontest.Matrix(duty.Table))
		transitiontest.Diagram(t, duty.Table, "duty")
	})
	t.Run("progress_report", func(t *testing.T) {
		transitiontest.Laws(t, duty.ProgressTable)
		transitiontest.Golden(t, "testdata/progress_report.golden", transitiontest.Matrix(duty.ProgressTable))
		transitiontest.Diagram(t, duty.ProgressTable, "progress_report")
	})
	t.Run("completion_request", func(t *testing.T) {
		transitiontest.Laws(t, duty.CompletionTable)
		transitiontest.Golden(t, "testdata/completion_request.golden", transitiontest.Matrix(duty.CompletionTable))
		transitiontest.Diagram(t, duty.CompletionTable, "completion_request")
	})
	t.Run("share", func(t *testing.T) {
		transitiontest.Laws(t, duty.ShareTable)
		transitiontest.Golden(t, "testdata/share.golden", transitiontest.Matrix(duty.ShareTable))
		transitiontest.Diagram(t, duty.ShareTable, "share")
	})
	t.Run("extension", func(t *testing.T) {
		transitiontest.Laws(t, duty.ExtensionTable)
		transitiontest.Golden(t, "testdata/extension.golden", transitiontest.Matrix(duty.ExtensionTable))
		transitiontest.Diagram(t, duty.ExtensionTable, "extension")
	})
}
