package app

import (
	"context"
	"net/url"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
)

// Operator is the name under which the command line stands in the history. Whoever runs it on the machine could write the
// database anyway; it acts with the rights of one administrator of one authority, never with those of business.
const Operator = "operator"

// AsOperator is a context in which the command line acts in an authority with the rights of an administrator's role.
func (a *App) AsOperator(ctx context.Context, house units.Authority, role post.Role) (context.Context, error) {
	root, err := a.Store.Read().Unit.Get(ctx, house.RootUnitID)
	if err != nil {
		return nil, err
	}
	return access.With(ctx, access.Actor{AuthorityID: house.ID, Name: Operator, Posts: []access.Post{{UnitID: root.ID, UnitPath: root.Path, Role: role}}}), nil
}

// House finds an authority by its name or short name; without a name, the only one there is.
func (a *App) House(ctx context.Context, name string) (units.Authority, error) {
	all, err := units.Authorities(ctx, a.Store.Read())
	if err != nil {
		return units.Authority{}, err
	}
	if name == "" && len(all) == 1 {
		return all[0], nil
	}
	names := make([]string, len(all))
	for i, h := range all {
		if name != "" && (h.Name == name || h.ShortName == name) {
			return h, nil
		}
		names[i] = h.Name
	}
	if len(all) == 0 {
		return units.Authority{}, fault.New(fault.Conflict, "operator.not_set_up")
	}
	return units.Authority{}, fault.New(fault.Invalid, "operator.which_authority").With("names", strings.Join(names, ", "))
}

// UserByLogin finds a user by login name, wherever in the installation.
func (a *App) UserByLogin(ctx context.Context, login string) (*ent.User, error) {
	row, err := a.Store.Read().User.Query().Where(user.Login(strings.ToLower(strings.TrimSpace(login)))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("user")
	}
	return row, err
}

// Object reads an object as the command line names it: "duty/<id>", or "unit/<name>" for units.
func (a *App) Object(ctx context.Context, house units.Authority, text string) (subject string, id ident.ID, err error) {
	subject, rest, _ := strings.Cut(text, "/")
	if id, err = ident.Parse(rest); err == nil {
		return subject, id, nil
	}
	if subject != "unit" {
		return "", id, fault.New(fault.Invalid, "operator.object").With("value", text)
	}
	on, err := a.Accounts.Today(ctx, a.Store.Read(), house.ID)
	if err != nil {
		return "", id, err
	}
	names, err := a.Units.Directory(ctx, a.Store.Read(), house.ID, on)
	if err != nil {
		return "", id, err
	}
	found, sure := names.Unit(rest)
	if !sure {
		return "", id, fault.Missing("unit")
	}
	return subject, found.ID, nil
}

// SetUpURL is the link of the first start, for the program to print; "" once somebody can sign in. The secret stands behind
// the #, which browsers send to no server and which no log keeps.
func (a *App) SetUpURL(ctx context.Context, base string) (string, error) {
	secret, err := a.Accounts.FirstStart(ctx)
	if err != nil || secret == "" {
		return "", err
	}
	return strings.TrimRight(base, "/") + "/set-up#" + url.QueryEscape(secret), nil
}

// PasswordURL is the link by which a person sets a password.
func PasswordURL(base, secret string) string {
	return strings.TrimRight(base, "/") + "/password#" + url.QueryEscape(secret)
}
