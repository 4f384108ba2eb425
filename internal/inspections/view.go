package inspections

import (
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// Inspection is one supervision action (督查) with its plan, its team and its conclusion.
type Inspection struct {
	ID             ident.ID                 `json:"id" doc:"Id"`
	Title          string                   `json:"title" doc:"Title" example:"义务教育招生专项督查"`
	Kind           rectify.InspectionKind   `json:"kind" doc:"Form of Order 733 art. 14" enum:"comprehensive,special,incident,routine,lead_check"`
	Status         rectify.InspectionStatus `json:"status" doc:"State" enum:"planned,open,finished"`
	Basis          string                   `json:"basis" doc:"What it is based on: the instruction or decision" example:"厅长办公会议纪要〔2017〕12号"`
	Scope          string                   `json:"scope" doc:"Content and scope; locked once the inspection is open"`
	Method         string                   `json:"method" doc:"How it is done (Order 733 art. 12)" example:"实地核查、查阅资料"`
	StartsOn       workday.Date             `json:"starts_on,omitzero" doc:"First day" example:"2017-03-20"`
	EndsOn         workday.Date             `json:"ends_on,omitzero" doc:"Last day" example:"2017-03-24"`
	Units          []InspectedUnit          `json:"units" doc:"Units it is directed at"`
	Team           []TeamMember             `json:"team" doc:"Team; one member leads it"`
	PlanID         ident.ID                 `json:"plan_id,omitzero" doc:"Plan whose execution is inspected"`
	Conclusion     string                   `json:"conclusion,omitempty" doc:"Conclusion (督查结论), made at the end"`
	CreatedByID    ident.ID                 `json:"created_by_id" doc:"User who registered it"`
	CreatedAt      time.Time                `json:"created_at" doc:"Instant of registration"`
	OpenedAt       time.Time                `json:"opened_at,omitzero" doc:"Instant of opening"`
	FinishedAt     time.Time                `json:"finished_at,omitzero" doc:"Instant of the conclusion"`
	Overlaps       []InspectionOverlap      `json:"overlaps" doc:"Warning: other inspections of the same unit in an overlapping period (Order 733 art. 15)"`
	Version        int                      `json:"version" doc:"Version for If-Match"`
	AllowedActions []access.AllowedAction   `json:"allowed_actions" doc:"What the caller may do with it now"`
}

// InspectedUnit is a unit that an inspection is directed at (督查对象).
type InspectedUnit struct {
	ID   ident.ID `json:"id" doc:"Unit"`
	Name string   `json:"name" doc:"Name of the unit"`
}

// TeamMember is a person on the team (督查组).
type TeamMember struct {
	UserID ident.ID `json:"user_id" doc:"User"`
	Name   string   `json:"name" doc:"Name of the user"`
	Leads  bool     `json:"leads" doc:"Whether this member leads the team (Order 733 art. 8)"`
}

// InspectionOverlap is another inspection that meets one of the same units in the same days.
type InspectionOverlap struct {
	InspectionID ident.ID     `json:"inspection_id" doc:"The other inspection"`
	Title        string       `json:"title" doc:"Its title"`
	UnitID       ident.ID     `json:"unit_id" doc:"The unit that both inspect"`
	UnitName     string       `json:"unit_name" doc:"Name of that unit"`
	StartsOn     workday.Date `json:"starts_on" doc:"Its first day"`
	EndsOn       workday.Date `json:"ends_on" doc:"Its last day"`
}

// InspectionPage is one page of inspections, newest first.
type InspectionPage struct {
	Items []Inspection `json:"items" doc:"Inspections"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Finding is a fault found at an inspection (问题).
type Finding struct {
	ID             ident.ID               `json:"id" doc:"Id"`
	InspectionID   ident.ID               `json:"inspection_id" doc:"Inspection at which it was found"`
	NoticeID       ident.ID               `json:"notice_id,omitzero" doc:"Rectification notice that carries it"`
	DutyID         ident.ID               `json:"duty_id,omitzero" doc:"Duty that it touches"`
	UnitID         ident.ID               `json:"unit_id" doc:"Unit at fault"`
	UnitName       string                 `json:"unit_name" doc:"Name of the unit"`
	Severity       rectify.Severity       `json:"severity" doc:"Grade" enum:"minor,major,serious"`
	Status         rectify.FindingStatus  `json:"status" doc:"State" enum:"open,ordered,closed,dismissed"`
	Description    string                 `json:"description" doc:"What was found"`
	Basis          string                 `json:"basis" doc:"Clause that is broken" example:"《义务教育法》第二十五条"`
	Requirement    string                 `json:"requirement" doc:"What has to be put right"`
	FoundByID      ident.ID               `json:"found_by_id" doc:"Team member who recorded it"`
	Reason         string                 `json:"reason,omitempty" doc:"Why it was dismissed or came back"`
	ClosedAt       time.Time              `json:"closed_at,omitzero" doc:"Instant at which it was closed or dismissed"`
	CreatedAt      time.Time              `json:"created_at" doc:"Instant of recording"`
	Version        int                    `json:"version" doc:"Version for If-Match"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now"`
}

// FindingPage is one page of findings, newest first.
type FindingPage struct {
	Items []Finding `json:"items" doc:"Findings"`
	Next  string    `json:"next" doc:"Cursor of the next page; empty at the end"`
}
