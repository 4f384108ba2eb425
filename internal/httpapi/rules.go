package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/rules"
)

// registerRules adds the ladders as data: what is in force, what is proposed, trying a candidate, and the approval.
func (a *API) registerRules() {
	version := func(v rules.RuleVersion) int { return v.Version }
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: path, Tag: "rules", Permission: permission, Summary: summary, Description: description}
	}
	route(a, op("get-rules", http.MethodGet, "/rules", access.RuleRead, "Read the rules in force",
		"The versions of each ladder in the order of their days, and the rule files as shipped. Bounded by the number of versions and not paged."),
		func(ctx context.Context, _ *struct{}) (*plain[rules.RuleBook], error) {
			book, err := a.Rules.Book(ctx)
			return &plain[rules.RuleBook]{book}, err
		})
	test := op("test-rule", http.MethodPost, "/rules/test", access.RuleTest, "Try a rule file on what happened",
		"回测: goes through the recorded life of every object by the rules in force and by the candidate, and lists what would have differed: which object, which day, which step or light. Nothing is saved.")
	route(a, test, func(ctx context.Context, in *struct{ Body rules.TestRuleInput }) (*plain[rules.RuleTest], error) {
		result, err := a.Rules.Test(ctx, in.Body)
		return &plain[rules.RuleTest]{result}, err
	})
	route(a, op("list-rule-versions", http.MethodGet, "/rule-versions", access.RuleRead, "List proposed rule versions", "Versions that were proposed, newest first, without their text."),
		func(ctx context.Context, in *Page) (*plain[rules.RuleVersionPage], error) {
			page, err := a.Rules.List(ctx, in.After, in.Limit)
			return &plain[rules.RuleVersionPage]{page}, err
		})
	propose := op("propose-rule", http.MethodPost, "/rule-versions", access.RulePropose, "Propose a rule version",
		"A checked rule file with the day from which it shall apply: tomorrow at the earliest, with a higher version than those in force.")
	propose.Creates, propose.Status = true, http.StatusCreated
	route(a, propose, func(ctx context.Context, in *struct{ Body rules.ProposeRuleInput }) (*one[rules.RuleVersion], error) {
		made, err := a.Rules.Propose(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, op("get-rule-version", http.MethodGet, "/rule-versions/{id}", access.RuleRead, "Get a rule version", "One version with its text and what the caller may do."),
		func(ctx context.Context, in *byID) (*one[rules.RuleVersion], error) {
			found, err := a.Rules.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, op("approve-rule", http.MethodPost, "/rule-versions/{id}/approve", access.RuleApprove, "Approve a rule version",
		"It is in force from its day on; the past keeps its version. Never by whoever proposed it."), a.Rules.Approve, version)
	change(a, op("reject-rule", http.MethodPost, "/rule-versions/{id}/reject", access.RuleReject, "Reject a rule version",
		"With the reason. Never by whoever proposed it."), a.Rules.Reject, version)
}
