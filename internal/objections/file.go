package objections

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/objection"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// FileObjectionInput is a unit's application for re-examination.
type FileObjectionInput struct {
	Subject   rectify.ObjectedTo `json:"subject" enum:"notice,conclusion" doc:"What it is about" example:"notice"`
	SubjectID ident.ID           `json:"subject_id" doc:"The notice or conclusion, which the unit has signed for"`
	Grounds   string             `json:"grounds" minLength:"1" maxLength:"8000" doc:"Facts and reasons" example:"简章已于二月在校园网公开，附页面存档"`
	Demand    string             `json:"demand,omitempty" maxLength:"2000" doc:"What is asked for" example:"撤销该项整改要求"`
}

// target is what an objection is about, as far as it matters here.
type target struct {
	authority, inspection, unit, leader ident.ID
	path, title                         string
	received, until                     workday.Date
	moot                                bool // voided or revoked
}

// File takes an objection in and starts the clock of its decision (Order 733 art. 17). Errors: objection.not_received before the unit
// signed, objection.late after the last day, objection.moot if it holds no more, objection.twice if one was filed before.
func (s *Service) File(ctx context.Context, in FileObjectionInput) (Objection, error) {
	filter, err := s.gate.May(ctx, access.ObjectionFile)
	if err != nil {
		return Objection{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Objection{}, err
	}
	if in.SubjectID.IsZero() {
		return Objection{}, fault.BadField("body.subject_id", "required")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Objection, error) {
		if err := s.hold(ctx, tx, filter.AuthorityID, in); err != nil {
			return Objection{}, err
		}
		t, err := s.target(ctx, in.Subject, in.SubjectID)
		if err != nil {
			return Objection{}, err
		}
		if !filter.Covers(access.Facts{AuthorityID: t.authority, UnitID: t.unit, Path: t.path, OwnerID: actor.ID}) {
			return Objection{}, access.Refused(access.ObjectionFile, "relation")
		}
		row, err := s.insert(ctx, tx, actor, t, in)
		if err != nil {
			return Objection{}, err
		}
		return s.view(ctx, tx.Client(), actor, row)
	})
}

// hold locks what is objected to until the transaction ends, so that of two filings at one time the later one sees the earlier.
func (s *Service) hold(ctx context.Context, tx *ent.Tx, authority ident.ID, in FileObjectionInput) error {
	table, ok := map[rectify.ObjectedTo]string{rectify.ToNotice: "notices", rectify.ToConclusion: "conclusions"}[in.Subject]
	if !ok {
		return fault.BadFields(fault.Field{Location: "body.subject", Code: "one_of", Params: fault.Params{"value": strings.Join(in.Subject.Values(), ", ")}})
	}
	if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET version = version WHERE id = $1 AND authority_id = $2", in.SubjectID, authority); err != nil {
		return fmt.Errorf("lock what is objected to: %w", err)
	}
	return nil
}

// target finds what the unit objects to, within what it sees.
func (s *Service) target(ctx context.Context, subject rectify.ObjectedTo, id ident.ID) (target, error) {
	if subject == rectify.ToNotice {
		return s.noticed(ctx, id)
	}
	return s.concluded(ctx, id)
}

func (s *Service) noticed(ctx context.Context, id ident.ID) (target, error) {
	n, err := s.notices.Get(ctx, id)
	if err != nil {
		return target{}, err
	}
	row, err := s.store.Read().Notice.Get(ctx, id)
	if err != nil {
		return target{}, fmt.Errorf("read notice: %w", err)
	}
	t := target{authority: row.AuthorityID, inspection: row.InspectionID, unit: row.UnitID, path: row.UnitPath, leader: row.LeaderID,
		title: n.Number + " " + n.Title, until: n.ObjectUntil, moot: n.Status == rectify.NoticeVoided}
	if !n.SignedAt.IsZero() {
		t.received = workday.DateOf(n.SignedAt, s.clocks.Rules().Zone)
	}
	return t, nil
}

