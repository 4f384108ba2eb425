package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
)

type mattersInput struct {
	Page
	Status supervise.MatterStatus `query:"status" enum:"draft,proposed,active,refused,closed,voided" doc:"Only matters in this state" example:"proposed"`
	Source supervise.Source       `query:"source" enum:"document,minutes,instruction,letter,proposal,media" doc:"Only matters from this source" example:"minutes"`
	Open   bool                   `query:"open" doc:"Only matters that are neither refused, closed nor withdrawn" example:"true"`
	TaskID ident.ID               `query:"task_id" doc:"The matter of this task"`
}

func matterVersion(m matters.Matter) int { return m.Version }

func matterOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: path, Tag: "matters", Permission: permission, Summary: summary, Description: description}
}

// registerMatters adds supervised matters from registration to close-out.
func (a *API) registerMatters() {
	route(a, matterOp("list-matters", http.MethodGet, "/matters", access.MatterRead, "List supervised matters", "Newest first. The units see their duties, not the matter."),
		func(ctx context.Context, in *mattersInput) (*plain[matters.MatterPage], error) {
			page, err := a.Matters.List(ctx, matters.MatterQuery{Status: in.Status, Source: in.Source, Open: in.Open, TaskID: in.TaskID, After: in.After, Limit: in.Limit})
			return &plain[matters.MatterPage]{page}, err
		})
	register := matterOp("register-matter", http.MethodPost, "/matters", access.MatterRegister, "Register a supervised matter",
		"登记: a draft with source, basis, units and due date. It is not active before a leader approves it (Order 733 art. 11).")
	register.Creates, register.Status = true, http.StatusCreated
	route(a, register, func(ctx context.Context, in *struct{ Body matters.RegisterMatterInput }) (*one[matters.Matter], error) {
		made, err := a.Matters.Register(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, matterOp("get-matter", http.MethodGet, "/matters/{id}", access.MatterRead, "Get a supervised matter", "One matter with its units and their duties."),
		func(ctx context.Context, in *byID) (*one[matters.Matter], error) {
			found, err := a.Matters.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, matterOp("edit-matter", http.MethodPut, "/matters/{id}", access.MatterEdit, "Change a draft", "Replaces what the draft says, its units as a whole."), a.Matters.Edit, matterVersion)
	actOn(a, matterOp("propose-matter", http.MethodPost, "/matters/{id}/propose", access.MatterPropose, "Put a matter up for approval",
		"报审: the supervising leader is told; all leaders, if none is named."), a.Matters.Propose, matterVersion)
	actOn(a, matterOp("withdraw-matter", http.MethodPost, "/matters/{id}/withdraw", access.MatterWithdraw, "Take a matter back",
		"撤回报审: by whoever put it up, before it is decided."), a.Matters.Withdraw, matterVersion)
	a.registerMatterDecisions()
	a.registerDesignations()
}

func (a *API) registerMatterDecisions() {
	approve := matterOp("approve-matter", http.MethodPost, "/matters/{id}/approve", access.MatterApprove, "Approve a matter",
		"批准立项: it takes the next number of the year, becomes a task of the plan of matters, and its units get their duties. Never by whoever put it up.")
	approve.Creates = true
	change(a, approve, a.Matters.Approve, matterVersion)
	change(a, matterOp("refuse-matter", http.MethodPost, "/matters/{id}/refuse", access.MatterRefuse, "Refuse a matter", "不予立项, with a reason."), a.Matters.Refuse, matterVersion)
	change(a, matterOp("close-matter", http.MethodPost, "/matters/{id}/close", access.MatterClose, "Close a matter",
		"办结: when none of its duties is open, with what came of it."), a.Matters.Close, matterVersion)
	change(a, matterOp("void-matter", http.MethodPost, "/matters/{id}/void", access.MatterVoid, "Withdraw a matter",
		"撤销: a draft, or an active matter without open duties. Its number stays used and says why."), a.Matters.Void, matterVersion)
	route(a, matterOp("list-matter-events", http.MethodGet, "/matters/{id}/events", access.EventRead, "Read a matter's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Matters.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
	route(a, matterOp("get-matter-numbers", http.MethodGet, "/matter-numbers/{year}", access.MatterRead, "Read a year's register of matter numbers",
		"The last number of the year and the voided ones. Every number from 1 to the last was used once."),
		func(ctx context.Context, in *yearInput) (*plain[matters.MatterNumbers], error) {
			register, err := a.Matters.Numbers(ctx, in.Year)
			return &plain[matters.MatterNumbers]{register}, err
		})
}

func (a *API) registerDesignations() {
	route(a, matterOp("list-designations", http.MethodGet, "/designations", access.MatterRead, "List designations for government supervision",
		"政府督查指定: what a government charged the authority with, newest first (Order 733 art. 7)."),
		func(ctx context.Context, in *struct{ Page }) (*plain[matters.DesignationPage], error) {
			page, err := a.Matters.Designations(ctx, in.After, in.Limit)
			return &plain[matters.DesignationPage]{page}, err
		})
	record := matterOp("record-designation", http.MethodPost, "/designations", access.MatterDesignate, "Record a designation",
		"A record is never changed; another one replaces it. Government supervision names one that is in force.")
	record.Creates, record.Status = true, http.StatusCreated
	route(a, record, func(ctx context.Context, in *struct {
		Body matters.RecordDesignationInput
	}) (*plain[matters.Designation], error) {
		made, err := a.Matters.Designate(ctx, in.Body)
		return &plain[matters.Designation]{made}, err
	})
}
