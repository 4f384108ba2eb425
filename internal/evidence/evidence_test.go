package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
)

const limit = 1000

// desk is a service over one object of a unit, and two clerks: one of that unit and one of another.
type desk struct {
	*testkit.Kit
	Service  *evidence.Service
	Dir      string
	Object   ident.ID
	Own      context.Context
	Stranger context.Context
	open     bool
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{Kit: testkit.New(t), Dir: t.TempDir(), open: true}
	d.Service = evidence.New(d.Store, d.Gate, d.Log, files.In(d.Dir), limit, time.UTC)
	authority, unit, other := d.Store.NewID(), d.Store.NewID(), d.Store.NewID()
	d.Object = d.Store.NewID()
	clerk := func(at ident.ID) context.Context {
		return d.As(authority, d.Store.NewID(), "经办人", access.Post{ID: d.Store.NewID(), UnitID: at, UnitPath: "00010002", Role: post.UnitClerk})
	}
	d.Own, d.Stranger = clerk(unit), clerk(other)
	d.Service.Belongs(evidence.OnDuty, func(_ context.Context, _ *ent.Client, id ident.ID) (evidence.Object, error) {
		if id != d.Object {
			return evidence.Object{}, fault.Missing("duty")
		}
		return evidence.Object{Facts: access.Facts{AuthorityID: authority, UnitID: unit}, Open: d.open, Visible: true, Subject: "duty", EventID: id}, nil
	})
	return d
}

func (d *desk) add(ctx context.Context, name, content string) (evidence.Evidence, error) {
	return d.Service.Add(ctx, evidence.Upload{Subject: evidence.OnDuty, SubjectID: d.Object, Name: name, File: strings.NewReader(content)})
}

const pdf = "%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n"

func TestAdd_keeps_the_bytes_and_gives_them_back(t *testing.T) {
	d := newDesk(t)
	made, err := d.add(d.Own, `C:\资料\公开目录.pdf`, pdf)
	if err != nil {
		t.Fatal(err)
	}
	if made.Name != "公开目录.pdf" || made.MediaType != "application/pdf" || made.Size != len(pdf) {
		t.Errorf("kept as %+v", made)
	}
	_, file, err := d.Service.Open(d.Own, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var got bytes.Buffer
	if _, err := io.Copy(&got, file); err != nil || got.String() != pdf {
		t.Errorf("read %q, %v", got.String(), err)
	}
	page, err := d.Service.List(d.Own, evidence.OnDuty, d.Object, "", 0)
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != made.ID {
		t.Errorf("listed %+v, %v", page, err)
	}
}

func TestAdd_refuses(t *testing.T) {
	for name, c := range map[string]struct{ file, content, code, field string }{
		"a_program_under_another_name":  {"报告.pdf", "MZ\x90\x00\x03", "input.invalid", "file.content"},
		"a_page_that_runs_in_a_browser": {"a.html", "<html><script>1</script>", "input.invalid", "file.extension"},
		"a_page_called_text_document":   {"a.docx", "<html><body>", "input.invalid", "file.content"},
		"a_file_without_extension":      {"报告", pdf, "input.invalid", "file.extension"},
		"a_name_that_changes_direction": {"a\u202efdp.pdf", pdf, "input.invalid", "file.name"},
		"nothing":                       {"a.txt", "", "input.invalid", "file.empty"},
		"more_than_the_limit":           {"a.txt", strings.Repeat("a", limit+1), "file.too_large", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			_, err := d.add(d.Own, c.file, c.content)
			var f *fault.Error
			if !errors.As(err, &f) || f.Code != c.code || c.field != "" && f.Fields[0].Code != c.field {
				t.Errorf("got %v", err)
			}
			left, err := filepath.Glob(filepath.Join(d.Dir, "incoming", "*"))
			if err != nil || len(left) != 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

func TestAdd_to_what_is_not_the_callers_does_not_find_it(t *testing.T) {
	d := newDesk(t)
	if _, err := d.add(d.Stranger, "a.pdf", pdf); fault.CodeOf(err) != "not_found" {
		t.Errorf("got %v", err)
	}
	made, err := d.add(d.Own, "a.pdf", pdf)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Service.Open(d.Stranger, made.ID); fault.CodeOf(err) != "not_found" {
		t.Errorf("a stranger's download got %v", err)
	}
	d.open = false
	if _, err := d.add(d.Own, "b.pdf", pdf); fault.CodeOf(err) != "evidence.locked" {
		t.Errorf("adding to what has ended got %v", err)
	}
}

func TestAdd_of_the_same_bytes_twice_keeps_them_once(t *testing.T) {
	d := newDesk(t)
	for range 2 {
		if _, err := d.add(d.Own, "a.pdf", pdf); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := filepath.Glob(filepath.Join(d.Dir, "??", "*"))
	if err != nil || len(kept) != 1 {
		t.Errorf("kept %v, %v", kept, err)
	}
}

func TestAddLink_takes_http_alone(t *testing.T) {
	d := newDesk(t)
	link := evidence.AddLinkInput{Subject: evidence.OnDuty, SubjectID: d.Object, Name: "招生章程", URL: "https://example.gov.cn/1.html"}
	made, err := d.Service.AddLink(d.Own, link)
	if err != nil || made.URL != link.URL {
		t.Fatalf("%+v %v", made, err)
	}
	if _, _, err := d.Service.Open(d.Own, made.ID); fault.CodeOf(err) != "not_found" {
		t.Errorf("a link has bytes: %v", err)
	}
	for _, bad := range []string{"javascript:alert(1)", "file:///etc/passwd", "example.gov.cn", "https://"} {
		link.URL = bad
		if _, err := d.Service.AddLink(d.Own, link); fault.CodeOf(err) != "input.invalid" {
			t.Errorf("%s: got %v", bad, err)
		}
	}
}
