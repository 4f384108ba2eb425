package messages

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/webhook"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/words"
)

// Webhook is an address that gets signed copies of messages.
type Webhook struct {
	ID          ident.ID  `json:"id" doc:"Id"`
	URL         string    `json:"url" doc:"Address" example:"https://oa.example.gov.cn/duban"`
	Topics      []string  `json:"topics" doc:"Acts it wants; none means all" example:"[\"notice.serve\"]"`
	Enabled     bool      `json:"enabled" doc:"Whether it is called"`
	Secret      string    `json:"secret,omitempty" doc:"Key of the signatures; shown once, when it is created"`
	CreatedByID ident.ID  `json:"created_by_id" doc:"User who created it"`
	CreatedAt   time.Time `json:"created_at" doc:"Instant of creation"`
	Version     int       `json:"version" doc:"Version for If-Match"`
}

// WebhookList is all webhooks of the authority; they are few.
type WebhookList struct {
	Items []Webhook `json:"items" doc:"Webhooks, oldest first"`
}

// CreateWebhookInput names an address and what it wants.
type CreateWebhookInput struct {
	URL    string   `json:"url" minLength:"8" maxLength:"2000" doc:"Address; http or https, no user, no fragment" example:"https://oa.example.gov.cn/duban"`
	Topics []string `json:"topics,omitempty" maxItems:"50" doc:"Acts it wants; none means all" example:"[\"notice.serve\"]"`
}

// WebhookTrial is the outcome of a test call.
type WebhookTrial struct {
	OK    bool   `json:"ok" doc:"Whether the address answered with 2xx"`
	Error string `json:"error,omitempty" doc:"What went wrong, for the administrator"`
}

const maxWebhooks = 50

var (
	topicForm      = regexp.MustCompile(`^[a-z_]+\.[a-z_]+$`)
	webhookColumns = access.Columns{Authority: webhook.FieldAuthorityID, Owner: webhook.FieldCreatedByID}
)

// CreateWebhook adds a webhook. The answer is the only place that shows its secret.
func (s *Service) CreateWebhook(ctx context.Context, in CreateWebhookInput) (Webhook, error) {
	if _, err := s.gate.May(ctx, access.WebhookManage); err != nil {
		return Webhook{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Webhook{}, err
	}
	if err := s.checkWebhook(in); err != nil {
		return Webhook{}, err
	}
	made, err := store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Webhook, error) {
		n, err := tx.Webhook.Query().Where(webhook.AuthorityID(actor.AuthorityID)).Count(ctx)
		if err != nil {
			return Webhook{}, fmt.Errorf("count webhooks: %w", err)
		}
		if n >= maxWebhooks {
			return Webhook{}, fault.New(fault.Conflict, "webhook.too_many").With("n", maxWebhooks)
		}
		id := s.store.NewID()
		row, err := tx.Webhook.Create().SetID(id).SetAuthorityID(actor.AuthorityID).SetURL(in.URL).SetSecret(s.settings.Box.Seal(newSecret(), about(id))).
			SetTopics(in.Topics).SetCreatedByID(actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return Webhook{}, fmt.Errorf("create webhook: %w", err)
		}
		if _, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "webhook", SubjectID: row.ID,
			Action: "create", After: in}); err != nil {
			return Webhook{}, err
		}
		return webhookView(row), nil
	})
	if err != nil {
		return Webhook{}, err
	}
	// The secret is not part of the answer that is kept for a repeated request: it is read from its sealed place each time.
	row, err := s.store.Read().Webhook.Get(ctx, made.ID)
	if err != nil {
		return Webhook{}, fmt.Errorf("read webhook: %w", err)
	}
	made.Secret, err = s.secretOf(row)
	return made, err
}

// about binds a sealed secret to its webhook.
func about(id ident.ID) string { return "webhook " + id.String() }

// secretOf is the key of a webhook's signatures.
func (s *Service) secretOf(row *ent.Webhook) (string, error) {
	return s.settings.Box.Open(row.Secret, about(row.ID))
}

