package plans

import (
	"context"
	"fmt"
	"mime"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/document"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// MaxDocument is the largest source document that is read, in bytes.
const MaxDocument = document.MaxFile

// subject is the kind of object in the history.
const subject = "plan"

// ImportPlanInput is a source document with what the user knows of it. What is left out is read from the document.
type ImportPlanInput struct {
	Name         string       `json:"name,omitempty" maxLength:"200" doc:"File name; its ending tells Markdown from plain text" example:"要点.md"`
	Text         string       `json:"text" minLength:"1" doc:"The document's text, as pasted" example:"一、总体要求…"`
	Title        string       `json:"title,omitempty" maxLength:"300" doc:"Title of the plan; that of the document if missing" example:"2017年政务公开工作要点"`
	Number       string       `json:"number,omitempty" maxLength:"100" doc:"Number of the document (文号); that of the document if missing" example:"岚教发〔2017〕9号"`
	Year         int          `json:"year,omitempty" minimum:"1949" maximum:"2200" doc:"Year that the plan is for; that of the document if missing" example:"2017"`
	DocumentDate workday.Date `json:"document_date,omitzero" doc:"Date of the document (成文日期); that of the document if missing" example:"2017-03-15"`
}

// ImportedPlan is what an import made.
type ImportedPlan struct {
	Plan      Plan `json:"plan" doc:"The draft"`
	Tasks     int  `json:"tasks" doc:"Nodes that were read" example:"54"`
	Questions int  `json:"questions" doc:"Questions that only a person can answer" example:"1"`
	Unplaced  int  `json:"unplaced" doc:"Pieces of the text that stand in no node" example:"9"`
}

// Import reads a document into a draft plan: nodes, responsible bodies, deadlines and targets, each with the characters it came
// from; names that mean nothing or more than one thing become questions. All of it is written in one transaction, or nothing.
func (s *Service) Import(ctx context.Context, raw []byte, in ImportPlanInput) (ImportedPlan, error) {
	if _, err := s.gate.May(ctx, access.PlanCreate); err != nil {
		return ImportedPlan{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return ImportedPlan{}, err
	}
	source, err := document.Read(in.Name, raw)
	if err != nil {
		return ImportedPlan{}, err
	}
	read := clause.Parse(source, clause.Options{Year: in.Year})
	if len(read.Nodes) == 0 {
		return ImportedPlan{}, fault.New(fault.Invalid, "plan.nothing_read")
	}
	key, err := s.files.Keep(raw)
	if err != nil {
		return ImportedPlan{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (ImportedPlan, error) {
		d := &drafting{service: s, tx: tx, authorityID: actor.AuthorityID, source: source, read: read}
		if err := d.keepDocument(ctx, actor.ID, in.Name, key, len(raw)); err != nil {
			return ImportedPlan{}, err
		}
		return d.write(ctx, actor.ID, in)
	})
}

// drafting is one import on its way into the database.
type drafting struct {
	service     *Service
	tx          *ent.Tx
	authorityID ident.ID
	source      clause.Source
	read        clause.Draft
	documentID  ident.ID
	extras      extras
}

// mediaTypes are those of the formats that are read.
var mediaTypes = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"text": "text/plain", "markdown": "text/markdown",
}

// keepDocument writes the document's row: the hash of the file and the text into which all spans point.
func (d *drafting) keepDocument(ctx context.Context, by ident.ID, name, key string, size int) error {
	if name = filepath.Base(strings.ReplaceAll(name, `\`, "/")); name == "." {
		name = "plan.txt"
	}
	media := mediaTypes[d.source.Format]
	if media == "" {
		media = mime.TypeByExtension(filepath.Ext(name))
	}
	d.documentID = d.service.store.NewID()
	err := d.tx.Document.Create().SetID(d.documentID).SetAuthorityID(d.authorityID).SetName(name).SetMediaType(media).SetSha256(key).
		SetSize(size).SetBlobKey(key).SetContent(d.source.Text).SetUploadedByID(by).SetCreatedAt(d.service.store.Now()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

// write makes the plan with its nodes, assignments and questions, and the event.
func (d *drafting) write(ctx context.Context, by ident.ID, in ImportPlanInput) (ImportedPlan, error) {
	s := d.service
	if _, err := plan.Table.Apply(facts{}, plan.Create); err != nil {
		return ImportedPlan{}, err
	}
	d.extras = extras{Declarations: d.read.Declarations, DocumentDate: in.DocumentDate}
	if d.extras.DocumentDate.IsZero() {
		d.extras.DocumentDate = dateOfDocument(d.read)
	}
	planID := s.store.NewID()
	set, err := d.lay(ctx, planID)
	if err != nil {
		return ImportedPlan{}, err
	}
	row, err := d.tx.Plan.Create().SetID(planID).SetAuthorityID(d.authorityID).SetYear(firstOf(in.Year, d.read.Year)).
		SetTitle(titleOf(in, d.read)).SetNumber(firstOf(in.Number, d.read.Number)).SetDocumentID(d.documentID).SetCreatedByID(by).
		SetUnplaced(encode(d.read.Unplaced)).SetDeclarations(encode(d.extras)).SetCreatedAt(s.store.Now()).Save(ctx)
	if err != nil {
		return ImportedPlan{}, fmt.Errorf("write plan: %w", err)
	}
	if err := set.insert(ctx, d.tx); err != nil {
		return ImportedPlan{}, err
	}
	questions, err := s.askNames(ctx, d.tx, row, set)
	if err != nil {
		return ImportedPlan{}, err
	}
	asked, err := d.askYear(ctx, row)
	if err != nil {
		return ImportedPlan{}, err
	}
	view := s.view(ctx, row)
	_, err = s.log.Append(ctx, d.tx, timeline.Entry{AuthorityID: d.authorityID, Subject: subject, SubjectID: planID, PlanID: planID, Action: string(plan.Create),
		After: map[string]any{"title": row.Title, "number": row.Number, "year": row.Year, "document_id": d.documentID, "tasks": len(set.Tasks)}})
	return ImportedPlan{Plan: view, Tasks: len(set.Tasks), Questions: questions + asked, Unplaced: countText(d.read.Unplaced)}, err
}

func titleOf(in ImportPlanInput, read clause.Draft) string {
	title := firstOf(strings.TrimSpace(in.Title), read.Title)
	return firstOf(title, strings.TrimSuffix(filepath.Base(in.Name), filepath.Ext(in.Name)))
}

// firstOf is the first value that is not empty.
func firstOf[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}

// countText counts the pieces that hold more than white space.
func countText(all []clause.Unplaced) int {
	n := 0
	for _, u := range all {
		if strings.TrimSpace(u.Text) != "" {
			n++
		}
	}
	return n
}

// writtenDate is a date in figures or Chinese numerals (二〇一七年三月十五日).
var writtenDate = regexp.MustCompile(`[0-9０-９〇○零一二三四五六七八九]{4}\s*年\s*[0-9０-９一二三四五六七八九十]{1,3}\s*月\s*[0-9０-９一二三四五六七八九十]{1,3}\s*日`)

// dateOfDocument is the date in the signature (落款), the last one that stands there; no date if there is none.
func dateOfDocument(read clause.Draft) workday.Date {
	var date workday.Date
	for _, u := range read.Unplaced {
		if u.Reason != clause.Signature {
			continue
		}
		for _, written := range writtenDate.FindAllString(u.Text, -1) {
			if r := clause.ParseClause("完成时限："+written, read.Year, clause.Context{}); !r.Deadline.Date.IsZero() {
				date = r.Deadline.Date
			}
		}
	}
	return date
}
