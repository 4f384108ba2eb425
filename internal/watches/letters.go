package watches

import (
	"context"
	"fmt"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent/letter"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// ColourLetter is a numbered letter of a colour that the ladder sent (督办函).
type ColourLetter struct {
	ID        ident.ID       `json:"id" doc:"Id of the letter"`
	Number    string         `json:"number" doc:"Document number; the three colours share one series without gaps" example:"岚教督函〔2017〕12号"`
	Colour    ladder.Colour  `json:"colour" enum:"blue,orange,red" doc:"Blue reminds, orange warns, red comes before the head" example:"blue"`
	Subject   ladder.Subject `json:"subject" enum:"duty,notice" doc:"Kind of object" example:"duty"`
	SubjectID ident.ID       `json:"subject_id" doc:"The object"`
	UnitID    ident.ID       `json:"unit_id" doc:"Unit that owes it"`
	Title     string         `json:"title" doc:"Title of the object" example:"（一）1 推进高校信息公开"`
	DueDate   workday.Date   `json:"due_date,omitzero" doc:"Due date that was missed" example:"2017-09-30"`
	ReplyDue  workday.Date   `json:"reply_due,omitzero" doc:"Last day for the reply, which is given to the urge of the same step" example:"2017-10-11"`
	Rule      string         `json:"rule" doc:"Rule set and version" example:"duty.colours@1"`
	SentAt    time.Time      `json:"sent_at" doc:"Instant of sending"`
}

// LetterPage is a page of letters.
type LetterPage struct {
	Items []ColourLetter `json:"items" doc:"Letters, newest first"`
	Next  string         `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// LetterQuery narrows a list of letters; what is zero does not narrow.
type LetterQuery struct {
	Colour    ladder.Colour
	UnitID    ident.ID
	SubjectID ident.ID
	After     string
	Limit     int
}

// Letters lists the letters that the caller may see, newest first.
func (s *Service) Letters(ctx context.Context, in LetterQuery) (LetterPage, error) {
	page := LetterPage{Items: []ColourLetter{}}
	reach, err := s.gate.May(ctx, access.LetterRead)
	if err != nil {
		return page, err
	}
	before, limit, err := cursor(in.After, in.Limit)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Letter.Query().Where(predicate.Letter(reach.Predicate(access.Columns{
		Authority: letter.FieldAuthorityID, Unit: letter.FieldUnitID, Path: letter.FieldUnitPath})))
	if !before.IsZero() {
		query.Where(letter.IDLT(before))
	}
	if in.Colour != "" {
		query.Where(letter.ColourEQ(in.Colour))
	}
	if !in.UnitID.IsZero() {
		query.Where(letter.UnitID(in.UnitID))
	}
	if !in.SubjectID.IsZero() {
		query.Where(letter.SubjectID(in.SubjectID))
	}
	rows, err := query.Order(letter.ByID(entsql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("read letters: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, ColourLetter{ID: r.ID, Number: r.Number, Colour: r.Colour, Subject: r.Subject, SubjectID: r.SubjectID, UnitID: r.UnitID,
			Title: r.Title, DueDate: r.DueDate, ReplyDue: r.ReplyDueDate, Rule: r.Rule, SentAt: r.CreatedAt.UTC()})
	}
	return page, nil
}
