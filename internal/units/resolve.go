package units

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/roster"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/unitalias"
	"github.com/duban-gov/duban/ent/unitlineage"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// How says by which rule a name was matched.
type How string

// The ways to match, from certain to far-fetched. Only the first three need no question.
const (
	ByName    How = "name"    // the unit's name on that day
	ByAlias   How = "alias"   // one of its aliases
	ByRoster  How = "roster"  // the name or an alias of a roster
	ByFormer  How = "former"  // a name it no longer had, or that of a unit merged into it
	ByPinyin  How = "pinyin"  // another spelling that sounds the same
	ByPart    How = "part"    // one contains the other
	ByShort   How = "short"   // an abbreviation: the characters of one in order in the other
	BySimilar How = "similar" // few characters differ
)

// Match is a unit or a roster that a name may mean.
type Match struct {
	Unit       UnitRef  `json:"unit,omitzero" doc:"The unit; missing if the match is a roster"`
	RosterID   ident.ID `json:"roster_id,omitzero" doc:"The roster; missing if the match is a unit"`
	RosterName string   `json:"roster_name,omitempty" doc:"Name of the roster" example:"各高校"`
	Matched    string   `json:"matched" doc:"The name or alias that fits" example:"法规处"`
	How        How      `json:"how" doc:"Why it fits: name, alias, roster, former, pinyin, part, short, similar" example:"alias"`
	Exact      bool     `json:"exact" doc:"Whether it is certain enough to need no question"`
	Score      int      `json:"score" doc:"Rank among suggestions, 1000 is certain" example:"1000"`
}

// Directory is every name of an authority on one day, for resolving many names with one look at the database.
type Directory struct {
	names  []naming
	exact  map[string][]int
	pinyin []string // of names, made at the first suggestion
}

// naming is one name and what it stands for.
type naming struct {
	text string // as written
	key  string // folded
	how  How
	unit UnitRef
	id   ident.ID // roster
}

// Resolve finds what a name as written in a document means on a day: every exact match, or the best suggestions.
func (s *Service) Resolve(ctx context.Context, authorityID ident.ID, name string, on workday.Date) ([]Match, error) {
	d, err := s.Directory(ctx, s.store.Read(), authorityID, on)
	if err != nil {
		return nil, err
	}
	return d.Resolve(name), nil
}

// Directory reads the names of an authority on a day.
func (s *Service) Directory(ctx context.Context, client *ent.Client, authorityID ident.ID, on workday.Date) (*Directory, error) {
	rows, err := client.Unit.Query().Where(entunit.AuthorityID(authorityID)).Order(entunit.ByPath()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	d := &Directory{exact: make(map[string][]int, 2*len(rows))}
	byID := make(map[ident.ID]*ent.Unit, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	for _, r := range rows {
		d.addUnit(byID, r, r.Name, ByName, on)
	}
	if err := d.addOtherNames(ctx, client, authorityID, byID, on); err != nil {
		return nil, err
	}
	rosters, err := client.Roster.Query().Where(roster.AuthorityID(authorityID)).Order(roster.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read rosters: %w", err)
	}
	for _, r := range rosters {
		for _, text := range append([]string{r.Name}, r.Aliases...) {
			d.add(naming{text: text, how: ByRoster, unit: UnitRef{Name: r.Name}, id: r.ID})
		}
	}
	return d, nil
}

// addOtherNames takes in aliases and the names of the past.
func (d *Directory) addOtherNames(ctx context.Context, client *ent.Client, authorityID ident.ID, byID map[ident.ID]*ent.Unit, on workday.Date) error {
	aliases, err := client.UnitAlias.Query().Where(unitalias.AuthorityID(authorityID)).Order(unitalias.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read aliases: %w", err)
	}
	for _, a := range aliases {
		if r := byID[a.UnitID]; r != nil {
			d.addUnit(byID, r, a.Name, ByAlias, on)
		}
	}
	renames, err := client.UnitLineage.Query().Where(unitlineage.AuthorityID(authorityID), unitlineage.KindEQ(unitlineage.KindRename)).
		Order(unitlineage.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read renames: %w", err)
	}
	for _, l := range renames {
		how := ByFormer
		if l.OnDate.After(on) { // the document is older than the new name
			how = ByName
		}
		if r := byID[l.UnitID]; r != nil {
			d.addUnit(byID, r, l.OldName, how, on)
		}
	}
	return nil
}

// addUnit takes in one name of a unit. A unit that has ended stands for its successor, as a suggestion only; one without a
// successor, or not yet founded, stands for nothing.
func (d *Directory) addUnit(byID map[ident.ID]*ent.Unit, r *ent.Unit, text string, how How, on workday.Date) {
	for hops := 0; r != nil && !exists(r, on); hops++ {
		if hops > len(byID) || r.SuccessorID.IsZero() {
			return
		}
		r, how = byID[r.SuccessorID], ByFormer
	}
	if r != nil {
		d.add(naming{text: text, how: how, unit: Ref(r)})
	}
}

// exists reports whether a unit exists on a day.
func exists(r *ent.Unit, on workday.Date) bool {
	return r.ValidFrom.Compare(on) <= 0 && r.ValidTo.Compare(on) >= 0
}

func (d *Directory) add(e naming) {
	if e.key = fold(e.text); e.key == "" {
		return
	}
	d.exact[e.key] = append(d.exact[e.key], len(d.names))
	d.names = append(d.names, e)
}

// Unit finds the only unit that a name means for certain; false if there is none or more than one.
func (d *Directory) Unit(name string) (UnitRef, bool) {
	matches := d.Resolve(name)
	if len(matches) != 1 || !matches[0].Exact || matches[0].Unit.ID.IsZero() {
		return UnitRef{}, false
	}
	return matches[0].Unit, true
}

// Resolve finds what a name means: every certain match, or up to five suggestions, best first; empty if nothing comes near.
func (d *Directory) Resolve(name string) []Match {
	key := fold(name)
	if key == "" {
		return []Match{}
	}
	found := newShortlist()
	for _, i := range d.exact[key] {
		if e := d.names[i]; e.how != ByFormer {
			found.offer(e, e.how, certain)
		}
	}
	if !found.empty() {
		return found.best()
	}
	for _, i := range d.exact[key] {
		found.offer(d.names[i], ByFormer, formerScore)
	}
	d.suggest(key, found)
	return found.best()
}

// Suggest ranks what comes near a name, even if another one fits exactly.
func (d *Directory) Suggest(name string) []Match {
	found := newShortlist()
	if key := fold(name); key != "" {
		d.suggest(key, found)
	}
	return found.best()
}
