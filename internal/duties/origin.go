package duties

import (
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// origin says how a task's due date was reckoned, where a calendar had a part in it: a period of working days (N个工作日内) from the
// day of the document. A date that a document states, or a person set, has none.
func origin(task *ent.Task, calendar workday.Calendar) workday.Origin {
	if task.DeadlineKind != plan.Relative || task.DeadlineRule == "manual" || !strings.Contains(task.DeadlinePhrase, "工作日") || task.StartDate.IsZero() || task.DueDate.IsZero() {
		return workday.Origin{}
	}
	n := calendar.WorkdaysBetween(task.StartDate, task.DueDate)
	due, origin := calendar.Reckon(task.StartDate, workday.Period{N: n, Unit: workday.ByWorkday})
	if n < 1 || due != task.DueDate {
		return workday.Origin{}
	}
	return origin
}
