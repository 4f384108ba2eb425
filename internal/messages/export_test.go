package messages

import (
	"context"
	"net/netip"
)

// SendAndDie claims and sends like Deliver, but never marks: the process died in between.
func (s *Service) SendAndDie(ctx context.Context, limit int) error {
	parcels, err := s.claim(ctx, limit)
	if err != nil {
		return err
	}
	out := &carrier{service: s}
	defer out.close()
	for _, p := range parcels {
		if err := out.send(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// Public is public.
func Public(addr netip.Addr) bool { return public(addr) }

// Backoff is backoff.
var Backoff = backoff
