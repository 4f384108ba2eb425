package urges

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	entmessage "github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

type urgeRow = ent.Urge

// SentUrge is an urge with its object, its answer and its readers.
type SentUrge struct {
	ID            ident.ID       `json:"id" doc:"Id of the urge"`
	Subject       ladder.Subject `json:"subject" doc:"What is urged: duty, acceptance (the signing for a duty) or notice" enum:"duty,acceptance,notice" example:"duty"`
	SubjectID     ident.ID       `json:"subject_id" doc:"Duty or notice that is urged"`
	Title         string         `json:"title" doc:"Number and title of its task or notice" example:"（一）编制主动公开目录"`
	UnitID        ident.ID       `json:"unit_id" doc:"Unit that is urged"`
	UnitName      string         `json:"unit_name" doc:"Name of the unit" example:"政策法规处"`
	Content       string         `json:"content" doc:"What it says" example:"请于本周五前报送进展"`
	UrgedByID     ident.ID       `json:"urged_by_id,omitzero" doc:"Who urged; missing for the ladder"`
	UrgedByName   string         `json:"urged_by_name,omitempty" doc:"Name of who urged" example:"督查室"`
	ByLadder      bool           `json:"by_ladder" doc:"Whether the ladder urged"`
	Reason        string         `json:"reason,omitempty" doc:"Why it was urged again within the cool-down" example:"厅领导今日过问"`
	ReplyDue      workday.Date   `json:"reply_due,omitzero" doc:"Last day for the reply" example:"2017-10-12"`
	Late          bool           `json:"late" doc:"No reply came by the end of the last day for it"`
	Reply         string         `json:"reply,omitempty" doc:"The unit's reply" example:"已完成八成"`
	RepliedByID   ident.ID       `json:"replied_by_id,omitzero" doc:"Who replied"`
	RepliedByName string         `json:"replied_by_name,omitempty" doc:"Name of who replied" example:"王芳"`
	RepliedAt     time.Time      `json:"replied_at,omitzero" doc:"Instant of the reply"`
	Recipients    []UrgeReader   `json:"recipients" doc:"Whom it was sent to, and when each of them read it"`
	CanReply      bool           `json:"can_reply" doc:"Whether the caller may reply to it now"`
	CreatedAt     time.Time      `json:"created_at" doc:"Instant of the urge"`
	Version       int            `json:"version" doc:"Counts the changes" example:"1"`
}

// UrgeReader is somebody whom an urge was sent to.
type UrgeReader struct {
	UserID ident.ID  `json:"user_id" doc:"User"`
	Name   string    `json:"name" doc:"Name" example:"王芳"`
	ReadAt time.Time `json:"read_at,omitzero" doc:"Instant at which they read it; missing if they have not"`
}

// views completes urges with what their pages show, in a fixed number of statements.
func (s *Service) views(ctx context.Context, rows []*urgeRow) ([]SentUrge, error) {
	views := make([]SentUrge, len(rows))
	if len(rows) == 0 {
		return views, nil
	}
	readers, err := s.readers(ctx, rows)
	if err != nil {
		return nil, err
	}
	titles, err := s.titles(ctx, rows)
	if err != nil {
		return nil, err
	}
	people, places := mentioned(rows, readers)
	names, err := accounts.Names(ctx, s.store.Read(), people)
	if err != nil {
		return nil, err
	}
	unitNames, err := units.Names(ctx, s.store.Read(), places)
	if err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	may := s.gate.Filter(actor, access.UrgeReply)
	for i, r := range rows {
		v := s.show(ctx, r)
		v.Title, v.UnitName, v.UrgedByName, v.RepliedByName = titles[r.SubjectID], unitNames[r.UnitID], names[r.UrgedByID], names[r.RepliedByID]
		for _, m := range readers[r.EventID] {
			v.Recipients = append(v.Recipients, UrgeReader{UserID: m.RecipientID, Name: names[m.RecipientID], ReadAt: m.ReadAt.UTC()})
		}
		v.CanReply = r.RepliedAt.IsZero() && may.Covers(access.Facts{AuthorityID: r.AuthorityID, UnitID: r.UnitID})
		views[i] = v
	}
	return views, nil
}

func (s *Service) show(ctx context.Context, r *urgeRow) SentUrge {
	content := r.Content
	if content == "" { // the ladder writes no text: its words are those of the reader's language
		content = words.Text(words.From(ctx), "urge.by_ladder", map[string]any{"reply_due": r.ReplyDueDate.String()})
	}
	late := r.RepliedAt.IsZero() && !r.ReplyDueDate.IsZero() && s.watches.Today().After(r.ReplyDueDate)
	return SentUrge{ID: r.ID, Subject: r.Subject, SubjectID: r.SubjectID, UnitID: r.UnitID, Content: content, UrgedByID: r.UrgedByID, ByLadder: !r.StepID.IsZero(),
		Reason: r.Reason, ReplyDue: r.ReplyDueDate, Late: late, Reply: r.Reply, RepliedByID: r.RepliedByID, RepliedAt: r.RepliedAt.UTC(),
		Recipients: []UrgeReader{}, CreatedAt: r.CreatedAt.UTC(), Version: r.Version}
}

// readers finds the inbox messages that the urges' events sent, by event.
func (s *Service) readers(ctx context.Context, rows []*urgeRow) (map[ident.ID][]*ent.Message, error) {
	var events []ident.ID
	for _, r := range rows {
		if !r.EventID.IsZero() {
			events = append(events, r.EventID)
		}
	}
	sent, err := s.store.Read().Message.Query().Where(entmessage.EventIDIn(events...), entmessage.ChannelEQ(entmessage.ChannelInbox)).
		Order(entmessage.ByID(sql.OrderAsc())).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read who got the urges: %w", err)
	}
	byEvent := make(map[ident.ID][]*ent.Message)
	for _, m := range sent {
		byEvent[m.EventID] = append(byEvent[m.EventID], m)
	}
	return byEvent, nil
}

// titlesText names duties by their tasks; the second one names notices.
var titlesText = [...]string{
	"SELECT d.id, t.number, t.title FROM duties d JOIN tasks t ON t.id = d.task_id WHERE d.id IN ",
	"SELECT n.id, n.number, n.title FROM notices n WHERE n.id IN ",
}

func (s *Service) titles(ctx context.Context, rows []*urgeRow) (map[ident.ID]string, error) {
	var ids []ident.ID
	for _, r := range rows {
		ids = append(ids, r.SubjectID)
	}
	titles := make(map[ident.ID]string, len(ids))
	list, args := store.In(s.store, 1, ids)
	for _, text := range titlesText {
		err := store.Each(ctx, s.store.DB(), text+list, args, func(scan func(...any) error) error {
			var id ident.ID
			var number, title string
			err := scan(&id, &number, &title)
			titles[id] = clause.Heading(number, title)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("name what is urged: %w", err)
		}
	}
	return titles, nil
}

// mentioned lists the users and units whose names the page shows, each once.
func mentioned(rows []*urgeRow, readers map[ident.ID][]*ent.Message) (people, places []ident.ID) {
	for _, r := range rows {
		people, places = append(people, r.UrgedByID, r.RepliedByID), append(places, r.UnitID)
		for _, m := range readers[r.EventID] {
			people = append(people, m.RecipientID)
		}
	}
	return once(people), once(places)
}

func once(ids []ident.ID) []ident.ID {
	slices.SortFunc(ids, ident.ID.Compare)
	return slices.Compact(ids)
}
