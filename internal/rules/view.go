package rules

import (
	"context"
	"fmt"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/ruleversion"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// RuleVersion is a version of a rule file that the authority proposed.
type RuleVersion struct {
	ID             ident.ID               `json:"id" doc:"Id of the version"`
	RuleSet        string                 `json:"rule_set" doc:"Rule set" example:"duty.default"`
	RuleVersion    int                    `json:"rule_version" doc:"Its version" example:"2"`
	Subject        ladder.Subject         `json:"subject" enum:"duty,acceptance,notice,objection" doc:"Kind of object that the ladder is for" example:"duty"`
	Status         ladder.VersionStatus   `json:"status" enum:"proposed,approved,rejected" doc:"State" example:"proposed"`
	AppliesFrom    workday.Date           `json:"applies_from" doc:"First day on which it is in force once approved" example:"2017-10-01"`
	Note           string                 `json:"note,omitempty" doc:"Why it was proposed"`
	SHA256         string                 `json:"sha256" doc:"Digest of the text"`
	Content        string                 `json:"content,omitempty" doc:"The rule file; given where one version is asked for"`
	ProposedByID   ident.ID               `json:"proposed_by_id" doc:"Who proposed it"`
	ProposedByName string                 `json:"proposed_by_name" doc:"Name of who proposed it" example:"吴桐"`
	ProposedAt     time.Time              `json:"proposed_at" doc:"Instant of the proposal"`
	DecidedByID    ident.ID               `json:"decided_by_id,omitzero" doc:"Who decided, never who proposed"`
	DecidedByName  string                 `json:"decided_by_name,omitempty" doc:"Name of who decided" example:"周岚"`
	DecidedAt      time.Time              `json:"decided_at,omitzero" doc:"Instant of the decision"`
	Decision       string                 `json:"decision,omitempty" doc:"What was said with the decision"`
	Version        int                    `json:"version" doc:"Counts the changes" example:"1"`
	AllowedActions []access.AllowedAction `json:"allowed_actions" doc:"What the caller may do with it now, and if not, why"`
}

// RuleVersionPage is a page of versions.
type RuleVersionPage struct {
	Items []RuleVersion `json:"items" doc:"Versions, newest first"`
	Next  string        `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// RuleInForce is a rule set in force, or one that has its day still to come.
type RuleInForce struct {
	Subject     ladder.Subject `json:"subject" enum:"duty,acceptance,notice,objection" doc:"Kind of object" example:"duty"`
	RuleSet     string         `json:"rule_set" doc:"Rule set" example:"duty.default"`
	RuleVersion int            `json:"rule_version" doc:"Its version" example:"1"`
	From        workday.Date   `json:"from,omitzero" doc:"First day; missing for the file as shipped" example:"2017-10-01"`
	Until       workday.Date   `json:"until,omitzero" doc:"Last day, where another version follows" example:"2017-12-31"`
	Now         bool           `json:"now" doc:"Whether it is in force today"`
	Lights      int            `json:"lights" doc:"Light rules" example:"5"`
	Steps       int            `json:"steps" doc:"Steps" example:"6"`
}

// RuleOffer is a rule file as shipped.
type RuleOffer struct {
	Name        string         `json:"name" doc:"File" example:"offer-duty-trajectory.yaml"`
	Subject     ladder.Subject `json:"subject" enum:"duty,acceptance,notice,objection" doc:"Kind of object" example:"duty"`
	RuleSet     string         `json:"rule_set" doc:"Rule set" example:"duty.trajectory"`
	RuleVersion int            `json:"rule_version" doc:"Its version" example:"1"`
	Default     bool           `json:"default" doc:"Whether it is in force where the authority has no version of its own"`
	Content     string         `json:"content" doc:"The file, to start a version of one's own from"`
}

// RuleBook is what is in force, and what is shipped.
type RuleBook struct {
	InForce []RuleInForce `json:"in_force" doc:"For each kind of object the versions in the order of their days"`
	Shipped []RuleOffer   `json:"shipped" doc:"Rule files as shipped"`
}

// Book tells which rules are in force.
func (s *Service) Book(ctx context.Context) (RuleBook, error) {
	book := RuleBook{InForce: []RuleInForce{}, Shipped: []RuleOffer{}}
	if _, err := s.gate.May(ctx, access.RuleRead); err != nil {
		return book, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return book, err
	}
	today := s.watches.Today()
	for _, of := range ladder.Subject("").Values() {
		line := s.watches.Line(actor.AuthorityID, ladder.Subject(of))
		now := line.On(today)
		for i := range line {
			set := &line[i].Set
			entry := RuleInForce{Subject: set.Subject, RuleSet: set.ID, RuleVersion: set.Version, From: line[i].From, Now: set == now,
				Lights: len(set.Lights), Steps: len(set.Steps)}
			if i+1 < len(line) {
				entry.Until = line[i+1].From.AddDays(-1)
			}
			book.InForce = append(book.InForce, entry)
		}
	}
	for _, f := range s.shipped {
		book.Shipped = append(book.Shipped, RuleOffer{Name: f.name, Subject: f.set.Subject, RuleSet: f.set.ID, RuleVersion: f.set.Version, Default: f.inUse, Content: f.text})
	}
	return book, nil
}

// Get shows one version with its text.
func (s *Service) Get(ctx context.Context, id ident.ID) (RuleVersion, error) {
	reach, err := s.gate.May(ctx, access.RuleRead)
	if err != nil {
		return RuleVersion{}, err
	}
	row, err := s.find(ctx, s.store.Read(), id, reach)
	if err != nil {
		return RuleVersion{}, err
	}
	return s.view(ctx, s.store.Read(), row)
}

const (
	defaultPage = 50
	maxPage     = 200
)

// List lists the versions that were proposed, newest first.
func (s *Service) List(ctx context.Context, after string, limit int) (RuleVersionPage, error) {
	page := RuleVersionPage{Items: []RuleVersion{}}
	reach, err := s.gate.May(ctx, access.RuleRead)
	if err != nil {
		return page, err
	}
	if limit <= 0 {
		limit = defaultPage
	}
	limit = min(limit, maxPage)
	query := s.store.Read().RuleVersion.Query().Where(predicate.RuleVersion(reach.Predicate(columns)))
	if after != "" {
		before, err := ident.Parse(after)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(ruleversion.IDLT(before))
	}
	rows, err := query.Order(ruleversion.ByID(entsql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list rule versions: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for _, row := range rows {
		v, err := s.view(ctx, s.store.Read(), row)
		if err != nil {
			return page, err
		}
		v.Content = ""
		page.Items = append(page.Items, v)
	}
	return page, nil
}

// view is a version as the caller sees it.
func (s *Service) view(ctx context.Context, client *ent.Client, row *ent.RuleVersion) (RuleVersion, error) {
	v := RuleVersion{ID: row.ID, RuleSet: row.RuleSet, RuleVersion: row.RuleVersion, Subject: row.Subject, Status: row.Status, AppliesFrom: row.AppliesFrom,
		Note: row.Note, SHA256: row.Sha256, Content: row.Content, ProposedByID: row.ProposedByID, ProposedAt: row.ProposedAt.UTC(),
		DecidedByID: row.DecidedByID, DecidedAt: row.DecidedAt.UTC(), Decision: row.Decision, Version: row.Version}
	for id, name := range map[ident.ID]*string{row.ProposedByID: &v.ProposedByName, row.DecidedByID: &v.DecidedByName} {
		if id.IsZero() {
			continue
		}
		person, err := client.User.Get(ctx, id)
		if err != nil && !ent.IsNotFound(err) {
			return v, fmt.Errorf("name who acted on rule version: %w", err)
		}
		if err == nil {
			*name = person.Name
		}
	}
	actor, err := access.From(ctx)
	if err != nil {
		return v, err
	}
	v.AllowedActions = s.gate.Actions(ctx, factsOf(row), ladder.VersionTable.Allowed(tr.Facts[ladder.VersionStatus]{Status: row.Status, Relations: relations(actor, row)}))
	return v, nil
}

func factsOf(row *ent.RuleVersion) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, OwnerID: row.ProposedByID}
}

// relations is how the actor stands to the version: who proposed it does not decide on it.
func relations(actor access.Actor, row *ent.RuleVersion) tr.Relation {
	return tr.Author.If(!actor.ID.IsZero() && actor.ID == row.ProposedByID)
}
