package messages_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime"
	"net"
	netmail "net/mail"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"
)

// received is one e-mail as the listener got it.
type received struct {
	ID, To, Title, Body string
}

// postOffice is a mail server for tests: it speaks enough SMTP, keeps what it gets, and refuses whom it is told to.
type postOffice struct {
	t        *testing.T
	listener net.Listener
	mu       sync.Mutex
	mails    []received
	refuse   string // answer to RCPT, if not empty
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{t: t, listener: l}
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wait.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		wait.Wait()
	})
	return p
}

func (p *postOffice) port() int { return p.listener.Addr().(*net.TCPAddr).Port }

func (p *postOffice) refusing(answer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = answer
}

// all is what came in, in the order of the ids.
func (p *postOffice) all() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := slices.Clone(p.mails)
	slices.SortStableFunc(list, func(a, b received) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func (p *postOffice) serve(conn net.Conn) {
	defer conn.Close()
	in, out := textproto.NewReader(bufio.NewReader(conn)), conn
	say := func(line string) { fmt.Fprintf(out, "%s\r\n", line) }
	say("220 post.example ESMTP")
	for {
		line, err := in.ReadLine()
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "EHLO", "HELO":
			say("250 post.example")
		case "RCPT":
			p.mu.Lock()
			refuse := p.refuse
			p.mu.Unlock()
			if refuse != "" {
				say(refuse)
				continue
			}
			say("250 fine")
		case "DATA":
			say("354 go on")
			raw, err := in.ReadDotBytes()
			if err != nil {
				return
			}
			p.keep(raw)
			say("250 kept")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func (p *postOffice) keep(raw []byte) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		p.t.Errorf("read mail: %v", err)
		return
	}
	title, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		p.t.Errorf("read subject: %v", err)
	}
	body, err := io.ReadAll(decoded(m))
	if err != nil {
		p.t.Errorf("read body: %v", err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil {
		p.t.Errorf("read recipient: %v", err)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails = append(p.mails, received{ID: m.Header.Get("Message-Id"), To: to[0].Address, Title: title, Body: string(body)})
}
