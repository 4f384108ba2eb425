package matters_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/testkit/stage"
)

func TestHandOver_names_the_successor_in_open_matters(t *testing.T) {
	s := stage.New(t)
	office, leader := s.Acting(s.Office), s.Acting(s.Leader)
	proposed := func(to ...testkit.Place) matters.Matter {
		t.Helper()
		in := matters.RegisterMatterInput{Title: "落实会议决定", Source: supervise.FromMinutes, Basis: "岚教纪要〔2017〕6号"}
		for i, u := range to {
			in.Units = append(in.Units, matters.MatterShare{UnitID: u.ID, Part: []duty.Part{duty.Lead, duty.Support}[min(i, 1)]})
		}
		m, err := s.App.Matters.Register(office, in)
		s.Must(err)
		m, err = s.App.Matters.Propose(office, m.ID, m.Version)
		s.Must(err)
		return m
	}
	active := func(to ...testkit.Place) matters.Matter {
		t.Helper()
		m := proposed(to...)
		m, err := s.App.Matters.Approve(leader, m.ID, m.Version, matters.ApproveMatterInput{})
		s.Must(err)
		return m
	}
	alone, both, running, shared := proposed(s.University), proposed(s.University, s.Bureau), active(s.University), active(s.University, s.Bureau)
	ended, err := s.App.Matters.Refuse(leader, proposed(s.University).ID, 2, matters.RefuseMatterInput{Reason: "已列入要点"})
	s.Must(err)
	s.Merge(s.University, s.Bureau)
	for _, c := range []struct {
		name string
		of   matters.Matter
		want []string
	}{
		{"a proposal names the successor", alone, []string{s.Bureau.Name + " lead"}},
		{"one that named both keeps one, which leads", both, []string{s.Bureau.Name + " lead"}},
		{"an active one follows its duty", running, []string{s.Bureau.Name + " lead assigned"}},
		{"an active one of both shows what became of each share", shared, []string{s.University.Name + " lead cancelled", s.Bureau.Name + " support assigned"}},
		{"one that has ended stays as it was", ended, []string{s.University.Name + " lead"}},
	} {
		m, err := s.App.Matters.Get(office, c.of.ID)
		s.Must(err)
		var got []string
		for _, u := range m.Units {
			line := fmt.Sprintf("%s %s", u.UnitName, u.Part)
			if u.DutyStatus != "" {
				line += " " + string(u.DutyStatus)
			}
			got = append(got, line)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	m, err := s.App.Matters.Get(leader, both.ID)
	s.Must(err)
	if _, err := s.App.Matters.Approve(leader, m.ID, m.Version, matters.ApproveMatterInput{}); err != nil {
		t.Errorf("the proposal cannot be approved: %v", err)
	}
}
