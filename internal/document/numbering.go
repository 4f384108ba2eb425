package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// level is one level of a Word list: how its number looks.
type level struct {
	format string // w:numFmt
	text   string // w:lvlText: "%1、", "（%2）", "%1.%2"
	start  int
}

// numberings knows the lists of a document and counts as Word would.
type numberings struct {
	abstract map[string]map[int]level // abstractNumId → levels
	nums     map[string]string        // numId → abstractNumId
	override map[string]map[int]level // numId → levels of its own
	counts   map[string]map[int]int   // abstractNumId → counters
	started  map[string]map[int]bool  // numId → start overrides used
	heading  map[string]styleNumber   // paragraph style → its list
}

type styleNumber struct {
	numID   string
	level   int
	outline int // heading level, 0 for none
	basedOn string
}

// readNumbering reads word/numbering.xml; an absent part is an empty set of lists.
func readNumbering(raw []byte) (*numberings, error) {
	n := &numberings{map[string]map[int]level{}, map[string]string{}, map[string]map[int]level{}, map[string]map[int]int{}, map[string]map[int]bool{}, map[string]styleNumber{}}
	if raw == nil {
		return n, nil
	}
	t := newTokens(raw)
	var abstract, num string
	lvl, inLevel, inOverride := 0, false, false
	cur := level{}
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "abstractNum":
				abstract, num = attr(e, "abstractNumId"), ""
				n.abstract[abstract] = map[int]level{}
			case "num":
				num, abstract = attr(e, "numId"), ""
			case "abstractNumId":
				n.nums[num] = attr(e, "val")
			case "lvlOverride":
				lvl, inOverride = atoi(attr(e, "ilvl")), true
			case "startOverride":
				if n.override[num] == nil {
					n.override[num] = map[int]level{}
				}
				n.override[num][lvl] = level{start: atoi(attr(e, "val"))}
			case "lvl":
				lvl, inLevel, cur = atoi(attr(e, "ilvl")), true, level{start: 1, format: "decimal"}
			case "start":
				cur.start = atoi(attr(e, "val"))
			case "numFmt":
				cur.format = attr(e, "val")
			case "lvlText":
				cur.text = attr(e, "val")
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "lvl":
				if inLevel && !inOverride && abstract != "" && lvl >= 0 && lvl < 9 {
					n.abstract[abstract][lvl] = cur
				} else if inOverride && num != "" {
					if n.override[num] == nil {
						n.override[num] = map[int]level{}
					}
					n.override[num][lvl] = cur
				}
				inLevel = false
			case "lvlOverride":
				inOverride = false
			}
		}
	}
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < -1e6 || n > 1e6 {
		return 0
	}
	return n
}

// label is the text of the next number of a list at a level; "" for none (bullets give their mark).
func (n *numberings) label(numID string, lvl int) string {
	abstract, ok := n.nums[numID]
	if !ok || numID == "0" || lvl < 0 || lvl > 8 {
		return ""
	}
	def := n.levelOf(numID, abstract, lvl)
	if def.text == "" {
		return ""
	}
	if n.counts[abstract] == nil {
		n.counts[abstract] = map[int]int{}
	}
	counts := n.counts[abstract]
	if o, has := n.override[numID][lvl]; has && !n.started[numID][lvl] {
		if n.started[numID] == nil {
			n.started[numID] = map[int]bool{}
		}
		n.started[numID][lvl] = true
		counts[lvl] = o.start - 1
	} else if _, seen := counts[lvl]; !seen {
		counts[lvl] = def.start - 1
	}
	counts[lvl]++
	for deeper := lvl + 1; deeper < 9; deeper++ {
		delete(counts, deeper)
	}
	if def.format == "bullet" {
		return "•"
	}
	text := def.text
	for k := 0; k <= lvl; k++ {
		d := n.levelOf(numID, abstract, k)
		value, seen := counts[k]
		if !seen {
			value = d.start
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(k+1), formatNumber(d.format, value))
	}
	return text
}

func (n *numberings) levelOf(numID, abstract string, lvl int) level {
	def := n.abstract[abstract][lvl]
	if o, has := n.override[numID][lvl]; has && o.text != "" {
		return o
	}
	return def
}

// formatNumber writes a number as a w:numFmt says; formats not known here are written in Arabic digits.
func formatNumber(format string, n int) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified":
		return chineseNumber(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case "lowerLetter":
		if n >= 1 && n <= 26 {
			return string(rune('a' + n - 1))
		}
	case "upperLetter":
		if n >= 1 && n <= 26 {
			return string(rune('A' + n - 1))
		}
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

// chineseNumber writes 1–99 as 一, 十, 十一, 二十一; other numbers in Arabic digits.
func chineseNumber(n int) string {
	digits := []rune("〇一二三四五六七八九")
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return string(digits[n])
	case n < 20:
		if n == 10 {
			return "十"
		}
		return "十" + string(digits[n%10])
	}
	tens := string(digits[n/10]) + "十"
	if n%10 == 0 {
		return tens
	}
	return tens + string(digits[n%10])
}
