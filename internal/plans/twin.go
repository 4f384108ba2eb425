package plans

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/assignment"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
)

// twin is a node that another plan asks of the same unit as well.
type twin struct {
	task   *ent.Task
	planID ident.ID
	plan   string
}

// ask is one thing asked of one unit or roster.
type ask struct {
	body ident.ID
	what string
}

// sameAsks finds nodes that an issued plan asks of the same unit or roster: under the same title but for years, marks and the
// opening verb, or with a figure for the same metric.
func (s *Service) sameAsks(ctx context.Context, client *ent.Client, sh *sheet) ([]twin, error) {
	others, err := client.Plan.Query().Where(entplan.AuthorityID(sh.plan.AuthorityID), entplan.IDNEQ(sh.plan.ID), entplan.StatusEQ(plan.Issued)).All(ctx)
	if err != nil || len(others) == 0 {
		return nil, err
	}
	mine := map[ask]*ent.Task{}
	for _, t := range sh.Tasks {
		for _, what := range asksOf(t) {
			for _, a := range sh.assigned[t.ID] {
				if key := (ask{bodyOf(a), what}); resolved(a) && mine[key] == nil {
					mine[key] = t
				}
			}
		}
	}
	var found []twin
	for _, other := range others {
		theirs, err := askedBy(ctx, client, other.ID)
		if err != nil {
			return nil, err
		}
		seen := map[ident.ID]bool{}
		for _, key := range theirs {
			if t := mine[key]; t != nil && !seen[t.ID] {
				seen[t.ID] = true
				found = append(found, twin{t, other.ID, other.Title})
			}
		}
	}
	return found, nil
}

// askedBy lists what a plan asks of whom, in document order.
func askedBy(ctx context.Context, client *ent.Client, planID ident.ID) ([]ask, error) {
	tasks, err := client.Task.Query().Where(task.PlanID(planID)).Order(task.ByPath()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read nodes of another plan: %w", err)
	}
	rows, err := client.Assignment.Query().Where(assignment.PlanID(planID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read bodies of another plan: %w", err)
	}
	bodies := map[ident.ID][]ident.ID{}
	for _, a := range rows {
		if resolved(a) {
			bodies[a.TaskID] = append(bodies[a.TaskID], bodyOf(a))
		}
	}
	var all []ask
	for _, t := range tasks {
		for _, what := range asksOf(t) {
			for _, body := range bodies[t.ID] {
				all = append(all, ask{body, what})
			}
		}
	}
	return all, nil
}

// bodyOf is the unit or roster that an assignment means.
func bodyOf(a *ent.Assignment) ident.ID {
	if !a.UnitID.IsZero() {
		return a.UnitID
	}
	return a.RosterID
}

// asksOf is what a node asks, made even for comparing: its title, and the metric and unit of each figure.
func asksOf(t *ent.Task) []string {
	var out []string
	add := func(kind, text string) {
		if text = evenAsk(text); len([]rune(text)) >= minAsk && !slices.Contains(out, kind+text) {
			out = append(out, kind+text)
		}
	}
	add("title ", t.Title)
	var targets []TaskTarget
	decode(t.Targets, &targets)
	for _, target := range targets {
		add("metric "+target.Unit+" ", target.Metric)
	}
	return out
}

// minAsk is the shortest wording, in characters, that tells one thing from others (培训 does not).
const minAsk = 4

var (
	askNoise = regexp.MustCompile(`[0-9〇]+年?度?|今年|本年度?|全年|[\p{P}\p{S}\s]|[的了等]`)
	askVerbs = regexp.MustCompile(`^(?:进一步|继续|持续|全面|深入|切实|大力|积极|扎实|认真|有序|稳步|加快|加强|推进|推动|做好|抓好|开展|组织|完善|落实|实施|深化|强化)+`)
)

// evenAsk leaves out what does not change the thing asked: years, marks and the verbs that open a title.
func evenAsk(s string) string {
	s = askNoise.ReplaceAllString(strings.ToLower(s), "")
	if rest := askVerbs.ReplaceAllString(s, ""); len([]rune(rest)) >= minAsk {
		return rest
	}
	return s
}
