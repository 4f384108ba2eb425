package notices

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/authority"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ooxml"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// Document is the notice as an official letter (信函格式) with its receipt slip (回执). The paper is the same for every reader, so
// it is in the source language. A draft says so in place of its number.
func (s *Service) Document(ctx context.Context, id ident.ID) (NoticeDocument, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return NoticeDocument{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return NoticeDocument{}, err
	}
	view, err := s.view(ctx, s.store.Read(), actor, row)
	if err != nil {
		return NoticeDocument{}, err
	}
	owner, err := s.store.Read().Authority.Query().Where(authority.ID(row.AuthorityID)).Only(ctx)
	if err != nil {
		return NoticeDocument{}, fmt.Errorf("read authority: %w", err)
	}
	intro, err := s.introduction(ctx, row)
	if err != nil {
		return NoticeDocument{}, err
	}
	day := s.clocks.Today()
	if !row.ServedAt.IsZero() {
		day = s.dateOf(row.ServedAt)
	}
	data, err := letter(owner, view, intro, day, s.dateOf).Bytes()
	if err != nil {
		return NoticeDocument{}, fmt.Errorf("write letter: %w", err)
	}
	return NoticeDocument{Name: number(view) + ".docx", Data: data}, nil
}

// introduction says where the findings come from.
func (s *Service) introduction(ctx context.Context, row *ent.Notice) (string, error) {
	if row.InspectionID.IsZero() {
		return paper("notice.letter.intro", nil), nil
	}
	from, err := s.store.Read().Inspection.Query().Where(inspection.ID(row.InspectionID)).Only(ctx)
	if err != nil {
		return "", fmt.Errorf("read inspection: %w", err)
	}
	return paper("notice.letter.intro_inspection", map[string]any{"inspection": from.Title, "from": longDate(from.StartsOn), "to": longDate(from.EndsOn)}), nil
}

func letter(owner *ent.Authority, v Notice, intro string, day workday.Date, zoned func(time.Time) workday.Date) ooxml.Letter {
	body := []string{intro}
	if v.Previous != nil {
		body = append(body, paper("notice.letter.second", map[string]any{"number": v.Previous.Number}))
	}
	body = append(body, paper("notice.letter.findings", nil))
	for i, f := range v.Findings {
		body = append(body, paper("notice.letter.finding", map[string]any{"n": i + 1, "severity": paper("severity."+string(f.Severity), nil),
			"description": strings.TrimRight(f.Description, "。. \n"), "basis": sentence(f.Basis)}))
		for _, r := range f.Repeats {
			body = append(body, paper("notice.letter.repeat", map[string]any{"date": longDate(zoned(r.FoundAt)), "number": r.Number}))
		}
		if strings.TrimSpace(f.Requirement) != "" {
			body = append(body, paper("notice.letter.finding_requirement", map[string]any{"requirement": sentence(f.Requirement)}))
		}
	}
	body = append(body, paper("notice.letter.requirement", nil))
	body = append(body, lines(v.Requirement)...)
	body = append(body, paper("notice.letter.deadline", nil))
	if v.DueDate.IsZero() {
		body = append(body, paper("notice.letter.no_date", nil))
	} else {
		body = append(body, paper("notice.letter.due", map[string]any{"due": longDate(v.DueDate)}))
	}
	note := paper("notice.letter.slip_note", nil)
	if !v.SignDueDate.IsZero() {
		note = paper("notice.letter.slip_note_by", map[string]any{"date": longDate(v.SignDueDate)})
	}
	return ooxml.Letter{Issuer: owner.Name, Number: number(v), Title: v.Title, Recipient: v.UnitName, Body: body,
		Date: longDate(day), Slip: slip(v, note)}
}

// slip is the receipt slip; what the unit fills in stays empty.
func slip(v Notice, note string) *ooxml.Slip {
	field := func(key, value string) ooxml.SlipField {
		return ooxml.SlipField{Label: paper("notice.letter.slip_"+key, nil), Value: value}
	}
	return &ooxml.Slip{Title: paper("notice.letter.slip", nil), Note: note, Fields: []ooxml.SlipField{
		field("number", number(v)), field("title", v.Title), field("unit", v.UnitName),
		field("receiver", ""), field("phone", ""), field("received_on", ""), field("remark", ""),
	}}
}

func number(v Notice) string {
	if v.Number == "" {
		return paper("notice.letter.draft", nil)
	}
	return v.Number
}

func paper(key string, params map[string]any) string { return words.Text(words.ZhCN, key, params) }

// longDate writes a date as official documents do: 2017年3月6日.
func longDate(d workday.Date) string {
	return fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day())
}

// sentence ends a text with a full stop if it has no end of its own.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if last, _ := utf8.DecodeLastRuneInString(text); text == "" || strings.ContainsRune("。！？.!?", last) {
		return text
	}
	return text + "。"
}

// lines splits a text into paragraphs that end.
func lines(text string) []string {
	var list []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, sentence(line))
		}
	}
	return list
}
