package crash

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var built struct {
	once sync.Once
	file string
	err  error
}

// binary builds the program once for all tests of a run.
func binary(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		dir, err := os.MkdirTemp("", "duban-crash-")
		if err != nil {
			built.err = err
			return
		}
		built.file = filepath.Join(dir, "duban")
		cmd := exec.Command("go", "build", "-trimpath", "-o", built.file, "./cmd/duban")
		cmd.Dir = filepath.Join("..", "..")
		if out, err := cmd.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("build: %w\n%s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.file
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.file != "" {
		_ = os.RemoveAll(filepath.Dir(built.file))
	}
	os.Exit(code)
}

// server is one process of the program.
type server struct {
	url string // "http://127.0.0.1:port"
	cmd *exec.Cmd
	log bytes.Buffer // what it wrote to standard error; to be read when it has ended
}

// startLimit is how long a server may take to listen.
const startLimit = 30 * time.Second

// start runs the program on a house's database with its clock, and returns when it listens on a free port.
func (h *house) start(t *testing.T) *server {
	t.Helper()
	s := &server{cmd: exec.Command(h.binary, "serve", "--listen", "127.0.0.1:0")}
	s.cmd.Env = h.environment()
	s.cmd.Stderr = &s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(startLimit, func() { _ = s.cmd.Process.Kill() })
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if !late.Stop() || err != nil {
		_ = s.cmd.Wait()
		t.Fatalf("the server did not start: %v\n%s%s", err, line, &s.log)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	_, address, _ := strings.Cut(strings.TrimSpace(line), "http://")
	s.url = "http://" + address
	return s
}

// environment are the settings of a server on the house's database, by its clock.
func (h *house) environment() []string {
	return append(os.Environ(), "DUBAN_DATABASE_URL="+h.url, "DUBAN_DATA_DIR="+h.files, "DUBAN_PRIVATE=", "DUBAN_LOG_LEVEL=error",
		"DUBAN_JOBS__DEADLINES=@every 1s", "DUBAN_CLOCK_OFFSET="+h.offset().String())
}

// kill ends the process as a power button would: kill -9, nothing is written or closed.
func (s *server) kill(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatalf("kill: %v\n%s", err, &s.log)
	}
	s.ended(t, "signal: killed")
}

// stop asks the process to end and wants it to end well.
func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatalf("stop: %v\n%s", err, &s.log)
	}
	s.ended(t, "")
}

func (s *server) ended(t *testing.T, want string) {
	t.Helper()
	err := s.cmd.Wait()
	var exit *exec.ExitError
	if got := ""; err != nil {
		if got = err.Error(); got != want || !errors.As(err, &exit) {
			t.Fatalf("the server ended with %q, want %q\n%s", got, want, &s.log)
		}
	} else if want != "" {
		t.Fatalf("the server ended well, want %q", want)
	}
	if s.log.Len() > 0 {
		t.Errorf("the server logged an error: %s", &s.log)
	}
}
