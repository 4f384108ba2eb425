package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/ident"
)

// childVar tells a process that it is to serve one side of a comparison, and what it needs for it.
const childVar = "DUBAN_BENCH_SERVE"

// Sides of a comparison over HTTP.
const (
	oursSide = "ours"
	bareSide = "bare"
)

// childSetting is the value of childVar.
type childSetting struct {
	Side   string
	URL    string
	Epoch  time.Time
	Tokens map[string]holder // whom the bare handler believes a token
}

// holder is who holds a token, for the bare handler: the unit is none for the office, which sees all.
type holder struct{ User, Unit ident.ID }

// IsChild reports whether this process was started to serve a side.
func IsChild() bool { return os.Getenv(childVar) != "" }

// ServeChild serves a side until standard input ends. Its first line of output is the address.
func ServeChild(ctx context.Context) error {
	var c childSetting
	if err := json.Unmarshal([]byte(os.Getenv(childVar)), &c); err != nil {
		return fmt.Errorf("read %s: %w", childVar, err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with the parent
		stop()
	}()
	if c.Side == bareSide {
		return c.serveBare(ctx)
	}
	return c.serveOurs(ctx)
}

func (c childSetting) serveOurs(ctx context.Context) error {
	settings := config.Default()
	settings.DatabaseURL, settings.Listen, settings.Private = c.URL, "127.0.0.1:0", ""
	a, err := app.Build(ctx, settings, app.Options{Now: clock(c.Epoch), Logger: slog.New(slog.NewJSONHandler(onlyErrors{}, nil))})
	if err != nil {
		return err
	}
	return errors.Join(a.Serve(ctx, func(address string) { fmt.Println(address) }), a.Close())
}

// onlyErrors lets the program write its whole log, as in use, and shows the errors.
type onlyErrors struct{}

// Write implements io.Writer.
func (onlyErrors) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte(`"level":"ERROR"`)) {
		return os.Stderr.Write(line)
	}
	return len(line), nil
}

func (c childSetting) serveBare(ctx context.Context) error {
	h, err := newBareHandler(ctx, c)
	if err != nil {
		return err
	}
	defer h.close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: config.ReadHeaderTimeout}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	fmt.Println(listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// child is a running server of one side.
type child struct {
	address string
	cmd     *exec.Cmd
	input   io.Closer
}

// serve starts a server of a side and waits until it listens.
func (s *site) serve(ctx context.Context, side string) (*child, error) {
	setting, err := json.Marshal(childSetting{Side: side, URL: s.url, Epoch: s.epoch, Tokens: s.holders})
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(ctx, s.Self[0], s.Self[1:]...)}
	c.cmd.Env = append(os.Environ(), childVar+"="+string(setting))
	c.cmd.Stderr = os.Stderr
	if c.input, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	output, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start server: %w", err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("server of side %s did not start", side), c.stop())
	}
	c.address = strings.TrimSpace(line)
	return c, nil
}

// stop lets the server end and waits for it.
func (c *child) stop() error {
	return errors.Join(c.input.Close(), c.cmd.Wait())
}

// usage is the processor time that the server has used and the memory it holds, in megabytes; zero where the system does not tell.
func (c *child) usage() (cpu time.Duration, rss float64) {
	const ticks = 100 // USER_HZ of Linux
	folder := fmt.Sprintf("/proc/%d/", c.cmd.Process.Pid)
	if raw, err := os.ReadFile(folder + "stat"); err == nil {
		_, rest, _ := strings.Cut(string(raw), ") ")
		fields := strings.Fields(rest)
		var user, system int64
		if len(fields) > 12 {
			_, _ = fmt.Sscan(fields[11], &user)
			_, _ = fmt.Sscan(fields[12], &system)
		}
		cpu = time.Duration(user+system) * time.Second / ticks
	}
	if raw, err := os.ReadFile(folder + "statm"); err == nil {
		var size, resident int64
		if _, err := fmt.Sscan(string(raw), &size, &resident); err == nil {
			rss = float64(resident*int64(os.Getpagesize())) / 1e6
		}
	}
	return cpu, rss
}
