// Package rules keeps an authority's own versions of the ladders (规则版本): the office proposes a rule file, tries it on what happened,
// and another person approves it; from its day on it is in force, and the past keeps its version. The files as shipped are the first
// version of every ladder; others are shipped as offers to start from.
package rules

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/ruleversion"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Service holds the use cases of rule versions.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	shipped []file
}

// file is a rule file as shipped.
type file struct {
	name  string
	text  string
	set   ladder.RuleSet
	inUse bool // in force where the authority has no version of its own; the others are offers
}

// New returns the service over the files as shipped in a directory: ladder-*.yaml are in force, offer-*.yaml are offers. A file with
// a fault is a fault of the program's build.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, files fs.FS, dir string) (*Service, error) {
	r := &Service{store: s, gate: gate, log: log, watches: w}
	for _, pattern := range []string{"ladder-*.yaml", "offer-*.yaml"} {
		names, err := fs.Glob(files, path.Join(dir, pattern))
		if err != nil {
			return nil, fmt.Errorf("list rule files: %w", err)
		}
		slices.Sort(names)
		for _, name := range names {
			raw, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, fmt.Errorf("read rule file %s: %w", name, err)
			}
			set, err := ladder.Parse(path.Base(name), raw)
			if err != nil {
				return nil, err
			}
			r.shipped = append(r.shipped, file{path.Base(name), string(raw), set, pattern[0] == 'l'})
		}
	}
	return r, nil
}

// subject is how the history calls a rule version.
const subject = "rule"

var columns = access.Columns{Authority: ruleversion.FieldAuthorityID, Owner: ruleversion.FieldProposedByID}

var stale = fault.New(fault.Stale, "stale")

// digest is the SHA-256 of a rule file, by which two people know that they speak of the same text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// find loads a version that the actor may see.
func (s *Service) find(ctx context.Context, client *ent.Client, id ident.ID, reach access.Filter) (*ent.RuleVersion, error) {
	row, err := client.RuleVersion.Query().Where(ruleversion.ID(id), predicate.RuleVersion(reach.Predicate(columns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("rule")
	}
	if err != nil {
		return nil, fmt.Errorf("load rule version: %w", err)
	}
	return row, nil
}
