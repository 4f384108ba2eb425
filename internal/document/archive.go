package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// archive is an opened Office file whose parts are read within limits.
type archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// openArchive opens the zip and refuses what no honest Office file has: too many parts, a part named twice, macros.
func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	if size > MaxFile {
		return nil, tooLarge("too_large", MaxFile)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, bad("broken").Because(err)
	}
	if len(z.File) > MaxEntries {
		return nil, tooLarge("too_many_parts", MaxEntries)
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), left: MaxUnzip}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(f.Name, "/"))
		if _, twice := a.parts[name]; twice {
			return nil, bad("broken")
		}
		if strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/activex/") {
			return nil, unsupported("macro")
		}
		if f.Flags&1 != 0 {
			return nil, unsupported("encrypted")
		}
		a.parts[name] = f
	}
	return a, nil
}

// read unpacks a part; nil if there is none.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	limit := min(a.left, MaxPart)
	if f.UncompressedSize64 > uint64(limit) {
		return nil, tooLarge("bomb", MaxPart)
	}
	r, err := f.Open()
	if err != nil {
		return nil, bad("broken").Because(err)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(raw)) > limit {
		return nil, tooLarge("bomb", MaxPart)
	}
	if err != nil {
		return nil, bad("broken").Because(err)
	}
	a.left -= int64(len(raw))
	return raw, nil
}

// tokens reads XML with a bounded depth and without document types, so that no entity can be declared.
type tokens struct {
	dec   *xml.Decoder
	depth int
}

func newTokens(raw []byte) *tokens {
	return &tokens{dec: xml.NewDecoder(bytes.NewReader(raw))}
}

// next is the next token; io.EOF at the end.
func (t *tokens) next() (xml.Token, error) {
	tok, err := t.dec.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, bad("broken").Because(err)
	}
	switch x := tok.(type) {
	case xml.StartElement:
		if t.depth++; t.depth > MaxDepth {
			return nil, bad("too_deep")
		}
	case xml.EndElement:
		t.depth--
	case xml.Directive:
		if strings.HasPrefix(strings.ToUpper(strings.TrimSpace(string(x))), "DOCTYPE") {
			return nil, bad("doctype")
		}
	}
	return tok, nil
}

// skip passes over the element just opened.
func (t *tokens) skip() error {
	for depth := 1; depth > 0; {
		tok, err := t.next()
		if err != nil {
			return notEOF(err)
		}
		switch tok.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// notEOF makes an end in the middle of an element the fault that it is.
func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return bad("broken").Because(io.ErrUnexpectedEOF)
	}
	return err
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
