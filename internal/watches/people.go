package watches

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Holders answers the questions of a whole chunk from the posts held on a day, in three statements at most: the same people,
// question by question, as accounts.Recipients names. Acting officers are included, disabled users are not.
func (s *Service) Holders(ctx context.Context, tx *ent.Tx, on workday.Date, asked []Reach) (map[Reach][]ident.ID, error) {
	b := board{store: s.store}
	units, above, roles := make(map[ident.ID]bool), make(map[string]bool), make(map[string]bool)
	for _, q := range asked {
		switch q.To {
		case ladder.Owner, ladder.UnitHead, ladder.ActingOfficer:
			units[q.UnitID] = true
		case ladder.Office:
			roles[string(post.Office)] = true
		case ladder.SupervisingLeader:
			roles[string(post.Leader)] = true
		case ladder.ParentHead:
			for _, path := range unit.Ancestors(unit.Parent(q.UnitPath)) {
				above[path] = true
			}
		}
	}
	if err := b.read(ctx, tx, on, "p.role IN ('unit_clerk', 'unit_head') AND p.unit_id IN ", keys(units)); err != nil {
		return nil, err
	}
	if err := b.read(ctx, tx, on, "p.role IN ('unit_head', 'leader') AND u.path IN ", keys(above)); err != nil {
		return nil, err
	}
	if err := b.read(ctx, tx, on, "p.role IN ", keys(roles)); err != nil {
		return nil, err
	}
	answers := make(map[Reach][]ident.ID, len(asked))
	for _, q := range asked {
		if people := b.answer(q); len(people) > 0 {
			slices.SortFunc(people, ident.ID.Compare)
			answers[q] = slices.Compact(people)
		}
	}
	return answers, nil
}

// seat is one post held on the day.
type seat struct {
	Authority, Unit, User, ActingFor ident.ID
	Path                             string
	Role                             post.Role
}

// board is the posts that the questions of a chunk look at.
type board struct {
	store  *store.Store
	byUnit map[ident.ID][]seat
	byPath map[string][]seat
	byRole map[post.Role][]seat
}

func (b *board) read(ctx context.Context, tx *ent.Tx, on workday.Date, where string, in any) error {
	var list string
	var args []any
	switch values := in.(type) {
	case []ident.ID:
		list, args = store.In(b.store, 3, values)
	case []string:
		list, args = store.In(b.store, 3, values)
	}
	if len(args) == 0 {
		return nil
	}
	text := `SELECT p.authority_id, p.unit_id, p.user_id, p.acting_for_id, u.path, p.role FROM posts p JOIN users x ON x.id = p.user_id
		JOIN units u ON u.id = p.unit_id WHERE p.valid_from <= $1 AND p.valid_to >= $2 AND x.disabled_at IS NULL AND ` + where + list
	err := store.Each(ctx, tx, text, append([]any{on, on}, args...), func(scan func(...any) error) error {
		var s seat
		if err := scan(&s.Authority, &s.Unit, &s.User, &s.ActingFor, &s.Path, &s.Role); err != nil {
			return err
		}
		b.put(s)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	return nil
}

func (b *board) put(s seat) {
	if b.byUnit == nil {
		b.byUnit, b.byPath, b.byRole = make(map[ident.ID][]seat), make(map[string][]seat), make(map[post.Role][]seat)
	}
	b.byUnit[s.Unit] = append(b.byUnit[s.Unit], s)
	b.byPath[s.Path] = append(b.byPath[s.Path], s)
	b.byRole[s.Role] = append(b.byRole[s.Role], s)
}

// finders says for each relation how its people are found on the board.
var finders = map[ladder.Recipient]func(*board, Reach) []ident.ID{
	ladder.Owner: func(b *board, q Reach) []ident.ID {
		clerks := users(b.byUnit[q.UnitID], func(s seat) bool { return s.Role == post.UnitClerk })
		if len(clerks) > 0 {
			return clerks
		}
		return users(b.byUnit[q.UnitID], func(s seat) bool { return s.Role == post.UnitHead })
	},
	ladder.UnitHead: func(b *board, q Reach) []ident.ID {
		return users(b.byUnit[q.UnitID], func(s seat) bool { return s.Role == post.UnitHead })
	},
	ladder.ActingOfficer: func(b *board, q Reach) []ident.ID {
		return users(b.byUnit[q.UnitID], func(s seat) bool {
			return !s.ActingFor.IsZero() && (s.Role == post.UnitClerk || s.Role == post.UnitHead)
		})
	},
	ladder.SupervisingLeader: func(b *board, q Reach) []ident.ID {
		return users(b.byRole[post.Leader], func(s seat) bool {
			return !q.LeaderID.IsZero() && s.Authority == q.AuthorityID && (s.User == q.LeaderID || s.ActingFor == q.LeaderID)
		})
	},
	ladder.ParentHead: func(b *board, q Reach) []ident.ID {
		for _, path := range slices.Backward(unit.Ancestors(unit.Parent(q.UnitPath))) {
			heads := users(b.byPath[path], func(s seat) bool {
				return s.Role == post.UnitHead || s.Role == post.Leader && unit.Depth(path) == 0
			})
			if len(heads) > 0 {
				return heads
			}
		}
		return nil
	},
	ladder.Office: func(b *board, q Reach) []ident.ID {
		return users(b.byRole[post.Office], func(s seat) bool { return s.Authority == q.AuthorityID })
	},
}

func (b *board) answer(q Reach) []ident.ID {
	find, ok := finders[q.To]
	if !ok {
		return nil
	}
	return find(b, q)
}

func users(seats []seat, fits func(seat) bool) []ident.ID {
	var people []ident.ID
	for _, s := range seats {
		if fits(s) {
			people = append(people, s.User)
		}
	}
	return people
}

func keys[K comparable](set map[K]bool) []K {
	list := make([]K, 0, len(set))
	for k := range set {
		list = append(list, k)
	}
	return list
}
