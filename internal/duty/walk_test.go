package duty_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/duty"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
)

// story plays one duty and its newest completion request with people who have names: some in the unit that holds the duty,
// some not, and all change posts now and then. It remembers who did what, so that the separation of duties is
// judged by the people and not by the table.
type story struct {
	duty     duty.Status
	report   duty.ReportStatus
	authors  map[string]bool
	reviewer string
	inUnit   map[string]bool
	closedBy string
}

var people = []string{"clerk", "head", "office", "inspector", "deputy"}

func (s *story) relations(who string) tr.Relation {
	return tr.Signer | tr.Holder.If(s.inUnit[who]) | tr.Author.If(s.authors[who]) | tr.Reviewer.If(who == s.reviewer)
}

func (s *story) dutyFacts(who string) tr.Facts[duty.Status] {
	return tr.Facts[duty.Status]{Status: s.duty, Relations: s.relations(who),
		Given: transitiontest.Everything, Circumstances: transitiontest.Good}
}

func (s *story) reportFacts(who string) tr.Facts[duty.ReportStatus] {
	c := transitiontest.Good
	c.Ended = !s.duty.Open()
	return tr.Facts[duty.ReportStatus]{Status: s.report, Relations: s.relations(who), Given: transitiontest.Everything, Circumstances: c}
}

// along tells which actions on the one object move the other too; it repeats package duty's documentation, not its tables.
var along = map[string]bool{"duty.close": true, "duty.send_back": true, "report.review": true}

// actOnDuty does what a feature does: the action itself and, in the same breath, what it does along. Refused is undone.
func (s *story) actOnDuty(who string, action tr.Action) {
	next, err := duty.Table.Apply(s.dutyFacts(who), action)
	if err != nil {
		return
	}
	report := s.report
	if via := "duty." + string(action); along[via] {
		if report, err = duty.CompletionTable.Along(s.reportFacts(who), via); err != nil {
			return
		}
	}
	s.duty, s.report = next, report
	if action == duty.Close {
		s.closedBy = who
	}
}

func (s *story) actOnReport(who string, action tr.Action) {
	writes := action == duty.SaveReport || action == duty.SubmitReport
	if _, err := duty.Table.Apply(s.dutyFacts(who), duty.Report); writes && err != nil {
		return
	}
	next, err := duty.CompletionTable.Apply(s.reportFacts(who), action)
	if err != nil {
		return
	}
	state := s.duty
	if via := "report." + string(action); along[via] {
		if state, err = duty.Table.Along(s.dutyFacts(who), via); err != nil {
			return
		}
	}
	s.duty, s.report = state, next
	if writes {
		s.authors[who] = true
	}
	if action == duty.ReviewReport {
		s.reviewer = who
	}
}

func TestAnyStory_keeps_reporter_reviewer_and_verifier_apart(t *testing.T) {
	closed := 0
	for seed := range uint64(200) {
		s := &story{duty: duty.Assigned, authors: map[string]bool{}, inUnit: map[string]bool{"clerk": true, "head": true}}
		dice := rand.New(rand.NewPCG(seed, 0))
		for range 500 {
			if err := s.step(dice); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if s.closedBy != "" {
				closed++
				s.closedBy = ""
			}
		}
	}
	if closed < 50 {
		t.Errorf("only %d close-outs: the stories prove little", closed)
	}
}

// step lets somebody change posts or try something, then judges what happened.
func (s *story) step(dice *rand.Rand) error {
	who := people[dice.IntN(len(people))]
	before := s.duty
	switch roll := dice.IntN(1000); {
	case roll < 50:
		s.inUnit[who] = !s.inUnit[who]
	case roll < 51:
		s.actOnDuty(who, duty.Cancel)
	case roll < 80:
		s.startAnew()
	case roll < 500:
		actions := slices.DeleteFunc(duty.Table.Actions(), func(a tr.Action) bool { return a == duty.Cancel })
		s.actOnDuty(who, actions[dice.IntN(len(actions))])
	default:
		actions := duty.CompletionTable.Actions()
		s.actOnReport(who, actions[dice.IntN(len(actions))])
	}
	return s.judge(before)
}

// startAnew lays an unfinished or finished request aside; the next one has other authors.
func (s *story) startAnew() {
	if s.report != duty.ReportSubmitted && s.report != duty.ReportReviewed {
		s.report, s.authors, s.reviewer = "", map[string]bool{}, ""
	}
}

func (s *story) judge(before duty.Status) error {
	if before == duty.Closed && s.duty != duty.Closed && s.duty != duty.Active {
		return fmt.Errorf("closed duty went to %s", s.duty)
	}
	if before == duty.Cancelled && s.duty != duty.Cancelled {
		return fmt.Errorf("cancelled duty went to %s", s.duty)
	}
	if (s.duty == duty.Review) != (s.report == duty.ReportReviewed && s.duty.Open()) {
		return fmt.Errorf("duty %s with completion request %q", s.duty, s.report)
	}
	if s.closedBy != "" && (s.inUnit[s.closedBy] || s.authors[s.closedBy] || s.closedBy == s.reviewer) {
		return fmt.Errorf("%s closed out their own work", s.closedBy)
	}
	if s.reviewer != "" && s.authors[s.reviewer] && s.duty == duty.Review {
		return fmt.Errorf("%s passed their own request", s.reviewer)
	}
	return nil
}
