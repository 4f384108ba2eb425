package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
)

// ObjectInput is embedded by the questions about one object.
type ObjectInput struct {
	Permission access.Permission `query:"permission" required:"true" maxLength:"60" doc:"Permission: object.action" example:"duty.accept"`
	Subject    string            `query:"subject" required:"true" maxLength:"40" doc:"Kind of object" example:"duty"`
	SubjectID  ident.ID          `query:"subject_id" required:"true" doc:"Object"`
}

type explainInput struct {
	ObjectInput
	UserID ident.ID `query:"user_id" required:"true" doc:"Who is asked about"`
}

type whoInput struct {
	ObjectInput
	Page
}

// registerAccess adds the two questions about rights; both are answered by the code that decides.
func (a *API) registerAccess() {
	route(a, Op{ID: "explain-access", Method: http.MethodGet, Path: "/access/explain", Tag: "access", Permission: access.AccessExplain, Summary: "Why may somebody do this, or why not",
		Description: "The decision on one user, permission and object by the posts held today, with the grants it rests on and what is missing."},
		func(ctx context.Context, in *explainInput) (*plain[accounts.AccessAnswer], error) {
			answer, err := a.Accounts.Explain(ctx, in.UserID, in.Permission, in.Subject, in.SubjectID)
			return &plain[accounts.AccessAnswer]{answer}, err
		})
	route(a, Op{ID: "list-access-holders", Method: http.MethodGet, Path: "/access/who", Tag: "access", Permission: access.AccessExplain, Summary: "Who may do this",
		Description: "Everybody whose posts of today let them act on the object, with the grants that do."},
		func(ctx context.Context, in *whoInput) (*plain[accounts.AccessHolderPage], error) {
			page, err := a.Accounts.Who(ctx, in.Permission, in.Subject, in.SubjectID, in.After, in.Limit)
			return &plain[accounts.AccessHolderPage]{page}, err
		})
}
