package messages

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/access"
)

// Delivery tells what a round of delivery did, in messages.
type Delivery struct {
	Sent    int `json:"sent" doc:"Messages that left"`
	Retried int `json:"retried" doc:"Messages that will be tried again"`
	Failed  int `json:"failed" doc:"Messages that are given up"`
}

// errGivenUp marks a failure that no retry can cure.
var errGivenUp = errors.New("given up")

// Deliver sends up to limit messages that are due and says what became of them. It is the work of the program itself. Each
// message is sent at least once: whoever dies between sending and marking leaves it to the next worker, who sends it again
// under the same id. An error means that the database failed or the program stops, not that a message failed.
func (s *Service) Deliver(ctx context.Context, limit int) (Delivery, error) {
	if _, err := s.gate.May(ctx, access.MessageDeliver); err != nil {
		return Delivery{}, err
	}
	until := s.store.Now().Add(s.settings.Lease * 2 / 3) // a slow server must not make another worker send the same
	parcels, err := s.claim(ctx, limit)
	if err != nil {
		return Delivery{}, fmt.Errorf("claim messages: %w", err)
	}
	out := &carrier{service: s}
	defer out.close()
	var done Delivery
	for i, p := range parcels {
		if ctx.Err() != nil || s.store.Now().After(until) {
			return done, errors.Join(ctx.Err(), s.release(context.WithoutCancel(ctx), parcels[i:]))
		}
		sendErr := out.send(ctx, p)
		if ctx.Err() != nil { // it may have left or not: the lease will tell the next worker to send it again
			return done, errors.Join(ctx.Err(), s.release(context.WithoutCancel(ctx), parcels[i+1:]))
		}
		if err := s.settle(ctx, p, sendErr, &done); err != nil {
			return done, err
		}
	}
	return done, nil
}

// release gives back messages that were claimed and not tried.
func (s *Service) release(ctx context.Context, parcels []parcel) error {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for _, p := range parcels {
			for _, row := range p.rows {
				err := tx.Message.Update().Where(message.ID(row.ID), message.StatusEQ(message.StatusSending), message.Attempts(row.Attempts)).
					SetStatus(message.StatusPending).ClearLeaseUntil().AddAttempts(-1).Exec(ctx)
				if err != nil {
					return fmt.Errorf("release message: %w", err)
				}
			}
		}
		return nil
	})
}

// settle writes the outcome of a parcel. A worker whose lease ran out meanwhile changes nothing: the count of tries tells.
func (s *Service) settle(ctx context.Context, p parcel, sendErr error, done *Delivery) error {
	now := s.store.Now()
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		for _, row := range p.rows {
			update := tx.Message.Update().Where(message.ID(row.ID), message.StatusEQ(message.StatusSending), message.Attempts(row.Attempts)).
				ClearLeaseUntil()
			count := &done.Sent
			switch {
			case sendErr == nil:
				update.SetStatus(message.StatusSent).SetSentAt(now).SetLastError("")
			case errors.Is(sendErr, errGivenUp) || row.Attempts >= s.settings.Tries:
				count = &done.Failed
				update.SetStatus(message.StatusFailed).SetLastError(short(sendErr))
			default:
				count = &done.Retried
				update.SetStatus(message.StatusPending).SetNextTryAt(now.Add(backoff(row.Attempts))).SetLastError(short(sendErr))
			}
			n, err := update.Save(ctx)
			if err != nil {
				return fmt.Errorf("settle message: %w", err)
			}
			*count += n
		}
		return nil
	})
}

// backoff is how long to wait after the n-th try failed.
func backoff(tries int) time.Duration {
	wait := backoffFirst
	for ; tries > 1 && wait < backoffMost; tries-- {
		wait *= 2
	}
	return min(wait, backoffMost)
}

// short keeps the beginning of an error for the row.
func short(err error) string {
	const most = 500
	runes := []rune(err.Error())
	return string(runes[:min(len(runes), most)])
}

// carrier sends parcels; it keeps the connection to the mail server between them.
type carrier struct {
	service *Service
	mail    *mailer
}

func (c *carrier) send(ctx context.Context, p parcel) error {
	if p.channel() == message.ChannelWebhook {
		return c.service.call(ctx, p)
	}
	if c.mail == nil {
		c.mail = &mailer{settings: c.service.settings.Mail}
	}
	return c.service.post(ctx, c.mail, p)
}

func (c *carrier) close() {
	if c.mail != nil {
		c.mail.close()
	}
}
