// Package scenario loads the sample authority and plays its year with an injected clock: accept late, miss reports, ask for
// time, be inspected, put right, be closed. It works through the use cases alone, as people would. The same seed plays the
// same year.
package scenario

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// postsFrom is the first day of every post of the sample.
var postsFrom = workday.NewDate(2016, 1, 1)

// Person is one member of the sample authority, ready to act.
type Person struct {
	sample.Person
	ID     ident.ID
	UnitID ident.ID
}

// House is the loaded sample authority.
type House struct {
	Authority units.Authority
	Password  string // of every account; made anew at each load
	Units     map[string]units.UnitRef
	People    []Person
}

// Load puts the sample authority into an empty database. A database that holds anything is refused.
func Load(ctx context.Context, a *app.App, o sample.Options) (*House, error) {
	data := sample.Authority(o)
	h := &House{Password: newPassword(), Units: make(map[string]units.UnitRef)}
	hash, err := a.Accounts.Hash(ctx, h.Password)
	if err != nil {
		return nil, fmt.Errorf("hash sample password: %w", err)
	}
	ctx = access.System(ctx, "sample")
	err = a.Store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		taken, err := tx.Authority.Query().Exist(ctx)
		if err != nil {
			return err
		}
		if taken {
			return fault.New(fault.Conflict, "sample.not_empty")
		}
		if err := h.loadUnits(ctx, tx, a, data); err != nil {
			return err
		}
		if err := h.loadRosters(ctx, tx, a, data); err != nil {
			return err
		}
		return h.loadPeople(ctx, tx, a, data, hash)
	})
	if err != nil {
		return nil, fmt.Errorf("load sample authority: %w", err)
	}
	return h, nil
}

// newPassword is good for one load of the sample; it is printed once.
func newPassword() string {
	var b [10]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return "lan-" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

func (h *House) loadUnits(ctx context.Context, tx *ent.Tx, a *app.App, data sample.Data) error {
	root := data.Units[0]
	var err error
	h.Authority, err = a.Units.CreateAuthority(ctx, tx, units.CreateAuthorityInput{Name: root.Name, ShortName: "省教育厅", DocPrefix: "岚教督"})
	if err != nil {
		return err
	}
	top, err := tx.Unit.Get(ctx, h.Authority.RootUnitID)
	if err != nil {
		return fmt.Errorf("find root unit: %w", err)
	}
	h.Units[root.Code] = units.UnitRef{ID: top.ID, Path: top.Path, Name: top.Name}
	lines := make([]units.Line, 0, len(data.Units)-1)
	for _, u := range data.Units[1:] {
		line := units.Line{Code: u.Code, ParentCode: u.Parent, Name: u.Name, Kind: u.Kind, Aliases: u.Aliases, Sort: u.Sort}
		if u.Parent == root.Code {
			line.ParentCode, line.ParentID, line.ParentPath = "", top.ID, top.Path
		}
		lines = append(lines, line)
	}
	refs, err := a.Units.Load(ctx, tx, h.Authority.ID, lines)
	if err != nil {
		return err
	}
	for i, ref := range refs {
		h.Units[lines[i].Code] = ref
	}
	_, err = a.Log.Append(ctx, tx, timeline.Entry{AuthorityID: h.Authority.ID, Subject: "authority", SubjectID: h.Authority.ID, UnitID: top.ID,
		Action: "load_sample", After: map[string]int{"units": len(refs) + 1, "people": len(data.People)}})
	return err
}

func (h *House) loadRosters(ctx context.Context, tx *ent.Tx, a *app.App, data sample.Data) error {
	for _, r := range data.Rosters {
		in := units.SaveRosterInput{Name: r.Name, Aliases: r.Aliases}
		if len(r.Members) == 0 {
			in.Kinds = []unit.Kind{r.Kind}
		}
		for _, code := range r.Members {
			in.Listed = true
			in.Members = append(in.Members, units.RosterMember{UnitID: h.Units[code].ID})
		}
		if _, err := a.Units.LoadRoster(ctx, tx, h.Authority.ID, in); err != nil {
			return fmt.Errorf("load roster %s: %w", r.Name, err)
		}
	}
	return nil
}

func (h *House) loadPeople(ctx context.Context, tx *ent.Tx, a *app.App, data sample.Data, hash string) error {
	lines := make([]accounts.UserLine, len(data.People))
	for i, p := range data.People {
		lines[i] = accounts.UserLine{Person: accounts.Person{Login: p.Login, Name: p.Name}, PasswordHash: hash}
	}
	users, err := a.Accounts.LoadUsers(ctx, tx, h.Authority.ID, lines)
	if err != nil {
		return err
	}
	posts := make([]accounts.PostLine, len(users))
	for i, u := range users {
		p := data.People[i]
		posts[i] = accounts.PostLine{UserID: u.ID, UnitID: h.Units[p.Unit].ID, Role: p.Role, ValidFrom: postsFrom}
		h.People = append(h.People, Person{Person: p, ID: u.ID, UnitID: h.Units[p.Unit].ID})
	}
	_, err = a.Accounts.LoadPosts(ctx, tx, h.Authority.ID, posts)
	return err
}

// One is the first person with a role; with a unit code, the one in that unit.
func (h *House) One(role post.Role, unitCode string) (Person, bool) {
	for _, p := range h.People {
		if p.Role == role && (unitCode == "" || p.Unit == unitCode) {
			return p, true
		}
	}
	return Person{}, false
}
