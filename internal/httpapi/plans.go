package httpapi

import (
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

type plansInput struct {
	Page
	Year      int         `query:"year" minimum:"1949" maximum:"2200" doc:"Only plans for this year" example:"2017"`
	Templates bool        `query:"templates" doc:"The templates instead of the plans"`
	Status    plan.Status `query:"status" enum:"draft,issued,closed" doc:"Only plans in this state" example:"issued"`
}

// planForm is an uploaded document with what the user knows of it.
type planForm struct {
	File         huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"Word (docx), Excel (xlsx), text or Markdown"`
	Title        string        `form:"title" required:"false" maxLength:"300" doc:"Title of the plan; that of the document if missing"`
	Number       string        `form:"number" required:"false" maxLength:"100" doc:"Number of the document (文号)"`
	Year         int           `form:"year" required:"false" doc:"Year that the plan is for" example:"2017"`
	DocumentDate string        `form:"document_date" required:"false" doc:"Date of the document (成文日期)" example:"2017-03-15"`
}

type uploadPlanInput struct {
	RawBody huma.MultipartFormFiles[planForm]
}

type sourceInput struct {
	ByID
	From int `query:"from" minimum:"0" default:"0" doc:"First character of the part" example:"0"`
}

type loadInput struct {
	ByID
	Limit int `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Lines at most"`
}

type dryRunInput struct {
	ByID
	Page
}

// registerPlans adds plans: import, reading, lint, issue and what follows it.
func (a *API) registerPlans() {
	route(a, Op{ID: "list-plans", Method: http.MethodGet, Path: "/plans", Tag: "plans", Permission: access.PlanRead, Summary: "List plans",
		Description: "The plans of the authority, latest first. Drafts are listed for those who edit or issue plans."},
		func(ctx context.Context, in *plansInput) (*plain[plans.PlanPage], error) {
			page, err := a.Plans.List(ctx, plans.PlanQuery{Year: in.Year, Status: in.Status, Templates: in.Templates, After: in.After, Limit: in.Limit})
			return &plain[plans.PlanPage]{page}, err
		})
	route(a, Op{ID: "import-plan-text", Method: http.MethodPost, Path: "/plans", Tag: "plans", Permission: access.PlanCreate, Status: http.StatusCreated, Creates: true,
		Summary: "Import a plan from text", Description: "Reads pasted text into a draft: nodes, responsible bodies, deadlines, figures, each with the characters it came from. " +
			"A name that is not known for certain becomes a question. All or nothing."},
		func(ctx context.Context, in *struct{ Body plans.ImportPlanInput }) (*one[plans.ImportedPlan], error) {
			made, err := a.Plans.Import(ctx, []byte(in.Body.Text), in.Body)
			return reply(made, made.Plan.Version), err
		})
	route(a, Op{ID: "import-plan", Method: http.MethodPost, Path: "/plans/import", Tag: "plans", Permission: access.PlanCreate, Status: http.StatusCreated, Creates: true, MaxBody: plans.MaxDocument,
		Summary: "Import a plan from a file", Description: "As import-plan-text, from a Word, Excel, text or Markdown file, which is kept with its hash. What the file is, its content says and not its name."},
		a.uploadPlan)
	route(a, Op{ID: "get-plan", Method: http.MethodGet, Path: "/plans/{id}", Tag: "plans", Permission: access.PlanRead, Summary: "Get a plan", Description: "One plan with what the caller may do with it now."},
		func(ctx context.Context, in *byID) (*one[plans.Plan], error) {
			found, err := a.Plans.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	a.registerPlanParts()
	a.registerPlanActs()
}

// uploadPlan reads the form of an upload.
func (a *API) uploadPlan(ctx context.Context, in *uploadPlanInput) (*one[plans.ImportedPlan], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	raw, err := io.ReadAll(io.LimitReader(form.File, plans.MaxDocument+1))
	if err != nil {
		return nil, fault.BadField("body.file", "malformed").Because(err)
	}
	input := plans.ImportPlanInput{Name: form.File.Filename, Title: form.Title, Number: form.Number, Year: form.Year}
	if form.DocumentDate != "" {
		if input.DocumentDate, err = workday.ParseDate(form.DocumentDate); err != nil {
			return nil, fault.BadField("body.document_date", "date").Because(err)
		}
	}
	made, err := a.Plans.Import(ctx, raw, input)
	return reply(made, made.Plan.Version), err
}

// registerPlanParts adds what is read of a plan besides its nodes.
func (a *API) registerPlanParts() {
	op := func(id, path, summary, description string) Op {
		return Op{ID: id, Method: http.MethodGet, Path: "/plans/{id}/" + path, Tag: "plans", Permission: access.PlanRead, Summary: summary, Description: description}
	}
	route(a, op("get-plan-source", "source", "Get a plan's source text", "The text read from the document, in parts of up to 100,000 characters; spans count its characters."),
		func(ctx context.Context, in *sourceInput) (*plain[plans.PlanSource], error) {
			part, err := a.Plans.Source(ctx, in.ID, in.From)
			return &plain[plans.PlanSource]{part}, err
		})
	file := op("download-plan-document", "document", "Download a plan's document", "The source document as it was uploaded, byte by byte.")
	file.Files = []string{"*/*"}
	route(a, file, func(ctx context.Context, in *byID) (*download, error) {
		name, media, raw, err := a.Plans.File(ctx, in.ID)
		return &download{ContentType: media, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": name}), Body: raw}, err
	})
	route(a, op("list-plan-unplaced", "unplaced", "List what stands in no task", "The pieces of the document that are in no node, with the reason."),
		func(ctx context.Context, in *byID) (*plain[plans.UnplacedList], error) {
			list, err := a.Plans.Unplaced(ctx, in.ID)
			return &plain[plans.UnplacedList]{list}, err
		})
	route(a, op("lint-plan", "lint", "Check a plan", "Checks who owes what by when: no lead, no unit, unknown names, deadlines that contradict each other, days off, too much in one week. Each finding has a stable rule, and a key to acknowledge it by."),
		func(ctx context.Context, in *byID) (*plain[plans.LintReport], error) {
			report, err := a.Plans.Lint(ctx, in.ID)
			return &plain[plans.LintReport]{report}, err
		})
	route(a, op("get-plan-load", "load", "Get the load of units", "How much of the plan falls due of which unit in which working week, busiest first."),
		func(ctx context.Context, in *loadInput) (*plain[plans.LoadReport], error) {
			report, err := a.Plans.Load(ctx, in.ID, in.Limit)
			return &plain[plans.LoadReport]{report}, err
		})
	route(a, op("get-plan-schedule", "schedule", "Get a plan's schedule", "Critical path, slack, deadlines that cannot be kept, and the tasks on which everything hangs."),
		func(ctx context.Context, in *byID) (*plain[plans.PlanSchedule], error) {
			schedule, err := a.Plans.Schedule(ctx, in.ID)
			return &plain[plans.PlanSchedule]{schedule}, err
		})
	events := op("list-plan-events", "events", "Read a plan's history", "Every change of the plan, oldest first: who, what, before and after, why.")
	events.Permission = access.EventRead
	route(a, events,
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Plans.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
}

// registerPlanActs adds what is done with a whole plan.
func (a *API) registerPlanActs() {
	version := func(p plans.Plan) int { return p.Version }
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/plans/{id}/" + path, Tag: "plans", Permission: permission, Summary: summary, Description: description}
	}
	actOn(a, op("undo-plan-edit", http.MethodPost, "undo", access.PlanEdit, "Undo the last edit of a draft", "Takes back the last edit that stands; called again, the one before it."),
		a.Plans.Undo, version)
	route(a, op("preview-plan-issue", http.MethodGet, "issue", access.PlanIssue, "See who would get what", "What issuing the plan today would hand out, by task and by unit, with dates and messages. Nothing is saved."),
		func(ctx context.Context, in *byID) (*plain[plans.IssuePreview], error) {
			p, err := a.Plans.Preview(ctx, in.ID)
			return &plain[plans.IssuePreview]{p}, err
		})
	route(a, op("dry-run-plan", http.MethodGet, "dry-run", access.PlanIssue, "List every message of a plan's year",
		"试运行: every step that the ladders will take if the plan is issued today and nobody acts, with its day and the people it will reach. Nothing is saved; the real run equals it."),
		func(ctx context.Context, in *dryRunInput) (*plain[plans.DryRun], error) {
			run, err := a.Plans.DryRun(ctx, in.ID, in.After, in.Limit)
			return &plain[plans.DryRun]{run}, err
		})
	change(a, op("issue-plan", http.MethodPost, "issue", access.PlanIssue, "Issue a plan",
		"Gives every unit named, and every member of a collective on this day, its duty, and freezes the baseline. Lint errors forbid it; warnings are acknowledged by key. Issuing a plan again that was interrupted goes on where it stopped."),
		a.Plans.Issue, version)
}
