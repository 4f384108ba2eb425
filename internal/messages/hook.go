package messages

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/ent/webhook"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
)

// Headers of a call. The signature is "v1=" and the hexadecimal HMAC-SHA256, under the webhook's secret, of the timestamp, a
// point and the body; the timestamp is in seconds since 1970. A receiver refuses old timestamps and ids it has seen.
const (
	HeaderID        = "Duban-Message-Id"
	HeaderTimestamp = "Duban-Timestamp"
	HeaderSignature = "Duban-Signature"
)

const (
	hookTimeout = 5 * time.Second
	hookAnswer  = 64 << 10 // bytes of the answer that are read
)

// hookBody is what a webhook receives. The texts are in the source language.
type hookBody struct {
	ID          ident.ID        `json:"id"` // stable over every retry
	Topic       string          `json:"topic"`
	AuthorityID ident.ID        `json:"authority_id"`
	EventID     ident.ID        `json:"event_id,omitzero"`
	Subject     string          `json:"subject"`
	SubjectID   ident.ID        `json:"subject_id,omitzero"`
	Template    string          `json:"template"`
	Params      json.RawMessage `json:"params,omitempty"`
	Title       string          `json:"title"`
	Body        string          `json:"body"`
	At          time.Time       `json:"at"`
}

// call sends one message to its webhook.
func (s *Service) call(ctx context.Context, p parcel) error {
	row := p.rows[0]
	hook, err := s.store.Read().Webhook.Query().Where(webhook.ID(row.WebhookID)).Only(ctx)
	if ent.IsNotFound(err) || err == nil && !hook.Enabled {
		return fmt.Errorf("%w: the webhook was disabled", errGivenUp)
	}
	if err != nil {
		return fmt.Errorf("read webhook: %w", err)
	}
	topic, err := s.topic(ctx, row)
	if err != nil {
		return err
	}
	t, err := textOf(words.ZhCN, row)
	if err != nil {
		return fmt.Errorf("%w: %w", errGivenUp, err)
	}
	return s.deliverTo(ctx, hook, hookBody{ID: p.id, Topic: topic, AuthorityID: row.AuthorityID, EventID: row.EventID, Subject: row.Subject,
		SubjectID: row.SubjectID, Template: row.Template, Params: row.Params, Title: t.title, Body: t.body, At: row.CreatedAt})
}

// topic is the act that caused a message: "notice.serve".
func (s *Service) topic(ctx context.Context, row *ent.Message) (string, error) {
	cause, err := s.store.Read().Event.Query().Where(event.ID(row.EventID)).Only(ctx)
	if ent.IsNotFound(err) {
		return row.Subject, nil
	}
	if err != nil {
		return "", fmt.Errorf("read event of message: %w", err)
	}
	return cause.Subject + "." + cause.Action, nil
}

// deliverTo signs and posts a body; every answer but 2xx is an error. 410 Gone means that the receiver wants no more of it.
func (s *Service) deliverTo(ctx context.Context, hook *ent.Webhook, body hookBody) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode webhook body: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("%w: %w", errGivenUp, err)
	}
	timestamp := strconv.FormatInt(s.store.Now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "duban-webhook/1")
	request.Header.Set(HeaderID, body.ID.String())
	request.Header.Set(HeaderTimestamp, timestamp)
	secret, err := s.secretOf(hook)
	if err != nil {
		return fmt.Errorf("read secret of webhook: %w", err)
	}
	request.Header.Set(HeaderSignature, Sign(secret, timestamp, raw))
	response, err := s.hooks.Do(request)
	if err != nil {
		return fmt.Errorf("call webhook: %w", err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(response.Body, hookAnswer)); err != nil {
		return fmt.Errorf("read webhook's answer: %w", err)
	}
	switch {
	case response.StatusCode == http.StatusGone:
		return fmt.Errorf("%w: the webhook answered %d", errGivenUp, response.StatusCode)
	case response.StatusCode < 200 || response.StatusCode > 299:
		return fmt.Errorf("the webhook answered %d", response.StatusCode)
	}
	return nil
}

// Sign is the signature of a call: "v1=" and the HMAC-SHA256 of "timestamp.body".
func Sign(secret, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp))
	mac.Write([]byte("."))
	mac.Write(body)
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

// hookClient follows no redirect, uses no proxy and, unless private addresses are allowed, connects to public ones only. The
// check is made on the address that the connection really goes to, so a name that resolves differently the second time gains
// nothing.
func hookClient(allowPrivate bool) *http.Client {
	dialer := &net.Dialer{Timeout: hookTimeout}
	if !allowPrivate {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return checkAddress(address) }
	}
	return &http.Client{
		Timeout:       hookTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: hookTimeout, ResponseHeaderTimeout: hookTimeout,
			MaxResponseHeaderBytes: hookAnswer, DisableKeepAlives: true},
	}
}

var errPrivateAddress = errors.New("the address is not a public one")

func checkAddress(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read address to call: %w", err)
	}
	if !public(at.Addr()) {
		return errPrivateAddress
	}
	return nil
}

// special are the ranges of the IANA special-purpose registries that the methods of netip.Addr do not know.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"),
}

// public reports whether an address lies in the open network: no loopback, private, link-local, multicast or special one, also
// when it is wrapped in IPv6.
func public(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, range_ := range special {
		if range_.Contains(addr) {
			return false
		}
	}
	return true
}
