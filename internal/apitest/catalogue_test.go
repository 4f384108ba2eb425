package apitest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
)

// TestContract holds what every operation has to say of itself.
func TestContract(t *testing.T) {
	c := readContract(t)
	t.Run("the_committed_document_is_what_the_code_prints", func(t *testing.T) {
		printed, err := app.OpenAPI()
		if err != nil {
			t.Fatal(err)
		}
		committed, err := os.ReadFile(filepath.Join("..", "..", "openapi", "openapi.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if string(printed) != string(committed) {
			t.Error("openapi/openapi.yaml is old: run ./task generate")
		}
	})
	t.Run("every_operation_is_described_and_declares_a_permission", func(t *testing.T) {
		for id, op := range c.ops {
			for _, key := range []string{"summary", "description"} {
				if text, _ := op.raw[key].(string); len(text) < 5 {
					t.Errorf("%s has no %s", id, key)
				}
			}
			known := slices.Contains(access.Permissions, access.Permission(op.permission)) || op.permission == "public" || op.permission == "signed"
			if !known {
				t.Errorf("%s declares %q, which is no permission", id, op.permission)
			}
			if op.permission != "public" && len(list(op.raw["security"])) == 0 {
				t.Errorf("%s names no way to sign in", id)
			}
			if op.success() == 0 {
				t.Errorf("%s documents no success", id)
			}
		}
	})
	t.Run("every_input_has_an_example_or_speaks_for_itself", func(t *testing.T) {
		for id, op := range c.ops {
			for _, lacking := range c.withoutExample(op) {
				t.Errorf("%s: %s has neither example, enum nor a type that speaks for itself", id, lacking)
			}
		}
	})
	t.Run("every_create_takes_an_idempotency_key", func(t *testing.T) {
		for id, op := range c.ops {
			if op.method == "POST" && op.success() == 201 && op.permission != "public" && !op.takes("header", "Idempotency-Key") {
				t.Errorf("%s creates without an Idempotency-Key", id)
			}
		}
	})
	t.Run("every_list_is_paged", func(t *testing.T) {
		for id, op := range c.ops {
			if !strings.HasPrefix(id, "list-") || slices.Contains(bounded, id) {
				continue
			}
			if !op.takes("query", "after") || !op.takes("query", "limit") {
				t.Errorf("%s is a list without pages", id)
			}
		}
	})
}

// bounded are the lists whose length is bounded by what they belong to, which their descriptions say.
var bounded = []string{"list-waiting", "list-webhooks", "list-questions", "list-plan-unplaced", "list-notice-deadlines", "list-plan-revisions", "list-report-cycles", "list-inspection-versions"}

// withoutExample lists the inputs of an operation that give a reader no example of what to write.
func (c *contract) withoutExample(op *operation) []string {
	var lacking []string
	for _, p := range op.params {
		if name, _ := p["name"].(string); !c.shown(at(p, "schema")) && p["example"] == nil && !speaks(name) {
			lacking = append(lacking, name)
		}
	}
	if op.media == "application/json" {
		schema := c.resolve(op.body)
		for name, property := range at(schema, "properties") {
			if !c.shown(property.(map[string]any)) && !speaks(name) {
				lacking = append(lacking, "body."+name)
			}
		}
	}
	return lacking
}

// speaks reports whether a name speaks for itself: ids, and parameters that mean the same everywhere.
func speaks(name string) bool {
	return name == "id" || strings.HasSuffix(name, "_id") || slices.Contains([]string{"after", "limit", "under", "up_to", "Idempotency-Key", "If-Match", "figures", "secret"}, name)
}

func (c *contract) shown(schema map[string]any) bool {
	if len(list(schema["examples"])) > 0 || schema["example"] != nil || len(list(schema["enum"])) > 0 || schema["format"] != nil {
		return true
	}
	resolved := c.resolve(schema)
	types := typesOf(resolved)
	switch {
	case slices.Contains(types, "object"), slices.Contains(types, "boolean"):
		return true
	case slices.Contains(types, "array"):
		return true
	}
	return len(list(resolved["examples"])) > 0
}
