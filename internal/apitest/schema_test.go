package apitest

import (
	"encoding/base64"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// check says how a JSON value departs from a schema. A keyword that it does not know is a fault too, so that nothing is passed
// unread.
func (c *contract) check(schema map[string]any, value any, where string) []string {
	schema = c.resolve(schema)
	var faults []string
	add := func(format string, args ...any) { faults = append(faults, where+": "+fmt.Sprintf(format, args...)) }
	for keyword := range schema {
		if !slices.Contains(keywords, keyword) {
			add("the tests do not know the keyword %s", keyword)
		}
	}
	if types := typesOf(schema); len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return isType(t, value) }) {
		add("want %v, have %T", types, value)
		return faults
	}
	if enum := list(schema["enum"]); len(enum) > 0 && !slices.ContainsFunc(enum, func(e any) bool { return same(e, value) }) {
		add("%v is none of %v", value, enum)
	}
	switch v := value.(type) {
	case map[string]any:
		faults = append(faults, c.checkObject(schema, v, where)...)
	case []any:
		faults = append(faults, c.checkArray(schema, v, where)...)
	case string:
		faults = append(faults, checkText(schema, v, where)...)
	case float64:
		if low, ok := number(schema["minimum"]); ok && v < low {
			add("%v is less than %v", v, low)
		}
		if high, ok := number(schema["maximum"]); ok && v > high {
			add("%v is more than %v", v, high)
		}
	}
	return faults
}

var keywords = []string{"type", "enum", "properties", "required", "additionalProperties", "items", "description", "examples", "format", "minimum",
	"maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "default", "contentEncoding", "contentMediaType", "readOnly", "title", "$ref"}

// resolve follows a reference.
func (c *contract) resolve(schema map[string]any) map[string]any {
	if ref, ok := schema["$ref"].(string); ok {
		name := ref[strings.LastIndex(ref, "/")+1:]
		target, found := c.schemas[name].(map[string]any)
		if !found {
			return map[string]any{"unresolved reference to " + name: true}
		}
		return c.resolve(target)
	}
	return schema
}

func (c *contract) checkObject(schema map[string]any, value map[string]any, where string) []string {
	var faults []string
	properties := at(schema, "properties")
	for _, name := range list(schema["required"]) {
		if _, there := value[name.(string)]; !there {
			faults = append(faults, fmt.Sprintf("%s: %v is missing", where, name))
		}
	}
	for name, v := range value {
		inner := where + "." + name
		if property, known := properties[name]; known {
			faults = append(faults, c.check(property.(map[string]any), v, inner)...)
			continue
		}
		switch more := schema["additionalProperties"].(type) {
		case map[string]any:
			faults = append(faults, c.check(more, v, inner)...)
		case bool:
			if !more {
				faults = append(faults, inner+": is not documented")
			}
		}
	}
	return faults
}

func (c *contract) checkArray(schema map[string]any, value []any, where string) []string {
	var faults []string
	if low, ok := number(schema["minItems"]); ok && float64(len(value)) < low {
		faults = append(faults, fmt.Sprintf("%s: fewer than %v items", where, low))
	}
	if high, ok := number(schema["maxItems"]); ok && float64(len(value)) > high {
		faults = append(faults, fmt.Sprintf("%s: more than %v items", where, high))
	}
	for i, item := range value {
		faults = append(faults, c.check(at(schema, "items"), item, fmt.Sprintf("%s[%d]", where, i))...)
	}
	return faults
}

func checkText(schema map[string]any, v, where string) []string {
	var faults []string
	length := float64(utf8.RuneCountInString(v))
	if low, ok := number(schema["minLength"]); ok && length < low {
		faults = append(faults, where+": is too short")
	}
	if high, ok := number(schema["maxLength"]); ok && length > high {
		faults = append(faults, where+": is too long")
	}
	if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
		faults = append(faults, where+": does not match "+pattern)
	}
	if err := checkFormat(schema, v); err != nil {
		faults = append(faults, where+": "+err.Error())
	}
	return faults
}

func checkFormat(schema map[string]any, v string) error {
	var err error
	switch schema["format"] {
	case "date-time":
		_, err = time.Parse(time.RFC3339Nano, v)
	case "date":
		_, err = time.Parse(time.DateOnly, v)
	}
	if schema["contentEncoding"] == "base64" {
		_, err = base64.StdEncoding.DecodeString(v)
	}
	return err
}

// typesOf lists the types that a schema allows; none means any.
func typesOf(schema map[string]any) []string {
	switch t := schema["type"].(type) {
	case string:
		return []string{t}
	case []any:
		var all []string
		for _, one := range t {
			all = append(all, fmt.Sprint(one))
		}
		return all
	}
	return nil
}

func isType(name string, value any) bool {
	switch v := value.(type) {
	case nil:
		return name == "null"
	case bool:
		return name == "boolean"
	case string:
		return name == "string"
	case float64:
		return name == "number" || name == "integer" && v == math.Trunc(v)
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	}
	return false
}

// number reads a number of the YAML document.
func number(value any) (float64, bool) {
	switch n := value.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

func same(a, b any) bool {
	if n, ok := number(a); ok {
		a = n
	}
	return reflect.DeepEqual(a, b)
}
