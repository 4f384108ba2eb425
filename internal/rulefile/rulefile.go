// Package rulefile reads the rule files that an authority changes (policies/rules): one YAML document each, unknown keys refused.
// What the keys mean is the business of the package that reads them.
package rulefile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"gopkg.in/yaml.v3"

	"github.com/duban-gov/duban/internal/fault"
)

// Rules are the contents of one file; Check lists every fault below the file's name.
type Rules interface {
	Check(file string) []fault.Field
}

// Read reads a file of a directory into rules and checks them. Errors: input.invalid with every fault of the file.
func Read(files fs.FS, dir, name string, into Rules) error {
	raw, err := fs.ReadFile(files, path.Join(dir, name))
	if err != nil {
		return fmt.Errorf("read rules %s: %w", name, err)
	}
	return Parse(name, raw, into)
}

// Parse reads the text of a rule file.
func Parse(file string, raw []byte, into Rules) error {
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return fault.BadFields(fault.Field{Location: file, Code: "rules.syntax", Params: fault.Params{"detail": err.Error()}})
	}
	var more yaml.Node
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		return fault.BadFields(fault.Field{Location: file, Code: "rules.second_document"})
	}
	if faults := into.Check(file); len(faults) > 0 {
		return fault.BadFields(faults...)
	}
	return nil
}

// Wrong is the fault of a value that is not what was expected.
func Wrong(file, place string, value any, expected string) fault.Field {
	return fault.Field{Location: file + " " + place, Code: "rules.wrong_value", Params: fault.Params{"value": fmt.Sprint(value), "expected": expected}}
}

// Twice is the fault of a name that stands twice.
func Twice(file, place, value string) fault.Field {
	return fault.Field{Location: file + " " + place, Code: "rules.twice", Params: fault.Params{"value": value}}
}
