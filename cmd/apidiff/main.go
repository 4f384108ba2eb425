// Command apidiff compares two OpenAPI documents and fails when the newer one breaks callers of the older: an operation or an
// answer's field gone, a type changed, an input made required, a value taken out of an enum that callers may send.
package main

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"
)

type object = map[string]any

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: apidiff OLD.yaml NEW.yaml")
		os.Exit(2)
	}
	older, err := read(os.Args[1])
	if err == nil {
		var newer object
		if newer, err = read(os.Args[2]); err == nil {
			breaks := compare(older, newer)
			for _, b := range breaks {
				fmt.Println("breaking:", b)
			}
			if len(breaks) > 0 {
				os.Exit(1)
			}
			return
		}
	}
	fmt.Fprintln(os.Stderr, "apidiff:", err)
	os.Exit(2)
}

func read(file string) (object, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var doc object
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return doc, nil
}

// comparison walks both documents; direction says whether callers send a schema or receive it.
type comparison struct {
	older, newer object
	breaks       []string
	seen         map[string]bool
}

const (
	sent     = "sent"
	received = "received"
)

func compare(older, newer object) []string {
	c := &comparison{older: older, newer: newer, seen: make(map[string]bool)}
	for _, path := range keys(child(older, "paths")) {
		for _, method := range keys(child(older, "paths", path)) {
			was, is := child(older, "paths", path, method), child(newer, "paths", path, method)
			where := strings.ToUpper(method) + " " + path
			if is == nil {
				c.add(where, "is gone")
				continue
			}
			c.operation(where, was, is)
		}
	}
	sort.Strings(c.breaks)
	return slices.Compact(c.breaks)
}

func (c *comparison) add(where, what string) { c.breaks = append(c.breaks, where+" "+what) }

func (c *comparison) operation(where string, was, is object) {
	had := make(map[string]object)
	for _, p := range list(was["parameters"]) {
		had[fmt.Sprint(p["in"], p["name"])] = p
	}
	for _, p := range list(is["parameters"]) {
		name := fmt.Sprint(p["in"], p["name"])
		before, known := had[name]
		if p["required"] == true && (!known || before["required"] != true) {
			c.add(where, fmt.Sprintf("now requires the parameter %v", p["name"]))
		}
		delete(had, name)
	}
	for _, p := range had {
		c.add(where, fmt.Sprintf("no longer takes the parameter %v", p["name"]))
	}
	for _, media := range keys(child(was, "requestBody", "content")) {
		c.schema(where+" body", sent, child(was, "requestBody", "content", media, "schema"), child(is, "requestBody", "content", media, "schema"))
	}
	for _, status := range keys(child(was, "responses")) {
		for _, media := range keys(child(was, "responses", status, "content")) {
			c.schema(where+" "+status, received, child(was, "responses", status, "content", media, "schema"), child(is, "responses", status, "content", media, "schema"))
		}
	}
}

func (c *comparison) schema(where, direction string, was, is object) {
	name, _ := was["$ref"].(string)
	was, is = resolve(c.older, was), resolve(c.newer, is)
	if was == nil || c.seen[direction+name] && name != "" {
		return
	}
	c.seen[direction+name] = true
	if is == nil {
		c.add(where, "is gone")
		return
	}
	if fmt.Sprint(was["type"]) != fmt.Sprint(is["type"]) {
		c.add(where, fmt.Sprintf("was %v and is %v", was["type"], is["type"]))
	}
	c.values(where, direction, was, is)
	for _, field := range keys(child(was, "properties")) {
		now := child(is, "properties", field)
		if now == nil {
			c.add(where+"."+field, "is gone")
			continue
		}
		c.schema(where+"."+field, direction, child(was, "properties", field), now)
	}
	if items := child(was, "items"); items != nil {
		c.schema(where+"[]", direction, items, child(is, "items"))
	}
	if direction == sent {
		for _, field := range words(is["required"]) {
			if !slices.Contains(words(was["required"]), field) {
				c.add(where+"."+field, "is now required")
			}
		}
	}
}

func (c *comparison) values(where, direction string, was, is object) {
	if direction != sent {
		return
	}
	for _, value := range words(was["enum"]) {
		if now := words(is["enum"]); len(now) > 0 && !slices.Contains(now, value) {
			c.add(where, "no longer takes "+value)
		}
	}
}

func resolve(doc, schema object) object {
	if name, ok := schema["$ref"].(string); ok {
		return child(doc, strings.Split(strings.TrimPrefix(name, "#/"), "/")...)
	}
	return schema
}

func child(o object, path ...string) object {
	for _, step := range path {
		next, ok := o[step].(object)
		if !ok {
			return nil
		}
		o = next
	}
	return o
}

func keys(o object) []string {
	all := make([]string, 0, len(o))
	for key := range o {
		all = append(all, key)
	}
	sort.Strings(all)
	return all
}

func list(v any) []object {
	var all []object
	items, _ := v.([]any)
	for _, item := range items {
		if o, ok := item.(object); ok {
			all = append(all, o)
		}
	}
	return all
}

func words(v any) []string {
	var all []string
	items, _ := v.([]any)
	for _, item := range items {
		all = append(all, fmt.Sprint(item))
	}
	return all
}
