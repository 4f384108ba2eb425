package ledgers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/savedview"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/unit"
)

// SavedView is a question that is kept with the way in which it is shown (保存的视图).
type SavedView struct {
	ID        ident.ID  `json:"id" doc:"Id of the view"`
	Name      string    `json:"name" doc:"Name" example:"高教处逾期"`
	Share     string    `json:"share" enum:"mine,unit,role" doc:"mine: the owner's alone; unit: for a unit and all below it; role: the first view of everybody with a role" example:"mine"`
	UnitID    ident.ID  `json:"unit_id,omitzero" doc:"Unit that it is shared with"`
	Role      post.Role `json:"role,omitempty" doc:"Role that begins with it"`
	Query     string    `json:"query" doc:"Question in the query language" example:"灯:逾期 牵头:高教处"`
	Asked     string    `json:"asked" doc:"The question in the reader's words, for a list of views; empty if nothing is asked" example:"灯色：红灯；单位：政策法规处"`
	Layout    string    `json:"layout,omitempty" doc:"Layout: tree, list, board, gantt, calendar" example:"list"`
	Sort      string    `json:"sort,omitempty" doc:"Order" example:"due"`
	Group     string    `json:"group,omitempty" doc:"Column by which rows stand together" example:"unit"`
	Columns   []string  `json:"columns" doc:"Columns in their order; empty is the usual ones" example:"[\"task\",\"unit\",\"due\",\"light\"]"`
	Clock     string    `json:"clock" enum:"current,original" doc:"Which due date counts: current, the one in force, or original, the one of the issue" example:"current"`
	Owned     bool      `json:"owned" doc:"Whether it is the caller's, who alone may change it"`
	UpdatedAt time.Time `json:"updated_at" doc:"Instant of the last change"`
	Version   int       `json:"version" doc:"Counts the changes" example:"1"`
}

