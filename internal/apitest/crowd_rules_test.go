package apitest

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
)

// crowdLights adds what fills the lists of lights and letters: clocks in more units, turns of lights, and letters.
func (w *world) crowdLights() {
	w.T.Helper()
	h, now := w.home, w.Store.Now()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		clock := watches.Clock{Subject: ladder.OnNotice, AuthorityID: h.Authority, Start: w.app.Watches.Today(), Due: w.app.Watches.Today().AddDays(30)}
		var holders []watches.Holder
		for _, in := range []struct {
			id   ident.ID
			path string
		}{{h.School.ID, h.School.Path}, {h.Bureau.ID, h.Bureau.Path}, {h.Department.ID, h.Department.Path}, {h.OfficeUnit.ID, h.OfficeUnit.Path}} {
			holders = append(holders, watches.Holder{SubjectID: w.Store.NewID(), UnitID: in.id, UnitPath: in.path})
		}
		if err := w.app.Watches.Start(ctx, tx, clock, holders); err != nil {
			return err
		}
		for subject, id := range map[ladder.Subject]ident.ID{ladder.OnDuty: w.object("duty", "active").id, ladder.OnNotice: w.object("notice", "served").id} {
			for i := range 4 {
				err := tx.LightChange.Create().SetID(w.Store.NewID()).SetAuthorityID(h.Authority).SetSubject(subject).SetSubjectID(id).SetUnitID(h.University.ID).
					SetWas(ladder.Green).SetLight(ladder.Yellow).SetRule("duty.default@1:near").SetSince(now.Add(time.Duration(i) * time.Hour)).SetNotedAt(now).Exec(ctx)
				if err != nil {
					return err
				}
			}
		}
		for i := range 4 {
			err := tx.Letter.Create().SetID(w.Store.NewID()).SetAuthorityID(h.Authority).SetSubject(ladder.OnDuty).SetSubjectID(w.object("duty", "active").id).
				SetUnitID(h.University.ID).SetUnitPath(h.University.Path).SetColour(ladder.BlueLetter).SetYear(2017).SetSerial(i + 1).
				SetNumber(fmt.Sprintf("岚教督函〔2017〕%d号", i+1)).SetTitle("公布清单").SetStepID(w.Store.NewID()).SetRule("duty.colours@1").SetCreatedAt(now).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
