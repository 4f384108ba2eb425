package deeds

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// DoneItem is one object that the caller has dealt with, by their latest act on it.
type DoneItem struct {
	ID        ident.ID  `json:"id" doc:"Id of the act; later acts have greater ids"`
	Subject   string    `json:"subject" enum:"calendar,conclusion,duty,finding,hand_over,indicator,inspection,instruction,matter,notice,objection,plan,proceeding,rule" doc:"Kind of object" example:"duty"`
	Sort      string    `json:"sort,omitempty" doc:"Sort of a proceeding: interview or circular" example:"circular"`
	SubjectID ident.ID  `json:"subject_id" doc:"Object"`
	Within    ident.ID  `json:"within_id,omitzero" doc:"Object on whose page it stands, where it has none of its own: the inspection of a finding"`
	Action    string    `json:"action" doc:"What the caller did last" example:"extension.grant"`
	At        time.Time `json:"at" doc:"Instant at which they did it"`
	ActingFor string    `json:"acting_for,omitempty" doc:"Name of whom they stood in for, if it was done in a post held for another" example:"王芳"`
	Readable  bool      `json:"readable" doc:"Whether the caller may still open it; if not, what it is called stays unsaid"`
	Title     string    `json:"title,omitempty" doc:"Number and title as they are now" example:"（一）1 推进高校信息公开"`
	UnitName  string    `json:"unit_name,omitempty" doc:"Unit whose business it is now; missing where it is that of several" example:"政策法规处"`
	Status    string    `json:"status,omitempty" doc:"State now; missing where the kind has none" example:"active"`
}

// DonePage is a page of what the caller has dealt with.
type DonePage struct {
	Items []DoneItem `json:"items" doc:"One for each object, the latest act first"`
	Next  string     `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// DoneQuery narrows the list; what is zero does not narrow.
type DoneQuery struct {
	Subject string       // only this kind of object
	From    workday.Date // acts on this day of the authority's calendar or later
	To      workday.Date // acts on this day or earlier
	After   string
	Limit   int
}

// Done lists what the caller has dealt with, one row for each object: the latest act on it within the time asked for. Reading, signing
// in and the like are no acts on an object, and what the program did is nobody's. It takes a fixed number of statements: one for the
// acts, one for the posts, one or two for each kind of object on the page, one for the units.
func (s *Service) Done(ctx context.Context, in DoneQuery) (DonePage, error) {
	page := DonePage{Items: []DoneItem{}}
	if _, err := s.gate.May(ctx, access.DutyRead); err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	wanted, err := s.deeds(actor, in)
	if err != nil {
		return page, err
	}
	events, err := s.log.Deeds(ctx, wanted)
	if err != nil {
		return page, err
	}
	page.Next = events.Next
	for _, e := range events.Items {
		page.Items = append(page.Items, DoneItem{ID: e.ID, Subject: e.Subject, SubjectID: e.SubjectID, Action: e.Action, At: e.At, ActingFor: e.ActingFor})
	}
	return page, s.name(ctx, actor, page.Items)
}

// deeds is the query in terms of the history. Errors: input.invalid for an unknown kind or a time that ends before it begins.
func (s *Service) deeds(actor access.Actor, in DoneQuery) (timeline.Deeds, error) {
	d := timeline.Deeds{ActorID: actor.ID, Subjects: s.all, Aside: aside, After: in.After, Limit: in.Limit}
	if in.Subject != "" {
		if _, known := s.kinds[in.Subject]; !known {
			return d, fault.BadField("query.subject", "access.subject")
		}
		d.Subjects = []string{in.Subject}
	}
	if !in.From.IsZero() && !in.To.IsZero() && in.To.Before(in.From) {
		return d, fault.BadField("query.to", "done.reversed")
	}
	zone := s.watches.Rules().Zone
	if !in.From.IsZero() {
		d.From = in.From.Start(zone)
	}
	if !in.To.IsZero() {
		d.To = in.To.End(zone)
	}
	return d, nil
}

// name says of each item what it is called, whose it is and how it stands, as far as the caller may see that today.
func (s *Service) name(ctx context.Context, actor access.Actor, items []DoneItem) error {
	ids := make(map[string][]ident.ID)
	for _, item := range items {
		ids[item.Subject] = append(ids[item.Subject], item.SubjectID)
	}
	found := make(map[string]map[ident.ID]timeline.Heading, len(ids))
	var places []ident.ID
	for subject, some := range ids {
		kind := s.kinds[subject]
		if !s.gate.Can(actor, kind.read) {
			continue
		}
		headings, err := kind.headings(ctx, some)
		if err != nil {
			return fmt.Errorf("name what was done: %w", err)
		}
		found[subject] = headings
		for _, h := range headings {
			if !h.UnitID.IsZero() {
				places = append(places, h.UnitID)
			}
		}
	}
	names, err := s.units(ctx, places)
	if err != nil {
		return err
	}
	for i := range items {
		item := &items[i]
		h, readable := found[item.Subject][item.SubjectID]
		item.Readable, item.Title, item.Sort, item.Status, item.UnitName, item.Within = readable, h.Title, h.Sort, h.Status, names[h.UnitID], h.Within
	}
	return nil
}

func (s *Service) units(ctx context.Context, ids []ident.ID) (map[ident.ID]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return units.Names(ctx, s.store.Read(), ids)
}
