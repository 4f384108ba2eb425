package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ledgers"
)

// LedgerInput is the question that every look at the ledger takes.
type LedgerInput struct {
	Q     string `query:"q" maxLength:"500" doc:"What is looked for, in the query language of docs/ledger.md" example:"灯:逾期 牵头:高教处 临期<7"`
	Sort  string `query:"sort" enum:"due,-due,original_due,-original_due,unit,-unit,progress,-progress" doc:"Order; a minus turns it round; by due date if missing" example:"original_due"`
	AsOf  string `query:"as_of" maxLength:"40" doc:"Show the ledger as it was at this instant, or at the end of this day" example:"2017-09-01"`
	Since string `query:"since" maxLength:"40" doc:"Compare each row with what it was at this instant, or at the end of this day" example:"2017-09-01"`
}

// ask turns the input into a question.
func (in LedgerInput) ask(s *ledgers.Service) (ledgers.LedgerQuery, error) {
	q := ledgers.LedgerQuery{Text: in.Q, Sort: in.Sort}
	var err error
	if q.AsOf, err = s.Moment("as_of", in.AsOf); err != nil {
		return q, err
	}
	q.Since, err = s.Moment("since", in.Since)
	return q, err
}

// ledgerPageInput reads larger pages than other lists do: a page of the ledger shows ten thousand rows.
type ledgerPageInput struct {
	LedgerInput
	After string `query:"after" maxLength:"200" doc:"Cursor: the field next of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"50" doc:"Rows on a page"`
	Brief bool   `query:"brief" doc:"Leave out acts that are refused, with their reasons: half of a page" example:"true"`
}

type summaryInput struct {
	Q     string `query:"q" maxLength:"500" doc:"What is summed up, in the query language of docs/ledger.md: open duties unless it says otherwise" example:"年度:2017 是:全部"`
	AsOf  string `query:"as_of" maxLength:"40" doc:"Sum up as it was at this instant, or at the end of this day" example:"2017-09-01"`
	Month string `query:"month" maxLength:"7" doc:"Month whose due dates are counted; that of the day if missing" example:"2017-09"`
}

type pastInput struct {
	ID ident.ID `path:"id" doc:"Id of the duty"`
	At string   `query:"at" required:"true" maxLength:"40" doc:"An instant, or a date, which means the end of that day" example:"2017-09-01"`
}

func ledgerOp(id, method, path, summary, description string) Op {
	return Op{ID: id, Method: method, Path: path, Tag: "ledger", Permission: access.DutyRead, Summary: summary, Description: description}
}

// registerLedger adds the looks at the ledger.
func (a *API) registerLedger() {
	list := ledgerOp("list-ledger", http.MethodGet, "/ledger", "Ask the ledger",
		"台账: duties within the caller's scope that fit a question, open ones unless it says otherwise, with names and counts beside them, now or as "+
			"they were, and compared with any date. Who may see a duty now may see its past. Nothing is counted: ask count-ledger.")
	list.Packs = true
	route(a, list, func(ctx context.Context, in *ledgerPageInput) (*plain[ledgers.LedgerPage], error) {
		q, err := in.ask(a.Ledgers)
		if err != nil {
			return nil, err
		}
		q.After, q.Limit, q.Brief = in.After, in.Limit, in.Brief
		page, err := a.Ledgers.List(ctx, q)
		return &plain[ledgers.LedgerPage]{page}, err
	})
	route(a, ledgerOp("count-ledger", http.MethodGet, "/ledger/facets", "Count the ledger",
		"Totals of what fits a question, and counts by state, light, unit, plan and leader. Ten thousand duties are counted at most, and capped says so."),
		func(ctx context.Context, in *LedgerInput) (*plain[ledgers.LedgerFacets], error) {
			q, err := in.ask(a.Ledgers)
			if err != nil {
				return nil, err
			}
			facets, err := a.Ledgers.Facets(ctx, q)
			return &plain[ledgers.LedgerFacets]{facets}, err
		})
	route(a, ledgerOp("sum-up-ledger", http.MethodGet, "/ledger/summary", "Sum up the ledger",
		"驾驶舱: exact totals with those of a week before, the units with most red lights, the due dates of a month, the ten tasks that want a leader most, "+
			"and what is closed beside what was planned, month by month. The database counts; the answer has the same size for every plan."),
		func(ctx context.Context, in *summaryInput) (*plain[ledgers.LedgerSummary], error) {
			at, err := a.Ledgers.Moment("as_of", in.AsOf)
			if err != nil {
				return nil, err
			}
			sum, err := a.Ledgers.Summary(ctx, ledgers.SummaryQuery{Text: in.Q, AsOf: at, Month: in.Month})
			return &plain[ledgers.LedgerSummary]{sum}, err
		})
	route(a, ledgerOp("compare-ledger", http.MethodGet, "/ledger/changes", "Compare the ledger with a date",
		"How many duties were added, moved and changed since an instant, and which no longer fit the question."),
		func(ctx context.Context, in *LedgerInput) (*plain[ledgers.LedgerChanges], error) {
			q, err := in.ask(a.Ledgers)
			if err != nil {
				return nil, err
			}
			changes, err := a.Ledgers.Changes(ctx, q)
			return &plain[ledgers.LedgerChanges]{changes}, err
		})
	route(a, ledgerOp("get-query-language", http.MethodGet, "/ledger/language", "Read the query language", "Keys, signs and values in the reader's language, for suggestions."),
		func(ctx context.Context, _ *struct{}) (*plain[ledgers.QueryLanguage], error) {
			all, err := a.Ledgers.Language(ctx)
			return &plain[ledgers.QueryLanguage]{all}, err
		})
	route(a, ledgerOp("get-duty-past", http.MethodGet, "/duties/{id}/past", "Get a duty as it was", "One duty as it was at a past instant. Nobody acts in the past: there are no allowed actions."),
		func(ctx context.Context, in *pastInput) (*plain[duties.Duty], error) {
			at, err := a.Ledgers.Moment("at", in.At)
			if err != nil {
				return nil, err
			}
			was, err := a.Ledgers.Then(ctx, in.ID, at)
			return &plain[duties.Duty]{was}, err
		})
	follow := ledgerOp("follow-duty", http.MethodPost, "/duties/{id}/follow", "Follow a duty", "关注: keeps an eye on it for the caller; again changes nothing.")
	follow.Status = http.StatusNoContent
	route(a, follow, func(ctx context.Context, in *byID) (*struct{}, error) { return nil, a.Ledgers.Follow(ctx, in.ID) })
	unfollow := ledgerOp("unfollow-duty", http.MethodDelete, "/duties/{id}/follow", "Stop following a duty", "取消关注: what is not followed stays so.")
	unfollow.Status = http.StatusNoContent
	route(a, unfollow, func(ctx context.Context, in *byID) (*struct{}, error) { return nil, a.Ledgers.Unfollow(ctx, in.ID) })
}
