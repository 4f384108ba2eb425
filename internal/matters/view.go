package matters

import (
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/workday"
)

// Matter is a supervised matter (督办事项).
type Matter struct {
	ID             ident.ID               `json:"id" doc:"Id of the matter"`
	Number         string                 `json:"number,omitempty" doc:"Running number, given at approval" example:"岚教督办〔2017〕1号"`
	Title          string                 `json:"title" doc:"What is to be done, in a line" example:"落实厅长办公会关于校园安全的决定"`
	Content        string                 `json:"content,omitempty" doc:"What is asked for" example:"各市州教育局于月底前完成排查并报送清单"`
	Source         supervise.Source       `json:"source" enum:"document,minutes,instruction,letter,proposal,media" doc:"Where it comes from" example:"minutes"`
	Basis          string                 `json:"basis,omitempty" doc:"Number of the document, meeting or letter" example:"岚教纪要〔2017〕6号"`
	ReceivedOn     workday.Date           `json:"received_on,omitzero" doc:"Day on which it came in" example:"2017-03-06"`
	Urgency        supervise.Urgency      `json:"urgency" enum:"urgent,ordinary,hard" doc:"Urgency; the default period of an instruction hangs on it" example:"ordinary"`
	Supervision    supervise.Supervision  `json:"supervision" enum:"government,daily,education" doc:"In what capacity it is supervised" example:"daily"`
	DesignationID  ident.ID               `json:"designation_id,omitzero" doc:"Designation that government supervision rests on"`
	Status         supervise.MatterStatus `json:"status" enum:"draft,proposed,active,refused,closed,voided" doc:"State" example:"active"`
	DueDate        workday.Date           `json:"due_date,omitzero" doc:"Last day; before approval missing if nobody named one" example:"2017-03-26"`
	DueRule        string                 `json:"due_rule,omitempty" doc:"Rule that gave the due date; missing if a person named it" example:"matters.default@1:minutes"`
	Overdue        bool                   `json:"overdue" doc:"Active after the end of its due date"`
	LeaderID       ident.ID               `json:"leader_id,omitzero" doc:"Supervising leader; whoever approves it if nobody is named"`
	LeaderName     string                 `json:"leader_name,omitempty" doc:"Name of that leader" example:"李明"`
	Units          []MatterUnit           `json:"units" doc:"Units with their parts; once active with their duties"`
	InstructionID  ident.ID               `json:"instruction_id,omitzero" doc:"Instruction that opened it"`
	PlanID         ident.ID               `json:"plan_id,omitzero" doc:"Plan of matters of the year; once active"`
	TaskID         ident.ID               `json:"task_id,omitzero" doc:"Its task in that plan; once active"`
	OpenDuties     int                    `json:"open_duties" doc:"Duties that are open" example:"2"`
	CreatedByID    ident.ID               `json:"created_by_id" doc:"Who registered it"`
	CreatedByName  string                 `json:"created_by_name" doc:"Name of who registered it" example:"督查室"`
	ProposedByID   ident.ID               `json:"proposed_by_id,omitzero" doc:"Who put it up for approval"`
	ProposedByName string                 `json:"proposed_by_name,omitempty" doc:"Name of who put it up" example:"督查室"`
	ProposedAt     time.Time              `json:"proposed_at,omitzero" doc:"Instant of putting it up"`
	DecidedByID    ident.ID               `json:"decided_by_id,omitzero" doc:"Leader who approved or refused it"`
	DecidedByName  string                 `json:"decided_by_name,omitempty" doc:"Name of that leader" example:"李明"`
	DecidedAt      time.Time              `json:"decided_at,omitzero" doc:"Instant of the decision"`
	ClosedAt       time.Time              `json:"closed_at,omitzero" doc:"Instant of close-out"`
	Conclusion     string                 `json:"conclusion,omitempty" doc:"What came of it" example:"排查 1204 所，整改到位"`
	Reason         string                 `json:"reason,omitempty" doc:"Why it was refused or withdrawn" example:"已列入年度要点"`
	CreatedAt      time.Time              `json:"created_at" doc:"Instant of registration"`
	Version        int                    `json:"version" doc:"Counts the changes" example:"3"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// MatterUnit is a unit of a matter.
type MatterUnit struct {
	UnitID     ident.ID    `json:"unit_id" doc:"Unit"`
	UnitName   string      `json:"unit_name" doc:"Name of the unit" example:"政策法规处"`
	Part       duty.Part   `json:"part" enum:"lead,support" doc:"Part" example:"lead"`
	DutyID     ident.ID    `json:"duty_id,omitzero" doc:"Its duty; once active"`
	DutyStatus duty.Status `json:"duty_status,omitempty" enum:"assigned,returned,active,review,closed,cancelled" doc:"State of the duty" example:"active"`
	Progress   int         `json:"progress" doc:"Progress of the duty in basis points" example:"4500"`
}

// MatterPage is a page of matters.
type MatterPage struct {
	Items []Matter `json:"items" doc:"Matters, newest first"`
	Next  string   `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Designation is a government's charge to supervise for it (政府督查指定).
type Designation struct {
	ID         ident.ID     `json:"id" doc:"Id of the designation"`
	Government string       `json:"government" doc:"Government that designated the authority" example:"岚省人民政府"`
	Number     string       `json:"number" doc:"Number of its document" example:"岚政办函〔2017〕12号"`
	Scope      string       `json:"scope" doc:"Matters and duties that it covers" example:"义务教育均衡发展专项督查"`
	ValidFrom  workday.Date `json:"valid_from" doc:"First day" example:"2017-01-01"`
	ValidTo    workday.Date `json:"valid_to,omitzero" doc:"Last day; missing: until it is replaced" example:"2017-12-31"`
	CreatedAt  time.Time    `json:"created_at" doc:"Instant of the record"`
}

// DesignationPage is a page of designations.
type DesignationPage struct {
	Items []Designation `json:"items" doc:"Designations, newest first"`
	Next  string        `json:"next" doc:"Cursor of the next page; empty at the end"`
}
