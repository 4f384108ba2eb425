package seal_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/seal"
)

func open(t *testing.T, file string) *seal.Box {
	t.Helper()
	b, err := seal.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSeal_opens_only_where_it_belongs(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "keys", "secret.key"))
	sealed := b.Seal("JBSWY3DPEHPK3PXP", "second_factor 7")
	if strings.Contains(sealed, "JBSWY3DP") || sealed == b.Seal("JBSWY3DPEHPK3PXP", "second_factor 7") {
		t.Errorf("sealed as %q", sealed)
	}
	if text, err := b.Open(sealed, "second_factor 7"); err != nil || text != "JBSWY3DPEHPK3PXP" {
		t.Errorf("opened %q, %v", text, err)
	}
	other := open(t, filepath.Join(t.TempDir(), "secret.key"))
	for name, try := range map[string]func() (string, error){
		"in another row":   func() (string, error) { return b.Open(sealed, "second_factor 8") },
		"with another key": func() (string, error) { return other.Open(sealed, "second_factor 7") },
		"changed":          func() (string, error) { return b.Open(sealed[:len(sealed)-1]+"A", "second_factor 7") },
		"in clear":         func() (string, error) { return b.Open("JBSWY3DPEHPK3PXP", "second_factor 7") },
		"cut":              func() (string, error) { return b.Open("s1:AAAA", "second_factor 7") },
	} {
		if text, err := try(); fault.CodeOf(err) != "seal.broken" || text != "" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func TestOpen_makes_one_key_for_all_who_come_at_once(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret.key")
	var all sync.WaitGroup
	boxes := make([]*seal.Box, 8)
	for i := range boxes {
		all.Go(func() { boxes[i], _ = seal.Open(file) })
	}
	all.Wait()
	sealed := boxes[0].Seal("x", "y")
	for i, b := range boxes {
		if text, err := b.Open(sealed, "y"); err != nil || text != "x" {
			t.Errorf("box %d: %v", i, err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file %v, %v", info, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".key-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOpen_refuses_a_key_of_the_wrong_size(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret.key")
	for _, raw := range []string{"not base64!", base64.StdEncoding.EncodeToString([]byte("short"))} {
		if err := os.WriteFile(file, []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Open(file); err == nil {
			t.Errorf("%q was taken for a key", raw)
		}
	}
}
