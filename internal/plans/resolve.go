package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/question"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
)

// The kinds of question.
const (
	kindUnknown   = question.KindUnknownName
	kindAmbiguous = question.KindAmbiguousName
	kindNoYear    = question.KindNoDeadlineYear
)

// directory resolves the names of a draft: a unit or a roster is taken only if it is the one certain match.
type directory struct{ names *units.Directory }

// directory reads the names that mean something today.
func (s *Service) directory(ctx context.Context, client *ent.Client, authorityID ident.ID) (*directory, error) {
	names, err := s.units.Directory(ctx, client, authorityID, s.today())
	if err != nil {
		return nil, err
	}
	return &directory{names}, nil
}

// resolve fills in the unit or roster that an assignment means, if that is certain.
func (d *directory) resolve(a *ent.Assignment) {
	a.UnitID, a.RosterID = ident.ID{}, ident.ID{}
	matches := d.certain(a)
	if len(matches) == 1 {
		a.UnitID, a.RosterID = matches[0].Unit.ID, matches[0].RosterID
	}
}

// certain lists the certain matches of the full form, or else of the name as written.
func (d *directory) certain(a *ent.Assignment) []units.Match {
	for _, name := range []string{a.Norm, a.Name} {
		if matches := d.names.Resolve(name); len(matches) > 0 && matches[0].Exact {
			return matches
		}
	}
	return nil
}

// NameSuggestion is a unit or roster that an unknown name may mean.
type NameSuggestion struct {
	UnitID   ident.ID  `json:"unit_id,omitzero" doc:"The unit; missing if a roster is meant"`
	RosterID ident.ID  `json:"roster_id,omitzero" doc:"The roster; missing if a unit is meant"`
	Name     string    `json:"name" doc:"Name of the unit or roster" example:"教育新闻宣传中心"`
	Matched  string    `json:"matched" doc:"The name or alias that comes near" example:"新闻中心"`
	How      units.How `json:"how" doc:"Why it comes near: name, alias, roster, former, pinyin, part, short, similar" example:"short"`
	Score    int       `json:"score" doc:"Rank; 1000 is certain" example:"612"`
}

// ask says what to ask about an assignment that is not resolved.
func (d *directory) ask(a *ent.Assignment) (question.Kind, []NameSuggestion) {
	kind, matches := kindAmbiguous, d.certain(a)
	if len(matches) == 0 {
		kind, matches = kindUnknown, d.names.Resolve(a.Norm)
	}
	list := make([]NameSuggestion, len(matches))
	for i, m := range matches {
		list[i] = NameSuggestion{UnitID: m.Unit.ID, RosterID: m.RosterID, Name: firstOf(m.RosterName, m.Unit.Name), Matched: m.Matched, How: m.How, Score: m.Score}
	}
	return kind, list
}

// askNames writes one question for each name that is not known and not asked about yet, and returns how many.
func (s *Service) askNames(ctx context.Context, tx *ent.Tx, row *ent.Plan, set rowset) (int, error) {
	asked := map[string]bool{}
	for _, q := range set.Questions {
		if q.AnsweredAt.IsZero() {
			asked[q.Phrase] = true
		}
	}
	var names *directory
	var rows []*ent.QuestionCreate
	for _, a := range set.Assignments {
		if resolved(a) || asked[a.Norm] {
			continue
		}
		asked[a.Norm] = true
		if names == nil {
			var err error
			if names, err = s.directory(ctx, tx.Client(), row.AuthorityID); err != nil {
				return 0, err
			}
		}
		kind, suggestions := names.ask(a)
		rows = append(rows, tx.Question.Create().SetID(s.store.NewID()).SetAuthorityID(row.AuthorityID).SetPlanID(row.ID).SetTaskID(a.TaskID).
			SetAssignmentID(a.ID).SetKind(kind).SetPhrase(a.Norm).SetSpanStart(a.SpanStart).SetSpanEnd(a.SpanEnd).
			SetSuggestions(encode(suggestions)).SetCreatedAt(s.store.Now()))
	}
	if len(rows) == 0 {
		return 0, nil
	}
	if err := tx.Question.CreateBulk(rows...).Exec(ctx); err != nil {
		return 0, fmt.Errorf("write questions: %w", err)
	}
	return len(rows), nil
}

// leadersOf reads the names of those who hold a leader's post; a name that two of them bear means nobody.
func leadersOf(ctx context.Context, client *ent.Client, authorityID ident.ID) (map[string]ident.ID, error) {
	rows, err := client.Post.Query().Where(entpost.AuthorityID(authorityID), entpost.RoleEQ(post.Leader)).WithUser().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read leaders: %w", err)
	}
	names := make(map[string]ident.ID, len(rows))
	for _, r := range rows {
		name := r.Edges.User.Name
		if have, twice := names[name]; twice && have != r.UserID {
			names[name] = ident.ID{}
			continue
		}
		names[name] = r.UserID
	}
	for name, id := range names {
		if id.IsZero() {
			delete(names, name)
		}
	}
	return names, nil
}

// severalLeads reports whether the text lets several units lead (按职责分工负责, 共同负责).
func severalLeads(mode string) bool {
	switch clause.Mode(mode) {
	case clause.ByDuty, clause.Joint, clause.Subject, clause.LeadByDuty, clause.Multi:
		return true
	default:
		return false
	}
}
