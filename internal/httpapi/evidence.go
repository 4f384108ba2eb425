package httpapi

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// maxEvidence is the largest body of an upload; the service's own limit for one file is below it.
const maxEvidence = uploadLimit

type evidenceInput struct {
	Page
	Subject   string   `query:"subject" required:"true" enum:"duty,report,reply,finding,check,site_check" doc:"Kind of object" example:"report"`
	SubjectID ident.ID `query:"subject_id" required:"true" doc:"Object whose evidence is listed"`
}

type uploadInput struct {
	Subject      string       `query:"subject" required:"true" enum:"duty,report,reply,finding,check,site_check" doc:"Kind of object it belongs to" example:"report"`
	SubjectID    ident.ID     `query:"subject_id" required:"true" doc:"Object it belongs to"`
	Kind         string       `query:"kind" maxLength:"100" doc:"What it proves" example:"公开页面截图"`
	ExpiresOn    workday.Date `query:"expires_on" doc:"Last day on which it holds" example:"2018-12-31"`
	SupersedesID ident.ID     `query:"supersedes_id" doc:"Older version that it replaces"`
	RawBody      huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"The file; its content has to be what its name says"`
	}]
}

// stream answers with the bytes of a file, to keep and never to show.
type stream struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Length      string `header:"Content-Length"`
	Policy      string `header:"Content-Security-Policy"`
	Body        func(huma.Context)
}

// registerEvidence adds what proves reports, replies and findings.
func (a *API) registerEvidence() {
	route(a, Op{ID: "list-evidence", Method: http.MethodGet, Path: "/evidence", Tag: "evidence", Permission: access.EvidenceRead, Summary: "List the evidence of an object",
		Description: "Files and links, oldest first, every version."},
		func(ctx context.Context, in *evidenceInput) (*plain[evidence.EvidencePage], error) {
			page, err := a.Evidence.List(ctx, in.Subject, in.SubjectID, in.After, in.Limit)
			return &plain[evidence.EvidencePage]{page}, err
		})
	route(a, Op{ID: "upload-evidence", Method: http.MethodPost, Path: "/evidence", Tag: "evidence", Permission: access.EvidenceAdd, Status: http.StatusCreated, Creates: true,
		MaxBody: maxEvidence, Summary: "Upload a file as evidence", Description: "Kept under the SHA-256 of its bytes. The bytes have to be what the name says; programs, pages and macros are refused."},
		func(ctx context.Context, in *uploadInput) (*plain[evidence.Evidence], error) {
			file := in.RawBody.Data().File
			defer file.Close()
			made, err := a.Evidence.Add(ctx, evidence.Upload{Subject: in.Subject, SubjectID: in.SubjectID, Name: file.Filename, Kind: in.Kind,
				ExpiresOn: in.ExpiresOn, SupersedesID: in.SupersedesID, File: file})
			return &plain[evidence.Evidence]{made}, err
		})
	route(a, Op{ID: "link-evidence", Method: http.MethodPost, Path: "/evidence/links", Tag: "evidence", Permission: access.EvidenceAdd, Status: http.StatusCreated, Creates: true,
		Summary: "Attach a link as evidence", Description: "A page that is published elsewhere, http or https; the program never calls it."},
		func(ctx context.Context, in *struct{ Body evidence.AddLinkInput }) (*plain[evidence.Evidence], error) {
			made, err := a.Evidence.AddLink(ctx, in.Body)
			return &plain[evidence.Evidence]{made}, err
		})
	route(a, Op{ID: "download-evidence", Method: http.MethodGet, Path: "/evidence/{id}/file", Tag: "evidence", Permission: access.EvidenceRead, Files: []string{"*/*"},
		Summary: "Download a file", Description: "The bytes as they were uploaded, as a download."},
		func(ctx context.Context, in *byID) (*stream, error) {
			of, file, err := a.Evidence.Open(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &stream{ContentType: of.MediaType, Length: strconv.Itoa(of.Size), Policy: "sandbox; default-src 'none'",
				Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": of.Name}),
				Body: func(hc huma.Context) {
					defer file.Close()
					_, _ = io.Copy(hc.BodyWriter(), file) // a caller who hangs up gets no more; there is nobody to tell
				}}, nil
		})
}
