// Package evidence keeps what proves a report, a reply or a finding (佐证材料): files and links with hash, kind and expiry. A newer
// version replaces the older one, nothing is overwritten. Who may see or add evidence follows from what it belongs to.
package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	"github.com/duban-gov/duban/ent"
	entevidence "github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// The kinds of objects that evidence belongs to.
const (
	OnDuty      = "duty"
	OnReport    = "report"
	OnReply     = "reply"
	OnFinding   = "finding"
	OnCheck     = "check"      // an item of an inspection's check-list at one unit
	OnSiteCheck = "site_check" // a check on the spot of what a reply claims
)

// Object is what evidence belongs to, as its feature knows it.
type Object struct {
	access.Facts
	Open    bool     // whether evidence may still be added
	Visible bool     // whether the caller may see the object at all, apart from the scope of the grant (a draft of another unit)
	Subject string   // of the event that tells of new evidence: the object whose history it stands in
	EventID ident.ID // that object
	PlanID  ident.ID
}

// Find looks an object up for the caller of the context; a missing one is a not-found fault.
type Find func(ctx context.Context, client *ent.Client, id ident.ID) (Object, error)

// Service holds the use cases of evidence.
type Service struct {
	store *store.Store
	gate  *access.Gate
	log   *timeline.Log
	files files.Store
	limit int64
	find  map[string]Find
	zone  *time.Location
}

// New returns the service; limit is the size of the largest file, in bytes, and zone is where evidence expires at midnight.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, f files.Store, limit int64, zone *time.Location) *Service {
	return &Service{store: s, gate: gate, log: log, files: f, limit: limit, find: make(map[string]Find), zone: zone}
}

// Limit is the size of the largest file, in bytes.
func (s *Service) Limit() int64 { return s.limit }

// Belongs says how objects of a kind are looked up. Features register their kinds at the start.
func (s *Service) Belongs(subject string, find Find) { s.find[subject] = find }

// Upload is a file on its way in.
type Upload struct {
	Subject      string
	SubjectID    ident.ID
	Name         string // as the user's system calls it
	Kind         string // what it proves, in the unit's words
	ExpiresOn    workday.Date
	SupersedesID ident.ID // the version that it replaces, if any
	File         io.Reader
}

// Add keeps a file and attaches it. The bytes are safe on disk before the row that names them; a row never names missing bytes.
func (s *Service) Add(ctx context.Context, in Upload) (Evidence, error) {
	reach, err := s.gate.May(ctx, access.EvidenceAdd)
	if err != nil {
		return Evidence{}, err
	}
	if _, err := s.object(ctx, s.store.Read(), in.Subject, in.SubjectID, access.EvidenceAdd, reach); err != nil {
		return Evidence{}, err // before the bytes are taken in
	}
	name, err := cleanName(in.Name)
	if err != nil {
		return Evidence{}, err
	}
	media := ""
	kept, err := s.files.Take(ctx, in.File, s.limit, func(f *os.File) (err error) {
		media, err = sniff(f, name)
		return err
	})
	if errors.Is(err, files.ErrTooLarge) {
		return Evidence{}, fault.New(fault.TooLarge, "file.too_large").With("limit", s.limit>>20)
	}
	if err != nil {
		return Evidence{}, err
	}
	if kept.Size == 0 {
		return Evidence{}, fault.BadField("body.file", "file.empty")
	}
	return s.attach(ctx, reach, in, func(c *ent.EvidenceCreate) {
		c.SetName(name).SetMediaType(media).SetSize(int(kept.Size)).SetSha256(kept.Key).SetBlobKey(kept.Key)
	})
}

// AddLinkInput attaches a page that is published elsewhere.
type AddLinkInput struct {
	Subject   string       `json:"subject" enum:"duty,report,reply,finding,check,site_check" doc:"Kind of object it belongs to" example:"report"`
	SubjectID ident.ID     `json:"subject_id" doc:"Object it belongs to"`
	Name      string       `json:"name" minLength:"1" maxLength:"200" doc:"What the page is called" example:"2017年招生章程"`
	URL       string       `json:"url" maxLength:"2000" doc:"Where it is published, http or https" example:"https://example.gov.cn/zc/1.html"`
	Kind      string       `json:"kind,omitempty" maxLength:"100" doc:"What it proves" example:"公开页面"`
	ExpiresOn workday.Date `json:"expires_on,omitzero" doc:"Last day on which it holds" example:"2018-12-31"`

	SupersedesID ident.ID `json:"supersedes_id,omitzero" doc:"Older version that it replaces"`
}

// AddLink attaches a link.
func (s *Service) AddLink(ctx context.Context, in AddLinkInput) (Evidence, error) {
	reach, err := s.gate.May(ctx, access.EvidenceAdd)
	if err != nil {
		return Evidence{}, err
	}
	name, err := cleanName(in.Name)
	if err != nil {
		return Evidence{}, fault.BadField("body.name", "file.name")
	}
	link, err := url.Parse(in.URL)
	if err != nil || link.Host == "" || link.Scheme != "http" && link.Scheme != "https" {
		return Evidence{}, fault.BadField("body.url", "uri")
	}
	sum := sha256.Sum256([]byte(link.String()))
	up := Upload{Subject: in.Subject, SubjectID: in.SubjectID, Kind: in.Kind, ExpiresOn: in.ExpiresOn, SupersedesID: in.SupersedesID}
	return s.attach(ctx, reach, up, func(c *ent.EvidenceCreate) {
		c.SetName(name).SetMediaType("text/uri-list").SetSize(0).SetSha256(hex.EncodeToString(sum[:])).SetBlobKey("").SetURL(link.String())
	})
}

