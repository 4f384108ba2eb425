package plans

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// DryRun is a page of what a plan will send in its year if it is issued today and nobody acts (试运行): the steps of the ladders, and the
// reminders of reports until the year ends. Nothing of it is saved.
type DryRun struct {
	On    workday.Date `json:"on" doc:"Day of the issue" example:"2017-03-16"`
	Steps int          `json:"steps" doc:"Steps and reminders in all" example:"14210"`

	Reports int `json:"reports" doc:"Of which reminders of reports" example:"3120"`

	Kinds  []DryRunKind    `json:"kinds" doc:"Steps by kind, in the order of the ladder"`
	Months []DryRunMonth   `json:"months" doc:"Steps by month, the first to the last"`
	Items  []DryRunMessage `json:"items" doc:"Steps in the order of their days, then of the document, then of the units"`
	Next   string          `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// DryRunKind counts the steps of one kind.
type DryRunKind struct {
	Kind ladder.StepKind `json:"kind" enum:"remind,due,urge,letter,escalate,criticise" doc:"Kind of step" example:"remind"`
	N    int             `json:"n" doc:"Number" example:"6213"`
}

// DryRunMonth counts the steps of one month.
type DryRunMonth struct {
	Month string `json:"month" doc:"Year and month" example:"2017-09"`
	N     int    `json:"n" doc:"Number" example:"812"`
}

// DryRunMessage is one step that will be taken, with the people whom it will reach.
type DryRunMessage struct {
	On         workday.Date      `json:"on" doc:"Day on which it will be taken" example:"2017-09-21"`
	TaskID     ident.ID          `json:"task_id" doc:"The node"`
	Number     string            `json:"number,omitempty" doc:"Its number" example:"7."`
	Title      string            `json:"title" doc:"Its title" example:"深化招生考试信息公开"`
	UnitID     ident.ID          `json:"unit_id" doc:"Unit that will owe it"`
	UnitName   string            `json:"unit_name" doc:"Its name" example:"办公室"`
	Ladder     ladder.Subject    `json:"ladder" enum:"duty,acceptance,report" doc:"Ladder of the due date, or of the sign-for period; report: the reminder of a report" example:"duty"`
	Period     string            `json:"period,omitempty" doc:"Period of that report" example:"2017-Q3"`
	Step       string            `json:"step" doc:"Step of the rule set" example:"remind_7"`
	Kind       ladder.StepKind   `json:"kind" enum:"remind,due,urge,letter,escalate,criticise" doc:"What it does" example:"remind"`
	Colour     ladder.Colour     `json:"colour,omitempty" enum:"blue,orange,red" doc:"Colour of a letter" example:"blue"`
	Rule       string            `json:"rule" doc:"Rule set and version" example:"duty.default@1"`
	Due        workday.Date      `json:"due" doc:"Date that it looks at" example:"2017-09-30"`
	ReplyDue   workday.Date      `json:"reply_due,omitzero" doc:"Last day for the reply that it wants" example:"2017-10-11"`
	Recipients []DryRunRecipient `json:"recipients" doc:"People whom it will reach by the posts known for that day"`
}

// DryRunRecipient is somebody whom a step will reach.
type DryRunRecipient struct {
	UserID ident.ID `json:"user_id" doc:"User"`
	Name   string   `json:"name" doc:"Name" example:"吴桐"`
}

// block is one step of one node: it will be taken for all of the node's units on the same day.
type block struct {
	watches.Foreseen
	at     int    // of the node among the shares
	period string // of a reminder of a report
	clock  watches.Clock
	share  share
}

// DryRun lists every message that a plan will send if it is issued today and nobody acts.
func (s *Service) DryRun(ctx context.Context, planID ident.ID, after string, limit int) (DryRun, error) {
	client := s.store.Read()
	row, _, err := s.take(ctx, client, planID, access.PlanIssue, plan.Issue, facts{})
	if err != nil {
		return DryRun{}, err
	}
	on := firstOf(row.IssuedOn, s.today())
	sh, err := s.layOut(ctx, client, row, on)
	if err != nil {
		return DryRun{}, err
	}
	choices, err := s.occurrences.Choices(ctx, client, planID)
	if err != nil {
		return DryRun{}, err
	}
	blocks, err := s.foresee(sh, choices)
	if err != nil {
		return DryRun{}, err
	}
	run := DryRun{On: on, Items: []DryRunMessage{}}
	run.count(blocks)
	from, within, err := place(after)
	if err != nil {
		return DryRun{}, err
	}
	if limit <= 0 || limit > dryRunPage {
		limit = dryRunPage
	}
	for ; from < len(blocks) && limit > 0; from, within = from+1, 0 {
		b := blocks[from]
		to := b.share.to[min(within, len(b.share.to)):]
		part := to[:min(len(to), limit)]
		items, err := s.expand(ctx, sh, b, part)
		if err != nil {
			return DryRun{}, err
		}
		run.Items = append(run.Items, items...)
		if limit -= len(part); len(part) < len(to) {
			run.Next = fmt.Sprintf("%d.%d", from, within+len(part))
			break
		}
		if limit == 0 && from+1 < len(blocks) {
			run.Next = fmt.Sprintf("%d.0", from+1)
		}
	}
	return run, s.nameRecipients(ctx, client, run.Items)
}

// dryRunPage is the most steps on a page.
const dryRunPage = 200

// place reads a cursor: the block, and the unit within it.
func place(after string) (from, within int, err error) {
	if after == "" {
		return 0, 0, nil
	}
	first, second, ok := strings.Cut(after, ".")
	from, err = strconv.Atoi(first)
	if err == nil {
		within, err = strconv.Atoi(second)
	}
	if !ok || err != nil || from < 0 || within < 0 {
		return 0, 0, fault.BadField("query.after", "cursor")
	}
	return from, within, nil
}

// reportLadder stands for a ladder in the reminders of reports.
const reportLadder ladder.Subject = "report"

// foresee asks the clock of every node that gives duties for its steps, and its report cycle for its reminders until the plan's year,
// or that of the issue, ends.
func (s *Service) foresee(sh *sheet, choices map[ident.ID]string) ([]block, error) {
	var blocks []block
	through := workday.NewDate(max(sh.plan.Year, sh.on.Year()), time.December, 31)
	for i, given := range sh.shares() {
		t := given.task
		clock, err := duties.ClockOf(s.watches, t.AuthorityID, t.LeaderID, t.StartDate, t.DueDate, t.Milestones)
		if err != nil {
			return nil, err
		}
		given.to = slices.SortedFunc(slices.Values(given.to), func(a, b duties.Recipient) int { return a.UnitID.Compare(b.UnitID) })
		for _, step := range s.watches.Foresee(clock) {
			blocks = append(blocks, block{Foreseen: step, at: i, clock: clock, share: given})
		}
		for _, r := range s.occurrences.Foresee(t, choices, sh.on, through) {
			step := watches.Foreseen{On: r.On, Planned: r.On, Subject: reportLadder, Step: string(ladder.Remind), Kind: ladder.Remind, Rule: r.Rule,
				To: []ladder.Recipient{ladder.Owner}, Due: r.Due}
			blocks = append(blocks, block{Foreseen: step, at: i, period: r.Period, clock: clock, share: given})
		}
	}
	slices.SortStableFunc(blocks, func(a, b block) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.at, b.at)) })
	return blocks, nil
}

// count sums the steps by kind and by month.
func (r *DryRun) count(blocks []block) {
	kinds := map[ladder.StepKind]int{}
	r.Kinds, r.Months = []DryRunKind{}, []DryRunMonth{}
	for _, b := range blocks {
		n := len(b.share.to)
		r.Steps += n
		if b.Subject == reportLadder {
			r.Reports += n
		}
		kinds[b.Kind] += n
		month := b.On.String()[:len("2017-09")]
		if last := len(r.Months) - 1; last < 0 || r.Months[last].Month != month {
			r.Months = append(r.Months, DryRunMonth{Month: month})
		}
		r.Months[len(r.Months)-1].N += n
	}
	for _, kind := range ladder.StepKind("").Values() {
		if n := kinds[ladder.StepKind(kind)]; n > 0 {
			r.Kinds = append(r.Kinds, DryRunKind{ladder.StepKind(kind), n})
		}
	}
}

// expand makes the messages of a block for some of its units.
func (s *Service) expand(ctx context.Context, sh *sheet, b block, to []duties.Recipient) ([]DryRunMessage, error) {
	holders := make([]watches.Holder, len(to))
	for i, r := range to {
		holders[i] = watches.Holder{UnitID: r.UnitID, UnitPath: r.UnitPath}
	}
	people, err := s.watches.Reached(ctx, b.On, b.clock, holders, b.To)
	if err != nil {
		return nil, err
	}
	items := make([]DryRunMessage, len(to))
	for i, r := range to {
		items[i] = DryRunMessage{On: b.On, TaskID: b.share.task.ID, Number: b.share.task.Number, Title: b.share.task.Title, UnitID: r.UnitID, UnitName: sh.nameOf(r.UnitID),
			Ladder: b.Subject, Step: b.Step, Kind: b.Kind, Colour: b.Colour, Rule: b.Rule, Due: b.Due, ReplyDue: b.ReplyDue, Period: b.period, Recipients: []DryRunRecipient{}}
		for _, id := range people[r.UnitID] {
			items[i].Recipients = append(items[i].Recipients, DryRunRecipient{UserID: id})
		}
	}
	return items, nil
}

// nameRecipients writes the names of the people on a page.
func (s *Service) nameRecipients(ctx context.Context, client *ent.Client, items []DryRunMessage) error {
	names := map[ident.ID]string{}
	for _, m := range items {
		for _, r := range m.Recipients {
			names[r.UserID] = ""
		}
	}
	ids := make([]ident.ID, 0, len(names))
	for id := range names {
		ids = append(ids, id)
	}
	for part := range slices.Chunk(ids, 1000) {
		rows, err := client.User.Query().Where(user.IDIn(part...)).All(ctx)
		if err != nil {
			return fmt.Errorf("name recipients: %w", err)
		}
		for _, r := range rows {
			names[r.ID] = r.Name
		}
	}
	for _, m := range items {
		for i := range m.Recipients {
			m.Recipients[i].Name = names[m.Recipients[i].UserID]
		}
	}
	return nil
}
