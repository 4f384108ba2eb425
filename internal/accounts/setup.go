package accounts

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/setuplink"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
)

// SetUpInput founds an authority and names its three administrators, who must be three people (三员分立).
type SetUpInput struct {
	Secret        string                     `json:"secret" minLength:"1" maxLength:"100" doc:"Secret of the set-up link that the program printed"`
	Authority     units.CreateAuthorityInput `json:"authority" doc:"The authority"`
	SystemAdmin   Person                     `json:"system_admin" doc:"系统管理员: units, people, operation"`
	SecurityAdmin Person                     `json:"security_admin" doc:"安全保密管理员: grants and policy"`
	AuditAdmin    Person                     `json:"audit_admin" doc:"安全审计员: reads the logs"`
}

// SetUp is a new authority with a password link for each of its administrators.
type SetUp struct {
	Authority units.Authority `json:"authority" doc:"The authority"`
	Admins    []NewUser       `json:"admins" doc:"System, security and audit administrator, each with a link to hand to that person"`
}

// NeedsSetUp reports whether nobody can sign in yet.
func (s *Service) NeedsSetUp(ctx context.Context) (bool, error) {
	any, err := s.store.Read().User.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for users: %w", err)
	}
	return !any, nil
}

// FirstStart makes the one-use link of the first start for the program to print; "" once there are users. Each start prints a
// new one and ends the one before, which nobody has used.
func (s *Service) FirstStart(ctx context.Context) (secret string, err error) {
	needed, err := s.NeedsSetUp(ctx)
	if err != nil || !needed {
		return "", err
	}
	err = s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		secret, _, err = s.link(ctx, tx, ident.ID{}, SetupLimit)
		return err
	})
	return secret, err
}

// SetUp uses the link of the first start up: it founds the authority and its three administrators. Nobody learns another's
// password: each gets a link.
func (s *Service) SetUp(ctx context.Context, in SetUpInput) (SetUp, error) {
	ctx = access.System(ctx, "set_up")
	var answer SetUp
	err := s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := s.useLink(ctx, tx, in.Secret, setuplink.PurposeFirstStart); err != nil {
			return err
		}
		taken, err := tx.User.Query().Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for users: %w", err)
		}
		if taken {
			return fault.New(fault.NotFound, "link.invalid")
		}
		answer, err = s.foundWithAdmins(ctx, tx, in.Authority, in.SystemAdmin, in.SecurityAdmin, in.AuditAdmin)
		return err
	})
	return answer, err
}

// FoundInput names one more authority and its administrators.
type FoundInput struct {
	Authority                              units.CreateAuthorityInput
	SystemAdmin, SecurityAdmin, AuditAdmin Person
}

// Found adds an authority with its three administrators on the word of the machine's operator (the command line).
func (s *Service) Found(ctx context.Context, in FoundInput) (SetUp, error) {
	var answer SetUp
	err := s.write(access.System(ctx, "operator"), func(ctx context.Context, tx *ent.Tx) (err error) {
		answer, err = s.foundWithAdmins(ctx, tx, in.Authority, in.SystemAdmin, in.SecurityAdmin, in.AuditAdmin)
		return err
	})
	return answer, err
}

func (s *Service) foundWithAdmins(ctx context.Context, tx *ent.Tx, house units.CreateAuthorityInput, people ...Person) (SetUp, error) {
	roles := []post.Role{post.SystemAdmin, post.SecurityAdmin, post.AuditAdmin}
	var fields []fault.Field
	for i := range people {
		fields = append(fields, people[i].check("body."+string(roles[i])+".")...)
		for j := range i {
			if people[i].Login == people[j].Login || people[i].Name == people[j].Name {
				fields = append(fields, fault.Field{Location: "body." + string(roles[i]), Code: "account.same_person"})
			}
		}
	}
	if len(fields) > 0 {
		return SetUp{}, fault.BadFields(fields...)
	}
	a, err := s.units.CreateAuthority(ctx, tx, house)
	if err != nil {
		return SetUp{}, err
	}
	today, err := s.Today(ctx, tx.Client(), a.ID)
	if err != nil {
		return SetUp{}, err
	}
	answer := SetUp{Authority: a}
	for i, p := range people {
		rows, err := s.LoadUsers(ctx, tx, a.ID, []UserLine{{Person: p}})
		if err != nil {
			return SetUp{}, err
		}
		u := rows[0]
		if _, err := s.LoadPosts(ctx, tx, a.ID, []PostLine{{UserID: u.ID, UnitID: a.RootUnitID, Role: roles[i], ValidFrom: today}}); err != nil {
			return SetUp{}, err
		}
		secret, link, err := s.link(ctx, tx, u.ID, LinkLimit)
		if err != nil {
			return SetUp{}, err
		}
		link.Secret = secret
		answer.Admins = append(answer.Admins, NewUser{User: s.userView(access.Actor{}, u), Link: link})
		if _, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: a.ID, Subject: "user", SubjectID: u.ID, UnitID: a.RootUnitID, Action: "create",
			After: map[string]any{"login": p.Login, "name": p.Name, "role": roles[i]}}); err != nil {
			return SetUp{}, err
		}
	}
	return answer, nil
}
