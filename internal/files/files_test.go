package files_test

import (
	"os"
	"path/filepath"
	"testing"

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