// checkWebhook lists what is wrong with an address or its topics. A name may still resolve to a private address later; the
// call itself refuses that.
func (s *Service) checkWebhook(in CreateWebhookInput) error {
	var fields []fault.Field
	at, err := url.Parse(in.URL)
	switch {
	case err != nil, at.Scheme != "https" && at.Scheme != "http", at.Hostname() == "", at.User != nil, at.Fragment != "":
		fields = append(fields, fault.Field{Location: "body.url", Code: "webhook.url"})
	case !s.settings.AllowPrivate && private(at.Hostname()):
		fields = append(fields, fault.Field{Location: "body.url", Code: "webhook.private_address"})
	}
	for i, topic := range in.Topics {
		if !topicForm.MatchString(topic) {
			fields = append(fields, fault.Field{Location: fmt.Sprintf("body.topics[%d]", i), Code: "webhook.topic"})
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.BadFields(fields...)
}

// private reports whether a host is, by its writing, not in the open network.
func private(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && !public(addr)
}

func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: the program would have crashed
	return "whsec_" + base64.RawURLEncoding.EncodeToString(b[:])
}

// Webhooks lists the authority's webhooks without their secrets.
func (s *Service) Webhooks(ctx context.Context) (WebhookList, error) {
	may, err := s.gate.May(ctx, access.WebhookManage)
	if err != nil {
		return WebhookList{}, err
	}
	rows, err := s.store.Read().Webhook.Query().Where(predicate.Webhook(may.Predicate(webhookColumns))).Order(webhook.ByID()).
		Limit(maxWebhooks).All(ctx)
	if err != nil {
		return WebhookList{}, fmt.Errorf("list webhooks: %w", err)
	}
	list := WebhookList{Items: []Webhook{}}
	for _, row := range rows {
		list.Items = append(list.Items, webhookView(row))
	}
	return list, nil
}

// EnableWebhook turns a webhook on or off. What waits for one that is off is given up.
func (s *Service) EnableWebhook(ctx context.Context, id ident.ID, version int, on bool) (Webhook, error) {
	if version == 0 {
		return Webhook{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	var view Webhook
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := s.webhook(ctx, tx.Client(), id)
		if err != nil {
			return err
		}
		n, err := tx.Webhook.Update().Where(webhook.ID(id), webhook.Version(version)).SetEnabled(on).AddVersion(1).Save(ctx)
		if err != nil {
			return fmt.Errorf("change webhook: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Stale, "stale")
		}
		action := "disable"
		if on {
			action = "enable"
		}
		if _, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "webhook", SubjectID: id, Action: action,
			Before: map[string]any{"enabled": row.Enabled}, After: map[string]any{"enabled": on}}); err != nil {
			return err
		}
		row.Enabled, row.Version = on, version+1
		view = webhookView(row)
		return nil
	})
	return view, err
}

// TestWebhook calls a webhook now with a message that says so, and tells what came of it.
func (s *Service) TestWebhook(ctx context.Context, id ident.ID) (WebhookTrial, error) {
	row, err := s.webhook(ctx, s.store.Read(), id)
	if err != nil {
		return WebhookTrial{}, err
	}
	title := words.Text(words.ZhCN, "message.webhook.test", nil)
	err = s.deliverTo(ctx, row, hookBody{ID: s.store.NewID(), Topic: "webhook.test", AuthorityID: row.AuthorityID, Subject: "webhook",
		SubjectID: row.ID, Template: "webhook.test", Title: title, Body: title, At: s.store.Now()})
	if err != nil {
		var cause *url.Error
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return WebhookTrial{Error: short(err)}, nil
	}
	return WebhookTrial{OK: true}, nil
}

func (s *Service) webhook(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Webhook, error) {
	may, err := s.gate.May(ctx, access.WebhookManage)
	if err != nil {
		return nil, err
	}
	row, err := client.Webhook.Query().Where(webhook.ID(id), predicate.Webhook(may.Predicate(webhookColumns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("webhook")
	}
	if err != nil {
		return nil, fmt.Errorf("read webhook: %w", err)
	}
	return row, nil
}

func webhookView(row *ent.Webhook) Webhook {
	topics := slices.Clone(row.Topics)
	if topics == nil {
		topics = []string{}
	}
	return Webhook{ID: row.ID, URL: row.URL, Topics: topics, Enabled: row.Enabled, CreatedByID: row.CreatedByID, CreatedAt: row.CreatedAt,
		Version: row.Version}
}
