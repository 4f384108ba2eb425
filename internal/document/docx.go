package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/duban-gov/duban/internal/clause"
)

// ReadDOCX reads the body of a Word file: paragraphs with the numbers that Word makes, tables with merged cells, inserted text,
// content controls, hyperlinks and text boxes; deleted text, field codes and fallback copies are left out. Faults:
// document.broken, .doctype, .macro, .encrypted, .bomb, .too_large, .too_many_parts, .too_many_cells, .too_deep, .not_docx, .empty.
func ReadDOCX(name string, r io.ReaderAt, size int64) (clause.Source, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return clause.Source{}, err
	}
	return a.docx(name)
}

func (a *archive) docx(name string) (clause.Source, error) {
	main, err := a.mainPart()
	if err != nil {
		return clause.Source{}, err
	}
	body, err := a.read(main)
	if err != nil {
		return clause.Source{}, err
	}
	if body == nil {
		return clause.Source{}, bad("not_docx")
	}
	dir := main[:strings.LastIndexByte(main, '/')+1]
	lists, err := a.read(dir + "numbering.xml")
	if err != nil {
		return clause.Source{}, err
	}
	styles, err := a.read(dir + "styles.xml")
	if err != nil {
		return clause.Source{}, err
	}
	nums, err := readNumbering(lists)
	if err != nil {
		return clause.Source{}, err
	}
	if err := nums.readStyles(styles); err != nil {
		return clause.Source{}, err
	}
	w := &wordReader{t: newTokens(body), nums: nums}
	if err := w.body(); err != nil {
		return clause.Source{}, err
	}
	if w.out.Empty() {
		return clause.Source{}, bad("empty")
	}
	return w.out.Source(name, "docx"), nil
}

// mainPart is the path of the document's body: what the package's relationships name, else word/document.xml.
func (a *archive) mainPart() (string, error) {
	if types, err := a.read("[Content_Types].xml"); err != nil {
		return "", err
	} else if strings.Contains(string(types), "macroEnabled") {
		return "", unsupported("macro")
	}
	rels, err := a.read("_rels/.rels")
	if err != nil || rels == nil {
		return "word/document.xml", err
	}
	t := newTokens(rels)
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return "word/document.xml", nil
		}
		if err != nil {
			return "", err
		}
		e, ok := tok.(xml.StartElement)
		if ok && e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			target := strings.TrimPrefix(attr(e, "Target"), "/")
			if a.parts[strings.ToLower(target)] != nil {
				return target, nil
			}
		}
	}
}

// readStyles reads which paragraph styles carry a list or a heading level.
func (n *numberings) readStyles(raw []byte) error {
	if raw == nil {
		return nil
	}
	t := newTokens(raw)
	id, cur := "", styleNumber{}
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			n.inheritStyles()
			return nil
		}
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "style":
				id, cur = attr(e, "styleId"), styleNumber{level: -1}
			case "basedOn":
				cur.basedOn = attr(e, "val")
			case "outlineLvl":
				if l := atoi(attr(e, "val")); l < 9 {
					cur.outline = l + 1
				}
			case "numId":
				cur.numID = attr(e, "val")
			case "ilvl":
				cur.level = atoi(attr(e, "val"))
			case "name":
				if strings.EqualFold(attr(e, "val"), "title") {
					cur.outline = 1
				}
			}
		case xml.EndElement:
			if e.Name.Local == "style" && id != "" {
				n.heading[id] = cur
			}
		}
	}
}

// inheritStyles fills in what a style takes from the one it is based on.
func (n *numberings) inheritStyles() {
	for id, s := range n.heading {
		for up, hops := s.basedOn, 0; up != "" && hops < 16; hops++ {
			base, ok := n.heading[up]
			if !ok {
				break
			}
			if s.numID == "" {
				s.numID = base.numID
			}
			if s.level < 0 {
				s.level = base.level
			}
			if s.outline == 0 {
				s.outline = base.outline
			}
			up = base.basedOn
		}
		n.heading[id] = s
	}
}
