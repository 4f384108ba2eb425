package live

import (
	"slices"

	"github.com/duban-gov/duban/internal/access"
)

// rule says who is told of the acts on one kind of object. What is still being drafted is told only to those who draft: that a
// notice is being written is no news for the unit that will get it.
type rule struct {
	read   access.Permission // sees the object, and so the open acts
	drafts access.Permission // sees the acts in hidden; none: nobody but who did it
	hidden []string
}

func (r rule) permission(act string) access.Permission {
	if slices.Contains(r.hidden, act) {
		return r.drafts
	}
	return r.read
}

// rules holds the kinds that are told. Others, those of administration above all, are not.
var rules = map[string]rule{
	"duty":       {read: access.DutyRead, drafts: access.ReportSave, hidden: []string{"report.save", "report.edit", "evidence.add"}},
	"task":       {read: access.PlanEdit},
	"plan":       {read: access.PlanRead, drafts: access.PlanEdit, hidden: []string{"create", "edit", "undo", "link", "unlink", "answer", "copy", "template"}},
	"inspection": {read: access.InspectionRead},
	"finding":    {read: access.FindingRead, drafts: access.FindingRecord, hidden: []string{"record", "dismiss"}},
	"conclusion": {read: access.ConclusionRead},
	"objection":  {read: access.ObjectionRead},
	"notice":     {read: access.NoticeRead, drafts: access.NoticeDraft, hidden: []string{"draft", "edit", "sign", "void"}},
}

// filters are the reaches of an actor for every permission that the rules name.
func (h *Hub) filters(actor access.Actor) map[access.Permission]access.Filter {
	all := make(map[access.Permission]access.Filter)
	for _, r := range rules {
		for _, p := range []access.Permission{r.read, r.drafts} {
			if p != "" {
				all[p] = h.gate.Filter(actor, p)
			}
		}
	}
	return all
}
