// Package numbers hands out document numbers (发文字号) without gaps: one series per authority, kind and year. A number is taken
// from a counter row in the transaction that uses it, so a transaction that fails gives its number back, and the next one
// waits for it. A number that was used and then voided stays used and says why.
package numbers

import (
	"context"
	"fmt"
	"strconv"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/numberseries"
	"github.com/duban-gov/duban/ent/numbervoid"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Kind names a series; each kind of document counts for itself.
type Kind string

// The series of an authority.
const (
	Rectification Kind = "rectification" // 限期整改通知书
	Inspection    Kind = "inspection"    // 督查方案
	Conclusion    Kind = "conclusion"    // 督查结论
	Objection     Kind = "objection"     // 复核决定书
	Matter        Kind = "matter"        // 督办事项
	Interview     Kind = "interview"     // 约谈
	Commendation  Kind = "commendation"  // 通报表扬
	Criticism     Kind = "criticism"     // 通报批评
)

// Service hands out numbers. It asks for no permission: the use case that takes a number has asked for its own.
type Service struct{ store *store.Store }

// New returns the service.
func New(s *store.Store) *Service { return &Service{store: s} }

// Next takes the next number of a series, from 1. Until the caller's transaction ends, every other taker of the series waits.
func (s *Service) Next(ctx context.Context, tx *ent.Tx, authority ident.ID, kind Kind, year int) (serial int, err error) {
	rows, err := tx.QueryContext(ctx, `INSERT INTO number_series (id, authority_id, kind, year, last) VALUES ($1, $2, $3, $4, 1)
		ON CONFLICT (authority_id, kind, year) DO UPDATE SET last = number_series.last + 1 RETURNING last`,
		s.store.NewID(), authority, string(kind), year)
	if err != nil {
		return 0, fmt.Errorf("take number of %s %d: %w", kind, year, err)
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&serial)
	}
	if err == nil {
		err = rows.Err()
	}
	if err == nil && serial == 0 {
		err = fmt.Errorf("the counter answered nothing")
	}
	if err != nil {
		return 0, fmt.Errorf("take number of %s %d: %w", kind, year, err)
	}
	return serial, nil
}

// Taken is a number taken from a series.
type Taken struct {
	Year, Serial int
	Number       string // as it is written: 岚教督办〔2017〕1号
}

// Take takes the next number of a series and writes it with the authority's agency code and the letter of the kind. Errors:
// number.no_prefix (conflict) where the authority has no agency code yet.
func (s *Service) Take(ctx context.Context, tx *ent.Tx, authority ident.ID, kind Kind, letter string, year int) (Taken, error) {
	owner, err := tx.Authority.Get(ctx, authority)
	if err != nil {
		return Taken{}, fmt.Errorf("read authority: %w", err)
	}
	if owner.DocPrefix == "" {
		return Taken{}, fault.New(fault.Conflict, "number.no_prefix")
	}
	serial, err := s.Next(ctx, tx, authority, kind, year)
	if err != nil {
		return Taken{}, err
	}
	return Taken{Year: year, Serial: serial, Number: Format(owner.DocPrefix+letter, year, serial)}, nil
}

// Void records that a number taken earlier is void: it is never handed out again.
func (s *Service) Void(ctx context.Context, tx *ent.Tx, authority ident.ID, kind Kind, year, serial int, by ident.ID, reason string) error {
	err := tx.NumberVoid.Create().SetID(s.store.NewID()).SetAuthorityID(authority).SetKind(string(kind)).SetYear(year).SetSerial(serial).
		SetReason(reason).SetVoidedByID(by).SetCreatedAt(s.store.Now()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("void number %d of %s %d: %w", serial, kind, year, err)
	}
	return nil
}

// Voided is a number that was taken and then voided.
type Voided struct {
	Serial int
	Reason string
	ByID   ident.ID
}

// Series tells what a series has handed out: the last number (0 if none) and the voided ones in order.
func (s *Service) Series(ctx context.Context, authority ident.ID, kind Kind, year int) (last int, voided []Voided, err error) {
	row, err := s.store.Read().NumberSeries.Query().
		Where(numberseries.AuthorityID(authority), numberseries.Kind(string(kind)), numberseries.Year(year)).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read series of %s %d: %w", kind, year, err)
	}
	voids, err := s.store.Read().NumberVoid.Query().
		Where(numbervoid.AuthorityID(authority), numbervoid.Kind(string(kind)), numbervoid.Year(year)).Order(numbervoid.BySerial()).All(ctx)
	if err != nil {
		return 0, nil, fmt.Errorf("read voided numbers of %s %d: %w", kind, year, err)
	}
	for _, v := range voids {
		voided = append(voided, Voided{Serial: v.Serial, Reason: v.Reason, ByID: v.VoidedByID})
	}
	return row.Last, voided, nil
}

// Format writes a document number as GB/T 9704-2012 wants it: agency code, full year in six-corner brackets, number without
// leading zero or 第: 湘教督〔2017〕45号.
func Format(prefix string, year, serial int) string {
	return prefix + "〔" + strconv.Itoa(year) + "〕" + strconv.Itoa(serial) + "号"
}
