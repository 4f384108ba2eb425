package duties_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/duban-gov/duban/ent"
	entevidence "github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/workday"
)

// bind gives the task of a duty a completion contract and targets, as the plan's draft would have.
func (b *bureau) bind(taskID ident.ID, c contract.CompletionContract, targets string) {
	b.T.Helper()
	raw, err := json.Marshal(c)
	must(b.T, err)
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		update := tx.Task.UpdateOneID(taskID).SetContract(raw)
		if targets != "" {
			update.SetTargets(json.RawMessage(targets))
		}
		return update.Exec(ctx)
	})
}

// prove files a piece of evidence and returns its id.
func (b *bureau) prove(of duties.Duty, kind, url string, expires workday.Date, supersedes ident.ID) ident.ID {
	b.T.Helper()
	id := b.Store.NewID()
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Evidence.Create().SetID(id).SetAuthorityID(b.Authority).SetSubject(entevidence.SubjectDuty).SetSubjectID(of.ID).SetUnitID(of.UnitID).
			SetName("材料.pdf").SetKind(kind).SetMediaType("application/pdf").SetSize(1).SetSha256("00").SetBlobKey("00").SetURL(url).SetExpiresOn(expires).
			SetSupersedesID(supersedes).SetUploadedByID(b.IDs["clerk1"]).SetCreatedAt(b.Store.Now()).Exec(ctx)
	})
	return id
}

// figured gives figures of unit 1 by month in a progress report that the office confirms.
func (b *bureau) figured(t *testing.T, d duties.Duty, indicator ident.ID, months map[string]float64) {
	t.Helper()
	in := duties.SaveReportInput{Kind: "progress", Progress: 9000, Narrative: "已公开"}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		in.Figures = append(in.Figures, indicators.ReportedFigure{IndicatorID: indicator, Period: month, Value: months[month]})
	}
	r, err := b.Duties.SaveReport(b.People["clerk1"], d.ID, in)
	must(t, err)
	r, err = b.Duties.SubmitReport(b.People["clerk1"], r.ID, r.Version)
	must(t, err)
	r, err = b.Duties.ReviewReport(b.People["head1"], r.ID, r.Version)
	must(t, err)
	_, err = b.Duties.ConfirmReport(b.People["office"], r.ID, r.Version)
	must(t, err)
}

func TestSubmitReport_of_a_completion_request_lists_what_the_contract_lacks(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	b.bind(d.TaskID, contract.CompletionContract{Evidence: 1, EvidenceKinds: []string{"公开目录"}, Published: true, Figures: true},
		`[{"metric":"信息","op":">=","value":1200,"unit":"条"}]`)
	clerk := b.People["clerk1"]
	r, err := b.Duties.SaveReport(clerk, d.ID, duties.SaveReportInput{Kind: "completion", Progress: 10000, Narrative: "已完成"})
	must(t, err)

	_, err = b.Duties.SubmitReport(clerk, r.ID, r.Version)
	wantCode(t, err, "contract.incomplete")
	if f := fault.As(err); f.Kind != fault.Conflict || len(f.Fields) != 4 {
		t.Fatalf("got %v, want four gaps", f)
	}
	list, err := b.Duties.Checklist(b.People["office"], d.ID)
	must(t, err)
	if len(list.Items) != 4 || list.Missing != 4 {
		t.Fatalf("checklist %+v", list)
	}

	b.prove(d, "公开目录", "", workday.Date{}, ident.ID{})
	b.prove(d, "", "https://example.gov.cn/1", workday.Date{}, ident.ID{})
	counted, err := indicators.New(b.Store, b.Gate, b.Log, occurrences.New(b.Store, b.Gate, b.Log, b.Watches)).Create(b.People["office"],
		indicators.SaveIndicatorInput{Name: "信息", Measure: "条", Every: cycle.Month, Gather: figure.Sum})
	must(t, err)
	b.figured(t, d, counted.ID, map[string]float64{"2016-12": 5000, "2017-01": 700, "2017-02": 499}) // last year's count for nothing
	list, err = b.Duties.Checklist(clerk, d.ID)
	must(t, err)
	if last := list.Items[3]; list.Missing != 1 || last.Check != contract.CheckFigure || last.Have != 1199 || last.Met {
		t.Fatalf("checklist %+v", list)
	}
	b.figured(t, d, counted.ID, map[string]float64{"2017-03": 1})
	if list, err = b.Duties.Checklist(clerk, d.ID); err != nil || list.Missing != 0 {
		t.Fatalf("checklist %+v, %v", list, err)
	}
	_, err = b.Duties.SubmitReport(clerk, r.ID, r.Version)
	must(t, err)
}

func TestSubmitReport_of_progress_needs_no_contract(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	b.bind(d.TaskID, contract.CompletionContract{Evidence: 3}, "")
	b.report(t, d, duty.Progress, 4000, true)
}

func TestReviewReport_refuses_a_request_whose_evidence_expired_meanwhile(t *testing.T) {
	b := newBureau(t, 1)
	d := b.accepted(t)
	b.bind(d.TaskID, contract.CompletionContract{Evidence: 1}, "")
	older := b.prove(d, "", "", workday.Date{}, ident.ID{})
	b.prove(d, "", "", workday.MustDate("2017-03-06"), older) // the newer version holds only today, and the older one no more
	clerk := b.People["clerk1"]
	r, err := b.Duties.SaveReport(clerk, d.ID, duties.SaveReportInput{Kind: "completion", Progress: 10000, Narrative: "已完成"})
	must(t, err)
	r, err = b.Duties.SubmitReport(clerk, r.ID, r.Version)
	must(t, err)
	b.at("2017-03-07", 9)
	_, err = b.Duties.ReviewReport(b.People["head1"], r.ID, r.Version)
	wantCode(t, err, "contract.incomplete")
	if f := fault.As(err); f.Fields[0].Code != "contract.expired" {
		t.Errorf("the gap is %s", f.Fields[0].Code)
	}
}
