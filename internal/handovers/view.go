package handovers

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/handoversignature"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// HandOver is a list of what is open in a unit when a post changes (交接清单).
type HandOver struct {
	ID             ident.ID               `json:"id" doc:"Id"`
	UnitID         ident.ID               `json:"unit_id" doc:"Unit whose open work is handed over"`
	UnitName       string                 `json:"unit_name" doc:"Its name" example:"政策法规处"`
	Role           post.Role              `json:"role" enum:"unit_head,unit_clerk" doc:"Post that changes hands" example:"unit_clerk"`
	Status         handover.Status        `json:"status" enum:"drawn,given,taken,void" doc:"State" example:"drawn"`
	GiverID        ident.ID               `json:"giver_id" doc:"Who leaves (移交人)"`
	GiverName      string                 `json:"giver_name" doc:"Name" example:"张伟"`
	GiverAbsent    bool                   `json:"giver_absent" doc:"Whether they can no longer sign, so that the witness hands over in their place"`
	TakerID        ident.ID               `json:"taker_id" doc:"Who succeeds (接收人)"`
	TakerName      string                 `json:"taker_name" doc:"Name" example:"李敏"`
	WitnessID      ident.ID               `json:"witness_id,omitzero" doc:"Who witnesses (监交人), if anybody is named"`
	WitnessName    string                 `json:"witness_name,omitempty" doc:"Name" example:"王芳"`
	DrawnByName    string                 `json:"drawn_by_name" doc:"Who drew it up" example:"张伟"`
	Occasion       string                 `json:"occasion" doc:"Why the post changes" example:"轮岗，云教人〔2017〕8号"`
	Hash           string                 `json:"hash" doc:"SHA-256 of its canonical text, in hexadecimal; what is signed"`
	Rows           int                    `json:"rows" doc:"How many things it lists" example:"12"`
	ReplacesID     ident.ID               `json:"replaces_id,omitzero" doc:"The list in whose place it was drawn"`
	Reason         string                 `json:"reason,omitempty" doc:"Why it is void" example:"轮岗暂缓"`
	Signatures     []HandOverSignature    `json:"signatures" doc:"In the order in which they were given"`
	Changes        *HandOverChanges       `json:"changes,omitempty" doc:"What changed since it was drawn, of one list that is not taken over yet; nothing if it still says what is open"`
	CreatedAt      time.Time              `json:"created_at" doc:"Instant at which it was drawn; what it says is as of then"`
	Version        int                    `json:"version" doc:"Counts the changes" example:"1"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// HandOverSignature is one signature under a list.
type HandOverSignature struct {
	Part       handover.Part `json:"part" enum:"giver,witness,taker" doc:"In which part: 移交人, 监交人, 接收人" example:"giver"`
	SignerID   ident.ID      `json:"signer_id" doc:"Who signed"`
	SignerName string        `json:"signer_name" doc:"Name" example:"张伟"`
	At         time.Time     `json:"at" doc:"Instant of the signature"`
	Hash       string        `json:"hash" doc:"Hash of what was signed"`
}

// HandOverItem is one row of a list.
type HandOverItem struct {
	Ordinal         int           `json:"ordinal,omitempty" doc:"Number on the list; missing for what is not on it" example:"1"`
	Kind            handover.Kind `json:"kind" enum:"duty,report,extension,share,notice,instruction,urge" doc:"What it is" example:"duty"`
	ObjectID        ident.ID      `json:"object_id" doc:"The object; of a report, the occurrence that asks for it"`
	DutyID          ident.ID      `json:"duty_id,omitzero" doc:"Duty that it is about"`
	Number          string        `json:"number,omitempty" doc:"Number of the task or the notice" example:"（一）1"`
	Title           string        `json:"title" doc:"What it is about" example:"推进高校信息公开"`
	OriginalDueDate workday.Date  `json:"original_due_date,omitzero" doc:"Due date that it first had" example:"2017-09-29"`
	DueDate         workday.Date  `json:"due_date,omitzero" doc:"Due date in force" example:"2017-10-09"`
	Light           string        `json:"light,omitempty" doc:"Light, of a duty or notice" example:"yellow"`
	Status          string        `json:"status" doc:"State, in the terms of its kind" example:"active"`
	Next            string        `json:"next" doc:"What is next, in the reader's language" example:"填报进展，按期办结"`
}

// HandOverItemPage is a page of rows of a list.
type HandOverItemPage struct {
	Items []HandOverItem `json:"items" doc:"Rows in the order of the list"`
	Next  string         `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// HandOverMove is a row whose due date changed since the list was drawn.
type HandOverMove struct {
	Was HandOverItem `json:"was" doc:"As the list says"`
	Now HandOverItem `json:"now" doc:"As it is"`
}

// HandOverChanges is what changed since a list was drawn.
type HandOverChanges struct {
	Added []HandOverItem `json:"added" doc:"Open now, and not on the list"`
	Ended []HandOverItem `json:"ended" doc:"On the list, and no longer open"`
	Moved []HandOverMove `json:"moved" doc:"Open still, with another due date"`
}

// HandOverPage is a page of lists, without their changes.
type HandOverPage struct {
	Items []HandOver `json:"items" doc:"Lists, newest first"`
	Next  string     `json:"next" doc:"Cursor of the next page; empty at the end"`
}

func itemView(lang words.Lang, ordinal int, r handover.Row) HandOverItem {
	return HandOverItem{Ordinal: ordinal, Kind: r.Kind, ObjectID: r.ObjectID, DutyID: r.DutyID, Number: r.Number, Title: r.Title, OriginalDueDate: r.Original,
		DueDate: r.Due, Light: r.Light, Status: r.Status, Next: words.Text(lang, "hand_over.next."+string(r.Kind)+"."+r.Status, nil)}
}

// show is one list with what changed since.
func (s *Service) show(ctx context.Context, client *ent.Client, row *ent.HandOver) (HandOver, error) {
	views, err := s.views(ctx, client, []*ent.HandOver{row})
	if err != nil {
		return HandOver{}, err
	}
	v := views[0]
	if handover.Table.Final(row.Status) {
		return v, nil
	}
	c, err := s.changes(ctx, client, row)
	if err != nil || c.None() {
		return v, err
	}
	lang := words.From(ctx)
	v.Changes = &HandOverChanges{Added: []HandOverItem{}, Ended: []HandOverItem{}, Moved: []HandOverMove{}}
	for _, r := range c.Added {
		v.Changes.Added = append(v.Changes.Added, itemView(lang, 0, r))
	}
	for _, r := range c.Ended {
		v.Changes.Ended = append(v.Changes.Ended, itemView(lang, 0, r))
	}
	for _, m := range c.Moved {
		v.Changes.Moved = append(v.Changes.Moved, HandOverMove{itemView(lang, 0, m.Was), itemView(lang, 0, m.Now)})
	}
	return v, nil
}

func (s *Service) views(ctx context.Context, client *ent.Client, rows []*ent.HandOver) ([]HandOver, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	var people, places, ids []ident.ID
	for _, r := range rows {
		people, places, ids = append(people, r.GiverID, r.TakerID, r.WitnessID, r.DrawnByID), append(places, r.UnitID), append(ids, r.ID)
	}
	names, err := accounts.Names(ctx, client, people)
	if err != nil {
		return nil, err
	}
	unitNames, err := units.Names(ctx, client, places)
	if err != nil {
		return nil, err
	}
	stands, err := s.standings(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	signed, err := signatures(ctx, client, ids, names)
	if err != nil {
		return nil, err
	}
	look := s.gate.Look(ctx)
	views := make([]HandOver, len(rows))
	for i, r := range rows {
		views[i] = mapped(r, names)
		views[i].UnitName, views[i].GiverAbsent = unitNames[r.UnitID], !handover.Table.Final(r.Status) && !stands[r.ID].present
		views[i].Signatures = append(views[i].Signatures, signed[r.ID]...)
		views[i].AllowedActions = look.Actions(facts(actor, r), handover.Table.Allowed(stands[r.ID].facts(actor, r, 0)))
	}
	return views, nil
}

func mapped(r *ent.HandOver, names map[ident.ID]string) HandOver {
	return HandOver{ID: r.ID, UnitID: r.UnitID, Role: r.Role, Status: r.Status, GiverID: r.GiverID, GiverName: names[r.GiverID], TakerID: r.TakerID,
		TakerName: names[r.TakerID], WitnessID: r.WitnessID, WitnessName: names[r.WitnessID], DrawnByName: names[r.DrawnByID], Occasion: r.Occasion, Hash: r.Hash,
		Rows: r.Rows, ReplacesID: r.ReplacesID, Reason: r.Reason, Signatures: []HandOverSignature{}, CreatedAt: r.CreatedAt.UTC(), Version: r.Version}
}

// signatures reads what was signed under some lists; only people of a list sign it, so their names are known.
func signatures(ctx context.Context, client *ent.Client, ids []ident.ID, names map[ident.ID]string) (map[ident.ID][]HandOverSignature, error) {
	rows, err := client.HandOverSignature.Query().Where(handoversignature.HandOverIDIn(ids...)).Order(handoversignature.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read signatures: %w", err)
	}
	all := make(map[ident.ID][]HandOverSignature)
	for _, r := range rows {
		all[r.HandOverID] = append(all[r.HandOverID], HandOverSignature{Part: r.Part, SignerID: r.SignerID, SignerName: names[r.SignerID], At: r.At.UTC(), Hash: r.Hash})
	}
	return all, nil
}
