package urges

import (
	"context"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/words"
)

// SelectUrgesInput names what is to be urged.
type SelectUrgesInput struct {
	DutyIDs   []ident.ID `json:"duty_ids,omitempty" maxItems:"200" doc:"Duties to be urged"`
	NoticeIDs []ident.ID `json:"notice_ids,omitempty" maxItems:"200" doc:"Rectification notices to be urged"`
}

// SendUrgesInput urges many units at once.
type SendUrgesInput struct {
	SelectUrgesInput
	Content  string `json:"content" minLength:"1" maxLength:"2000" doc:"What all of them say" example:"请于本周五前报送进展"`
	Workdays int    `json:"workdays,omitempty" minimum:"1" maximum:"60" doc:"Working days for the reply; as the rule file says if missing" example:"2"`
	Reason   string `json:"reason,omitempty" maxLength:"1000" doc:"Why they are urged again; needed by those that were urged within the cool-down" example:"厅领导今日过问"`
}

// UrgeResult says what came of one of them.
type UrgeResult struct {
	Subject   ladder.Subject `json:"subject" enum:"duty,notice" doc:"Kind of object" example:"duty"`
	SubjectID ident.ID       `json:"subject_id" doc:"Duty or notice"`
	Sent      bool           `json:"sent" doc:"Whether it was urged"`
	Code      string         `json:"code,omitempty" doc:"Stable code of why not" example:"urge.cool_down"`
	Reason    string         `json:"reason,omitempty" doc:"Why not, in the reader's language" example:"24 小时内已催办过，再次催办须说明理由"`
}

// UrgeResults is the outcome of a bulk urge.
type UrgeResults struct {
	Items   []UrgeResult `json:"items" doc:"One for each object, in the order of the request, duties first"`
	Sent    int          `json:"sent" doc:"How many were urged" example:"12"`
	Refused int          `json:"refused" doc:"How many were not" example:"1"`
}

// object is one row of a request.
type object struct {
	subject ladder.Subject
	id      ident.ID
}

// objects lists what is named, each once. Errors: input.invalid for nothing at all or more than two hundred.
func (in SelectUrgesInput) objects() ([]object, error) {
	var all []object
	seen := map[ident.ID]bool{}
	add := func(subject ladder.Subject, ids []ident.ID) {
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				all = append(all, object{subject, id})
			}
		}
	}
	add(ladder.OnDuty, in.DutyIDs)
	add(ladder.OnNotice, in.NoticeIDs)
	if len(all) == 0 || len(all) > maxPage {
		return nil, fault.BadField("body.duty_ids", "urge.selection")
	}
	return all, nil
}

// Send urges many duties and notices, each in a transaction of its own: one that is refused does not hold the others up. The
// request may be sent again under its Idempotency-Key; what was urged the first time is not urged again.
func (s *Service) Send(ctx context.Context, in SendUrgesInput) (UrgeResults, error) {
	out := UrgeResults{Items: []UrgeResult{}}
	if err := s.mayUrge(ctx); err != nil {
		return out, err
	}
	all, err := in.objects()
	if err != nil {
		return out, err
	}
	for _, o := range all {
		err := s.sendOne(store.PartOfRequest(ctx, o.id.String()), o, in)
		if err != nil && (fault.As(err) == nil || fault.CodeOf(err) == "idempotency.mismatch") {
			return out, err // no refusal of this one but a failure of all
		}
		result := UrgeResult{Subject: o.subject, SubjectID: o.id, Sent: err == nil}
		if err != nil {
			result.Code, result.Reason = refusal(ctx, err)
			out.Refused++
		} else {
			out.Sent++
		}
		out.Items = append(out.Items, result)
	}
	return out, nil
}

// mayUrge refuses somebody who may urge neither duties nor notices.
func (s *Service) mayUrge(ctx context.Context) error {
	if _, err := s.gate.May(ctx, access.NoticeUrge); err == nil {
		return nil
	}
	_, err := s.gate.May(ctx, access.DutyUrge)
	return err
}

func (s *Service) sendOne(ctx context.Context, o object, in SendUrgesInput) error {
	if o.subject == ladder.OnNotice {
		n, err := s.notices.Get(ctx, o.id)
		if err != nil {
			return err
		}
		_, err = s.notices.Urge(ctx, o.id, n.Version, notices.UrgeNoticeInput{Content: in.Content, Workdays: in.Workdays, Reason: in.Reason})
		return err
	}
	_, err := s.duties.Urge(ctx, o.id, duties.UrgeDutyInput{Content: in.Content, Workdays: in.Workdays, Reason: in.Reason})
	return err
}

// refusal is the code and the text of a refusal; of several faults of an input, the first.
func refusal(ctx context.Context, err error) (code, text string) {
	f := fault.As(err)
	if len(f.Fields) > 0 {
		return f.Fields[0].Code, words.Field(words.From(ctx), f.Fields[0].Code, f.Fields[0].Params)
	}
	return f.Code, words.Text(words.From(ctx), "fault."+f.Code, f.Params)
}

// UrgePreview says what a bulk urge would do.
type UrgePreview struct {
	Items         []UrgePreviewRow `json:"items" doc:"One for each object, in the order of the request, duties first"`
	People        int              `json:"people" doc:"How many people it would reach in all" example:"24"`
	Soon          int              `json:"soon" doc:"How many need a reason because they were urged within the cool-down" example:"1"`
	CoolDownHours int              `json:"cool_down_hours" doc:"The cool-down of the rule file, in hours" example:"24"`
}

