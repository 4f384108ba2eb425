package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/config"
)

func TestLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "duban.yaml")
	if err := os.WriteFile(file, []byte("listen: 127.0.0.1:9000\nmail:\n  host: mail.example\n  from: duban@example.org\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("environment_beats_file_beats_defaults", func(t *testing.T) {
		c, err := config.Load(file, []string{"DUBAN_MAIL__PORT=2525", "DUBAN_SECURE=true", "DUBAN_PROXIES=10.0.0.1,10.0.0.2", "HOME=/"})
		if err != nil {
			t.Fatal(err)
		}
		if c.Listen != "127.0.0.1:9000" || c.Mail.Port != 2525 || !c.Secure || len(c.Proxies) != 2 || c.LogLevel != "info" {
			t.Fatalf("got %+v", c)
		}
	})
	t.Run("unknown_key_is_named", func(t *testing.T) {
		if _, err := config.Load("", []string{"DUBAN_LISTNE=x"}); err == nil || !strings.Contains(err.Error(), "listne") {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a_moved_clock_is_for_trials_only", func(t *testing.T) {
		c, err := config.Load("", []string{"DUBAN_CLOCK_OFFSET=-48h"})
		if ahead := time.Until(c.Now()); err != nil || ahead > -47*time.Hour || ahead < -49*time.Hour {
			t.Errorf("the clock is moved by %v: %v", ahead, err)
		}
		if _, err := config.Load("", []string{"DUBAN_CLOCK_OFFSET=1h", "DUBAN_SECURE=true"}); err == nil || !strings.Contains(err.Error(), "clock_offset") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("every_fault_is_listed", func(t *testing.T) {
		_, err := config.Load("", []string{"DUBAN_LISTEN=nowhere", "DUBAN_LOG_LEVEL=loud", "DUBAN_DATABASE_URL=mysql://x"})
		for _, want := range []string{"listen", "log_level", "database_url"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q is not named in %v", want, err)
			}
		}
	})
}
