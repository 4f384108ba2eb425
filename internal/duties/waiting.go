package duties

import (
	"context"
	"fmt"
	"time"

	entduty "github.com/duban-gov/duban/ent/duty"
	entextension "github.com/duban-gov/duban/ent/extension"
	"github.com/duban-gov/duban/ent/predicate"
	entreport "github.com/duban-gov/duban/ent/report"
	enturge "github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
)

// WaitingItem is one thing that waits for the caller.
type WaitingItem struct {
	Kind     string    `json:"kind" enum:"sign,decide_return,pass,verify,review_report,confirm_report,opine_extension,decide_extension,sign_share,decide_share,confirm_share,reply_urge" doc:"What is to be done" example:"sign"`
	ObjectID ident.ID  `json:"object_id" doc:"The duty, report, extension, share or urge that waits"`
	DutyID   ident.ID  `json:"duty_id" doc:"Duty that it is about"`
	Title    string    `json:"title" doc:"Number and title of the task, or title of the share" example:"（一）1 推进高校信息公开"`
	UnitName string    `json:"unit_name" doc:"Unit that holds the duty or the share" example:"政策法规处"`
	Since    time.Time `json:"since" doc:"Instant since which it waits"`
}

// WaitingList is what waits for the caller: at most fifty of each kind, oldest first.
type WaitingList struct {
	Items []WaitingItem `json:"items" doc:"Kinds in the order of a duty's life, oldest first in each"`
}

// inTray is one kind of waiting thing: who has to do with it, and where it lies.
type inTray struct {
	kind       string
	permission access.Permission
	find       func(ctx context.Context, s *Service, actor access.Actor) ([]WaitingItem, error)
}

var inTrays = []inTray{
	{"sign", access.DutyAccept, dutiesIn(duty.Assigned, false)},
	{"decide_return", access.DutyInsist, dutiesIn(duty.Returned, true)},
	{"pass", access.DutyPass, closingsAt(false)},
	{"verify", access.DutyClose, closingsAt(true)},
	{"review_report", access.ReportReview, reportsIn(duty.ReportSubmitted, false)},
	{"confirm_report", access.ReportConfirm, reportsIn(duty.ReportReviewed, true)},
	{"opine_extension", access.ExtensionOpine, extensionsIn(duty.ExtensionRequested)},
	{"decide_extension", access.ExtensionGrant, extensionsIn(duty.ExtensionOpined)},
	{"sign_share", access.ShareAccept, sharesIn(duty.ShareAssigned, access.ShareAccept, false)},
	{"decide_share", access.ShareInsist, sharesIn(duty.ShareReturned, access.ShareInsist, true)},
	{"confirm_share", access.ShareConfirm, sharesIn(duty.ShareHandedIn, access.ShareConfirm, true)},
	{"reply_urge", access.UrgeReply, openUrges},
}

// Waiting lists what waits for the caller: to sign for, to review, to confirm, to verify, to decide, to reply to.
func (s *Service) Waiting(ctx context.Context) (WaitingList, error) {
	list := WaitingList{Items: []WaitingItem{}}
	if _, err := s.gate.May(ctx, access.DutyRead); err != nil {
		return list, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return list, err
	}
	for _, tray := range inTrays {
		if !s.gate.Can(actor, tray.permission) {
			continue
		}
		items, err := tray.find(ctx, s, actor)
		if err != nil {
			return list, fmt.Errorf("list what waits to %s: %w", tray.kind, err)
		}
		for i := range items {
			items[i].Kind = tray.kind
		}
		list.Items = append(list.Items, items...)
	}
	return list, s.title(ctx, list.Items)
}

// mine is the predicate of a tray on duties: the caller's own units, or for the office the authority without them, because
// nobody decides on what their own unit does.
func mine(actor access.Actor, office bool) []predicate.Duty {
	units := unitsOf(actor)
	if office {
		return []predicate.Duty{entduty.AuthorityID(actor.AuthorityID), entduty.UnitIDNotIn(units...)}
	}
	return []predicate.Duty{equals(entduty.FieldAuthorityID, "+", actor.AuthorityID), entduty.UnitIDIn(units...)}
}

