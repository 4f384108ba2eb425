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
	Number         string                   `json:"number,omitempty" doc:"Document number of the plan, given at its approval" example:"岚教督查〔2017〕1号"`
	Kind           rectify.InspectionKind   `json:"kind" doc:"Form of Order 733 art. 14, or a look-back" enum:"comprehensive,special,incident,routine,lead_check,look_back"`
	Supervision    rectify.Supervision      `json:"supervision" doc:"In whose name (Order 733 art. 6, 7)" enum:"department,government,education"`
	Designation    string                   `json:"designation,omitempty" doc:"The government's designation, for government supervision"`
	Status         rectify.InspectionStatus `json:"status" doc:"State" enum:"draft,proposed,approved,open,finished,concluded,cancelled"`
	Basis          string                   `json:"basis" doc:"What it is based on: the instruction or decision" example:"厅长办公会议纪要〔2017〕12号"`
	Scope          string                   `json:"scope" doc:"Content and scope; locked once the plan is approved"`
	Matters        []string                 `json:"matters" doc:"What is inspected, one matter each"`
	Methods        []rectify.Method         `json:"methods" doc:"Methods of Order 733 art. 12"`
	Method         string                   `json:"method" doc:"How it is done, in words" example:"实地核查、查阅资料"`
	Items          []rectify.CheckItem      `json:"items" doc:"Check-list that the team goes through at every unit"`
	StartsOn       workday.Date             `json:"starts_on,omitzero" doc:"First day" example:"2017-03-20"`
	EndsOn         workday.Date             `json:"ends_on,omitzero" doc:"Last day" example:"2017-03-24"`
	Units          []InspectedUnit          `json:"units" doc:"Units it is directed at"`
	Team           []TeamMember             `json:"team" doc:"Team; one member leads it"`
	PlanID         ident.ID                 `json:"plan_id,omitzero" doc:"Plan whose execution is inspected"`
	Revision       int                      `json:"revision" doc:"Version of the plan, from 1 at its approval; 0 before"`
	Reason         string                   `json:"reason,omitempty" doc:"Why it was sent back or cancelled"`
	Conclusion     string                   `json:"conclusion,omitempty" doc:"Conclusion (督查结论), made at the end"`
	CreatedByID    ident.ID                 `json:"created_by_id" doc:"User who registered it"`
	CreatedAt      time.Time                `json:"created_at" doc:"Instant of registration"`
	ProposedByID   ident.ID                 `json:"proposed_by_id,omitzero" doc:"User who proposed the plan"`
	ApprovedByID   ident.ID                 `json:"approved_by_id,omitzero" doc:"User who approved the plan"`
	ApprovedAt     time.Time                `json:"approved_at,omitzero" doc:"Instant of approval"`
	OpenedAt       time.Time                `json:"opened_at,omitzero" doc:"Instant of opening"`
	FinishedAt     time.Time                `json:"finished_at,omitzero" doc:"Instant at which the work on the spot ended"`
	ConcludedAt    time.Time                `json:"concluded_at,omitzero" doc:"Instant of the conclusion"`
	LookYear       int                      `json:"look_year,omitempty" doc:"For a look-back: the year that it looks at again"`
	Seed           string                   `json:"seed,omitempty" doc:"For a look-back: the seed of its draw"`
	Population     int                      `json:"population,omitempty" doc:"For a look-back: out of how many it was drawn"`
	Overlaps       []InspectionOverlap      `json:"overlaps" doc:"Warning: other inspections of the same object in overlapping days (Order 733 art. 15); filled when one inspection is read"`
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
	UserID  ident.ID `json:"user_id" doc:"User"`
	Name    string   `json:"name" doc:"Name of the user"`
	Leads   bool     `json:"leads" doc:"Whether this member leads the team (Order 733 art. 8)"`
	Tie     string   `json:"tie,omitempty" doc:"Post in an inspected unit: now means that the member has to withdraw, former is a flag; filled when one inspection is read" enum:"now,former"`
	TieUnit string   `json:"tie_unit,omitempty" doc:"That unit"`
}

// InspectionOverlap is another inspection that meets one of the same units in the same days.
type InspectionOverlap struct {
	InspectionID ident.ID     `json:"inspection_id" doc:"The other inspection"`
	Title        string       `json:"title" doc:"Its title"`
	UnitID       ident.ID     `json:"unit_id" doc:"The unit that both inspect"`
	UnitName     string       `json:"unit_name" doc:"Name of that unit"`
	StartsOn     workday.Date `json:"starts_on" doc:"Its first day"`
	EndsOn       workday.Date `json:"ends_on" doc:"Its last day"`
	Matter       string       `json:"matter" doc:"Matter of this inspection that is most like one of the other's"`
	OtherMatter  string       `json:"other_matter" doc:"That matter of the other"`
	Similarity   int          `json:"similarity" doc:"How alike the two are, in percent"`
	Duplicate    bool         `json:"duplicate" doc:"Whether they count as the same matter, so that a reason has to be given"`
	Answer       string       `json:"answer,omitempty" doc:"The reason that was given"`
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
	Photos         int                    `json:"photos" doc:"How many photographs and other pieces of evidence it has"`
	Repeats        []FindingRepeat        `json:"repeats" doc:"Earlier findings of the unit that it repeats; proposals only for those who decide on them"`
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
