package words

import (
	"regexp"
	"slices"
	"testing"
)

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

func parameters(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return names
}

func TestLanguages(t *testing.T) {
	source := Keys(ZhCN)
	for _, lang := range Langs[1:] {
		t.Run(string(lang)+"_has_the_same_keys_with_the_same_parameters", func(t *testing.T) {
			keys := Keys(lang)
			for _, key := range source {
				if !slices.Contains(keys, key) {
					t.Errorf("%s is missing", key)
					continue
				}
				if want, have := parameters(Raw(ZhCN, key)), parameters(Raw(lang, key)); !slices.Equal(want, have) {
					t.Errorf("%s has parameters %v, the source %v", key, have, want)
				}
			}
			for _, key := range keys {
				if !slices.Contains(source, key) {
					t.Errorf("%s stands only in %s", key, lang)
				}
			}
		})
	}
}

func TestText(t *testing.T) {
	for name, c := range map[string]struct {
		lang   Lang
		key    string
		params map[string]any
		want   string
	}{
		"parameters_are_filled":             {En, "field.minimum", map[string]any{"value": 3}, "Must be at least 3"},
		"unknown_language_reads_the_source": {"fr", "field.required", nil, "必填"},
		"unknown_key_shows_itself":          {En, "no.such.key", nil, "no.such.key"},
		"a_parameter_is_not_expanded_again": {En, "field.minimum", map[string]any{"value": "{value}"}, "Must be at least {value}"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Text(c.lang, c.key, c.params); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMatch(t *testing.T) {
	for header, want := range map[string]Lang{
		"": ZhCN, "zh-CN,zh;q=0.9": ZhCN, "zh-TW": ZhTW, "zh-Hant-HK,en;q=0.5": ZhTW, "en-GB,en": En, "fr,en;q=0.3": En, "fr": ZhCN,
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%q) = %s, want %s", header, got, want)
		}
	}
}
