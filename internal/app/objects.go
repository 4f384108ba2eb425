package app

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// finder finds what access to an object is decided by.
type finder = func(ctx context.Context, id ident.ID) (access.Facts, error)

// found turns a row's facts into the answer of a finder.
func found(object string, facts access.Facts, err error) (access.Facts, error) {
	if ent.IsNotFound(err) {
		return access.Facts{}, fault.Missing(object)
	}
	if err != nil {
		return access.Facts{}, fmt.Errorf("read %s: %w", object, err)
	}
	return facts, nil
}

// objects are the kinds of object that "access explain" and "access who" can be asked about, besides units and users.
func (a *App) objects() map[string]finder {
	db := a.Store.Read()
	duty := func(ctx context.Context, object string, id ident.ID) (access.Facts, error) {
		r, err := db.Duty.Get(ctx, id)
		if err != nil {
			return found(object, access.Facts{}, err)
		}
		return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, Path: r.UnitPath, LeaderID: r.LeaderID, Part: string(r.Part)}, nil
	}
	return map[string]finder{
		"duty": func(ctx context.Context, id ident.ID) (access.Facts, error) { return duty(ctx, "duty", id) },
		"report": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Report.Get(ctx, id)
			if err != nil {
				return found("report", access.Facts{}, err)
			}
			facts, err := duty(ctx, "report", r.DutyID)
			facts.OwnerID = r.AuthorID
			return facts, err
		},
		"extension": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Extension.Get(ctx, id)
			if err != nil {
				return found("extension", access.Facts{}, err)
			}
			facts, err := duty(ctx, "extension", r.DutyID)
			facts.OwnerID = r.RequestedByID
			return facts, err
		},
		"plan": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Plan.Get(ctx, id)
			if err != nil {
				return found("plan", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, OwnerID: r.CreatedByID}, nil
		},
		"inspection": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Inspection.Get(ctx, id)
			if err != nil {
				return found("inspection", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, OwnerID: r.CreatedByID}, nil
		},
		"finding": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Finding.Get(ctx, id)
			if err != nil {
				return found("finding", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, Path: r.UnitPath, OwnerID: r.FoundByID}, nil
		},
		"matter": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Matter.Get(ctx, id)
			if err != nil {
				return found("matter", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, LeaderID: r.LeaderID, OwnerID: r.CreatedByID}, nil
		},
		"proceeding": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Proceeding.Get(ctx, id)
			if err != nil {
				return found("proceeding", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, Path: r.UnitPath, OwnerID: r.ProposedByID}, nil
		},
		"conclusion": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Conclusion.Get(ctx, id)
			if err != nil {
				return found("conclusion", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, Path: r.UnitPath, OwnerID: r.DeliveredByID}, nil
		},
		"objection": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Objection.Get(ctx, id)
			if err != nil {
				return found("objection", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, Path: r.UnitPath, LeaderID: r.LeaderID, OwnerID: r.FiledByID}, nil
		},
		"notice": func(ctx context.Context, id ident.ID) (access.Facts, error) {
			r, err := db.Notice.Get(ctx, id)
			if err != nil {
				return found("notice", access.Facts{}, err)
			}
			return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID, Path: r.UnitPath, LeaderID: r.LeaderID, OwnerID: r.CreatedByID}, nil
		},
	}
}
