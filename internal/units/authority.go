package units

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/authority"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
)

// DefaultZone is where a due date ends unless an authority says otherwise.
const DefaultZone = "Asia/Shanghai"

// CreateAuthorityInput founds an authority and the root of its unit tree.
type CreateAuthorityInput struct {
	Name      string `json:"name" minLength:"1" maxLength:"100" doc:"Full name, also that of the root unit" example:"云岭省教育厅"`
	ShortName string `json:"short_name,omitempty" maxLength:"40" doc:"Short name, an alias of the root unit" example:"省教育厅"`
	DocPrefix string `json:"doc_prefix,omitempty" maxLength:"20" doc:"Agency code of its document numbers (机关代字)" example:"云教督"`
	Zone      string `json:"zone,omitempty" maxLength:"60" doc:"Time zone in which its due dates end; Asia/Shanghai if missing" example:"Asia/Shanghai"`
}

// Authority is a root of the unit tree: nothing crosses from one to another.
type Authority struct {
	ID         ident.ID `json:"id" doc:"Id of the authority"`
	Name       string   `json:"name" doc:"Full name" example:"云岭省教育厅"`
	ShortName  string   `json:"short_name,omitempty" doc:"Short name" example:"省教育厅"`
	DocPrefix  string   `json:"doc_prefix,omitempty" doc:"Agency code of its document numbers" example:"云教督"`
	Zone       string   `json:"zone" doc:"Time zone in which its due dates end" example:"Asia/Shanghai"`
	RootUnitID ident.ID `json:"root_unit_id" doc:"Root of its unit tree"`
}

// CreateAuthority founds an authority in the caller's transaction. It asks no permission, because before it nobody can hold
// one: the set-up link, the operator's command line and the sample call it, each with its own proof.
func (s *Service) CreateAuthority(ctx context.Context, tx *ent.Tx, in CreateAuthorityInput) (Authority, error) {
	in.Name, in.ShortName = strings.TrimSpace(in.Name), strings.TrimSpace(in.ShortName)
	if in.Name == "" {
		return Authority{}, fault.BadField("body.name", "unit.name_required")
	}
	if in.Zone == "" {
		in.Zone = DefaultZone
	}
	if _, err := time.LoadLocation(in.Zone); err != nil {
		return Authority{}, fault.BadField("body.zone", "authority.zone_unknown")
	}
	number, err := next(ctx, tx, s.store.NewID(), ident.ID{}, "authority", 1)
	if err != nil {
		return Authority{}, err
	}
	a := Authority{ID: s.store.NewID(), Name: in.Name, ShortName: in.ShortName, DocPrefix: in.DocPrefix, Zone: in.Zone, RootUnitID: s.store.NewID()}
	now := s.store.Now()
	if err := tx.Authority.Create().SetID(a.ID).SetName(a.Name).SetShortName(a.ShortName).SetDocPrefix(a.DocPrefix).SetZone(a.Zone).
		SetRootUnitID(a.RootUnitID).SetCreatedAt(now).Exec(ctx); err != nil {
		return Authority{}, fmt.Errorf("create authority: %w", err)
	}
	if err := tx.Unit.Create().SetID(a.RootUnitID).SetAuthorityID(a.ID).SetPath(unit.Segment(number)).SetKind(unit.Department).SetName(a.Name).
		SetCode("root").SetValidFrom(always).SetCreatedAt(now).Exec(ctx); err != nil {
		return Authority{}, fmt.Errorf("create root unit: %w", err)
	}
	if a.ShortName != "" && a.ShortName != a.Name {
		if err := s.addAliases(ctx, tx, a.ID, a.RootUnitID, []string{a.ShortName}); err != nil {
			return Authority{}, err
		}
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: a.ID, Subject: "authority", SubjectID: a.ID, UnitID: a.RootUnitID, Action: "create", After: a})
	return a, err
}

// AuthorityOf reads an authority.
func AuthorityOf(ctx context.Context, client *ent.Client, id ident.ID) (Authority, error) {
	r, err := client.Authority.Get(ctx, id)
	if ent.IsNotFound(err) {
		return Authority{}, fault.Missing("authority")
	}
	if err != nil {
		return Authority{}, fmt.Errorf("read authority: %w", err)
	}
	return authorityView(r), nil
}

// Zone is the time zone in which an authority's days begin and end.
func Zone(ctx context.Context, client *ent.Client, authorityID ident.ID) (*time.Location, error) {
	a, err := AuthorityOf(ctx, client, authorityID)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(a.Zone)
	if err != nil {
		return nil, fmt.Errorf("zone of authority %s: %w", a.Name, err)
	}
	return zone, nil
}

// next takes n numbers of a series in the caller's transaction and returns the first of them; id becomes the key of a new series.
func next(ctx context.Context, tx *ent.Tx, id, authorityID ident.ID, kind string, n int) (int, error) {
	rows, err := tx.QueryContext(ctx, `INSERT INTO number_series (id, authority_id, kind, year, last) VALUES ($1, $2, $3, 0, $4)
		ON CONFLICT (authority_id, kind, year) DO UPDATE SET last = number_series.last + excluded.last RETURNING last`, id, authorityID, kind, n)
	if err != nil {
		return 0, fmt.Errorf("take %s number: %w", kind, err)
	}
	defer rows.Close()
	var last int
	if rows.Next() {
		err = rows.Scan(&last)
	}
	if err == nil {
		err = rows.Err()
	}
	if err != nil || last < n {
		return 0, fmt.Errorf("take %s number: got %d: %w", kind, last, err)
	}
	if last >= maxUnits {
		return 0, fault.New(fault.Conflict, "unit.too_many").With("limit", maxUnits)
	}
	return last - n + 1, nil
}

// maxUnits is how many segments four characters of base 36 can tell apart.
const maxUnits = 36 * 36 * 36 * 36

// Authorities lists the authorities of the installation, oldest first; only the operator sees more than one's own.
func Authorities(ctx context.Context, client *ent.Client) ([]Authority, error) {
	rows, err := client.Authority.Query().Order(authority.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read authorities: %w", err)
	}
	all := make([]Authority, len(rows))
	for i, r := range rows {
		all[i] = authorityView(r)
	}
	return all, nil
}

func authorityView(r *ent.Authority) Authority {
	return Authority{ID: r.ID, Name: r.Name, ShortName: r.ShortName, DocPrefix: r.DocPrefix, Zone: r.Zone, RootUnitID: r.RootUnitID}
}
