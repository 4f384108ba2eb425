package timeline_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
)

// TestAppendAll_writes_the_messages_that_Append_writes holds the bulk against the single call, with e-mail and webhooks.
func TestAppendAll_writes_the_messages_that_Append_writes(t *testing.T) {
	kit := testkit.New(t)
	log := timeline.New(kit.Store, true)
	ctx := access.System(t.Context(), "test")
	authority, reader, silent := kit.Store.NewID(), kit.Store.NewID(), kit.Store.NewID()
	entry := timeline.Entry{AuthorityID: authority, Subject: "duty", SubjectID: kit.Store.NewID(), Action: "step.urge",
		Tell: []timeline.Note{{To: []ident.ID{reader, silent, reader}, Template: "watch.duty.urge", Params: map[string]any{"title": "x"}}}}
	err := kit.Store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for id, mail := range map[ident.ID]string{reader: "a@example.cn", silent: ""} {
			if err := tx.User.Create().SetID(id).SetAuthorityID(authority).SetLogin(id.String()).SetName("x").SetEmail(mail).SetCreatedAt(kit.Store.Now()).Exec(ctx); err != nil {
				return err
			}
		}
		for _, topics := range [][]string{nil, {"duty.step.urge"}, {"notice.serve"}} {
			if err := tx.Webhook.Create().SetID(kit.Store.NewID()).SetAuthorityID(authority).SetURL("https://example.cn").SetSecret("s").SetTopics(topics).
				SetEnabled(true).SetCreatedByID(reader).SetCreatedAt(kit.Store.Now()).Exec(ctx); err != nil {
				return err
			}
		}
		if _, err := log.Append(ctx, tx, entry); err != nil {
			return err
		}
		return log.AppendAll(ctx, tx, []timeline.Entry{entry})
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := kit.Store.Read().Message.Query().Order(message.ByID()).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 10 { // two inboxes, one e-mail and two webhooks, twice
		t.Fatalf("%d messages, want 10", len(rows))
	}
	for i, one := range rows[:5] {
		if got, want := shape(rows[5+i]), shape(one); got != want {
			t.Errorf("bulk wrote %s, single %s", got, want)
		}
	}
}

// shape is everything of a message but its own id and its event's.
func shape(m *ent.Message) string {
	return fmt.Sprint(m.RecipientID, m.Channel, m.Template, string(m.Params), m.Subject, m.SubjectID, m.Status, m.Attempts, m.NextTryAt, m.LeaseUntil,
		m.SentAt, m.ReadAt, m.LastError, m.WebhookID, m.DigestID, m.CreatedAt)
}
