package vitals

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
)

const (
	mostCounted = 1000               // so many messages are counted at most; beyond them the answer says "more"
	recently    = 7 * 24 * time.Hour // so far back goes the count of failures
	longWait    = 15 * time.Minute   // a message that waits longer is worth a look
	tooLong     = 24 * time.Hour     // one that waits longer is not coming any more without help
)

// SystemQueue is what waits to leave.
type SystemQueue struct {
	Mail     bool            `json:"mail" doc:"Whether e-mail is set up at all"`
	Channels []SystemChannel `json:"channels" doc:"E-mail and webhooks; what is read on the page needs no sending"`
}

// SystemChannel is one way by which messages leave.
type SystemChannel struct {
	Channel   string    `json:"channel" enum:"mail,webhook" doc:"The way"`
	Waiting   int       `json:"waiting" doc:"Messages that wait to be sent or to be tried again" example:"3"`
	More      bool      `json:"more" doc:"Whether there are more than were counted: both ways together stop at 1000"`
	OldestAt  time.Time `json:"oldest_at,omitzero" doc:"Instant of the oldest of them"`
	Failed    int       `json:"failed" doc:"Messages of the last seven days that were given up" example:"0"`
	FailedAt  time.Time `json:"failed_at,omitzero" doc:"Instant at which the last of them was due"`
	Failure   string    `json:"failure,omitempty" doc:"What went wrong with it"`
	Condition Condition `json:"condition" enum:"good,warn,bad" doc:"Whether somebody should look"`
}

// queue counts what waits and what failed lately, both along the index of status and time.
func (s *Service) queue(ctx context.Context, filter access.Filter, now time.Time) (SystemQueue, error) {
	view := SystemQueue{Mail: s.set.Mail, Channels: []SystemChannel{{Channel: "mail"}, {Channel: "webhook"}}}
	at := map[message.Channel]*SystemChannel{message.ChannelMail: &view.Channels[0], message.ChannelWebhook: &view.Channels[1]}
	mine := predicate.Message(filter.Predicate(access.Columns{Authority: message.FieldAuthorityID}))
	columns := []string{message.FieldChannel, message.FieldCreatedAt, message.FieldNextTryAt, message.FieldLastError}
	waiting, err := s.store.Read().Message.Query().Where(message.StatusEQ(message.StatusPending), mine).
		Order(message.ByNextTryAt(), message.ByID()).Limit(mostCounted + 1).Select(columns...).All(ctx)
	if err != nil {
		return view, fmt.Errorf("count waiting messages: %w", err)
	}
	for _, row := range waiting[:min(len(waiting), mostCounted)] {
		if c := at[row.Channel]; c != nil {
			c.Waiting++
			if c.OldestAt.IsZero() || row.CreatedAt.Before(c.OldestAt) {
				c.OldestAt = row.CreatedAt.UTC()
			}
		}
	}
	failed, err := s.store.Read().Message.Query().Where(message.StatusEQ(message.StatusFailed), message.NextTryAtGTE(now.Add(-recently)), mine).
		Order(message.ByNextTryAt(sql.OrderDesc()), message.ByID(sql.OrderDesc())).Limit(mostCounted).Select(columns...).All(ctx)
	if err != nil {
		return view, fmt.Errorf("count failed messages: %w", err)
	}
	for _, row := range failed {
		c := at[row.Channel]
		if c == nil {
			continue
		}
		if c.Failed++; c.Failed == 1 {
			c.FailedAt, c.Failure = row.NextTryAt.UTC(), row.LastError
		}
	}
	for i := range view.Channels {
		view.Channels[i].More = len(waiting) > mostCounted
		view.Channels[i].judge(now)
	}
	return view, nil
}

// judge holds the oldest message against what a reader puts up with.
func (c *SystemChannel) judge(now time.Time) {
	wait := time.Duration(0)
	if !c.OldestAt.IsZero() {
		wait = now.Sub(c.OldestAt)
	}
	switch {
	case wait > tooLong:
		c.Condition = Bad
	case wait > longWait, c.Failed > 0, c.More:
		c.Condition = Warn
	default:
		c.Condition = Good
	}
}
