package plans

import (
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// Plan is a year's key points from one source document.
type Plan struct {
	ID             ident.ID               `json:"id" doc:"Id of the plan" example:"0h2kz9f7x3b1c"`
	Year           int                    `json:"year,omitempty" doc:"Year that the plan is for" example:"2017"`
	Title          string                 `json:"title" doc:"Title of the document" example:"2017年政务公开工作要点"`
	Number         string                 `json:"number,omitempty" doc:"Number of the document (文号)" example:"岚教发〔2017〕9号"`
	Status         plan.Status            `json:"status" doc:"State: draft, issued, closed" example:"draft"`
	Template       bool                   `json:"template,omitempty" doc:"It is a template (模板): drafts are made from it, and it is never issued"`
	Issuing        bool                   `json:"issuing,omitempty" doc:"Issuing was begun and is not finished; issue it again to go on"`
	DocumentID     ident.ID               `json:"document_id,omitzero" doc:"Source document; missing if the plan was made without one"`
	DocumentDate   workday.Date           `json:"document_date,omitzero" doc:"Date of the document (成文日期); relative deadlines count from it" example:"2017-03-15"`
	IssuedOn       workday.Date           `json:"issued_on,omitzero" doc:"Day whose rosters and units the baseline holds" example:"2017-03-16"`
	IssuedAt       time.Time              `json:"issued_at,omitzero" doc:"Instant at which it was issued"`
	Duties         int                    `json:"duties" doc:"Duties that were issued" example:"412"`
	ClosedDuties   int                    `json:"closed_duties" doc:"Duties that are closed" example:"97"`
	Progress       int                    `json:"progress" doc:"Progress in basis points (10000 is done)" example:"2354"`
	CreatedAt      time.Time              `json:"created_at" doc:"Instant of the import"`
	Version        int                    `json:"version" doc:"Version to name in If-Match; every change to the draft raises it" example:"3"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now"`
}

// PlanPage is one page of plans.
type PlanPage struct {
	Items []Plan `json:"items" doc:"Plans, latest first"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Task is a node of a plan's tree.
type Task struct {
	ID          ident.ID                     `json:"id" doc:"Id of the node"`
	PlanID      ident.ID                     `json:"plan_id" doc:"Plan that it belongs to"`
	ParentID    ident.ID                     `json:"parent_id,omitzero" doc:"Node above; missing at the top"`
	Path        string                       `json:"path" doc:"Place in the plan: four characters a level; sorts in document order" example:"00100020"`
	Depth       int                          `json:"depth" doc:"Levels above it" example:"1"`
	Kind        plan.NodeKind                `json:"kind" doc:"section, key_point, task or subtask" example:"task"`
	Number      string                       `json:"number,omitempty" doc:"Number as written" example:"（一）"`
	Title       string                       `json:"title" doc:"Short title" example:"编制主动公开目录"`
	Content     string                       `json:"content,omitempty" doc:"Wording without number and responsibility clause"`
	Span        clause.Span                  `json:"span,omitzero" doc:"Characters of the source text that it came from, end not included"`
	Deadline    TaskDeadline                 `json:"deadline" doc:"When it falls due"`
	Milestones  []TaskDeadline               `json:"milestones" doc:"Earlier dates that the text names"`
	Targets     []TaskTarget                 `json:"targets" doc:"Figures that the text asks for"`
	Contract    *contract.CompletionContract `json:"contract,omitempty" doc:"Checks that must hold before it may be submitted as complete (办结标准)"`
	Weight      int                          `json:"weight" doc:"Weight among its siblings" example:"1"`
	RollUp      plan.RollUp                  `json:"roll_up" doc:"How progress comes from the parts: all, any, weighted, k_of_n" example:"all"`
	RollUpK     int                          `json:"roll_up_k,omitempty" doc:"For k_of_n: how many parts" example:"3"`
	Progress    int                          `json:"progress" doc:"Progress in basis points" example:"0"`
	Parts       int                          `json:"parts" doc:"Duties and child nodes that it consists of" example:"12"`
	ClosedParts int                          `json:"closed_parts" doc:"Parts that are complete" example:"0"`
	LeaderID    ident.ID                     `json:"leader_id,omitzero" doc:"Supervising leader (分管领导)"`
	Mode        string                       `json:"mode,omitempty" doc:"How the text names those responsible: explicit_lead, by_duty, joint, …; general for parts that ask for nothing" example:"explicit_lead"`
	Assignments []Assignment                 `json:"assignments" doc:"Responsible bodies as the draft names them"`
	Version     int                          `json:"version" doc:"Version to name in If-Match" example:"1"`
}

// TaskPage is one page of a plan's nodes.
type TaskPage struct {
	Items []Task `json:"items" doc:"Nodes in document order; a node stands before its children"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// TaskDeadline is a deadline with the phrase and the rule that it was read by.
type TaskDeadline struct {
	Kind       plan.DeadlineKind `json:"kind" doc:"none, date, period, relative, recurring or ongoing" example:"date"`
	Phrase     string            `json:"phrase,omitempty" doc:"As written" example:"2017年6月底前"`
	Rule       string            `json:"rule,omitempty" doc:"Rule that read the phrase, or “manual”" example:"month_end"`
	Span       clause.Span       `json:"span,omitzero" doc:"Characters of the source text"`
	Start      workday.Date      `json:"start,omitzero" doc:"First day, of a period" example:"2017-04-01"`
	Due        workday.Date      `json:"due,omitzero" doc:"Last day; missing if it never falls due" example:"2017-06-30"`
	Recurrence string            `json:"recurrence,omitempty" doc:"Report cycle as RFC 5545 RRULE" example:"FREQ=MONTHLY;BYMONTHDAY=28"`
}

// TaskTarget is a figure that a node asks for.
type TaskTarget struct {
	Metric string      `json:"metric,omitempty" doc:"What is counted" example:"信息"`
	Op     string      `json:"op" doc:"Comparator: >=, >, <=, <, =, ~ or range" example:">="`
	Value  float64     `json:"value" doc:"The figure; lower end of a range" example:"1200"`
	To     float64     `json:"to,omitempty" doc:"Upper end of a range"`
	Unit   string      `json:"unit" doc:"Unit as written" example:"条"`
	Per    string      `json:"per,omitempty" doc:"Period if due each: year, quarter, month, week"`
	Span   clause.Span `json:"span,omitzero" doc:"Characters of the source text"`
}

// Assignment is a responsible body as a draft names it.
type Assignment struct {
	ID         ident.ID            `json:"id" doc:"Id of the assignment"`
	Part       plan.AssignmentPart `json:"part" doc:"lead (牵头), support (配合) or collective (expanded by roster at issue)" example:"lead"`
	Name       string              `json:"name" doc:"As written" example:"法规处"`
	Span       clause.Span         `json:"span,omitzero" doc:"Characters of the source text"`
	UnitID     ident.ID            `json:"unit_id,omitzero" doc:"Unit that it means"`
	UnitName   string              `json:"unit_name,omitempty" doc:"Name of that unit" example:"政策法规处"`
	RosterID   ident.ID            `json:"roster_id,omitzero" doc:"Roster that it means"`
	RosterName string              `json:"roster_name,omitempty" doc:"Name of that roster" example:"各高校"`
	Resolved   bool                `json:"resolved" doc:"Whether it is known who is meant; if not, a question is open"`
	OpenList   bool                `json:"open_list,omitempty" doc:"The text ends the list with 等"`
}

// PlanSource is the source text, into which the spans of nodes point.
type PlanSource struct {
	DocumentID ident.ID `json:"document_id" doc:"Id of the document"`
	Name       string   `json:"name" doc:"File name as uploaded" example:"要点.docx"`
	MediaType  string   `json:"media_type" doc:"Media type of the file"`
	SHA256     string   `json:"sha256" doc:"Hash of the file"`
	Size       int      `json:"size" doc:"Bytes of the file" example:"20480"`
	Length     int      `json:"length" doc:"Characters of the whole text" example:"4481"`
	From       int      `json:"from" doc:"First character of this part" example:"0"`
	Text       string   `json:"text" doc:"The text of this part"`
	Next       int      `json:"next,omitempty" doc:"First character of the next part; missing at the end"`
}

// UnplacedText is a piece of the source that stands in no node.
type UnplacedText struct {
	Span   clause.Span   `json:"span" doc:"Characters of the source text"`
	Text   string        `json:"text" doc:"The text" example:"附件"`
	Reason clause.Reason `json:"reason" doc:"Why: title, number, addressee, preamble, signature, attachment, table_head, note, unknown" example:"attachment"`
}

// UnplacedList is all of the source that stands in no node, white space left out.
type UnplacedList struct {
	Items []UnplacedText `json:"items" doc:"Pieces in the order of the source"`
}
