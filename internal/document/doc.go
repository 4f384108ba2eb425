// Package document reads official files (Word, Excel, text, Markdown) into the sources that package clause parses. What a file is
// is told by its content, never by its name. Every reader is bounded in time and memory, takes nothing from outside the file, and
// answers a hostile or broken one with a named fault.
package document

import "github.com/duban-gov/duban/internal/fault"

// Limits of what is read. They hold for every format.
const (
	MaxFile    = 64 << 20  // bytes of a file
	MaxUnzip   = 256 << 20 // bytes of all parts of a zip that are read
	MaxPart    = 96 << 20  // bytes of one part
	MaxEntries = 4096      // parts of a zip
	MaxCells   = 200_000   // cells of all tables
	MaxText    = 1 << 20   // bytes of text that a source may hold: some 350,000 characters, read in under 5 s
	MaxDepth   = 256       // nesting of XML elements
)

func bad(code string) *fault.Error { return fault.New(fault.Invalid, "document."+code) }

func tooLarge(code string, limit int) *fault.Error {
	return fault.New(fault.TooLarge, "document."+code).With("limit", limit)
}

func unsupported(code string) *fault.Error { return fault.New(fault.Unsupported, "document."+code) }
