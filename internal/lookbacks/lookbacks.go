// Package lookbacks looks again, the year after, at what had been put right (回头看): the notices closed and the dated duties done are
// drawn by a seed into an inspection of that kind; each holds or has come back, and what came back is reopened or ordered anew.
package lookbacks

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"

	entduty "github.com/duban-gov/duban/ent/duty"
)

// Service holds the use cases of look-backs.
type Service struct {
	store       *store.Store
	gate        *access.Gate
	log         *timeline.Log
	clocks      *watches.Service
	inspections *inspections.Service
	notices     *notices.Service
	rules       rectify.Rules
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, clocks *watches.Service, tours *inspections.Service, orders *notices.Service) *Service {
	return &Service{store: s, gate: gate, log: log, clocks: clocks, inspections: tours, notices: orders, rules: tours.Rules()}
}

// LookDraw is a draw: what would be looked at again. The same year, size and seed give the same draw as long as nothing of the year is
// closed or reopened.
type LookDraw struct {
	Year       int             `json:"year" doc:"Year that is looked at again" example:"2016"`
	Seed       string          `json:"seed" doc:"Seed of the draw" example:"2017-03-06"`
	Population int             `json:"population" doc:"Closed notices and dated duties of the year" example:"120"`
	Size       int             `json:"size" doc:"How many are drawn; by the rule file if not asked for" example:"24"`
	Items      []LookCandidate `json:"items" doc:"What is drawn, in the order of the draw"`
	Rule       string          `json:"rule" doc:"Rule file and version that set the size" example:"inspection.default@1"`
}

// LookCandidate is one thing that may be looked at again.
type LookCandidate struct {
	Subject   rectify.Looked `json:"subject" enum:"notice,duty" doc:"Closed notice or dated duty"`
	SubjectID ident.ID       `json:"subject_id" doc:"The notice or duty"`
	UnitID    ident.ID       `json:"unit_id" doc:"Unit"`
	UnitName  string         `json:"unit_name" doc:"Name of the unit"`
	Title     string         `json:"title" doc:"Title"`
	Number    string         `json:"number,omitempty" doc:"Document number of a notice, number of a task"`
	DueDate   workday.Date   `json:"due_date,omitzero" doc:"Deadline that it had"`
	ClosedAt  time.Time      `json:"closed_at" doc:"When it was closed"`
	path      string
}

// DrawInput says what to draw.
type DrawInput struct {
	Year int    // last year if 0
	Seed string // today's date if empty
	Size int    // by the rule file if 0
}

// Draw draws without making anything: whoever wants to check a look-back repeats its draw by year, seed and size.
func (s *Service) Draw(ctx context.Context, in DrawInput) (LookDraw, error) {
	if _, err := s.gate.May(ctx, access.InspectionRead); err != nil {
		return LookDraw{}, err
	}
	return s.draw(ctx, s.store.Read(), in)
}

func (s *Service) draw(ctx context.Context, client *ent.Client, in DrawInput) (LookDraw, error) {
	if in.Year == 0 {
		in.Year = s.clocks.Today().Year() - 1
	}
	if in.Seed == "" {
		in.Seed = s.clocks.Today().String()
	}
	all, err := s.candidates(ctx, client, in.Year)
	if err != nil {
		return LookDraw{}, err
	}
	if in.Size == 0 {
		in.Size = s.rules.LookBack.SampleSize(len(all))
	}
	byKey, keys := make(map[string]LookCandidate, len(all)), make([]string, 0, len(all))
	for _, c := range all {
		key := string(c.Subject) + " " + c.SubjectID.String()
		byKey[key] = c
		keys = append(keys, key)
	}
	d := LookDraw{Year: in.Year, Seed: in.Seed, Population: len(all), Items: []LookCandidate{}, Rule: s.rules.Name()}
	for _, key := range rectify.Draw(keys, in.Size, in.Seed) {
		d.Items = append(d.Items, byKey[key])
	}
	d.Size = len(d.Items)
	return d, nil
}

// candidates are the notices of a year's numbers that are closed, and the closed duties that were due in it.
func (s *Service) candidates(ctx context.Context, client *ent.Client, year int) ([]LookCandidate, error) {
	see, err := s.gate.May(ctx, access.NoticeRead)
	if err != nil {
		return nil, err
	}
	orders, err := client.Notice.Query().Where(predicate.Notice(see.Predicate(access.Columns{Authority: notice.FieldAuthorityID, Unit: notice.FieldUnitID,
		Path: notice.FieldUnitPath, Leader: notice.FieldLeaderID, Owner: notice.FieldCreatedByID}))).
		Where(notice.Year(year), notice.StatusEQ(rectify.NoticeClosed)).Order(notice.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read closed notices: %w", err)
	}
	if see, err = s.gate.May(ctx, access.DutyRead); err != nil {
		return nil, err
	}
	done, err := client.Duty.Query().Where(predicate.Duty(see.Predicate(access.Columns{Authority: entduty.FieldAuthorityID, Unit: entduty.FieldUnitID,
		Path: entduty.FieldUnitPath, Leader: entduty.FieldLeaderID, Part: entduty.FieldPart}))).
		Where(entduty.StatusEQ(duty.Closed), entduty.DueDateGTE(workday.NewDate(year, 1, 1)), entduty.DueDateLTE(workday.NewDate(year, 12, 31))).
		Order(entduty.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read closed duties: %w", err)
	}
	return candidatesOf(ctx, client, orders, done)
}

// known refuses a draw that would find nothing to look at.
func (d LookDraw) known() error {
	if len(d.Items) == 0 {
		return fault.BadFields(fault.Field{Location: "body.year", Code: "look_back.nothing", Params: fault.Params{"year": strconv.Itoa(d.Year)}})
	}
	return nil
}

// unitIDs are the units of a draw, each once.
func (d LookDraw) unitIDs() []ident.ID {
	var ids []ident.ID
	for _, c := range d.Items {
		if !slices.Contains(ids, c.UnitID) {
			ids = append(ids, c.UnitID)
		}
	}
	return ids
}
