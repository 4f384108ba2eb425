package rules

import (
	"slices"
	"time"

	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// compare lists what differs between the two lives of an object on some days.
func (s *Service) compare(r watches.Relived, on ladder.Subject, from, to workday.Date) []RuleDifference {
	var found []RuleDifference
	add := func(d RuleDifference) {
		d.Subject, d.SubjectID = on, r.SubjectID
		found = append(found, d)
	}
	compareSteps(r, from, to, add)
	s.compareLights(r, from, to, add)
	return found
}

// compareSteps pairs the steps of both lives. A step counts if either side plans it for one of the days.
func compareSteps(r watches.Relived, from, to workday.Date, add func(RuleDifference)) {
	later := make(map[stepKey]watches.LifeStep)
	for _, s := range r.New.Steps {
		later[keyOf(s)] = s
	}
	for _, old := range r.Old.Steps {
		next, both := later[keyOf(old)]
		delete(later, keyOf(old))
		switch {
		case !both && within(old.On, from, to):
			add(RuleDifference{On: old.On, What: "step", Step: nameOf(old), Old: effectOf(old)})
		case both && !same(old, next) && (within(old.On, from, to) || within(next.On, from, to)):
			first := old.On
			if next.On.Before(first) {
				first = next.On
			}
			add(RuleDifference{On: first, What: "step", Step: nameOf(old), Old: effectOf(old), New: effectOf(next)})
		}
	}
	for _, s := range r.New.Steps {
		if _, alone := later[keyOf(s)]; alone && within(s.On, from, to) {
			add(RuleDifference{On: s.On, What: "step", Step: nameOf(s), New: effectOf(s)})
		}
	}
}

func same(a, b watches.LifeStep) bool {
	return a.On == b.On && a.Kind == b.Kind && a.Colour == b.Colour && slices.Equal(a.To, b.To)
}

func nameOf(s watches.LifeStep) string { return string(s.Of) + "." + s.Step }

func effectOf(s watches.LifeStep) *RuleEffect {
	return &RuleEffect{On: s.On, Kind: s.Kind, Colour: s.Colour, To: s.To}
}

// compareLights walks through the instants at which either light changes, and joins the days on which the two differ in the same way.
func (s *Service) compareLights(r watches.Relived, from, to workday.Date, add func(RuleDifference)) {
	zone := s.watches.Rules().Zone
	begin, end := from.Start(zone), to.End(zone)
	instants := []time.Time{begin}
	for _, l := range slices.Concat(r.Old.Lights, r.New.Lights) {
		if l.Since.After(begin) && l.Since.Before(end) {
			instants = append(instants, l.Since)
		}
	}
	slices.SortFunc(instants, time.Time.Compare)
	instants = slices.CompactFunc(instants, time.Time.Equal)
	var open *RuleDifference
	shut := func(at time.Time) {
		if open != nil {
			open.Until = workday.DateOf(at.Add(-time.Millisecond), zone)
			add(*open)
			open = nil
		}
	}
	for _, at := range instants {
		old, next := lightAt(r.Old.Lights, at, zone), lightAt(r.New.Lights, at, zone)
		if open != nil && old != nil && next != nil && open.Old.Light == old.Light && open.New.Light == next.Light {
			continue
		}
		shut(at)
		if old != nil && next != nil && old.Light != next.Light {
			open = &RuleDifference{On: workday.DateOf(at, zone), What: "light", Old: old, New: next}
		}
	}
	shut(end)
}

// lightAt is the light at an instant; nil before the first.
func lightAt(lights []watches.LifeLight, at time.Time, zone *time.Location) *RuleEffect {
	for _, l := range slices.Backward(lights) {
		if !l.Since.After(at) {
			return &RuleEffect{On: workday.DateOf(l.Since, zone), Light: l.Light, Rule: l.Rule}
		}
	}
	return nil
}
