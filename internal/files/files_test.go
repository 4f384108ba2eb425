package files_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/files"
)

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	folder := files.In(dir)
	key, err := folder.Keep([]byte("工作要点"))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the_same_content_is_one_file", func(t *testing.T) {
		again, err := folder.Keep([]byte("工作要点"))
		if err != nil || again != key {
			t.Errorf("got %s, %v", again, err)
		}
	})
	t.Run("reads_back", func(t *testing.T) {
		if raw, err := folder.Read(key); err != nil || string(raw) != "工作要点" {
			t.Errorf("got %q, %v", raw, err)
		}
	})
	t.Run("no_key_leaves_the_folder", func(t *testing.T) {
		for _, bad := range []string{"", "../../etc/passwd", key[:10], key + "/.."} {
			if _, err := folder.Read(bad); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%q: got %v", bad, err)
			}
		}
	})
	t.Run("altered_content_is_refused", func(t *testing.T) {
		if err := os.WriteFile(filepath.Join(dir, key[:2], key), []byte("改过"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := folder.Read(key); err == nil {
			t.Error("altered content was returned")
		}
	})
}

func TestTake(t *testing.T) {
	dir := t.TempDir()
	folder := files.In(dir)
	refused := errors.New("refused")
	ended, end := context.WithCancel(t.Context())
	end()
	for name, c := range map[string]struct {
		ctx   context.Context
		limit int64
		look  func(*os.File) error
		want  error
	}{
		"more_than_the_limit_is_refused":  {t.Context(), 3, nil, files.ErrTooLarge},
		"what_look_refuses_is_not_kept":   {t.Context(), 9, func(*os.File) error { return refused }, refused},
		"an_ended_request_stops_the_read": {ended, 9, nil, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := folder.Take(c.ctx, strings.NewReader("four"), c.limit, c.look); !errors.Is(err, c.want) {
				t.Errorf("got %v", err)
			}
			if left, err := filepath.Glob(filepath.Join(dir, "*", "*")); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
	t.Run("at_the_limit_is_kept", func(t *testing.T) {
		kept, err := folder.Take(t.Context(), strings.NewReader("four"), 4, nil)
		if err != nil || kept.Size != 4 {
			t.Fatalf("got %+v, %v", kept, err)
		}
		if raw, err := folder.Read(kept.Key); err != nil || string(raw) != "four" {
			t.Errorf("got %q, %v", raw, err)
		}
	})
}

func TestSweep_removes_what_never_arrived_whole(t *testing.T) {
	dir := t.TempDir()
	blobs := files.In(dir)
	if _, err := blobs.Keep([]byte("工作要点")); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "incoming", "half")
	if err := os.WriteFile(half, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(half)
	if err != nil {
		t.Fatal(err)
	}
	if err := blobs.Sweep(info.ModTime().Add(time.Minute), time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); err != nil {
		t.Error("swept while it may still be arriving")
	}
	if err := blobs.Sweep(info.ModTime().Add(2*time.Hour), time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Error("an old half file stays")
	}
}