// UrgePreviewRow is one object of a preview.
type UrgePreviewRow struct {
	Subject     ladder.Subject `json:"subject" enum:"duty,notice" doc:"Kind of object" example:"duty"`
	SubjectID   ident.ID       `json:"subject_id" doc:"Duty or notice"`
	Title       string         `json:"title,omitempty" doc:"Number and title; missing if it is not there for the caller" example:"（一）编制主动公开目录"`
	UnitName    string         `json:"unit_name,omitempty" doc:"Unit that would be urged" example:"政策法规处"`
	Possible    bool           `json:"possible" doc:"Whether the caller may urge it now"`
	Code        string         `json:"code,omitempty" doc:"Stable code of why not" example:"duty.illegal_transition"`
	Reason      string         `json:"reason,omitempty" doc:"Why not, in the reader's language" example:"已销号"`
	NeedsReason bool           `json:"needs_reason" doc:"It was urged within the cool-down, so a further urge has to say why"`
	LastAt      time.Time      `json:"last_at,omitzero" doc:"Instant of the last urge; missing if there was none"`
	LastBy      string         `json:"last_by,omitempty" doc:"Who urged last; missing for the ladder" example:"督查室"`
	LastReply   string         `json:"last_reply,omitempty" doc:"The answer to it" example:"已完成八成"`
	RepliedAt   time.Time      `json:"replied_at,omitzero" doc:"Instant of the answer; missing if there was none"`
	Recipients  []UrgeReader   `json:"recipients" doc:"Whom it would reach"`
}

// Preview says what a bulk urge would do and changes nothing.
func (s *Service) Preview(ctx context.Context, in SelectUrgesInput) (UrgePreview, error) {
	out := UrgePreview{Items: []UrgePreviewRow{}, CoolDownHours: s.watches.Urging().CoolDownHours}
	if err := s.mayUrge(ctx); err != nil {
		return out, err
	}
	all, err := in.objects()
	if err != nil {
		return out, err
	}
	ids := make([]ident.ID, len(all))
	for i, o := range all {
		ids[i] = o.id
	}
	last, err := s.watches.LastUrges(ctx, s.store.DB(), ids)
	if err != nil {
		return out, err
	}
	people := map[ident.ID]bool{}
	for _, o := range all {
		row, err := s.foresee(ctx, o, last)
		if err != nil {
			return out, err
		}
		if row.NeedsReason {
			out.Soon++
		}
		for _, p := range row.Recipients {
			people[p.UserID] = true
		}
		out.Items = append(out.Items, row)
	}
	out.People = len(people)
	return out, nil
}

// seen is what a preview needs of an object.
type seen struct {
	title, unitName string
	unit, leader    ident.ID
	actions         []access.AllowedAction
}

func (s *Service) look(ctx context.Context, o object) (seen, error) {
	if o.subject == ladder.OnNotice {
		n, err := s.notices.Get(ctx, o.id)
		return seen{clause.Heading(n.Number, n.Title), n.UnitName, n.UnitID, n.LeaderID, n.AllowedActions}, err
	}
	d, err := s.duties.Get(ctx, o.id)
	return seen{clause.Heading(d.TaskNumber, d.TaskTitle), d.UnitName, d.UnitID, d.LeaderID, d.AllowedActions}, err
}

func (s *Service) foresee(ctx context.Context, o object, last map[ident.ID]watches.LastUrge) (UrgePreviewRow, error) {
	row := UrgePreviewRow{Subject: o.subject, SubjectID: o.id, Recipients: []UrgeReader{}}
	is, err := s.look(ctx, o)
	if kind := fault.KindOf(err); kind == fault.NotFound || kind == fault.Forbidden {
		row.Code, row.Reason = refusal(ctx, err)
		return row, nil
	}
	if err != nil {
		return row, err
	}
	row.Title, row.UnitName = is.title, is.unitName
	row.Possible, row.Code, row.Reason = possible(is.actions)
	if !row.Possible {
		return row, nil
	}
	if row.Recipients, err = s.reached(ctx, is); err != nil {
		return row, err
	}
	return s.remember(ctx, row, last[o.id])
}

// possible finds the act of urging among those that the view offers. One that is not even listed is not the caller's.
func possible(actions []access.AllowedAction) (ok bool, code, reason string) {
	for _, a := range actions {
		if a.Action == "urge" {
			return a.Enabled, a.Code, a.Reason
		}
	}
	return false, "forbidden", ""
}

// remember adds the last urge and its answer.
func (s *Service) remember(ctx context.Context, row UrgePreviewRow, last watches.LastUrge) (UrgePreviewRow, error) {
	if last.At.IsZero() {
		return row, nil
	}
	names, err := accounts.Names(ctx, s.store.Read(), []ident.ID{last.ByID})
	row.LastAt, row.LastBy, row.LastReply, row.RepliedAt = last.At, names[last.ByID], last.Reply, last.RepliedAt
	row.NeedsReason = s.watches.Urging().Soon(last.At, s.store.Now())
	return row, err
}

// reached finds whom an urge reaches: the clerks of the unit, or its heads where it has none, and its heads.
func (s *Service) reached(ctx context.Context, is seen) ([]UrgeReader, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	var ids []ident.ID
	for _, relation := range duties.Urged {
		found, err := s.accounts.Recipients(ctx, s.store.Read(), actor.AuthorityID, is.unit, is.leader, string(relation), s.watches.Today())
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	ids = once(ids)
	names, err := accounts.Names(ctx, s.store.Read(), ids)
	if err != nil {
		return nil, err
	}
	people := []UrgeReader{}
	for _, id := range ids {
		if id != actor.ID { // nobody tells themselves
			people = append(people, UrgeReader{UserID: id, Name: names[id]})
		}
	}
	return people, nil
}
