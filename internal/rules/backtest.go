package rules

import (
	"cmp"
	"context"
	"slices"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// TestRuleInput is a candidate rule file and the days on which to try it.
type TestRuleInput struct {
	Content string       `json:"content" maxLength:"65536" doc:"The candidate rule file (YAML)" example:"id: duty.default\nversion: 2\nsubject: duty\n…"`
	From    workday.Date `json:"from" doc:"First day: as if the candidate had been in force from then on" example:"2017-03-16"`
	To      workday.Date `json:"to" doc:"Last day, today at the latest" example:"2017-09-20"`
	Limit   int          `json:"limit,omitempty" minimum:"1" maximum:"1000" doc:"Most differences to list; 200 if missing. The counts are of all" example:"200"`
}

// RuleTest is what would have differed (回测).
type RuleTest struct {
	Subject     ladder.Subject   `json:"subject" enum:"duty,acceptance,notice,objection" doc:"Kind of object" example:"duty"`
	RuleSet     string           `json:"rule_set" doc:"Rule set of the candidate" example:"duty.default"`
	RuleVersion int              `json:"rule_version" doc:"Its version" example:"2"`
	SHA256      string           `json:"sha256" doc:"Digest of the candidate"`
	From        workday.Date     `json:"from" doc:"First day" example:"2017-03-16"`
	To          workday.Date     `json:"to" doc:"Last day" example:"2017-09-20"`
	Objects     int              `json:"objects" doc:"Objects whose clock had begun" example:"2071"`
	Differing   int              `json:"differing" doc:"Objects with any difference" example:"312"`
	Steps       int              `json:"steps" doc:"Steps that differ" example:"620"`
	Lights      int              `json:"lights" doc:"Stretches of days on which the light differs" example:"312"`
	Unexplained int              `json:"unexplained" doc:"Objects whose steps on record are not those that the rules in force give again from their history: for them the answer is doubtful" example:"0"`
	Items       []RuleDifference `json:"items" doc:"Differences in the order of days, then of objects"`
	More        bool             `json:"more" doc:"Whether there are more than were listed"`
}

// RuleDifference is one step or one stretch of days with another light.
type RuleDifference struct {
	On        workday.Date   `json:"on" doc:"Day: of the earlier of the two steps, or the first of the stretch" example:"2017-09-21"`
	Until     workday.Date   `json:"until,omitzero" doc:"Last day of the stretch, of a light" example:"2017-09-24"`
	Subject   ladder.Subject `json:"subject" enum:"duty,notice" doc:"Kind of object" example:"duty"`
	SubjectID ident.ID       `json:"subject_id" doc:"The object"`
	Title     string         `json:"title" doc:"Its title" example:"（一）1 推进高校信息公开"`
	UnitName  string         `json:"unit_name" doc:"Unit that owes it" example:"政策法规处"`
	What      string         `json:"what" enum:"step,light" doc:"Step of the ladder, or light" example:"step"`
	Step      string         `json:"step,omitempty" doc:"Id of the step, with its ladder" example:"duty.remind_7"`
	Old       *RuleEffect    `json:"old,omitempty" doc:"By the rules in force; missing where they do nothing"`
	New       *RuleEffect    `json:"new,omitempty" doc:"By the candidate; missing where it does nothing"`
}

// RuleEffect is what rules make of an object.
type RuleEffect struct {
	On     workday.Date       `json:"on" doc:"Day on which the step is planned, or from which the light holds" example:"2017-09-21"`
	Kind   ladder.StepKind    `json:"kind,omitempty" enum:"remind,due,urge,letter,escalate,criticise" doc:"Kind of step" example:"remind"`
	Colour ladder.Colour      `json:"colour,omitempty" enum:"blue,orange,red" doc:"Colour of a letter" example:"blue"`
	To     []ladder.Recipient `json:"to,omitempty" doc:"Whom the step reaches, by relation"`
	Light  ladder.Light       `json:"light,omitempty" enum:"grey,green,yellow,red,done" doc:"Light" example:"yellow"`
	Rule   string             `json:"rule,omitempty" doc:"Rule that gives the light" example:"duty.default@1:near"`
}

const defaultDifferences = 200

// Test tries a candidate on what is on record: it goes through the life of every object twice, by the rules in force and as if the
// candidate had been in force from a day on, and lists what would have differed. Nothing is written, and the answer depends on
// nothing but the record: asked again, it is the same.
func (s *Service) Test(ctx context.Context, in TestRuleInput) (RuleTest, error) {
	if _, err := s.gate.May(ctx, access.RuleTest); err != nil {
		return RuleTest{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return RuleTest{}, err
	}
	set, err := ladder.Parse(fileName, []byte(in.Content))
	if err != nil {
		return RuleTest{}, err
	}
	if in.From.IsZero() || in.To.IsZero() || in.To.Before(in.From) || in.To.After(s.watches.Today()) {
		return RuleTest{}, fault.BadField("body.to", "rules.period")
	}
	test := RuleTest{Subject: set.Subject, RuleSet: set.ID, RuleVersion: set.Version, SHA256: digest(in.Content), From: in.From, To: in.To, Items: []RuleDifference{}}
	on := set.Subject
	if on == ladder.OnAcceptance {
		on = ladder.OnDuty
	}
	var all []RuleDifference
	err = s.watches.Relive(ctx, actor.AuthorityID, set, in.From, in.To, func(r watches.Relived) error {
		test.Objects++
		found := s.compare(r, on, in.From, in.To)
		if len(found) > 0 {
			test.Differing++
		}
		if !explained(r, in.From, in.To) {
			test.Unexplained++
		}
		all = append(all, found...)
		return nil
	})
	if err != nil {
		return RuleTest{}, err
	}
	return test, s.finish(ctx, &test, all, on, in.Limit)
}

// finish orders the differences, counts them, and names the objects of those that are listed.
func (s *Service) finish(ctx context.Context, test *RuleTest, all []RuleDifference, on ladder.Subject, limit int) error {
	for _, d := range all {
		if d.What == "step" {
			test.Steps++
		} else {
			test.Lights++
		}
	}
	slices.SortStableFunc(all, func(a, b RuleDifference) int {
		return cmp.Or(a.On.Compare(b.On), a.SubjectID.Compare(b.SubjectID), cmp.Compare(a.What, b.What), cmp.Compare(a.Step, b.Step))
	})
	if limit <= 0 {
		limit = defaultDifferences
	}
	if len(all) > limit {
		all, test.More = all[:limit], true
	}
	if len(all) == 0 {
		return nil
	}
	var ids []ident.ID
	for _, d := range all {
		ids = append(ids, d.SubjectID)
	}
	slices.SortFunc(ids, ident.ID.Compare)
	labels, err := s.watches.LabelsOf(ctx, on, slices.Compact(ids))
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Title, all[i].UnitName = labels[all[i].SubjectID].Title, labels[all[i].SubjectID].Unit
	}
	test.Items = all
	return nil
}

type stepKey struct {
	Of       ladder.Subject
	Step     string
	Revision int
}

func keyOf(s watches.LifeStep) stepKey { return stepKey{s.Of, s.Step, s.Revision} }

func within(d, from, to workday.Date) bool { return !d.Before(from) && !d.After(to) }

// explained reports whether the rules in force give the very steps that are on record.
func explained(r watches.Relived, from, to workday.Date) bool {
	open := make(map[stepKey]workday.Date)
	for _, s := range r.Old.Steps {
		if within(s.On, from, to) {
			open[keyOf(s)] = s.On
		}
	}
	for _, s := range r.Recorded {
		if !within(s.On, from, to) {
			continue
		}
		if on, have := open[keyOf(s)]; !have || on != s.On {
			return false
		}
		delete(open, keyOf(s))
	}
	return len(open) == 0
}