func (s *Service) concluded(ctx context.Context, id ident.ID) (target, error) {
	c, err := s.inspections.GetConclusion(ctx, id)
	if err != nil {
		return target{}, err
	}
	row, err := s.store.Read().Conclusion.Get(ctx, id)
	if err != nil {
		return target{}, fmt.Errorf("read conclusion: %w", err)
	}
	t := target{authority: row.AuthorityID, inspection: row.InspectionID, unit: row.UnitID, path: row.UnitPath,
		title: c.Number + " " + c.InspectionTitle, until: c.ObjectUntil, moot: c.Status == rectify.ConclusionRevoked}
	if !c.ReceivedAt.IsZero() {
		t.received = workday.DateOf(c.ReceivedAt, s.clocks.Rules().Zone)
	}
	return t, nil
}

func (s *Service) insert(ctx context.Context, tx *ent.Tx, actor access.Actor, t target, in FileObjectionInput) (*ent.Objection, error) {
	today := s.clocks.Today()
	status, err := rectify.ObjectionTable.Apply(tr.Facts[rectify.ObjectionStatus]{Relations: tr.Holder.If(actor.InUnit(t.unit)),
		Given: tr.Text.If(strings.TrimSpace(in.Grounds) != ""), Circumstances: tr.Circumstances{Today: today, Until: t.until}}, rectify.FileObjection)
	if err != nil {
		return nil, err
	}
	if t.received.IsZero() {
		return nil, fault.New(fault.Conflict, "objection.not_received")
	}
	if t.moot {
		return nil, fault.New(fault.Conflict, "objection.moot")
	}
	before, err := tx.Objection.Query().Where(objection.SubjectEQ(in.Subject), objection.SubjectID(in.SubjectID),
		objection.StatusNEQ(rectify.ObjectionRetracted)).Exist(ctx)
	if err != nil {
		return nil, fmt.Errorf("read earlier objections: %w", err)
	}
	if before {
		return nil, fault.New(fault.Conflict, "objection.twice")
	}
	by := s.clocks.Rules().Calendar.End(today, s.rules.Decide)
	row, err := tx.Objection.Create().SetID(s.store.NewID()).SetAuthorityID(t.authority).SetSubject(in.Subject).SetSubjectID(in.SubjectID).
		SetInspectionID(t.inspection).SetUnitID(t.unit).SetUnitPath(t.path).SetLeaderID(t.leader).SetTitle(t.title).SetStatus(status).
		SetGrounds(in.Grounds).SetDemand(in.Demand).SetReceivedOn(t.received).SetUntil(t.until).SetDecideBy(by).SetRule(s.rules.Name()).
		SetFiledByID(actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create objection: %w", err)
	}
	clock := watches.Clock{Subject: ladder.OnObjection, AuthorityID: row.AuthorityID, LeaderID: row.LeaderID, Start: today, Due: by}
	if err := s.clocks.Start(ctx, tx, clock, []watches.Holder{{SubjectID: row.ID, UnitID: row.UnitID, UnitPath: row.UnitPath}}); err != nil {
		return nil, err
	}
	to, err := s.clocks.Tell(ctx, tx, watches.Reach{AuthorityID: row.AuthorityID, UnitID: row.UnitID, UnitPath: row.UnitPath, LeaderID: row.LeaderID},
		ladder.Office, ladder.SupervisingLeader)
	if err != nil {
		return nil, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "objection", SubjectID: row.ID, UnitID: row.UnitID,
		Action: string(rectify.FileObjection), After: map[string]any{"subject": in.Subject, "subject_id": in.SubjectID, "grounds": in.Grounds,
			"demand": in.Demand, "until": t.until, "decide_by": by, "rule": s.rules.Name()},
		Tell: []timeline.Note{{To: to, Template: "objection.filed", Params: map[string]any{"title": row.Title, "date": by}}}})
	return row, err
}
