package notices

import (
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// Notice is a rectification notice (限期整改通知书).
type Notice struct {
	ID              ident.ID               `json:"id" doc:"Id"`
	InspectionID    ident.ID               `json:"inspection_id,omitzero" doc:"Inspection that all of its findings come from; missing if they come from several"`
	Number          string                 `json:"number,omitempty" doc:"Document number (文号), given at service" example:"岚教督〔2017〕3号"`
	UnitID          ident.ID               `json:"unit_id" doc:"Unit that has to put things right"`
	UnitName        string                 `json:"unit_name" doc:"Name of the unit"`
	Status          rectify.NoticeStatus   `json:"status" doc:"State" enum:"draft,served,signed,replied,closed,failed,voided"`
	Title           string                 `json:"title" doc:"Title"`
	Requirement     string                 `json:"requirement" doc:"What has to be put right"`
	DueDate         workday.Date           `json:"due_date,omitzero" doc:"Deadline now in force" example:"2017-03-31"`
	OriginalDueDate workday.Date           `json:"original_due_date,omitzero" doc:"Deadline set at service; never overwritten"`
	DueRevision     int                    `json:"due_revision" doc:"Which deadline it is; a new one starts a new ladder"`
	SignDueDate     workday.Date           `json:"sign_due_date,omitzero" doc:"Last day to sign for it"`
	Overdue         bool                   `json:"overdue" doc:"Whether the deadline has passed while it is open"`
	Light           ladder.Light           `json:"light" doc:"Light of its clock; grey before service" enum:"grey,green,yellow,red,done"`
	LightRule       string                 `json:"light_rule,omitempty" doc:"Rule that gave the light" example:"notice.default@1:near"`
	LeaderID        ident.ID               `json:"leader_id,omitzero" doc:"Supervising leader"`
	Findings        []NoticeFinding        `json:"findings" doc:"Findings that it orders to be put right"`
	Replies         []Reply                `json:"replies" doc:"Replies, one a round"`
	ReplyID         ident.ID               `json:"reply_id,omitzero" doc:"Reply at hand; while the notice is signed, evidence for the next reply is added under this id"`
	PlanWanted      bool                   `json:"plan_wanted" doc:"Whether a rectification plan has to be accepted before the report"`
	PlanDueDate     workday.Date           `json:"plan_due_date,omitzero" doc:"Last day to hand in the plan"`
	PlanStatus      rectify.ReplyStatus    `json:"plan_status,omitempty" doc:"State of the last plan; missing before the first" enum:"submitted,accepted,sent_back"`
	PlanID          ident.ID               `json:"plan_id,omitzero" doc:"Plan at hand; evidence for the next plan is added under this id"`
	SiteCheckWanted bool                   `json:"site_check_wanted" doc:"Whether it is closed only after a check on the spot"`
	SiteChecks      []SiteCheck            `json:"site_checks" doc:"Checks on the spot, oldest first"`
	ObjectUntil     workday.Date           `json:"object_until,omitzero" doc:"Last day to object to it (Order 733 art. 17); missing before the receipt"`
	Previous        *NoticeLink            `json:"previous,omitempty" doc:"The failed notice that this one follows"`
	Next            *NoticeLink            `json:"next,omitempty" doc:"The notice that followed when this one failed"`
	CreatedByID     ident.ID               `json:"created_by_id" doc:"User who drafted it"`
	CreatedAt       time.Time              `json:"created_at" doc:"Instant of drafting"`
	ServedAt        time.Time              `json:"served_at,omitzero" doc:"Instant of service"`
	ServedByID      ident.ID               `json:"served_by_id,omitzero" doc:"User who served it"`
	SignedAt        time.Time              `json:"signed_at,omitzero" doc:"Instant of signing"`
	SignedByID      ident.ID               `json:"signed_by_id,omitzero" doc:"User who signed for the unit"`
	ClosedAt        time.Time              `json:"closed_at,omitzero" doc:"Instant of close-out"`
	ClosedByID      ident.ID               `json:"closed_by_id,omitzero" doc:"User who verified and closed it"`
	ReopenUntil     workday.Date           `json:"reopen_until,omitzero" doc:"Last day on which a fault that comes back reopens it"`
	Reopened        int                    `json:"reopened" doc:"How often it was reopened"`
	Reason          string                 `json:"reason,omitempty" doc:"Why it was voided or reopened"`
	Version         int                    `json:"version" doc:"Version for If-Match"`
	AllowedActions  []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and why not"`
}

// NoticeFinding is a finding as its notice shows it.
type NoticeFinding struct {
	ID          ident.ID              `json:"id" doc:"Finding"`
	Severity    rectify.Severity      `json:"severity" doc:"Grade" enum:"minor,major,serious"`
	Status      rectify.FindingStatus `json:"status" doc:"State" enum:"open,ordered,closed,dismissed"`
	Description string                `json:"description" doc:"What was found"`
	Basis       string                `json:"basis" doc:"Clause that is broken"`
	Requirement string                `json:"requirement" doc:"What has to be put right"`
	Repeats     []NoticeRepeat        `json:"repeats" doc:"Earlier findings of the unit that it repeats, as a person confirmed"`
}

// Reply is one answer of the unit: a plan (整改方案) or a report (整改报告).
type Reply struct {
	ID           ident.ID            `json:"id" doc:"Id; its evidence has it as subject"`
	Stage        rectify.ReplyStage  `json:"stage" doc:"Plan or report" enum:"plan,report"`
	Round        int                 `json:"round" doc:"Which reply of its stage it is, from 1" example:"1"`
	Status       rectify.ReplyStatus `json:"status" doc:"State" enum:"submitted,accepted,sent_back"`
	Measures     string              `json:"measures" doc:"What was done, or in a plan: what will be done"`
	Responsible  string              `json:"responsible,omitempty" doc:"In a plan: who answers for it"`
	FinishBy     workday.Date        `json:"finish_by,omitzero" doc:"In a plan: by when it will be done"`
	Result       string              `json:"result" doc:"What it led to"`
	Evidence     int                 `json:"evidence" doc:"How many pieces of evidence it brings"`
	AuthorID     ident.ID            `json:"author_id" doc:"User who replied"`
	VerifiedByID ident.ID            `json:"verified_by_id,omitzero" doc:"User who verified it"`
	VerifiedAt   time.Time           `json:"verified_at,omitzero" doc:"Instant of verification"`
	Verdict      string              `json:"verdict,omitempty" doc:"What the verification found"`
	CreatedAt    time.Time           `json:"created_at" doc:"Instant of the reply"`
}

// NoticePage is one page of notices, by deadline and then age.
type NoticePage struct {
	Items []Notice `json:"items" doc:"Notices"`
	Next  string   `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// NoticeDeadlines is a notice's deadline ledger (时限台账).
type NoticeDeadlines struct {
	Items []NoticeDeadline `json:"items" doc:"Every deadline that it ever had, oldest first"`
}

// NoticeDeadline is one line of a notice's deadline ledger (时限台账).
type NoticeDeadline struct {
	Revision    int          `json:"revision" doc:"Which deadline, from 1"`
	OldDate     workday.Date `json:"old_date,omitzero" doc:"Deadline before; missing for the first"`
	NewDate     workday.Date `json:"new_date" doc:"Deadline from then on"`
	ChangedByID ident.ID     `json:"changed_by_id" doc:"User who set it"`
	Reason      string       `json:"reason,omitempty" doc:"Why"`
	CreatedAt   time.Time    `json:"created_at" doc:"Instant of the change"`
}

// NoticeNumbers is the register of one year's numbers: every number from 1 to last was used, once.
type NoticeNumbers struct {
	Year   int                  `json:"year" doc:"Year of the series"`
	Last   int                  `json:"last" doc:"Last number taken; 0 if none"`
	Voided []VoidedNoticeNumber `json:"voided" doc:"Numbers that are void; they stay used"`
}

// VoidedNoticeNumber is a number whose notice was voided.
type VoidedNoticeNumber struct {
	Serial     int      `json:"serial" doc:"Number within the year"`
	Reason     string   `json:"reason" doc:"Why it is void"`
	VoidedByID ident.ID `json:"voided_by_id" doc:"User who voided it"`
}

// NoticeDocument is the notice as a file.
type NoticeDocument struct {
	Name string // file name
	Data []byte // DOCX
}
