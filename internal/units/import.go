package units

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/unitlineage"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// ImportReport says what an import did, or would do.
type ImportReport struct {
	DryRun    bool   `json:"dry_run" doc:"Whether nothing was written" example:"false"`
	Lines     int    `json:"lines" doc:"Units in the file" example:"160"`
	Created   int    `json:"created" doc:"New units" example:"158"`
	Updated   int    `json:"updated" doc:"Units that the file changes" example:"2"`
	Unchanged int    `json:"unchanged" doc:"Units that are as in the file" example:"0"`
	SHA256    string `json:"sha256" doc:"Hash of the file"`
}

// Import reads a table of units (XLSX or CSV): lines whose code is known change that unit, the others add one. All lines are
// taken or none; every fault is listed with its line and column. A dry run answers the same and writes nothing.
func (s *Service) Import(ctx context.Context, file []byte, dryRun bool) (ImportReport, error) {
	if _, err := s.gate.May(ctx, access.UnitImport); err != nil {
		return ImportReport{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return ImportReport{}, err
	}
	t, err := readTable(file)
	if err != nil {
		return ImportReport{}, err
	}
	p := &problems{}
	lines := readLines(t, p)
	if len(lines) == 0 && p.total == 0 {
		return ImportReport{}, fault.BadField("body.file", "sheet.empty")
	}
	sum := sha256.Sum256(file)
	report := ImportReport{DryRun: dryRun, Lines: len(lines), SHA256: hex.EncodeToString(sum[:])}
	if dryRun {
		plan, err := s.planImport(ctx, s.store.Read(), actor.AuthorityID, lines, p)
		return plan.count(report), err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (ImportReport, error) {
		found := &problems{fields: slices.Clone(p.fields), total: p.total} // the transaction may run again
		plan, err := s.planImport(ctx, tx.Client(), actor.AuthorityID, lines, found)
		if err != nil {
			return ImportReport{}, err
		}
		report := plan.count(report)
		if err := s.carryOut(ctx, tx, actor.AuthorityID, plan); err != nil {
			return ImportReport{}, err
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: "authority", SubjectID: actor.AuthorityID,
			Action: "import_units", After: report})
		return report, err
	})
}

// importPlan is what an import will write.
type importPlan struct {
	lines     []Line // new units, parents first
	changes   []importChange
	unchanged int
}

type importChange struct {
	row  *ent.Unit
	was  []string // aliases before
	line Line
}

func (p importPlan) count(r ImportReport) ImportReport {
	r.Created, r.Updated, r.Unchanged = len(p.lines), len(p.changes), p.unchanged
	return r
}

// directory is what an authority has before an import.
type directory struct {
	root    *ent.Unit
	byCode  map[string]*ent.Unit
	byID    map[ident.ID]*ent.Unit
	aliases map[ident.ID][]string
}

func readDirectory(ctx context.Context, client *ent.Client, authorityID ident.ID) (directory, error) {
	d := directory{byCode: map[string]*ent.Unit{}, byID: map[ident.ID]*ent.Unit{}}
	rows, err := client.Unit.Query().Where(entunit.AuthorityID(authorityID)).Order(entunit.ByPath()).All(ctx)
	if err != nil {
		return d, fmt.Errorf("read units: %w", err)
	}
	for _, r := range rows {
		d.byCode[r.Code], d.byID[r.ID] = r, r
		if r.ParentID.IsZero() {
			d.root = r
		}
	}
	if d.root == nil {
		return d, fault.Missing("authority")
	}
	d.aliases, err = aliasesIn(ctx, client.UnitAlias, authorityID)
	return d, err
}

// planImport compares the lines with what is there.
func (s *Service) planImport(ctx context.Context, client *ent.Client, authorityID ident.ID, lines []sheetLine, p *problems) (importPlan, error) {
	d, err := readDirectory(ctx, client, authorityID)
	if err != nil {
		return importPlan{}, err
	}
	byCode := make(map[string]*sheetLine, len(lines))
	for i := range lines {
		l := &lines[i]
		if twin, twice := byCode[l.Code]; twice && l.Code != "" {
			p.add(l.row, l.at[colCode], "sheet.twice", fault.Params{"value": l.Code, "line": twin.row + 1})
			continue
		}
		byCode[l.Code] = l
	}
	checkSiblings(d, lines, p)
	var plan importPlan
	for _, l := range sortLines(lines, byCode, d, p) {
		row, exists := d.byCode[l.Code]
		switch {
		case !exists:
			plan.lines = append(plan.lines, d.plant(l))
		case d.fits(row, l, p):
			plan.unchanged++
		default:
			plan.changes = append(plan.changes, importChange{row: row, was: d.aliases[row.ID], line: l.Line})
		}
	}
	return plan, p.err()
}

