package access

import (
	"context"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/words"
)

// AllowedAction says of one act whether the caller may do it now, and if not, why: the page shows the button with the reason.
type AllowedAction struct {
	Action  string   `json:"action" doc:"The act, as in the object's state table" example:"accept"`
	Enabled bool     `json:"enabled" doc:"Whether the caller may do it now"`
	Code    string   `json:"code,omitempty" doc:"Stable code of the reason why not" example:"separation.author"`
	Reason  string   `json:"reason,omitempty" doc:"Why not, in the reader's language"`
	Needs   []string `json:"needs,omitempty" doc:"What the input has to bring" example:"[\"reason\"]"`
}

// Actions meets what the state table allows with what the actor's posts grant for this very object. Acts for which the actor
// holds no grant anywhere are left out: they are not this person's business.
func (g *Gate) Actions(ctx context.Context, facts Facts, allowed []transition.Allowed) []AllowedAction {
	actor, err := From(ctx)
	if err != nil {
		return []AllowedAction{}
	}
	lang := words.From(ctx)
	list := make([]AllowedAction, 0, len(allowed))
	for _, a := range allowed {
		filter := g.Filter(actor, Permission(a.Permission))
		if filter.Empty() {
			continue
		}
		reason := a.Reason
		if !filter.Covers(facts) {
			reason = Refused(Permission(a.Permission), "relation")
		}
		list = append(list, action(lang, a, reason))
	}
	return list
}

func action(lang words.Lang, a transition.Allowed, reason *fault.Error) AllowedAction {
	out := AllowedAction{Action: string(a.Action), Enabled: reason == nil, Needs: a.Needs.Names()}
	if reason != nil {
		out.Code = reason.Code
		out.Reason = words.Text(lang, "fault."+reason.Code, reason.Params)
	}
	return out
}
