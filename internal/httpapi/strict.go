package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/fault"
)

// uploadLimit is the largest multipart body; one file may be at most what its operation says.
const uploadLimit = 64 << 20

func itoa(n int) string { return strconv.Itoa(n) }

// strict refuses what a lenient reader would let through: other media types, doubled keys, twins that differ in case, hidden
// characters, and bodies over the limit (also multipart ones, whose limit huma does not hold).
func (a *API) strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, values := range r.URL.Query() {
			for _, value := range values {
				if bad(value) {
					a.write(w, r.Context(), fault.BadField("query", "hidden_character"))
					return
				}
			}
		}
		if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Body == nil || r.ContentLength == 0 {
			next.ServeHTTP(w, a.remember(r, nil))
			return
		}
		media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		switch {
		case err == nil && media == "multipart/form-data":
			a.upload(next, w, r)
		case err == nil && media == "application/json":
			a.document(next, w, r)
		default:
			a.write(w, r.Context(), fault.New(fault.Unsupported, "input.media_type").With("expected", "application/json"))
		}
	})
}

func (a *API) document(next http.Handler, w http.ResponseWriter, r *http.Request) {
	body, err := readAll(w, r, defaultBody)
	if err == nil {
		err = checkJSON(body)
	}
	if err != nil {
		a.write(w, r.Context(), err)
		return
	}
	r = a.remember(r, body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	next.ServeHTTP(w, r)
}

// upload reads the whole form into memory up to the limit, so that a repeated upload is recognised by its bytes.
func (a *API) upload(next http.Handler, w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > uploadLimit {
		a.write(w, r.Context(), fault.New(fault.TooLarge, "input.too_large").With("limit", uploadLimit))
		return
	}
	body, err := readAll(w, r, uploadLimit)
	if err != nil {
		a.write(w, r.Context(), err)
		return
	}
	_, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err := checkForm(body, params["boundary"]); err != nil {
		a.write(w, r.Context(), err)
		return
	}
	r = a.remember(r, bytes.ReplaceAll(body, []byte(params["boundary"]), nil)) // a client makes a new boundary each time
	r.Body = io.NopCloser(bytes.NewReader(body))
	next.ServeHTTP(w, r)
}

// maxText is the largest text field of a form, in bytes.
const maxText = 64 << 10

// checkForm walks the parts of a form as checkJSON walks a document: hidden characters stand neither in texts nor in the names
// of fields and files, and no field is doubled. What the files hold is the business of whoever reads them.
func checkForm(body []byte, boundary string) error {
	form := multipart.NewReader(bytes.NewReader(body), boundary)
	seen := make(map[string]bool)
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.BadField("body", "malformed").Because(err)
		}
		name := part.FormName()
		where := "body." + name
		switch {
		case name == "" || bad(name):
			return fault.BadField("body", "malformed")
		case seen[name]:
			return fault.BadField(where, "doubled")
		case bad(part.FileName()):
			return fault.BadField(where, "hidden_character")
		}
		seen[name] = true
		if part.FileName() != "" {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, maxText+1))
		if err != nil || len(text) > maxText || !utf8.Valid(text) {
			return fault.BadField(where, "malformed").Because(err)
		}
		if bad(string(text)) {
			return fault.BadField(where, "hidden_character")
		}
	}
}

const maxDepth = 32

// checkJSON walks the tokens of one JSON document.
func checkJSON(body []byte) error {
	if !utf8.Valid(body) {
		return fault.BadField("body", "utf8")
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	if err := checkValue(dec, "body", 0); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fault.BadField("body", "malformed")
	}
	return nil
}

func checkValue(dec *json.Decoder, where string, depth int) error {
	token, err := dec.Token()
	if err != nil || depth > maxDepth {
		return fault.BadField(where, "malformed")
	}
	switch t := token.(type) {
	case string:
		if bad(t) {
			return fault.BadField(where, "hidden_character")
		}
	case json.Delim:
		if t == '{' {
			return checkObject(dec, where, depth)
		}
		for i := 0; dec.More(); i++ {
			if err := checkValue(dec, where+"["+strconv.Itoa(i)+"]", depth+1); err != nil {
				return err
			}
		}
		_, err = dec.Token()
	}
	if err != nil {
		return fault.BadField(where, "malformed")
	}
	return nil
}

func checkObject(dec *json.Decoder, where string, depth int) error {
	seen := make(map[string]bool)
	for dec.More() {
		token, err := dec.Token()
		key, ok := token.(string)
		if err != nil || !ok {
			return fault.BadField(where, "malformed")
		}
		folded := strings.ToLower(strings.Map(unicode.SimpleFold, strings.Map(unicode.SimpleFold, key)))
		if seen[folded] || bad(key) {
			return fault.BadField(where+"."+key, "doubled")
		}
		seen[folded] = true
		if err := checkValue(dec, where+"."+key, depth+1); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return fault.BadField(where, "malformed")
	}
	return nil
}

// bad reports characters that no office text holds and that hide or reorder others: controls other than tab and line ends,
// bidirectional overrides and isolates, and the replacement character of broken input.
func bad(s string) bool {
	for _, r := range s {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
		case unicode.IsControl(r), r == utf8.RuneError, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0xfeff:
			return true
		}
	}
	return false
}
