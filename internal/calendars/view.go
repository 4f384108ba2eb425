package calendars

import (
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// CalendarYear is a year of an authority's calendar. A day that neither list names is worked Monday to Friday.
type CalendarYear struct {
	Year        int           `json:"year" doc:"The year" example:"2017"`
	Version     string        `json:"version" doc:"Version of the calendar in force" example:"2026-1a2b3c4d"`
	Provisional bool          `json:"provisional" doc:"No notice has settled the year: Monday to Friday, and it may still change"`
	Sources     []string      `json:"sources" doc:"Addresses of the notices that settled it"`
	DaysOff     []CalendarDay `json:"days_off" doc:"Days off that a notice names, in order"`
	MakeUpDays  []CalendarDay `json:"make_up_days" doc:"Weekend days that are worked (调休补班), in order"`
	Workdays    int           `json:"workdays" doc:"Working days of the year" example:"249"`
}

// CalendarDay is a day that a notice names.
type CalendarDay struct {
	Date workday.Date `json:"date" doc:"The day" example:"2017-10-02"`
	Name string       `json:"name" doc:"Festival, as the notice names it" example:"国庆节"`
}

// CalendarChange is a day that a notice changes.
type CalendarChange struct {
	Date workday.Date `json:"date" doc:"The day" example:"2027-02-13"`
	Name string       `json:"name,omitempty" doc:"Festival, as the notice names it" example:"春节"`
	Was  bool         `json:"was" doc:"Whether it is worked by the calendar in force"`
	Is   bool         `json:"is" doc:"Whether it is worked by the notice"`
}

// CalendarMove is a date or a step of the ladder that a notice would move.
type CalendarMove struct {
	Subject   string       `json:"subject" doc:"Kind of object" enum:"duty,notice,task"`
	SubjectID ident.ID     `json:"subject_id" doc:"The object"`
	Title     string       `json:"title,omitempty" doc:"What it is about"`
	UnitID    ident.ID     `json:"unit_id,omitzero" doc:"Unit that owes it; missing for a report that every unit of a task owes"`
	Unit      string       `json:"unit,omitempty" doc:"Name of the unit"`
	What      string       `json:"what" doc:"Due date, last day to sign, step of the ladder, last day to reply to an urge, day by which a report is due" enum:"due,sign,step,reply,report"`
	Step      string       `json:"step,omitempty" doc:"Ladder and id of the step" example:"duty.remind_3"`
	UrgeID    ident.ID     `json:"urge_id,omitzero" doc:"The urge whose reply is meant"`
	PlanID    ident.ID     `json:"plan_id,omitzero" doc:"Plan of the task whose report is meant"`
	Period    string       `json:"period,omitempty" doc:"Period of that report" example:"2027-Q1"`
	Taken     bool         `json:"taken,omitempty" doc:"The step was taken for the old date and is taken again for the new one"`
	Old       workday.Date `json:"old,omitzero" doc:"The day now; missing if the step has none" example:"2027-02-08"`
	New       workday.Date `json:"new,omitzero" doc:"The day by the notice; missing if the step is left out" example:"2027-02-13"`
}

// CalendarPreview is what a notice would change. Nothing is saved.
type CalendarPreview struct {
	Base    string           `json:"base" doc:"Version in force" example:"2026-1a2b3c4d"`
	Name    string           `json:"name" doc:"Version that the notice would make" example:"2027-5e6f7a8b"`
	Years   []int            `json:"years" doc:"Years that the notice settles"`
	Changes []CalendarChange `json:"changes" doc:"Days that change"`
	Moves   CalendarMovePage `json:"moves" doc:"Dates and steps that would move"`
}

// CalendarMovePage is a page of what would move.
type CalendarMovePage struct {
	Items []CalendarMove `json:"items" doc:"Dates and steps, by object"`
	Next  string         `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// CalendarProposal is a notice that was proposed to the calendar.
type CalendarProposal struct {
	ID             ident.ID               `json:"id" doc:"Id"`
	Status         almanac.Status         `json:"status" doc:"State" enum:"proposed,approved,applied,refused,withdrawn"`
	Title          string                 `json:"title" doc:"What it is" example:"国务院办公厅关于2027年部分节假日安排的通知"`
	Notice         string                 `json:"notice" doc:"The notice in text form: the year with its sources, then a line for each festival"`
	Base           string                 `json:"base" doc:"Version in force when it was proposed"`
	Name           string                 `json:"name" doc:"Version that it makes"`
	Years          []int                  `json:"years" doc:"Years that it settles"`
	ProposedByID   ident.ID               `json:"proposed_by_id" doc:"Who proposed it"`
	ProposedAt     time.Time              `json:"proposed_at" doc:"Instant of the proposal"`
	DecidedByID    ident.ID               `json:"decided_by_id,omitzero" doc:"Who approved or refused it"`
	DecidedAt      time.Time              `json:"decided_at,omitzero" doc:"Instant of the decision"`
	Reason         string                 `json:"reason,omitempty" doc:"Why it was refused"`
	Moved          int                    `json:"moved" doc:"Dates moved" example:"12"`
	AppliedAt      time.Time              `json:"applied_at,omitzero" doc:"Instant at which every date had moved"`
	Version        int                    `json:"version" doc:"Version for If-Match"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now"`
}

// CalendarProposalPage is a page of proposals, newest first.
type CalendarProposalPage struct {
	Items []CalendarProposal `json:"items" doc:"Proposals"`
	Next  string             `json:"next" doc:"Cursor of the next page; empty at the end"`
}
