package duties

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	entclosing "github.com/duban-gov/duban/ent/closing"
	entsignature "github.com/duban-gov/duban/ent/signature"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/closeout"
	"github.com/duban-gov/duban/internal/ident"
)

// CloseOut is how a duty is struck off: the steps of the request at hand or, while there is none, of the next one.
type CloseOut struct {
	DutyID ident.ID          `json:"duty_id" doc:"Duty that it is about"`
	Rule   string            `json:"rule" doc:"Rule file, version and course" example:"closeout.default@1:leader"`
	Status string            `json:"status" enum:"planned,running,finished,sent_back,dropped" doc:"planned while no request is at hand" example:"running"`
	Steps  []CloseOutStep    `json:"steps" doc:"Steps in order"`
	Past   []CloseOutAttempt `json:"past" doc:"Earlier requests, oldest first"`
}

// CloseOutStep is one step and its signature, if there is one.
type CloseOutStep struct {
	closeout.Step
	State     string             `json:"state" enum:"signed,at_hand,waiting" doc:"signed, at_hand or waiting" example:"at_hand"`
	Signature *CloseOutSignature `json:"signature,omitempty" doc:"Who signed it"`
}

// CloseOutSignature is what somebody decided at a step.
type CloseOutSignature struct {
	Step      string           `json:"step" doc:"Id of the step" example:"verify"`
	Verdict   closeout.Verdict `json:"verdict" enum:"passed,closed,sent_back" doc:"passed on, closed, or sent_back" example:"passed"`
	ByID      ident.ID         `json:"by_id" doc:"Who signed"`
	ByName    string           `json:"by_name" doc:"Name of who signed" example:"督查员甲"`
	ActingFor string           `json:"acting_for,omitempty" doc:"Name of whom they stood in for" example:"余敬安"`
	Note      string           `json:"note,omitempty" doc:"Remark, or the reason of sending back"`
	At        time.Time        `json:"at" doc:"Instant of the signature"`
}

// CloseOutAttempt is an earlier request with its signatures.
type CloseOutAttempt struct {
	Rule       string              `json:"rule" doc:"Rule file, version and course" example:"closeout.default@1:standard"`
	Status     closeout.Status     `json:"status" enum:"running,finished,sent_back,dropped" doc:"What became of it" example:"sent_back"`
	BeganAt    time.Time           `json:"began_at" doc:"Instant at which it came in"`
	Signatures []CloseOutSignature `json:"signatures" doc:"Signatures in order"`
}

// CloseOut shows the steps of close-out of a duty, who signed and whose turn it is, and what became of earlier requests.
func (s *Service) CloseOut(ctx context.Context, id ident.ID) (CloseOut, error) {
	w, err := s.look(ctx, id, access.DutyRead)
	if err != nil {
		return CloseOut{}, err
	}
	client := s.store.Read()
	view := CloseOut{DutyID: id, Status: "planned", Steps: []CloseOutStep{}, Past: []CloseOutAttempt{}}
	rows, err := client.Closing.Query().Where(entclosing.DutyID(id)).Order(entclosing.ByID()).All(ctx)
	if err != nil {
		return view, fmt.Errorf("read close-outs: %w", err)
	}
	signed, err := signaturesOf(ctx, client, rows)
	if err != nil {
		return view, err
	}
	if last := len(rows) - 1; last >= 0 && (rows[last].Status == closeout.Running || !w.is.Open) {
		row := rows[last]
		rows = rows[:last]
		return view.of(row, signed[row.ID]).after(rows, signed)
	}
	course, rule, err := s.courseOf(ctx, client, w.is)
	if err != nil {
		return view, err
	}
	view.Rule = rule
	for _, step := range course.Steps {
		view.Steps = append(view.Steps, CloseOutStep{Step: step, State: "waiting"})
	}
	return view.after(rows, signed)
}

// of fills in the request at hand.
func (c CloseOut) of(row *ent.Closing, signed []CloseOutSignature) CloseOut {
	c.Rule, c.Status = row.Rule, string(row.Status)
	var steps []closeout.Step
	_ = json.Unmarshal(row.Steps, &steps) // what the program wrote itself; unreadable steps show as none
	for i, step := range steps {
		view := CloseOutStep{Step: step, State: "waiting"}
		switch {
		case i < len(signed):
			view.State, view.Signature = "signed", &signed[i]
		case i == len(signed) && row.Status == closeout.Running:
			view.State = "at_hand"
		}
		c.Steps = append(c.Steps, view)
	}
	return c
}

// after adds the earlier requests.
func (c CloseOut) after(rows []*ent.Closing, signed map[ident.ID][]CloseOutSignature) (CloseOut, error) {
	for _, row := range rows {
		attempt := CloseOutAttempt{Rule: row.Rule, Status: row.Status, BeganAt: row.CreatedAt.UTC(), Signatures: signed[row.ID]}
		if attempt.Signatures == nil {
			attempt.Signatures = []CloseOutSignature{}
		}
		c.Past = append(c.Past, attempt)
	}
	return c, nil
}

// signaturesOf reads the signatures of close-outs with the names of their people.
func signaturesOf(ctx context.Context, client *ent.Client, rows []*ent.Closing) (map[ident.ID][]CloseOutSignature, error) {
	ids := make([]ident.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	signatures, err := client.Signature.Query().Where(entsignature.ClosingIDIn(ids...)).Order(entsignature.ByOrdinal()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read signatures: %w", err)
	}
	var people []ident.ID
	for _, s := range signatures {
		people = append(people, s.SignerID, s.ActingForID)
	}
	names, err := namesOf(ctx, client, people)
	if err != nil {
		return nil, err
	}
	found := make(map[ident.ID][]CloseOutSignature)
	for _, s := range signatures {
		found[s.ClosingID] = append(found[s.ClosingID], CloseOutSignature{Step: s.Step, Verdict: s.Verdict, ByID: s.SignerID, ByName: names[s.SignerID],
			ActingFor: names[s.ActingForID], Note: s.Note, At: s.At.UTC()})
	}
	return found, nil
}

// namesOf reads the names of people; the zero id has none.
func namesOf(ctx context.Context, client *ent.Client, ids []ident.ID) (map[ident.ID]string, error) {
	rows, err := client.User.Query().Where(user.IDIn(ids...)).Select(user.FieldID, user.FieldName).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	names := make(map[ident.ID]string, len(rows))
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}
