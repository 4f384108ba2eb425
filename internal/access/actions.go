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
	return g.Look(ctx).Actions(facts, allowed)
}

// Look is one actor's look at many objects of a page: what it asks of the policy and of the language files, it asks once. It
// lives as long as the request and is not for several goroutines.
type Look struct {
	gate    *Gate
	actor   Actor
	nobody  bool
	lang    words.Lang
	filters map[Permission]Filter
	refused map[Permission]*fault.Error
	reasons map[*fault.Error]string // the texts of reasons that the state tables share
}

// Look begins the look of the context's actor.
func (g *Gate) Look(ctx context.Context) *Look {
	actor, err := From(ctx)
	return &Look{gate: g, actor: actor, nobody: err != nil, lang: words.From(ctx), filters: make(map[Permission]Filter),
		refused: make(map[Permission]*fault.Error), reasons: make(map[*fault.Error]string)}
}

// Actions is Gate.Actions for one of the objects.
func (l *Look) Actions(facts Facts, allowed []transition.Allowed) []AllowedAction {
	if l.nobody {
		return []AllowedAction{}
	}
	list := make([]AllowedAction, 0, len(allowed))
	for _, a := range allowed {
		filter := l.filter(Permission(a.Permission))
		if filter.Empty() {
			continue
		}
		reason := a.Reason
		if !filter.Covers(facts) {
			reason = l.refusal(Permission(a.Permission))
		}
		list = append(list, l.action(a, reason))
	}
	return list
}

func (l *Look) filter(permission Permission) Filter {
	filter, known := l.filters[permission]
	if !known {
		filter = l.gate.Filter(l.actor, permission)
		l.filters[permission] = filter
	}
	return filter
}

func (l *Look) refusal(permission Permission) *fault.Error {
	if l.refused[permission] == nil {
		l.refused[permission] = Refused(permission, "relation")
	}
	return l.refused[permission]
}

func (l *Look) action(a transition.Allowed, reason *fault.Error) AllowedAction {
	out := AllowedAction{Action: string(a.Action), Enabled: reason == nil, Needs: a.Needs.Names()}
	if reason == nil {
		return out
	}
	out.Code = reason.Code
	text, known := l.reasons[reason]
	if !known {
		text = words.Text(l.lang, "fault."+reason.Code, reason.Params)
		l.reasons[reason] = text
	}
	out.Reason = text
	return out
}
