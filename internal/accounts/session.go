package accounts

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/session"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// SessionPage is one page of sessions, oldest first.
type SessionPage struct {
	Items []Session `json:"items" doc:"Sessions that have not ended"`
	Next  string    `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Sessions lists the sessions of a user that have not ended: the caller's own, or those of a user whom the caller manages.
func (s *Service) Sessions(ctx context.Context, userID ident.ID, after string, limit int) (SessionPage, error) {
	actor, err := s.mayTouchSessions(ctx, userID)
	if err != nil {
		return SessionPage{}, err
	}
	cursor, err := readCursor(after)
	if err != nil {
		return SessionPage{}, err
	}
	now := s.store.Now()
	limit = pageSize(limit)
	rows, err := s.store.Read().Session.Query().Where(session.UserID(userID), session.ExpiresAtGT(now), session.SeenAtGT(now.Add(-IdleLimit)),
		session.IDGT(cursor)).Order(session.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return SessionPage{}, fmt.Errorf("list sessions: %w", err)
	}
	page := SessionPage{Items: []Session{}}
	rows, page.Next = cutPage(rows, limit, func(r *ent.Session) ident.ID { return r.ID })
	for _, r := range rows {
		page.Items = append(page.Items, sessionView(actor, r))
	}
	return page, nil
}

// mayTouchSessions lets people see and end their own sessions, and user management those of its users.
func (s *Service) mayTouchSessions(ctx context.Context, userID ident.ID) (access.Actor, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return actor, err
	}
	if actor.ID == userID && !userID.IsZero() && len(actor.Only) == 0 {
		return actor, nil
	}
	filter, err := s.gate.May(ctx, access.UserManage)
	if err != nil {
		return actor, err
	}
	_, err = seenUser(ctx, s.store.Read().User, filter, userID)
	return actor, err
}

// KillSession ends one session.
func (s *Service) KillSession(ctx context.Context, id ident.ID) error {
	if _, err := access.From(ctx); err != nil {
		return err
	}
	row, err := s.store.Read().Session.Get(ctx, id)
	if ent.IsNotFound(err) {
		return fault.Missing("session")
	}
	if err != nil {
		return fmt.Errorf("read session: %w", err)
	}
	if _, err := s.mayTouchSessions(ctx, row.UserID); err != nil {
		return fault.Missing("session").Because(err) // another's session does not exist for the caller
	}
	return s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.Session.Delete().Where(session.ID(id)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		if n == 0 {
			return fault.Missing("session")
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "user", SubjectID: row.UserID, Action: "end_session",
			Before: map[string]any{"session_id": id}})
		return err
	})
}
