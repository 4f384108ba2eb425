package messages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/words"
)

// text is what a message says in a language: the line of its subject and its body.
type text struct{ title, body string }

func textOf(lang words.Lang, row *ent.Message) (text, error) {
	params, err := paramsOf(row)
	if err != nil {
		return text{}, err
	}
	key := "message." + row.Template
	for name, value := range params {
		if word, ok := value.(string); ok && words.Has(name+"."+word) {
			params[name] = words.Text(lang, name+"."+word, nil)
		}
	}
	t := text{title: oneLine(words.Text(lang, key, params))}
	t.body = t.title
	if words.Has(key + ".body") {
		t.body = words.Text(lang, key+".body", params)
	}
	return t, nil
}

// paramsOf reads the parameters; numbers keep the digits they were written with.
func paramsOf(row *ent.Message) (map[string]any, error) {
	params := map[string]any{}
	if len(row.Params) == 0 {
		return params, nil
	}
	d := json.NewDecoder(bytes.NewReader(row.Params))
	d.UseNumber()
	if err := d.Decode(&params); err != nil {
		return nil, fmt.Errorf("read parameters of message %s: %w", row.ID, err)
	}
	if params == nil { // the parameters were null
		params = map[string]any{}
	}
	return params, nil
}

// oneLine keeps a parameter from adding lines to the head of a mail.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// maxDigestLines bounds the body of a digest; what is more is counted.
const maxDigestLines = 100

// digestOf is the common text of many messages to one person.
func digestOf(lang words.Lang, rows []*ent.Message) (text, error) {
	if len(rows) == 1 {
		return textOf(lang, rows[0])
	}
	lines := []string{words.Text(lang, "message.digest.body", map[string]any{"n": len(rows)}), ""}
	for i, row := range rows {
		if i == maxDigestLines {
			lines = append(lines, words.Text(lang, "message.digest.more", map[string]any{"n": len(rows) - i}))
			break
		}
		t, err := textOf(lang, row)
		if err != nil {
			return text{}, err
		}
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, t.title))
	}
	return text{title: words.Text(lang, "message.digest", map[string]any{"n": len(rows)}), body: strings.Join(lines, "\n")}, nil
}