func dutiesIn(status duty.Status, office bool) func(context.Context, *Service, access.Actor) ([]WaitingItem, error) {
	return func(ctx context.Context, s *Service, actor access.Actor) ([]WaitingItem, error) {
		query := s.store.Read().Duty.Query().Where(mine(actor, office)...).Where(entduty.StatusEQ(status))
		if !office {
			query.Where(equals(entduty.FieldOpen, "", true))
		}
		rows, err := query.Order(entduty.ByID()).Limit(maxPage).All(ctx)
		items := make([]WaitingItem, len(rows))
		for i, row := range rows {
			items[i] = WaitingItem{ObjectID: row.ID, DutyID: row.ID, Since: row.UpdatedAt.UTC()}
		}
		return items, err
	}
}

func reportsIn(status duty.ReportStatus, office bool) func(context.Context, *Service, access.Actor) ([]WaitingItem, error) {
	return func(ctx context.Context, s *Service, actor access.Actor) ([]WaitingItem, error) {
		query := s.store.Read().Report.Query().Where(entreport.AuthorityID(actor.AuthorityID), entreport.StatusEQ(status), entreport.HasDutyWith(mine(actor, office)...))
		if office { // a completion request is verified with its duty
			query.Where(entreport.KindEQ(duty.Progress))
		} else { // nobody reviews what they wrote, nor does their deputy for them
			not := s.standingFor(actor, access.ReportReview)
			query.Where(entreport.AuthorIDNotIn(not...), entreport.SubmittedByIDNotIn(not...))
		}
		rows, err := query.Order(entreport.ByID()).Limit(maxPage).All(ctx)
		items := make([]WaitingItem, len(rows))
		for i, row := range rows {
			items[i] = WaitingItem{ObjectID: row.ID, DutyID: row.DutyID, Since: row.SubmittedAt.UTC()}
		}
		return items, err
	}
}

// standingFor is the actor, and whoever lends them the post that grants something, if no post of their own does.
func (s *Service) standingFor(actor access.Actor, permission access.Permission) []ident.ID {
	people := []ident.ID{actor.ID}
	for _, p := range actor.Posts {
		switch {
		case len(s.gate.Scopes(p.Role, permission)) == 0:
		case p.ActingForID.IsZero():
			return people[:1]
		default:
			people = append(people, p.ActingForID)
		}
	}
	return people
}

func extensionsIn(status duty.ExtensionStatus) func(context.Context, *Service, access.Actor) ([]WaitingItem, error) {
	return func(ctx context.Context, s *Service, actor access.Actor) ([]WaitingItem, error) {
		rows, err := s.store.Read().Extension.Query().Where(entextension.AuthorityID(actor.AuthorityID), entextension.StatusEQ(status),
			entextension.OpinedByIDNEQ(actor.ID), entextension.HasDutyWith(mine(actor, true)...)).Order(entextension.ByID()).Limit(maxPage).All(ctx)
		items := make([]WaitingItem, len(rows))
		for i, row := range rows {
			items[i] = WaitingItem{ObjectID: row.ID, DutyID: row.DutyID, Since: row.CreatedAt.UTC()}
		}
		return items, err
	}
}

func openUrges(ctx context.Context, s *Service, actor access.Actor) ([]WaitingItem, error) {
	rows, err := s.store.Read().Urge.Query().Where(enturge.AuthorityID(actor.AuthorityID), enturge.UnitIDIn(unitsOf(actor)...), enturge.RepliedAtIsNil(),
		enturge.SubjectNEQ(ladder.OnNotice)).Order(enturge.ByID()).Limit(maxPage).All(ctx)
	items := make([]WaitingItem, len(rows))
	for i, row := range rows {
		items[i] = WaitingItem{ObjectID: row.ID, DutyID: row.SubjectID, Since: row.CreatedAt.UTC()}
	}
	return items, err
}

// title names the duties of the items in one statement.
func (s *Service) title(ctx context.Context, items []WaitingItem) error {
	if len(items) == 0 {
		return nil
	}
	ids := make([]ident.ID, len(items))
	for i, item := range items {
		ids[i] = item.DutyID
	}
	labels, err := s.labelled(ctx, s.store.DB(), ids)
	for i := range items {
		if items[i].Title != "" { // a share has a title of its own
			continue
		}
		items[i].Title, items[i].UnitName = labels[items[i].DutyID].Title, labels[items[i].DutyID].Unit
	}
	return err
}
