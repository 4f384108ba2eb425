// Package deeds is what a person has dealt with (已办): each object that they acted on, with their latest act on it. It reads the
// append-only history, so nobody has to tick anything off, and asks every feature what its objects are called to this reader today.
package deeds

import (
	"context"
	"maps"
	"slices"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/handovers"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/rules"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Features own the objects that people act on.
type Features struct {
	Duties       *duties.Service
	Plans        *plans.Service
	Inspections  *inspections.Service
	Notices      *notices.Service
	Objections   *objections.Service
	Matters      *matters.Service
	Instructions *instructions.Service
	Proceedings  *proceedings.Service
	Handovers    *handovers.Service
	Indicators   *indicators.Service
	Calendars    *calendars.Service
	Rules        *rules.Service
}

// kind is how objects of one subject of the history are named, and who may see them at all.
type kind struct {
	read     access.Permission
	headings func(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error)
}

// Service lists what people have done.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	kinds   map[string]kind
	all     []string // the subjects, in order, so that the statement is always the same
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, on Features) *Service {
	d := &Service{store: s, gate: gate, log: log, watches: w, kinds: map[string]kind{
		"calendar":    {access.CalendarRead, on.Calendars.Headings},
		"conclusion":  {access.ConclusionRead, on.Inspections.ConclusionHeadings},
		"duty":        {access.DutyRead, on.Duties.Headings},
		"finding":     {access.FindingRead, on.Inspections.FindingHeadings},
		"hand_over":   {access.HandOverRead, on.Handovers.Headings},
		"indicator":   {access.IndicatorRead, on.Indicators.Headings},
		"inspection":  {access.InspectionRead, on.Inspections.Headings},
		"instruction": {access.InstructionRead, on.Instructions.Headings},
		"matter":      {access.MatterRead, on.Matters.Headings},
		"notice":      {access.NoticeRead, on.Notices.Headings},
		"objection":   {access.ObjectionRead, on.Objections.Headings},
		"plan":        {access.PlanRead, on.Plans.Headings},
		"proceeding":  {access.ProceedingRead, on.Proceedings.Headings},
		"rule":        {access.RuleRead, on.Rules.Headings},
	}}
	d.all = slices.Sorted(maps.Keys(d.kinds))
	return d
}

// aside are lines that follow from an act on another object: that one has its own row, and a notice on thirty findings should not fill
// a page.
var aside = []string{
	"duty.instruct", "finding.instruct", "inspection.instruct", "matter.instruct", "notice.instruct", "plan.instruct", // of an instruction
	"finding.order", "finding.release", "finding.pass_on", "finding.close", "finding.reopen", // of a notice
	"finding.hand_over", "instruction.hand_over", "matter.hand_over", "notice.hand_over", "proceeding.hand_over", // of a merger of units
	"calendar.apply", "calendar.move", // of the approval of a calendar
	"conclusion.deliver", // of the end of an inspection
}
