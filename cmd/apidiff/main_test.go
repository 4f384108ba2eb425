package main

import (
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const base = `
paths:
  /duties:
    get:
      parameters: [{in: query, name: limit}]
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Duty"}}}}}
    post:
      requestBody: {content: {application/json: {schema: {type: object, required: [title], properties: {title: {type: string}, part: {type: string, enum: [lead, support]}}}}}}
      responses: {}
components: {schemas: {Duty: {type: object, properties: {id: {type: string}, progress: {type: integer}}}}}
`

func parse(t *testing.T, text string) object {
	t.Helper()
	var doc object
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"the_same_breaks_nothing":            {"", "", ""},
		"a_new_optional_field_breaks_nobody": {"id: {type: string}", "id: {type: string}, unit: {type: string}", ""},
		"a_field_gone_breaks":                {"progress: {type: integer}", "", "GET /duties 200.progress is gone"},
		"another_type_breaks":                {"progress: {type: integer}", "progress: {type: string}", "GET /duties 200.progress was integer and is string"},
		"an_operation_gone_breaks":           {"    post:", "    put:", "POST /duties is gone"},
		"a_new_required_input_breaks":        {"required: [title]", "required: [title, part]", "POST /duties body.part is now required"},
		"a_value_no_longer_taken_breaks":     {"enum: [lead, support]", "enum: [lead]", "POST /duties body.part no longer takes support"},
		"a_parameter_gone_breaks":            {"name: limit", "name: size", "GET /duties no longer takes the parameter limit"},
		"a_parameter_made_required_breaks":   {"name: limit", "name: limit, required: true", "GET /duties now requires the parameter limit"},
	} {
		t.Run(name, func(t *testing.T) {
			got := compare(parse(t, base), parse(t, strings.Replace(base, c.from, c.to, 1)))
			if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
