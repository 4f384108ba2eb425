package bench

import (
	"context"
	"runtime"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
)

// decisions compares one decision with the least that can decide it: a map from user and unit to the role, and a map from role
// and permission to yes or no. Ours is measured twice: alone, and as the row of a list whose filter is made once.
func decisions(ctx context.Context, s *site) ([]Row, error) {
	clerk, now := s.clerks[0], s.duties[0]
	inside := access.Facts{AuthorityID: s.authority, UnitID: s.units[now.unit].id, Path: s.units[now.unit].path, LeaderID: s.leader.id, Part: "lead"}
	outside := inside
	outside.UnitID, outside.Path = s.root.id, s.root.path
	facts := []access.Facts{inside, outside}
	ctx = s.acting(ctx, clerk)

	type where struct{ user, unit ident.ID }
	type what struct {
		role       post.Role
		permission access.Permission
	}
	roles := make(map[where]post.Role, len(s.clerks))
	for _, p := range s.clerks {
		roles[where{p.id, p.post.UnitID}] = p.post.Role
	}
	allowed := map[what]bool{{post.UnitClerk, access.DutyAccept}: true}
	yes := 0
	count := func(ok bool) {
		if ok {
			yes++
		}
	}
	bare := perCall(s, func(i int) { count(allowed[what{roles[where{clerk.id, facts[i&1].UnitID}], access.DutyAccept}]) })
	var failed error
	alone := perCall(s, func(i int) {
		filter, err := s.app.Gate.May(ctx, access.DutyAccept)
		if err != nil {
			failed = err
		}
		count(filter.Covers(facts[i&1]))
	})
	filter, err := s.app.Gate.May(ctx, access.DutyAccept)
	if err != nil {
		return nil, err
	}
	inList := perCall(s, func(i int) { count(filter.Covers(facts[i&1])) })
	if yes == 0 || failed != nil {
		return nil, failed
	}
	return []Row{row("decision, alone", s, 0, "decisions", alone, bare), row("decision, row of a list", s, 0, "decisions", inList, bare)}, nil
}

// perCall calls many times and gives what one call costs.
func perCall(s *site, call func(i int)) Cost {
	const batch = 20_000
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n, elapsed := 0, stopwatch()
	for elapsed() < s.Duration/4 || n == 0 {
		for i := range batch {
			call(i)
		}
		n += batch
	}
	took := elapsed()
	runtime.ReadMemStats(&after)
	each := took.Seconds() / float64(n)
	return Cost{Rate: 1 / each, P50: each * 1e3, CPU: each * 1e6, Allocs: float64((after.Mallocs - before.Mallocs) / uint64(n))}
}
