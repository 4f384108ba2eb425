package bench

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// overHTTP is the comparison of a way of asking: the same requests to the program and to the bare handler, each in a process of
// its own, one after the other.
func overHTTP(name string, of func(s *site, i int, side string) asker) func(context.Context, *site) ([]Row, error) {
	return func(ctx context.Context, s *site) ([]Row, error) {
		return s.compare(ctx, name, func(_ context.Context, clients int, side string) ([]asker, error) {
			askers := make([]asker, clients)
			for i := range askers {
				askers[i] = of(s, i, side)
			}
			return askers, nil
		})
	}
}

func (s *site) compare(ctx context.Context, name string, make func(ctx context.Context, clients int, side string) ([]asker, error)) ([]Row, error) {
	if err := s.startServers(ctx); err != nil {
		return nil, err
	}
	var rows []Row
	for _, clients := range s.Clients {
		costs := map[string]Cost{}
		for _, side := range []string{oursSide, bareSide} {
			askers, err := make(ctx, clients, side)
			if err != nil {
				return nil, err
			}
			if err := s.fold(ctx); err != nil {
				return nil, err
			}
			if costs[side], err = load(ctx, s.servers[side], askers, s.Duration/10, s.Duration); err != nil {
				return nil, fmt.Errorf("side %s with %d clients: %w", side, clients, err)
			}
		}
		rows = append(rows, row(name, s, clients, "requests", costs[oursSide], costs[bareSide]))
	}
	return rows, nil
}

// confirming compares the confirmation of progress with its roll-up to the plan.
func confirming(ctx context.Context, s *site) ([]Row, error) {
	const enough = 4000 // confirmations a second that nobody reaches
	return s.compare(ctx, "confirm", func(ctx context.Context, clients int, _ string) ([]asker, error) {
		ids, err := s.reviewed(ctx, max(clients, int(enough*s.Duration.Seconds())))
		if err != nil {
			return nil, err
		}
		askers := make([]asker, clients)
		for i := range askers {
			n := len(ids) / clients
			askers[i] = &confirmer{token: s.officeDesk.token, ids: ids[i*n : (i+1)*n]}
		}
		return askers, nil
	})
}

// startServers starts a server of each side, once for a data set.
func (s *site) startServers(ctx context.Context) error {
	if s.servers != nil {
		return nil
	}
	if err := s.openDesks(ctx); err != nil {
		return fmt.Errorf("make tokens: %w", err)
	}
	s.servers = make(map[string]*child)
	for _, side := range []string{oursSide, bareSide} {
		c, err := s.serve(ctx, side)
		if err != nil {
			return err
		}
		s.servers[side] = c
	}
	return nil
}

func (s *site) stopServers() error {
	var errs []error
	for _, c := range s.servers {
		errs = append(errs, c.stop())
	}
	s.servers = nil
	return errors.Join(errs...)
}

const coldStarts = 3

// coldStart is the time from the start of the process to the first page of duties; memory is that after this one request.
func coldStart(ctx context.Context, s *site) ([]Row, error) {
	if err := s.openDesks(ctx); err != nil {
		return nil, err
	}
	costs := map[string]Cost{}
	for _, side := range []string{oursSide, bareSide} {
		var times []time.Duration
		var cost Cost
		for range coldStarts {
			elapsed := stopwatch()
			rss, cpu, err := s.startOnce(ctx, side)
			if err != nil {
				return nil, fmt.Errorf("cold start of side %s: %w", side, err)
			}
			times = append(times, elapsed())
			cost.RSS, cost.CPU = rss, float64(cpu.Microseconds())
		}
		c := costOf(times, coldStarts)
		c.RSS, c.CPU = cost.RSS, cost.CPU
		costs[side] = c
	}
	return []Row{row("cold start", s, 0, "starts", costs[oursSide], costs[bareSide])}, nil
}

func (s *site) startOnce(ctx context.Context, side string) (rss float64, cpu time.Duration, err error) {
	c, err := s.serve(ctx, side)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	link, err := dial(c.address)
	if err != nil {
		return 0, 0, err
	}
	defer link.Close()
	r, _ := s.listing(0, side).next()
	status, body, err := link.ask(r)
	if err == nil && status != 200 {
		err = fmt.Errorf("%s: %d %s", r.path, status, body)
	}
	cpu, rss = c.usage()
	return rss, cpu, err
}

// httpState is what the comparisons over HTTP keep between them.
type httpState struct {
	holders    map[string]holder
	desks      []desk
	officeDesk desk
	servers    map[string]*child
}
