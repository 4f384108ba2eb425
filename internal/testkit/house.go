package testkit

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Person is a user of a house with the one post that they hold.
type Person struct {
	ID        ident.ID
	Authority ident.ID
	Name      string
	Post      access.Post
}

// Place is a unit of a house.
type Place struct {
	ID   ident.ID
	Path unit.Path
	Name string
}

// House is a small authority: a department with a supervision office, a university with a school below it, a city bureau, and
// one person for each role. Rows are written directly, so that it stands before any feature does.
type House struct {
	*Kit
	Authority                                      ident.ID
	Department, OfficeUnit, University, School     Place
	Bureau                                         Place
	Leader, Office, Inspector, Colleague           Person // Colleague is a second inspector
	Head, Clerk, SchoolClerk, BureauHead           Person // Head and Clerk are the university's
	SystemAdmin, SecurityAdmin, AuditAdmin, Nobody Person // Nobody has no post
}

// NewHouse builds an authority; houses of one test need different prefixes, which is also the agency code of their numbers.
func (k *Kit) NewHouse(prefix string) *House {
	k.T.Helper()
	h := &House{Kit: k, Authority: k.Store.NewID()}
	err := k.Store.Write(k.T.Context(), func(ctx context.Context, tx *ent.Tx) error {
		b := &builder{House: h, ctx: ctx, tx: tx, prefix: prefix}
		b.units()
		b.people()
		return b.err
	})
	if err != nil {
		k.T.Fatalf("build house %s: %v", prefix, err)
	}
	return h
}

// Acting is a context in which a person of the house acts.
func (h *House) Acting(p Person) context.Context {
	if p.Post.ID.IsZero() {
		return h.As(p.Authority, p.ID, p.Name)
	}
	return h.As(p.Authority, p.ID, p.Name, p.Post)
}

type builder struct {
	*House
	ctx    context.Context
	tx     *ent.Tx
	prefix string
	err    error
}

func (b *builder) units() {
	root := b.Store.NewID()
	b.err = b.tx.Authority.Create().SetID(b.Authority).SetName(b.prefix + "省教育厅").SetShortName(b.prefix + "省厅").SetDocPrefix(b.prefix + "教督").
		SetRootUnitID(root).SetCreatedAt(b.Store.Now()).Exec(b.ctx)
	segment := func() string { // unique over the houses of a test
		n, err := b.tx.Unit.Query().Count(b.ctx)
		b.keep(err)
		return unit.Segment(n + 1)
	}
	place := func(id, parent ident.ID, above unit.Path, kind unit.Kind, name string) Place {
		p := Place{ID: id, Path: unit.Child(above, segment()), Name: name}
		b.keep(b.tx.Unit.Create().SetID(id).SetAuthorityID(b.Authority).SetParentID(parent).SetPath(p.Path).SetKind(kind).SetName(name).
			SetCode(fmt.Sprintf("%s-%s", b.prefix, p.Path)).SetValidFrom(workday.MustDate("2010-01-01")).SetCreatedAt(b.Store.Now()).Exec(b.ctx))
		return p
	}
	b.Department = place(root, ident.ID{}, "", unit.Department, b.prefix+"省教育厅")
	b.OfficeUnit = place(b.Store.NewID(), root, b.Department.Path, unit.Division, "督查室")
	b.University = place(b.Store.NewID(), root, b.Department.Path, unit.University, b.prefix+"山大学")
	b.School = place(b.Store.NewID(), b.University.ID, b.University.Path, unit.School, b.prefix+"山大学附属中学")
	b.Bureau = place(b.Store.NewID(), root, b.Department.Path, unit.CityBureau, b.prefix+"江市教育局")
}

func (b *builder) people() {
	for _, p := range []struct {
		into *Person
		name string
		role post.Role
		in   Place
	}{
		{&b.Leader, "厅领导", post.Leader, b.Department},
		{&b.Office, "督查室", post.Office, b.OfficeUnit},
		{&b.Inspector, "督查员甲", post.Inspector, b.OfficeUnit},
		{&b.Colleague, "督查员乙", post.Inspector, b.OfficeUnit},
		{&b.Head, "大学负责人", post.UnitHead, b.University},
		{&b.Clerk, "大学经办人", post.UnitClerk, b.University},
		{&b.SchoolClerk, "附中经办人", post.UnitClerk, b.School},
		{&b.BureauHead, "市局负责人", post.UnitHead, b.Bureau},
		{&b.SystemAdmin, "系统管理员", post.SystemAdmin, b.Department},
		{&b.SecurityAdmin, "安全保密管理员", post.SecurityAdmin, b.Department},
		{&b.AuditAdmin, "安全审计员", post.AuditAdmin, b.Department},
		{&b.Nobody, "无任职人员", "", Place{}},
	} {
		*p.into = b.person(p.name, p.role, p.in)
	}
}

func (b *builder) person(name string, role post.Role, in Place) Person {
	p := Person{ID: b.Store.NewID(), Authority: b.Authority, Name: name}
	b.keep(b.tx.User.Create().SetID(p.ID).SetAuthorityID(b.Authority).SetLogin(b.prefix + p.ID.String()).SetName(name).
		SetEmail(p.ID.String() + "@example.gov.cn").SetCreatedAt(b.Store.Now()).Exec(b.ctx))
	if role == "" {
		return p
	}
	p.Post = access.Post{ID: b.Store.NewID(), UnitID: in.ID, UnitPath: in.Path, Role: role}
	b.keep(b.tx.Post.Create().SetID(p.Post.ID).SetAuthorityID(b.Authority).SetUserID(p.ID).SetUnitID(in.ID).SetRole(role).
		SetValidFrom(workday.MustDate("2016-01-01")).SetCreatedAt(b.Store.Now()).Exec(b.ctx))
	return p
}

// keep remembers the first error.
func (b *builder) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}
