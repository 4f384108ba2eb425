package proceedings

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	entproceeding "github.com/duban-gov/duban/ent/proceeding"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// Proceeding is an interview, a commendation or a criticism of a unit.
type Proceeding struct {
	ID             ident.ID                   `json:"id" doc:"Id"`
	Kind           supervise.ProceedingKind   `json:"kind" enum:"interview,commendation,criticism" doc:"约谈, 通报表扬 or 通报批评" example:"criticism"`
	Number         string                     `json:"number,omitempty" doc:"Number, given when it is held or published" example:"岚教督批〔2017〕1号"`
	UnitID         ident.ID                   `json:"unit_id" doc:"Unit that it is about"`
	UnitName       string                     `json:"unit_name" doc:"Name of the unit" example:"岚山大学"`
	Status         supervise.ProceedingStatus `json:"status" enum:"proposed,approved,refused,issued,signed,withdrawn" doc:"State; issued is held or published" example:"proposed"`
	Audience       supervise.Audience         `json:"audience" enum:"unit,authority" doc:"Who sees it once it is published" example:"unit"`
	Title          string                     `json:"title" doc:"What it is about, in a line" example:"关于信息公开任务逾期的通报"`
	Grounds        string                     `json:"grounds" doc:"What happened" example:"两项重点任务逾期 30 天"`
	Basis          []ProceedingGround         `json:"basis" doc:"Duties, notices and findings that it rests on"`
	ByRule         bool                       `json:"by_rule" doc:"Whether a rule proposed it"`
	ProposedByID   ident.ID                   `json:"proposed_by_id,omitzero" doc:"Who proposed it; missing for a rule"`
	ProposedByName string                     `json:"proposed_by_name,omitempty" doc:"Name of who proposed it" example:"督查室"`
	DecidedByName  string                     `json:"decided_by_name,omitempty" doc:"Leader who approved or refused it" example:"李明"`
	DecidedAt      time.Time                  `json:"decided_at,omitzero" doc:"Instant of the decision"`
	HeldOn         workday.Date               `json:"held_on,omitzero" doc:"Day of the interview" example:"2017-10-20"`
	Place          string                     `json:"place,omitempty" doc:"Where the interview is" example:"厅机关 305 会议室"`
	Participants   string                     `json:"participants,omitempty" doc:"Who takes part" example:"督查室主任；分管校领导"`
	Record         string                     `json:"record,omitempty" doc:"Record of the interview" example:"单位承诺月底前完成"`
	IssuedAt       time.Time                  `json:"issued_at,omitzero" doc:"Instant of holding or publishing"`
	SignedByName   string                     `json:"signed_by_name,omitempty" doc:"Who signed for the unit" example:"王芳"`
	SignedAt       time.Time                  `json:"signed_at,omitzero" doc:"Instant of the signature"`
	Reason         string                     `json:"reason,omitempty" doc:"Why it was refused or taken back" example:"先行催办"`
	CreatedAt      time.Time                  `json:"created_at" doc:"Instant of the proposal"`
	Version        int                        `json:"version" doc:"Counts the changes" example:"2"`
	AllowedActions []access.AllowedAction     `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// ProceedingGround is an object of the basis, by name.
type ProceedingGround struct {
	ProceedingBasis
	Title string `json:"title" doc:"Number and title" example:"（一）编制主动公开目录"`
}

// ProceedingPage is a page of proceedings.
type ProceedingPage struct {
	Items []Proceeding `json:"items" doc:"Proceedings, newest first"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

func (s *Service) view(ctx context.Context, client *ent.Client, row *ent.Proceeding) (Proceeding, error) {
	views, err := s.views(ctx, client, []*ent.Proceeding{row})
	if err != nil {
		return Proceeding{}, err
	}
	return views[0], nil
}

func (s *Service) views(ctx context.Context, client *ent.Client, rows []*ent.Proceeding) ([]Proceeding, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	var people, places, grounds []ident.ID
	bases := make([][]ProceedingBasis, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal(r.Basis, &bases[i]); err != nil {
			return nil, fmt.Errorf("read basis: %w", err)
		}
		for _, b := range bases[i] {
			grounds = append(grounds, b.SubjectID)
		}
		people, places = append(people, r.ProposedByID, r.DecidedByID, r.SignedByID), append(places, r.UnitID)
	}
	names, err := accounts.Names(ctx, client, people)
	if err != nil {
		return nil, err
	}
	unitNames, err := units.Names(ctx, client, places)
	if err != nil {
		return nil, err
	}
	titles, err := s.titles(ctx, client, grounds)
	if err != nil {
		return nil, err
	}
	look := s.gate.Look(ctx)
	views := make([]Proceeding, len(rows))
	for i, r := range rows {
		v := mapped(r, names)
		v.UnitName = unitNames[r.UnitID]
		for _, b := range bases[i] {
			v.Basis = append(v.Basis, ProceedingGround{b, titles[b.SubjectID]})
		}
		v.AllowedActions = look.Actions(facts(r), supervise.ProceedingTable(r.Kind).Allowed(tr.Facts[supervise.ProceedingStatus]{Status: r.Status,
			Relations: relations(actor, r), Circumstances: tr.Circumstances{Today: s.today(), Due: r.HeldOn}}))
		views[i] = v
	}
	return views, nil
}

func mapped(r *ent.Proceeding, names map[ident.ID]string) Proceeding {
	return Proceeding{ID: r.ID, Kind: r.Kind, Number: r.Number, UnitID: r.UnitID, Status: r.Status, Audience: r.Audience, Title: r.Title, Grounds: r.Grounds,
		Basis: []ProceedingGround{}, ByRule: r.Origin != "", ProposedByID: r.ProposedByID, ProposedByName: names[r.ProposedByID], DecidedByName: names[r.DecidedByID],
		DecidedAt: r.DecidedAt.UTC(), HeldOn: r.HeldOn, Place: r.Place, Participants: r.Participants, Record: r.Record, IssuedAt: r.IssuedAt.UTC(),
		SignedByName: names[r.SignedByID], SignedAt: r.SignedAt.UTC(), Reason: r.Reason, CreatedAt: r.CreatedAt.UTC(), Version: r.Version}
}

// titlesText names duties by their tasks, notices, and findings by what was found.
var titlesText = [...]string{
	"SELECT d.id, t.number, t.title FROM duties d JOIN tasks t ON t.id = d.task_id WHERE d.id IN ",
	"SELECT n.id, n.number, n.title FROM notices n WHERE n.id IN ",
	"SELECT f.id, '', f.description FROM findings f WHERE f.id IN ",
}

func (s *Service) titles(ctx context.Context, client *ent.Client, ids []ident.ID) (map[ident.ID]string, error) {
	titles := make(map[ident.ID]string, len(ids))
	if len(ids) == 0 {
		return titles, nil
	}
	list, args := store.In(s.store, 1, ids)
	for _, text := range titlesText {
		err := store.Each(ctx, client, text+list, args, func(scan func(...any) error) error {
			var id ident.ID
			var number, title string
			err := scan(&id, &number, &title)
			titles[id] = clause.Heading(number, title)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("name basis: %w", err)
		}
	}
	return titles, nil
}

// ProceedingQuery narrows a list of proceedings; what is left zero does not narrow.
type ProceedingQuery struct {
	Kind   supervise.ProceedingKind
	Status supervise.ProceedingStatus
	UnitID ident.ID
	After  string
	Limit  int
}

const maxPage = 200

// Get shows one proceeding.
func (s *Service) Get(ctx context.Context, id ident.ID) (Proceeding, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return Proceeding{}, err
	}
	return s.view(ctx, s.store.Read(), row)
}

// List lists the proceedings that the caller may see, newest first.
func (s *Service) List(ctx context.Context, in ProceedingQuery) (ProceedingPage, error) {
	page := ProceedingPage{Items: []Proceeding{}}
	see, err := s.gate.May(ctx, access.ProceedingRead)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Proceeding.Query().Where(visible(see))
	if in.Kind != "" {
		query.Where(entproceeding.KindEQ(in.Kind))
	}
	if in.Status != "" {
		query.Where(entproceeding.StatusEQ(in.Status))
	}
	if !in.UnitID.IsZero() {
		query.Where(entproceeding.UnitID(in.UnitID))
	}
	if in.After != "" {
		last, err := ident.Parse(in.After)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(entproceeding.IDLT(last))
	}
	limit := 50
	if in.Limit > 0 {
		limit = min(in.Limit, maxPage)
	}
	rows, err := query.Order(entproceeding.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list proceedings: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.views(ctx, s.store.Read(), rows)
	return page, err
}

// Timeline is the history of a proceeding, oldest first, for those who may read it.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	read, err := s.gate.May(ctx, access.EventRead)
	if err != nil {
		return timeline.EventPage{}, err
	}
	if !read.Covers(facts(row)) {
		return timeline.EventPage{}, access.Refused(access.EventRead, "relation")
	}
	return s.log.Page(ctx, subject, id, after, limit)
}