// SavedViewPage is the views that the caller sees.
type SavedViewPage struct {
	Items []SavedView `json:"items" doc:"Oldest first"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// SaveViewInput is a view as it is saved.
type SaveViewInput struct {
	Name    string    `json:"name" minLength:"1" maxLength:"40" doc:"Name" example:"高教处逾期"`
	Share   string    `json:"share,omitempty" enum:"mine,unit,role" doc:"Whom it is for; the caller alone if missing" example:"mine"`
	UnitID  ident.ID  `json:"unit_id,omitzero" doc:"Unit to share it with"`
	Role    post.Role `json:"role,omitempty" enum:"leader,office,inspector,unit_head,unit_clerk" doc:"Role that begins with it" example:"unit_clerk"`
	Query   string    `json:"query,omitempty" maxLength:"500" doc:"Question in the query language" example:"灯:逾期"`
	Layout  string    `json:"layout,omitempty" maxLength:"20" doc:"Layout" example:"list"`
	Sort    string    `json:"sort,omitempty" maxLength:"40" doc:"Order" example:"due"`
	Group   string    `json:"group,omitempty" maxLength:"40" doc:"Column by which rows stand together" example:"unit"`
	Columns []string  `json:"columns,omitempty" maxItems:"40" doc:"Columns in their order" example:"[\"task\",\"unit\",\"due\",\"light\"]"`
	Clock   string    `json:"clock,omitempty" enum:"current,original" doc:"Which due date counts; the one in force if missing" example:"original"`
}

// The ways to share a view.
const (
	shareMine = "mine"
	shareUnit = "unit"
	shareRole = "role"
)

// maxViews is how many views one person may keep.
const maxViews = 100

// visibleViews selects what a person sees: their own, those shared with a unit at or above theirs, those of their roles.
func visibleViews(actor access.Actor) predicate.SavedView {
	ways := []predicate.SavedView{savedview.OwnerID(actor.ID)}
	for _, p := range actor.Posts {
		ways = append(ways, savedview.And(savedview.Share(shareUnit), savedview.UnitPathIn(unit.Ancestors(p.UnitPath)...)),
			savedview.And(savedview.Share(shareRole), savedview.Role(string(p.Role))))
	}
	return savedview.And(savedview.AuthorityID(actor.AuthorityID), savedview.Or(ways...))
}

// Views lists the views that the caller sees.
func (s *Service) Views(ctx context.Context, after string, limit int) (SavedViewPage, error) {
	page := SavedViewPage{Items: []SavedView{}}
	actor, err := s.keeper(ctx)
	if err != nil {
		return page, err
	}
	from := ident.ID{}
	if after != "" {
		if from, err = ident.Parse(after); err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
	}
	limit = pageSize(limit, maxPage)
	rows, err := s.store.Read().SavedView.Query().Where(visibleViews(actor), savedview.IDGT(from)).Order(savedview.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list views: %w", err)
	}
	for i, row := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, showView(actor, row))
	}
	return page, s.sayViews(ctx, actor, page.Items)
}

// keeper is the caller, who may keep views.
func (s *Service) keeper(ctx context.Context) (access.Actor, error) {
	if _, err := s.gate.May(ctx, access.ViewManage); err != nil {
		return access.Actor{}, err
	}
	return access.From(ctx)
}

func showView(actor access.Actor, row *ent.SavedView) SavedView {
	l := lookOf(row.Columns)
	return SavedView{ID: row.ID, Name: row.Name, Share: row.Share, UnitID: row.UnitID, Role: post.Role(row.Role), Query: row.Query, Layout: row.Layout,
		Sort: row.Sort, Group: row.Group, Columns: l.Columns, Clock: l.Clock, Owned: row.OwnerID == actor.ID, UpdatedAt: row.UpdatedAt.UTC(), Version: row.Version}
}

// SaveView keeps a new view.
func (s *Service) SaveView(ctx context.Context, in SaveViewInput) (SavedView, error) {
	actor, err := s.keeper(ctx)
	if err != nil {
		return SavedView{}, err
	}
	share, path, err := s.checkView(ctx, actor, &in)
	if err != nil {
		return SavedView{}, err
	}
	kept, err := keptLook(in)
	if err != nil {
		return SavedView{}, err
	}
	view, err := store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (SavedView, error) {
		n, err := tx.SavedView.Query().Where(savedview.OwnerID(actor.ID)).Count(ctx)
		if err != nil {
			return SavedView{}, fmt.Errorf("count views: %w", err)
		}
		if n >= maxViews {
			return SavedView{}, fault.New(fault.Conflict, "view.too_many").With("limit", maxViews)
		}
		now := s.store.Now()
		row, err := tx.SavedView.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetOwnerID(actor.ID).SetShare(share).SetUnitID(in.UnitID).
			SetUnitPath(path).SetRole(string(in.Role)).SetName(in.Name).SetQuery(in.Query).SetLayout(in.Layout).SetSort(in.Sort).SetGroup(in.Group).
			SetColumns(kept).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
		if err != nil {
			return SavedView{}, fmt.Errorf("save view: %w", err)
		}
		return showView(actor, row), nil
	})
	if err != nil {
		return view, err
	}
	return s.sayView(ctx, actor, view)
}

// checkView looks at a view before it is kept: a name, a question that can be read, and the right to share it so widely.
func (s *Service) checkView(ctx context.Context, actor access.Actor, in *SaveViewInput) (share, path string, err error) {
	in.Name = strings.TrimSpace(in.Name)
	if in.Name == "" {
		return "", "", fault.BadField("body.name", "required")
	}
	if _, err := query.Parse(in.Query, s.watches.Today()); err != nil {
		f := fault.As(err)
		f.Fields[0].Location = "body.query"
		return "", "", f
	}
	switch in.Share {
	case shareUnit:
		path, err := s.sharedWith(ctx, actor, in.UnitID)
		in.Role = ""
		return shareUnit, path, err
	case shareRole:
		in.UnitID = ident.ID{}
		if !slices.Contains([]post.Role{post.Leader, post.Office, post.Inspector, post.UnitHead, post.UnitClerk}, in.Role) {
			return "", "", fault.BadField("body.role", "view.role")
		}
		if !s.gate.Filter(actor, access.ViewShare).Covers(access.Facts{AuthorityID: actor.AuthorityID}) {
			return "", "", access.Refused(access.ViewShare, "relation")
		}
		return shareRole, "", nil
	}
	in.UnitID, in.Role = ident.ID{}, ""
	return shareMine, "", nil
}

// sharedWith is the path of a unit that the caller may share a view with.
func (s *Service) sharedWith(ctx context.Context, actor access.Actor, id ident.ID) (string, error) {
	u, err := s.store.Read().Unit.Query().Where(entunit.ID(id), entunit.AuthorityID(actor.AuthorityID)).Only(ctx)
	if ent.IsNotFound(err) {
		return "", fault.BadField("body.unit_id", "unit.unknown")
	}
	if err != nil {
		return "", fmt.Errorf("read unit: %w", err)
	}
	if !s.gate.Filter(actor, access.ViewShare).Covers(access.Facts{AuthorityID: u.AuthorityID, UnitID: u.ID, Path: u.Path}) {
		return "", access.Refused(access.ViewShare, "relation")
	}
	return u.Path, nil
}

// ownView is a view of the caller; those of others exist for them to use and not to change.
func (s *Service) ownView(ctx context.Context, tx *ent.Tx, actor access.Actor, id ident.ID) (*ent.SavedView, error) {
	row, err := tx.SavedView.Query().Where(savedview.ID(id), visibleViews(actor)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("view")
	}
	if err != nil {
		return nil, fmt.Errorf("read view: %w", err)
	}
	if row.OwnerID != actor.ID {
		return nil, access.Refused(access.ViewManage, "relation")
	}
	return row, nil
}

// ChangeView replaces a view of the caller.
func (s *Service) ChangeView(ctx context.Context, id ident.ID, version int, in SaveViewInput) (SavedView, error) {
	actor, err := s.keeper(ctx)
	if err != nil {
		return SavedView{}, err
	}
	if version < 1 {
		return SavedView{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	share, path, err := s.checkView(ctx, actor, &in)
	if err != nil {
		return SavedView{}, err
	}
	kept, err := keptLook(in)
	if err != nil {
		return SavedView{}, err
	}
	view, err := store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (SavedView, error) {
		if _, err := s.ownView(ctx, tx, actor, id); err != nil {
			return SavedView{}, err
		}
		n, err := tx.SavedView.Update().Where(savedview.ID(id), savedview.Version(version)).SetShare(share).SetUnitID(in.UnitID).SetUnitPath(path).
			SetRole(string(in.Role)).SetName(in.Name).SetQuery(in.Query).SetLayout(in.Layout).SetSort(in.Sort).SetGroup(in.Group).SetColumns(kept).
			SetUpdatedAt(s.store.Now()).AddVersion(1).Save(ctx)
		if err != nil {
			return SavedView{}, fmt.Errorf("change view: %w", err)
		}
		if n == 0 {
			return SavedView{}, fault.New(fault.Stale, "stale")
		}
		row, err := tx.SavedView.Get(ctx, id)
		if err != nil {
			return SavedView{}, fmt.Errorf("read view: %w", err)
		}
		return showView(actor, row), nil
	})
	if err != nil {
		return view, err
	}
	return s.sayView(ctx, actor, view)
}

// DropView deletes a view of the caller.
func (s *Service) DropView(ctx context.Context, id ident.ID) error {
	actor, err := s.keeper(ctx)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := s.ownView(ctx, tx, actor, id); err != nil {
			return err
		}
		if err := tx.SavedView.DeleteOneID(id).Exec(ctx); err != nil {
			return fmt.Errorf("delete view: %w", err)
		}
		return nil
	})
}