// plant fills in the parent of a new line: the root when it names none.
func (d directory) plant(l *sheetLine) Line {
	line := l.Line
	parent := d.byCode[l.parent]
	if l.parent == "" {
		parent = d.root
	}
	if parent != nil {
		line.ParentID, line.ParentPath = parent.ID, parent.Path
	}
	line.ParentCode = l.parent
	return line
}

// fits reports whether a unit is as its line says. Another place or end is a problem: moving and closing are acts of their own.
func (d directory) fits(row *ent.Unit, l *sheetLine, p *problems) bool {
	if parent := d.byID[row.ParentID]; parent != nil && l.parent != parent.Code && !(l.parent == "" && parent == d.root) {
		p.add(l.row, l.at[colParent], "sheet.moved", fault.Params{"value": parent.Code})
	}
	if l.ValidTo != row.ValidTo {
		p.add(l.row, l.at[colValidTo], "sheet.ended", nil)
	}
	from := l.ValidFrom
	if from.IsZero() {
		from = always
	}
	return row.Name == l.Name && row.Kind == l.Kind && row.Sort == l.Sort && row.ValidFrom == from && slices.Equal(d.aliases[row.ID], l.Aliases)
}

// checkSiblings refuses two units of one name below one parent.
func checkSiblings(d directory, lines []sheetLine, p *problems) {
	type place struct{ parent, name string }
	have := map[place]string{}
	for _, r := range d.byID {
		if parent := d.byID[r.ParentID]; parent != nil && r.ValidTo.IsZero() {
			have[place{parent.Code, r.Name}] = r.Code
		}
	}
	for _, l := range lines {
		at := place{l.parent, l.Name}
		if l.parent == "" {
			at.parent = d.root.Code
		}
		if code, taken := have[at]; taken && code != l.Code && l.Name != "" {
			p.add(l.row, l.at[colName], "sheet.name_taken", fault.Params{"value": l.Name})
			continue
		}
		have[at] = l.Code
	}
}

// sortLines puts parents before their children; an unknown parent or a circle is a problem.
func sortLines(lines []sheetLine, byCode map[string]*sheetLine, d directory, p *problems) []*sheetLine {
	const open, done = 1, 2
	state := make(map[*sheetLine]int, len(lines))
	sorted := make([]*sheetLine, 0, len(lines))
	for i := range lines {
		var chain []*sheetLine
		for l := &lines[i]; l != nil && state[l] != done; l = byCode[l.parent] {
			if state[l] == open {
				p.add(l.row, l.at[colParent], "sheet.circle", fault.Params{"value": l.parent})
				break
			}
			state[l] = open
			chain = append(chain, l)
			if l.parent == "" {
				break
			}
			if byCode[l.parent] == nil && d.byCode[l.parent] == nil {
				p.add(l.row, l.at[colParent], "sheet.parent", fault.Params{"value": l.parent})
			}
		}
		for _, l := range slices.Backward(chain) {
			state[l] = done
			sorted = append(sorted, l)
		}
	}
	return sorted
}

// carryOut writes a plan.
func (s *Service) carryOut(ctx context.Context, tx *ent.Tx, authorityID ident.ID, plan importPlan) error {
	if _, err := s.Load(ctx, tx, authorityID, plan.lines); err != nil {
		return err
	}
	today, err := s.today(ctx, tx.Client(), authorityID)
	if err != nil {
		return err
	}
	for _, c := range plan.changes {
		if err := s.carryChange(ctx, tx, c, today); err != nil {
			return err
		}
	}
	return nil
}

// carryChange brings one unit to what its line says; a new name goes into its lineage.
func (s *Service) carryChange(ctx context.Context, tx *ent.Tx, c importChange, today workday.Date) error {
	if c.line.ValidFrom.IsZero() {
		c.line.ValidFrom = always
	}
	if c.row.Name != c.line.Name {
		if err := s.lineage(ctx, tx, c.row, unitlineage.KindRename, ident.ID{}, c.line.Name, today, ""); err != nil {
			return err
		}
	}
	n, err := tx.Unit.Update().Where(entunit.ID(c.row.ID), entunit.Version(c.row.Version)).AddVersion(1).SetName(c.line.Name).SetKind(c.line.Kind).
		SetSort(c.line.Sort).SetValidFrom(c.line.ValidFrom).Save(ctx)
	if err := saved(n, err); err != nil {
		return err
	}
	if err := s.setAliases(ctx, tx, c.row, c.line.Aliases); err != nil {
		return err
	}
	fields := func(name string, r Line) map[string]any {
		return map[string]any{"name": name, "kind": r.Kind, "sort": r.Sort, "aliases": r.Aliases, "valid_from": r.ValidFrom}
	}
	before := Line{Kind: c.row.Kind, Sort: c.row.Sort, Aliases: c.was, ValidFrom: c.row.ValidFrom}
	_, err = s.log.Append(ctx, tx, entry(c.row, "update", fields(c.row.Name, before), fields(c.line.Name, c.line), ""))
	return err
}
