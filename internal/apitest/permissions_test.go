package apitest

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/words"
)

var update = flag.Bool("update", false, "write docs/permissions.md again")

// TestPermissionsPage: docs/permissions.md says what the oracle says, so that the page that people read is the table that the
// tests hold.
func TestPermissionsPage(t *testing.T) {
	file := filepath.Join("..", "..", "docs", "permissions.md")
	want := permissionsPage(readContract(t), readOracle(t))
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want {
		t.Error("docs/permissions.md is old: go test ./internal/apitest -run PermissionsPage -update")
	}
}

const pageHead = `# Who may do what

This page is the oracle of the API's tests (internal/apitest/testdata/oracle.txt) in readable form. It is written from the rules of
the office, not from the policy: the tests ask every operation as every role, in every relation, on every state, and compare; then
they remove each line of policies/policy.csv in turn and expect a difference.

How an answer comes about, in this order:

| The caller | gets |
| --- | --- |
| is not signed in | 401 |
| sends input of the wrong shape | 422 (413, 415 for size and media type) |
| holds no post that grants the permission | 403, naming the permission |
| does not see the object | 404, as for an id that nobody has |
| sees it, but the grant does not reach it | 403, naming permission and relation |
| changes it without, or from an old version | 428, 412 |
| acts in a state that does not allow it | 409 |
| stands in a relation that excludes it (separation of duties) | 409; a relation that is missing 403 |

Reach: *all* of the authority, the *subtree* below the unit of the post, the very *unit*, one's *own*. Nothing crosses from one
authority to another. The program's own work (deadline check, delivery, counters, purge) runs under the role job, which no person
can hold.
`

// permissionsPage prints the oracle as a page, kind by kind.
func permissionsPage(c *contract, o *oracle) string {
	var b strings.Builder
	b.WriteString(pageHead)
	for _, k := range o.kinds {
		title := k.title
		if k.name != "-" && !strings.EqualFold(k.name, title) {
			title = k.name + " " + k.title
		}
		fmt.Fprintf(&b, "\n## %s\n\n", title)
		if len(k.see) > 0 {
			fmt.Fprintf(&b, "Seen by %s.", sayGrants(k.see))
			for _, state := range slices.Sorted(maps.Keys(k.seeIn)) {
				fmt.Fprintf(&b, " In state %s by %s only.", state, sayGrants(k.seeIn[state]))
			}
			b.WriteString("\n\n")
		}
		b.WriteString("| Operation | Permission | Who | States | Relations | |\n| --- | --- | --- | --- | --- | --- |\n")
		for _, r := range o.rows {
			if r.kind == k && c.ops[r.op] != nil {
				fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", r.op, c.ops[r.op].permission, sayGrants(r.who), sayStates(r.states), sayRelations(r), r.note)
			}
		}
	}
	return b.String()
}

func sayGrants(all []grant) string {
	said := make([]string, len(all))
	for i, g := range all {
		said[i] = g.role
		if words.Has("role." + g.role) {
			said[i] = strings.ToLower(words.Text(words.En, "role."+g.role, nil))
		}
		if g.reach != "" && g.reach != "all" {
			said[i] += " (" + g.reach + ")"
		}
	}
	return strings.Join(said, ", ")
}

func sayStates(states []string) string {
	if len(states) == 1 && states[0] == "*" {
		return "any"
	}
	return strings.ReplaceAll(strings.Join(states, ", "), "*", "any ")
}

func sayRelations(r *rule) string {
	said := slices.Clone(r.must)
	for _, relation := range r.not {
		said = append(said, "not "+relation)
	}
	return strings.Join(said, ", ")
}
