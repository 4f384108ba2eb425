package notices_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// scene is a house with an open inspection of its university and its bureau, led by the first inspector.
type scene struct {
	*testkit.House
	inspections *inspections.Service
	service     *notices.Service
	clocks      *watches.Service
	inspection  inspections.Inspection
}

func newScene(t *testing.T) *scene {
	t.Helper()
	k := testkit.New(t)
	s := &scene{House: k.NewHouse("岚")}
	s.service, s.clocks = newService(t, k, k.Store, k.Log)
	s.inspections = inspections.New(k.Store, k.Gate, k.Log, s.clocks, numbers.New(k.Store), shipped(t))
	ctx := s.Acting(s.Inspector)
	v, err := s.inspections.Create(ctx, inspections.CreateInspectionInput{Title: "招生专项督查", Kind: rectify.Special, Basis: "会议纪要",
		Scope: "招生信息公开", Methods: []rectify.Method{rectify.Visit}, StartsOn: workday.MustDate("2017-03-06"), EndsOn: workday.MustDate("2017-03-10"),
		UnitIDs:              []ident.ID{s.University.ID, s.Bureau.ID},
		StaffInspectionInput: inspections.StaffInspectionInput{LeaderID: s.Inspector.ID, MemberIDs: []ident.ID{s.Colleague.ID}}})
	if err == nil {
		v, err = s.inspections.Propose(ctx, v.ID, v.Version, inspections.ProposeInspectionInput{})
	}
	if err == nil {
		v, err = s.inspections.Approve(s.Acting(s.Leader), v.ID, v.Version)
	}
	if err == nil {
		s.inspection, err = s.inspections.Open(ctx, v.ID, v.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shipped are the rules that come with the program.
func shipped(t *testing.T) rectify.Rules {
	t.Helper()
	rules, err := rectify.LoadRules(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// newService builds the service as the program does, over one server's store.
func newService(t *testing.T, k *testkit.Kit, on *store.Store, log *timeline.Log) (*notices.Service, *watches.Service) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	sets, err := ladder.Load(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	who := accounts.New(on, k.Gate, log, units.New(on, k.Gate, log))
	people := func(ctx context.Context, tx *ent.Tx, day workday.Date, asked []watches.Reach) (map[watches.Reach][]ident.ID, error) {
		answers := make(map[watches.Reach][]ident.ID)
		for _, q := range asked {
			ids, err := who.Recipients(ctx, tx.Client(), q.AuthorityID, q.UnitID, q.LeaderID, string(q.To), day)
			if err != nil {
				return nil, err
			}
			answers[q] = ids
		}
		return answers, nil
	}
	clocks := watches.New(on, k.Gate, log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: zone}, people)
	return notices.New(on, k.Gate, log, clocks, numbers.New(on), shipped(t)), clocks
}

// finding records one fault of a unit.
func (s *scene) finding(t *testing.T, unit testkit.Place) inspections.Finding {
	t.Helper()
	f, err := s.inspections.Record(s.Acting(s.Inspector), s.inspection.ID, inspections.RecordFindingInput{UnitID: unit.ID,
		Severity: rectify.Major, Description: "招生简章未公开", Basis: "《条例》第九条", Requirement: "限期公开"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// drafted is a draft over fresh findings of the university.
func (s *scene) drafted(t *testing.T, findings int) notices.Notice {
	t.Helper()
	in := notices.DraftNoticeInput{Title: "关于招生信息公开问题的限期整改通知书", Requirement: "全面自查并公开", LeaderID: s.Leader.ID}
	for range findings {
		in.FindingIDs = append(in.FindingIDs, s.finding(t, s.University).ID)
	}
	v, err := s.service.Draft(s.Acting(s.Inspector), in)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// prove adds a piece of evidence under a reply's id.
func (s *scene) prove(t *testing.T, replyID ident.ID) {
	t.Helper()
	err := s.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return tx.Evidence.Create().SetID(s.Store.NewID()).SetAuthorityID(s.Authority).SetSubject("reply").SetSubjectID(replyID).
			SetUnitID(s.University.ID).SetName("公示截图.png").SetMediaType("image/png").SetSize(10).SetSha256("00").SetBlobKey("k").
			SetUploadedByID(s.Clerk.ID).SetCreatedAt(s.Store.Now()).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// brought is a notice brought to a state by the people whose part it is.
func (s *scene) brought(t *testing.T, to rectify.NoticeStatus, findings int) notices.Notice {
	t.Helper()
	v := s.drafted(t, findings)
	for _, step := range []struct {
		after rectify.NoticeStatus
		do    func() (notices.Notice, error)
	}{
		{rectify.NoticeServed, func() (notices.Notice, error) {
			return s.service.Serve(s.Acting(s.Leader), v.ID, v.Version, notices.ServeNoticeInput{Workdays: 15})
		}},
		{rectify.NoticeSigned, func() (notices.Notice, error) { return s.service.Sign(s.Acting(s.Clerk), v.ID, v.Version) }},
		{rectify.NoticeReplied, func() (notices.Notice, error) {
			s.prove(t, v.ReplyID)
			return s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已公开招生简章", Result: "整改到位"})
		}},
		{rectify.NoticeClosed, func() (notices.Notice, error) {
			return s.service.Close(s.Acting(s.Colleague), v.ID, v.Version, notices.CloseNoticeInput{Verdict: "属实"})
		}},
	} {
		if v.Status == to {
			break
		}
		var err error
		if v, err = step.do(); err != nil || v.Status != step.after {
			t.Fatalf("on the way to %s: %s, %v", step.after, v.Status, err)
		}
	}
	return v
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func wantField(t *testing.T, err error, location, code string) {
	t.Helper()
	f := fault.As(err)
	if f == nil || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Location == location && x.Code == code }) {
		t.Fatalf("got %v, want %s at %s", err, code, location)
	}
}

func enabled(actions []access.AllowedAction) []string {
	list := []string{}
	for _, a := range actions {
		if a.Enabled {
			list = append(list, a.Action)
		}
	}
	return list
}

// told lists the templates of the messages that a person has.
func (s *scene) told(t *testing.T, who testkit.Person) []string {
	t.Helper()
	rows, err := s.Store.Read().Message.Query().All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	slices.SortFunc(rows, func(a, b *ent.Message) int { return a.ID.Compare(b.ID) })
	for _, r := range rows {
		if r.RecipientID == who.ID {
			list = append(list, r.Template)
		}
	}
	return list
}
