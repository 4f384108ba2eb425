package ledgers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// LedgerQuery is a question to the ledger: what, in which order, as of when, compared with when.
type LedgerQuery struct {
	Text  string    // in the language of package query
	Sort  string    // one of Sorts, maybe with a minus before it; empty is by due date
	AsOf  time.Time // a past instant; zero is now
	Since time.Time // a past instant with which each row is compared; zero is none
	After string
	Limit int
	Brief bool // without the acts that are refused and why
}

// LedgerPage is a page of the ledger.
type LedgerPage struct {
	Items []LedgerRow `json:"items" doc:"Duties in the order asked for"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// order is a way to sort, with the column that carries it.
type order struct {
	column string
	number bool
	down   bool
}

// sorts are the orders; ties follow the id.
var sorts = map[string]order{
	"due":          {column: entduty.FieldDueDate},
	"original_due": {column: entduty.FieldOriginalDueDate},
	"unit":         {column: entduty.FieldUnitPath},
	"progress":     {column: entduty.FieldProgress, number: true},
}

func sortOf(text string) (order, error) {
	if text == "" {
		text = "due"
	}
	name, down := strings.CutPrefix(text, "-")
	o, ok := sorts[name]
	if !ok {
		return o, fault.BadField("query.sort", "ledger.sort")
	}
	o.down = down
	return o, nil
}

const (
	usualPage = 50
	maxPage   = 200
	// maxRows is the largest page of the ledger itself: ten of them are all that the page shows.
	maxRows = 1000
)

func pageSize(limit, most int) int {
	if limit <= 0 {
		return usualPage
	}
	return min(limit, most)
}

// List lists duties that the caller may see and that fit the question.
func (s *Service) List(ctx context.Context, in LedgerQuery) (LedgerPage, error) {
	page := LedgerPage{Items: []LedgerRow{}}
	l, err := s.read(ctx, in.Text, in.AsOf)
	if err != nil {
		return page, err
	}
	o, err := sortOf(in.Sort)
	if err != nil {
		return page, err
	}
	from, err := o.cursor(in.After)
	if err != nil {
		return page, err
	}
	limit := pageSize(in.Limit, maxRows)
	keys, err := s.keys(ctx, l, o, from, limit+1)
	if err != nil {
		return page, err
	}
	more := len(keys) > limit
	keys = keys[:min(limit, len(keys))]
	if page.Items, err = s.rows(ctx, l, in.Since, idsOf(keys)); err != nil {
		return page, err
	}
	if in.Brief {
		abridge(page.Items)
	}
	if more {
		page.Next = keys[limit-1].String()
	}
	return page, nil
}

// place is where a row stands in an order.
type place struct {
	value string
	id    ident.ID
}

func (p place) String() string { return p.value + "~" + p.id.String() }

func idsOf(keys []place) []ident.ID {
	ids := make([]ident.ID, len(keys))
	for i, k := range keys {
		ids[i] = k.id
	}
	return ids
}

// cursor reads the place after which a page begins; nil begins at the beginning.
func (o order) cursor(after string) (*place, error) {
	if after == "" {
		return nil, nil
	}
	bad := fault.BadField("query.after", "cursor")
	i := strings.LastIndexByte(after, '~')
	if i < 0 {
		return nil, bad
	}
	id, err := ident.Parse(after[i+1:])
	p := place{value: after[:i], id: id}
	if err != nil {
		return nil, bad
	}
	if o.number {
		if _, err := strconv.Atoi(p.value); err != nil {
			return nil, bad
		}
	} else if strings.HasSuffix(o.column, "_date") {
		if _, err := workday.ParseDate(p.value); err != nil {
			return nil, bad
		}
	}
	return &p, nil
}

// keys finds the places of a page. Open and ended duties lie in two stretches of an index: each gives its page, and the two merge.
func (s *Service) keys(ctx context.Context, l *lens, o order, from *place, limit int) ([]place, error) {
	if l.reach.Empty() {
		return nil, nil
	}
	var all []place
	for _, open := range l.opens {
		part, err := s.stretch(ctx, l, o, from, open, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	if len(l.opens) > 1 {
		slices.SortFunc(all, o.compare)
	}
	return all[:min(limit, len(all))], nil
}

// compare orders places as the database does.
func (o order) compare(a, b place) int {
	c := strings.Compare(a.value, b.value)
	if o.number {
		x, _ := strconv.Atoi(a.value) // came out of the database as a number
		y, _ := strconv.Atoi(b.value)
		c = x - y
	}
	if c == 0 {
		c = a.id.Compare(b.id)
	}
	if o.down {
		return -c
	}
	return c
}

func (s *Service) stretch(ctx context.Context, l *lens, o order, from *place, open bool, limit int) ([]place, error) {
	q, err := s.selection(ctx, l, open)
	if err != nil {
		return nil, err
	}
	key, id := q.C(o.column), q.C(entduty.FieldID)
	if from != nil {
		value := any(from.value)
		if o.number {
			value, _ = strconv.Atoi(from.value) // cursor has looked at it
		}
		if o.down {
			q.Where(entsql.CompositeLT([]string{key, id}, value, from.id))
		} else {
			q.Where(entsql.CompositeGT([]string{key, id}, value, from.id))
		}
	}
	if o.down {
		q.OrderBy(entsql.Desc(key), entsql.Desc(id))
	} else {
		q.OrderBy(key, id)
	}
	text, args := q.Select(key, id).Limit(limit).Query()
	var found []place
	err = store.Each(ctx, s.store.DB(), text, args, func(scan func(...any) error) error {
		var p place
		if err := scan(&p.value, &p.id); err != nil {
			return err
		}
		found = append(found, p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the ledger: %w", err)
	}
	return found, nil
}

// selection selects the open or the ended duties of a lens, within the caller's scope.
func (s *Service) selection(ctx context.Context, l *lens, open bool) (*entsql.Selector, error) {
	q, err := s.fitting(ctx, l)
	if err != nil {
		return nil, err
	}
	return q.Where(entsql.EQ(q.C(entduty.FieldOpen), open)), nil
}

// fitting selects the duties of a lens, within the caller's scope, open and ended.
func (s *Service) fitting(ctx context.Context, l *lens) (*entsql.Selector, error) {
	q := entsql.Dialect(s.store.Dialect).Select().From(l.table(s.store.Dialect)).As(entduty.Table)
	l.scope(q)
	if err := s.nearby(ctx, l, q); err != nil {
		return nil, err
	}
	for _, hold := range l.holds {
		hold(q)
	}
	return q, nil
}

// withLight names the column of the light, which lies beside the duty, or in the past on it.
func (s *Service) withLight(l *lens, q *entsql.Selector) string {
	if !l.at.IsZero() {
		return q.C(lightThen)
	}
	w := entsql.Dialect(s.store.Dialect).Table(watch.Table).As("w")
	q.Join(w).On(q.C(entduty.FieldID), w.C(watch.FieldID))
	return w.C(watch.FieldLight)
}

// scope is what the caller may see. Where a unit, a leader or a task selects few duties, their index has to serve the question and
// not the one by authority, which SQLite takes for just as good: behind a plus sign the authority is only compared.
func (l *lens) scope(q *entsql.Selector) {
	columns := l.columns()
	whole := slices.ContainsFunc(l.reach.Reaches, func(r access.Reach) bool { return r.Scope == access.ScopeAll })
	if l.reach.Everywhere || whole && !l.few {
		l.reach.Predicate(columns)(q)
		return
	}
	local := l.reach
	local.Everywhere = true
	local.Predicate(columns)(q)
	q.Where(expression("+"+q.C(entduty.FieldAuthorityID), entsql.OpEQ, l.reach.AuthorityID))
}

// nearBound is how many units a subtree may have for its units to be named, so that the index by unit serves the question.
const nearBound = 50

// nearby names the units of a small subtree. In the past the units of the present decide over what is seen, and no index serves.
func (s *Service) nearby(ctx context.Context, l *lens, q *entsql.Selector) error {
	if !l.at.IsZero() || len(l.reach.Reaches) != 1 || l.reach.Reaches[0].Scope != access.ScopeSubtree {
		return nil
	}
	path := l.reach.Reaches[0].Path
	ids, err := s.store.Read().Unit.Query().Where(entunit.PathGTE(path), entunit.PathLT(unit.PathEnd(path))).Limit(nearBound + 1).IDs(ctx)
	if err != nil {
		return fmt.Errorf("list units of subtree: %w", err)
	}
	if len(ids) <= nearBound {
		column(entduty.FieldUnitID, ids)(q)
	}
	return nil
}