// attach writes the row and the event in the history of the object.
func (s *Service) attach(ctx context.Context, reach access.Filter, in Upload, with func(*ent.EvidenceCreate)) (Evidence, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return Evidence{}, err
	}
	made, err := store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Evidence, error) {
		o, err := s.object(ctx, tx.Client(), in.Subject, in.SubjectID, access.EvidenceAdd, reach)
		if err != nil {
			return Evidence{}, err
		}
		if !o.Open {
			return Evidence{}, fault.New(fault.Conflict, "evidence.locked")
		}
		if err := supersedes(ctx, tx, in); err != nil {
			return Evidence{}, err
		}
		create := tx.Evidence.Create().SetID(s.store.NewID()).SetAuthorityID(o.AuthorityID).SetSubject(entevidence.Subject(in.Subject)).SetSubjectID(in.SubjectID).
			SetUnitID(o.UnitID).SetKind(in.Kind).SetExpiresOn(in.ExpiresOn).SetSupersedesID(in.SupersedesID).SetUploadedByID(actor.ID).SetCreatedAt(s.store.Now())
		with(create)
		row, err := create.Save(ctx)
		if err != nil {
			return Evidence{}, fmt.Errorf("create evidence: %w", err)
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: o.AuthorityID, Subject: o.Subject, SubjectID: o.EventID, PlanID: o.PlanID, UnitID: o.UnitID,
			Action: "evidence.add", After: map[string]any{"evidence_id": row.ID, "name": row.Name, "sha256": row.Sha256, "subject": in.Subject, "subject_id": in.SubjectID}})
		return view(row), err
	})
	if err != nil {
		return Evidence{}, err
	}
	views := []Evidence{made}
	err = s.complete(ctx, views)
	return views[0], err
}

// supersedes checks that the version to replace belongs to the same object.
func supersedes(ctx context.Context, tx *ent.Tx, in Upload) error {
	if in.SupersedesID.IsZero() {
		return nil
	}
	there, err := tx.Evidence.Query().Where(entevidence.ID(in.SupersedesID), entevidence.SubjectEQ(entevidence.Subject(in.Subject)),
		entevidence.SubjectID(in.SubjectID)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for older version: %w", err)
	}
	if !there {
		return fault.BadField("body.supersedes_id", "evidence.unknown")
	}
	replaced, err := tx.Evidence.Query().Where(entevidence.SubjectEQ(entevidence.Subject(in.Subject)), entevidence.SubjectID(in.SubjectID),
		entevidence.SupersedesID(in.SupersedesID)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for newer version: %w", err)
	}
	if replaced { // versions form a line and no tree: the newest is replaced
		return fault.New(fault.Conflict, "evidence.replaced")
	}
	return nil
}

// object looks up what evidence belongs to: outside of what the caller sees it does not exist, outside of the grant's reach it is
// refused.
func (s *Service) object(ctx context.Context, client *ent.Client, subject string, id ident.ID, permission access.Permission, reach access.Filter) (Object, error) {
	find, ok := s.find[subject]
	if !ok {
		return Object{}, fault.BadField("body.subject", "evidence.subject")
	}
	o, err := find(ctx, client, id)
	if err != nil {
		return Object{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Object{}, err
	}
	if !o.Visible || !s.gate.Filter(actor, access.EvidenceRead).Covers(o.Facts) {
		return Object{}, fault.Missing(subject)
	}
	if !reach.Covers(o.Facts) {
		return Object{}, access.Refused(permission, "relation")
	}
	return o, nil
}

// Evidence is a file or link that proves something.
type Evidence struct {
	ID           ident.ID     `json:"id" doc:"Id of the evidence"`
	Subject      string       `json:"subject" enum:"duty,report,reply,finding,check,site_check" doc:"Kind of object it belongs to" example:"report"`
	SubjectID    ident.ID     `json:"subject_id" doc:"Object it belongs to"`
	Name         string       `json:"name" doc:"Name of the file or page" example:"公开目录.xlsx"`
	Kind         string       `json:"kind,omitempty" doc:"What it proves" example:"公开页面截图"`
	MediaType    string       `json:"media_type" doc:"Media type found in the bytes" example:"application/pdf"`
	Size         int          `json:"size" doc:"Bytes; 0 for a link" example:"48213"`
	SHA256       string       `json:"sha256" doc:"SHA-256 of the bytes, or of a link's address, in hex"`
	URL          string       `json:"url,omitempty" doc:"Address of a link"`
	ExpiresOn    workday.Date `json:"expires_on,omitzero" doc:"Last day on which it holds" example:"2018-12-31"`
	SupersedesID ident.ID     `json:"supersedes_id,omitzero" doc:"Older version that it replaces"`
	UploadedByID ident.ID     `json:"uploaded_by_id" doc:"Who added it"`
	CreatedAt    time.Time    `json:"created_at" doc:"Instant at which it was added"`

	Revision       int           `json:"revision" doc:"Which version of the piece it is; 1 is the first" example:"2"`
	SupersededByID ident.ID      `json:"superseded_by_id,omitzero" doc:"Newer version that replaces it"`
	Expired        bool          `json:"expired" doc:"Whether it holds no more today; it counts for no completion contract then"`
	Reused         []EvidenceUse `json:"reused" doc:"Other matters for which the very same bytes, or the same address, were handed in"`
}

func view(row *ent.Evidence) Evidence {
	return Evidence{ID: row.ID, Subject: string(row.Subject), SubjectID: row.SubjectID, Name: row.Name, Kind: row.Kind, MediaType: row.MediaType, Size: row.Size,
		SHA256: row.Sha256, URL: row.URL, ExpiresOn: row.ExpiresOn, SupersedesID: row.SupersedesID, UploadedByID: row.UploadedByID, CreatedAt: row.CreatedAt.UTC(),
		Reused: []EvidenceUse{}}
}
