package apitest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/policies"
)

// line is one line of the policy.
type line struct {
	text, role, permission string
}

func policyLines() []line {
	var all []line
	for _, text := range strings.Split(policies.Policy, "\n") {
		if parts := strings.Split(text, ","); len(parts) == 4 && parts[0] == "p" {
			all = append(all, line{text, strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])})
		}
	}
	return all
}

// without is the policy less one line.
func without(l line) string { return strings.Replace(policies.Policy, l.text+"\n", "", 1) }

// TestPolicy removes every line of the policy in turn: at least one cell of the matrix must then differ from the oracle. A line
// whose loss nobody notices is not needed, or not tested.
func TestPolicy(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	lines := policyLines()
	if len(lines) < 100 {
		t.Fatalf("only %d lines were read", len(lines))
	}
	byRole := w.cellsByRole(o)
	for _, l := range lines {
		if err := w.Gate.Load(policies.Model, without(l)); err != nil {
			t.Fatal(err)
		}
		missed := false
		if l.role == string(access.Job) {
			missed = w.jobRefused(t, access.Permission(l.permission))
		} else {
			missed = w.missed(t, byRole[l.role], l.permission)
		}
		if !missed {
			t.Errorf("without the line %q nothing changes", l.text)
		}
	}
}

// cellsByRole sorts the cells that are allowed by the single role that their actor holds.
func (w *world) cellsByRole(o *oracle) map[string][]cell {
	all := map[string][]cell{}
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		for _, c := range w.cells(o, w.contract.ops[id]) {
			if c.who != nil && len(c.who.posts) == 1 && c.want.status < 300 {
				role := string(c.who.posts[0].Role)
				all[role] = append(all[role], c)
			}
		}
	}
	return all
}

// missed reports whether some allowed cell of the role now departs from the oracle: first those of operations that declare
// the permission, then all that speak of its object.
func (w *world) missed(t *testing.T, cells []cell, permission string) bool {
	t.Helper()
	object, _, _ := strings.Cut(permission, ".")
	for _, concerned := range []func(c cell) bool{
		func(c cell) bool { return c.op.permission == permission },
		func(c cell) bool {
			return c.op.permission != permission && (strings.HasPrefix(c.op.permission, object+".") || c.op.permission == "signed")
		},
	} {
		for _, c := range cells {
			if concerned(c) && c.meets(w.ask(t, c)) != "" {
				return true
			}
		}
	}
	return false
}

// jobs are the uses of the permissions that the program grants to itself; no operation asks for them.
func (w *world) jobs() map[access.Permission]func(context.Context) error {
	return map[access.Permission]func(context.Context) error{
		access.DeadlineCheck:  func(ctx context.Context) error { _, err := w.app.Watches.Check(ctx, 10); return err },
		access.MessageDeliver: func(ctx context.Context) error { _, err := w.app.Messages.Deliver(ctx, 10); return err },
		access.SessionPurge:   w.app.Accounts.Purge,
		access.CounterCheck:   func(ctx context.Context) error { _, err := w.app.Duties.CheckFigures(ctx); return err },
		access.CalendarApply:  w.app.Calendars.Finish,
	}
}

// jobRefused reports whether the program's own work is refused.
func (w *world) jobRefused(t *testing.T, permission access.Permission) bool {
	t.Helper()
	job, known := w.jobs()[permission]
	if !known {
		t.Errorf("the tests do not know the job of %s", permission)
		return true
	}
	return fault.KindOf(job(access.System(t.Context(), "test"))) == fault.Forbidden
}

// TestPolicyHasNobodyElse: the roles of the policy are those of posts and the program itself.
func TestPolicyHasNobodyElse(t *testing.T) {
	for _, l := range policyLines() {
		if l.role != string(access.Job) && !slices.Contains(post.Roles, post.Role(l.role)) {
			t.Errorf("%q grants to a role that no post has", l.text)
		}
	}
}
