package accounts

import (
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// User is a person who signs in. Rights come from posts, never from the person.
type User struct {
	ID             ident.ID  `json:"id" doc:"Id of the user" example:"0h2kz9f7x3b1c"`
	Login          string    `json:"login" doc:"Login name" example:"zhang.wei"`
	Name           string    `json:"name" doc:"Name" example:"张伟"`
	Email          string    `json:"email,omitempty" doc:"Address for messages" example:"zhang.wei@example.gov.cn"`
	Language       string    `json:"language" doc:"Language of messages to the user" example:"zh-CN"`
	Disabled       bool      `json:"disabled" doc:"Whether the user may not sign in" example:"false"`
	HasPassword    bool      `json:"has_password" doc:"Whether a password was set yet" example:"true"`
	LastLoginAt    time.Time `json:"last_login_at,omitzero" doc:"Last sign-in"`
	CreatedAt      time.Time `json:"created_at" doc:"When the account was made"`
	Version        int       `json:"version" doc:"Version to name in If-Match" example:"1"`
	AllowedActions []string  `json:"allowed_actions" doc:"What the caller may do with the account now" example:"[\"update\",\"disable\"]"`
}

// Post says that a user holds a role in a unit from one day to another.
type Post struct {
	ID             ident.ID     `json:"id" doc:"Id of the post"`
	UserID         ident.ID     `json:"user_id" doc:"Who holds it"`
	UserName       string       `json:"user_name" doc:"Name of who holds it" example:"张伟"`
	UnitID         ident.ID     `json:"unit_id" doc:"Unit in which it is held"`
	UnitName       string       `json:"unit_name" doc:"Name of the unit" example:"政策法规处"`
	Role           post.Role    `json:"role" doc:"Role" example:"unit_head"`
	ValidFrom      workday.Date `json:"valid_from" doc:"First day" example:"2017-03-01"`
	ValidTo        workday.Date `json:"valid_to,omitzero" doc:"Last day; missing while it goes on" example:"2017-12-31"`
	ActingForID    ident.ID     `json:"acting_for_id,omitzero" doc:"Whom an acting officer stands in for"`
	Delegated      bool         `json:"delegated" doc:"Whether that person gave it for a time and may take it back" example:"false"`
	Version        int          `json:"version" doc:"Version to name in If-Match" example:"1"`
	AllowedActions []string     `json:"allowed_actions" doc:"What the caller may do with it now" example:"[\"end\"]"`
}

// Session is a signed-in browser.
type Session struct {
	ID        ident.ID  `json:"id" doc:"Id of the session; not its secret"`
	UserID    ident.ID  `json:"user_id" doc:"Who is signed in"`
	Agent     string    `json:"agent" doc:"Browser as it names itself"`
	CreatedAt time.Time `json:"created_at" doc:"Sign-in"`
	SeenAt    time.Time `json:"seen_at" doc:"Last use, to the minute"`
	ExpiresAt time.Time `json:"expires_at" doc:"Latest end"`
	Current   bool      `json:"current" doc:"Whether it is the caller's own session" example:"true"`
}

// Token is an API token. Its secret is shown once, when it is made.
type Token struct {
	ID          ident.ID            `json:"id" doc:"Id of the token; not its secret"`
	Name        string              `json:"name" doc:"What it is for" example:"OA 系统对接"`
	Permissions []access.Permission `json:"permissions" doc:"All that it may be used for" example:"[\"duty.read\"]"`
	CreatedAt   time.Time           `json:"created_at" doc:"When it was made"`
	ExpiresAt   time.Time           `json:"expires_at" doc:"When it ends"`
	RevokedAt   time.Time           `json:"revoked_at,omitzero" doc:"When it was revoked"`
	UsedAt      time.Time           `json:"used_at,omitzero" doc:"Last use, to the minute"`
	Secret      string              `json:"secret,omitempty" doc:"The token itself; only in the answer to its making, and not when that is repeated" example:"dbn_…"`
}

func (s *Service) userView(actor access.Actor, r *ent.User) User {
	u := User{ID: r.ID, Login: r.Login, Name: r.Name, Email: r.Email, Language: r.Language, Disabled: !r.DisabledAt.IsZero(),
		HasPassword: r.PasswordHash != "", LastLoginAt: r.LastLoginAt, CreatedAt: r.CreatedAt, Version: r.Version, AllowedActions: []string{}}
	if !s.gate.Filter(actor, access.UserManage).Covers(access.Facts{AuthorityID: r.AuthorityID, OwnerID: r.ID}) {
		return u
	}
	switch {
	case u.Disabled:
		u.AllowedActions = []string{"update", "enable"}
	case r.ID == actor.ID:
		u.AllowedActions = []string{"update"}
	default:
		u.AllowedActions = []string{"update", "disable", "send_link"}
	}
	return u
}

// postView maps a row whose user and unit are loaded.
func (s *Service) postView(actor access.Actor, r *ent.Post) Post {
	p := Post{ID: r.ID, UserID: r.UserID, UserName: r.Edges.User.Name, UnitID: r.UnitID, UnitName: r.Edges.Unit.Name, Role: r.Role,
		ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, ActingForID: r.ActingForID, Delegated: r.Delegated, Version: r.Version, AllowedActions: []string{}}
	mayEnd := s.gate.Filter(actor, access.PostGrant).Covers(access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, OwnerID: r.UserID})
	if mayEnd && r.UserID != actor.ID {
		p.AllowedActions = []string{"end"}
	}
	return p
}

func sessionView(actor access.Actor, r *ent.Session) Session {
	return Session{ID: r.ID, UserID: r.UserID, Agent: r.Agent, CreatedAt: r.CreatedAt, SeenAt: r.SeenAt, ExpiresAt: r.ExpiresAt, Current: r.ID == actor.SessionID}
}

func tokenView(r *ent.Token) Token {
	t := Token{ID: r.ID, Name: r.Name, Permissions: []access.Permission{}, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, RevokedAt: r.RevokedAt, UsedAt: r.UsedAt}
	for _, p := range r.Permissions {
		t.Permissions = append(t.Permissions, access.Permission(p))
	}
	return t
}
