package httpapi

import (
	"context"
	"mime"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

type noticesInput struct {
	Page
	Status       rectify.NoticeStatus `query:"status" enum:"draft,served,signed,replied,closed,failed,voided" doc:"Only notices in this state" example:"replied"`
	Open         bool                 `query:"open" doc:"Only notices that are neither closed nor voided" example:"true"`
	UnitID       ident.ID             `query:"unit_id" doc:"Only notices to this unit"`
	InspectionID ident.ID             `query:"inspection_id" doc:"Only notices from this inspection"`
	DueBefore    workday.Date         `query:"due_before" doc:"Only notices that are due on this day or earlier" example:"2017-03-31"`
	Number       string               `query:"number" maxLength:"100" doc:"The notice with this document number" example:"岚教督〔2017〕3号"`
}

type yearInput struct {
	Year int `path:"year" minimum:"2000" maximum:"2100" doc:"Year of the series" example:"2017"`
}

func noticeVersion(v notices.Notice) int { return v.Version }

func noticeOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: "/notices" + path, Tag: "notices", Permission: permission, Summary: summary, Description: description}
}

// registerNotices adds rectification notices.
func (a *API) registerNotices() {
	route(a, noticeOp("list-notices", http.MethodGet, "", access.NoticeRead, "List notices",
		"Notices that the caller may see, the earliest deadline first. A draft exists only for those who see the whole authority."),
		func(ctx context.Context, in *noticesInput) (*plain[notices.NoticePage], error) {
			page, err := a.Notices.List(ctx, notices.NoticeFilter{Status: in.Status, Open: in.Open, UnitID: in.UnitID, InspectionID: in.InspectionID,
				DueBefore: in.DueBefore, Number: in.Number, After: in.After, Limit: in.Limit})
			return &plain[notices.NoticePage]{page}, err
		})
	draft := noticeOp("draft-notice", http.MethodPost, "", access.NoticeDraft, "Draft a notice", "Puts open findings of one unit into a new notice. A finding stands in one notice at a time.")
	draft.Creates, draft.Status = true, http.StatusCreated
	route(a, draft, func(ctx context.Context, in *struct{ Body notices.DraftNoticeInput }) (*one[notices.Notice], error) {
		made, err := a.Notices.Draft(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, noticeOp("get-notice", http.MethodGet, "/{id}", access.NoticeRead, "Get a notice", "One notice with its findings, replies, light and what the caller may do."),
		func(ctx context.Context, in *byID) (*one[notices.Notice], error) {
			found, err := a.Notices.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, noticeOp("edit-notice", http.MethodPut, "/{id}", access.NoticeEdit, "Change a draft", "Replaces the findings and texts of a draft; the unit stays."),
		a.Notices.Edit, noticeVersion)
	a.registerNoticeActs()
	a.registerNoticeReads()
}

// registerNoticeActs adds what is done to a notice apart from replies.
func (a *API) registerNoticeActs() {
	serve := noticeOp("serve-notice", http.MethodPost, "/{id}/serve", access.NoticeServe, "Serve a notice",
		"Gives the notice the next number of the year, orders its findings, starts its clocks and tells the unit. The deadline is a date or a number of working days from the date of service.")
	serve.Creates = true
	change(a, serve, a.Notices.Serve, noticeVersion)
	actOn(a, noticeOp("sign-notice", http.MethodPost, "/{id}/sign", access.NoticeSign, "Sign for a notice",
		"The unit confirms that it received the notice. The field reply_id of the answer is where evidence for the reply is added."),
		a.Notices.Sign, noticeVersion)
	urge := noticeOp("urge-notice", http.MethodPost, "/{id}/urge", access.NoticeUrge, "Urge a notice", "Reminds the unit; its reply to the notice answers it.")
	urge.Creates = true
	change(a, urge, a.Notices.Urge, noticeVersion)
	change(a, noticeOp("void-notice", http.MethodPost, "/{id}/void", access.NoticeVoid, "Void a notice",
		"Withdraws a notice with a reason. Its findings wait for another one; its number stays used and is kept with the reason."),
		a.Notices.Void, noticeVersion)
	change(a, noticeOp("reopen-notice", http.MethodPost, "/{id}/reopen", access.NoticeReopen, "Reopen a notice",
		"Takes a closed notice up again with a new deadline, because a fault came back inside the rebound window (reopen_until)."),
		a.Notices.Reopen, noticeVersion)
}

// registerNoticeReads adds the letter, the deadline ledger, the history and the register of numbers.
func (a *API) registerNoticeReads() {
	document := noticeOp("get-notice-document", http.MethodGet, "/{id}/document", access.NoticeRead, "Download a notice as a letter",
		"The notice in letter form (信函格式, GB/T 9704-2012) with its receipt slip, as DOCX.")
	document.Files = []string{docx}
	route(a, document, func(ctx context.Context, in *byID) (*download, error) {
		file, err := a.Notices.Document(ctx, in.ID)
		return &download{ContentType: docx, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}), Body: file.Data}, err
	})
	route(a, noticeOp("list-notice-deadlines", http.MethodGet, "/{id}/deadlines", access.NoticeRead, "Read a notice's deadline ledger",
		"Every deadline that the notice ever had, with who set it and why."),
		func(ctx context.Context, in *byID) (*plain[notices.NoticeDeadlines], error) {
			ledger, err := a.Notices.Deadlines(ctx, in.ID)
			return &plain[notices.NoticeDeadlines]{ledger}, err
		})
	route(a, noticeOp("list-notice-events", http.MethodGet, "/{id}/events", access.EventRead, "Read a notice's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Notices.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
	route(a, Op{ID: "get-notice-numbers", Method: http.MethodGet, Path: "/notice-numbers/{year}", Tag: "notices", Permission: access.NoticeRead,
		Summary: "Read a year's register of numbers", Description: "The last number of the year and the voided ones. Every number from 1 to the last was used once. For those who see the whole authority."},
		func(ctx context.Context, in *yearInput) (*plain[notices.NoticeNumbers], error) {
			register, err := a.Notices.Numbers(ctx, in.Year)
			return &plain[notices.NoticeNumbers]{register}, err
		})
	route(a, Op{ID: "get-rectification-funnel", Method: http.MethodGet, Path: "/rectification-funnel", Tag: "notices", Permission: access.NoticeRead,
		Summary: "Read how far a year's notices have come", Description: "Counts of the notices that the caller may see, from service to close-out, and those that came back or failed."},
		func(ctx context.Context, in *struct {
			Year int `query:"year" minimum:"2000" maximum:"2100" doc:"Year of the numbers; this year if missing" example:"2017"`
		}) (*plain[notices.RectificationFunnel], error) {
			funnel, err := a.Notices.Funnel(ctx, in.Year)
			return &plain[notices.RectificationFunnel]{funnel}, err
		})
}
