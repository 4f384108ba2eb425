// Package words holds every text that a person reads, in the languages of the program: zh-CN (the source), zh-TW and en. The
// files lie under lang/<language>/<topic>.json as flat key → text; a text names its parameters in braces, "共 {n} 项", and may choose by a number, "{n} {n|duty|duties}". A key
// stands in all three languages with the same parameters; a test holds that.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"sort"
	"strings"
)

// Lang is one of the languages offered.
type Lang string

const (
	ZhCN Lang = "zh-CN"
	ZhTW Lang = "zh-TW"
	En   Lang = "en"
)

// Langs lists the languages; the first is the source and the fallback.
var Langs = []Lang{ZhCN, ZhTW, En}

//go:embed lang
var files embed.FS

var catalogue = mustLoad()

func mustLoad() map[Lang]map[string]string {
	all := make(map[Lang]map[string]string, len(Langs))
	for _, lang := range Langs {
		texts, err := load(lang)
		if err != nil {
			panic(err)
		}
		all[lang] = texts
	}
	return all
}

func load(lang Lang) (map[string]string, error) {
	dir := path.Join("lang", string(lang))
	entries, err := files.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read language %s: %w", lang, err)
	}
	texts := make(map[string]string)
	for _, entry := range entries {
		raw, err := files.ReadFile(path.Join(dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", entry.Name(), lang, err)
		}
		var topic map[string]string
		if err := json.Unmarshal(raw, &topic); err != nil {
			return nil, fmt.Errorf("parse %s of %s: %w", entry.Name(), lang, err)
		}
		for key, text := range topic {
			if _, twice := texts[key]; twice {
				return nil, fmt.Errorf("key %s stands twice in %s", key, lang)
			}
			texts[key] = text
		}
	}
	return texts, nil
}

// Has reports whether a key exists in the source language.
func Has(key string) bool { _, ok := catalogue[ZhCN][key]; return ok }

// Keys lists every key of a language in order.
func Keys(lang Lang) []string {
	keys := make([]string, 0, len(catalogue[lang]))
	for key := range catalogue[lang] {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Raw is the text of a key with its placeholders; "" if the key is unknown.
func Raw(lang Lang, key string) string { return catalogue[lang][key] }

// Text is the text of a key with its parameters filled in. An unknown language falls back to the source, an unknown key to
// the key itself, so that a missing text is seen and never hides the fact.
func Text(lang Lang, key string, params map[string]any) string {
	text, ok := catalogue[lang][key]
	if !ok {
		if text, ok = catalogue[ZhCN][key]; !ok {
			return key
		}
	}
	if len(params) == 0 || !strings.Contains(text, "{") {
		return text
	}
	text = numbered(text, params)
	pairs := make([]string, 0, 2*len(params))
	for name, value := range params {
		pairs = append(pairs, "{"+name+"}", param(lang, name, value))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// eitherOr is a choice by number, "{n|duty|duties}": the first for 1, the second for any other number. Only English needs it.
var eitherOr = regexp.MustCompile(`\{(\w+)\|([^|}]*)\|([^|}]*)\}`)

func numbered(text string, params map[string]any) string {
	if !strings.Contains(text, "|") {
		return text
	}
	return eitherOr.ReplaceAllStringFunc(text, func(choice string) string {
		m := eitherOr.FindStringSubmatch(choice)
		if fmt.Sprint(params[m[1]]) == "1" {
			return m[2]
		}
		return m[3]
	})
}

// Field is the text of a fault at one place of the input: "field.<code>", or "fault.<code>" where a code serves both.
func Field(lang Lang, code string, params map[string]any) string {
	if Has("field." + code) {
		return Text(lang, "field."+code, params)
	}
	return Text(lang, "fault."+code, params)
}

// param prints a parameter. One that is itself a word of the field says so by its own key (a status, an action, a list of
// them), or has a text under "<name>.<value>": the object "duty", the permission "duty.accept". A reporting period says itself (Period).
func param(lang Lang, name string, value any) string {
	switch v := value.(type) {
	case interface{ WordKey() string }:
		return Text(lang, v.WordKey(), nil)
	case interface{ WordKeys() []string }:
		texts := make([]string, len(v.WordKeys()))
		for i, key := range v.WordKeys() {
			texts[i] = Text(lang, key, nil)
		}
		return strings.Join(texts, Text(lang, "list.separator", nil))
	case string:
		if name == "period" {
			return Period(lang, v)
		}
		if v != "" && Has(name+"."+v) {
			return Text(lang, name+"."+v, nil)
		}
		if name == "permission" && Has("action."+v) {
			return Text(lang, "action."+v, nil)
		}
	}
	return fmt.Sprint(value)
}

// Match picks the language for an Accept-Language header or a user's setting; the source language if nothing fits.
func Match(accept string) Lang {
	for _, part := range strings.Split(accept, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch tag = strings.ToLower(tag); {
		case tag == "zh-tw", tag == "zh-hk", tag == "zh-mo", strings.HasPrefix(tag, "zh-hant"):
			return ZhTW
		case strings.HasPrefix(tag, "zh"):
			return ZhCN
		case strings.HasPrefix(tag, "en"):
			return En
		}
	}
	return ZhCN
}
