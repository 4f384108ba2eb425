package ledgers

import (
	"context"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/words"
)

// BulkRow is one object of a bulk act with the version that the act is based on.
type BulkRow struct {
	ID      ident.ID `json:"id" doc:"The duty, or for acts on reports the report"`
	Version int      `json:"version" minimum:"1" doc:"Version that the act is based on" example:"3"`
}

// BulkDutiesInput is one act on many duties.
type BulkDutiesInput struct {
	Action      string    `json:"action" enum:"accept,return,insist,reassign,cancel,instruct,close,send_back,reopen,review_report,confirm_report,follow,unfollow" doc:"The act" example:"accept"`
	Rows        []BulkRow `json:"rows" minItems:"1" maxItems:"100" doc:"At most a hundred; more go in several calls"`
	Reason      string    `json:"reason,omitempty" maxLength:"2000" doc:"Reason, text of an instruction or note of a close-out, where the act takes one" example:"职责调整"`
	UnitID      ident.ID  `json:"unit_id,omitzero" doc:"Unit that takes them over, to reassign; that is proposed, to return"`
	CloseReason string    `json:"close_reason,omitempty" maxLength:"40" doc:"Why they are struck off, to close: done, merged, overtaken" example:"done"`
}

// BulkResult is what became of one row.
type BulkResult struct {
	ID      ident.ID `json:"id" doc:"The row's object"`
	Done    bool     `json:"done" doc:"Whether the act was done"`
	Version int      `json:"version,omitempty" doc:"Version afterwards" example:"4"`
	Code    string   `json:"code,omitempty" doc:"Stable code of the reason why not" example:"stale"`
	Reason  string   `json:"reason,omitempty" doc:"Why not, in the reader's language" example:"内容已被他人修改，请刷新后重试"`
}

// BulkResults are the results of a bulk act, in the order of the rows.
type BulkResults struct {
	Items []BulkResult `json:"items" doc:"One for each row"`
	Done  int          `json:"done" doc:"Rows on which the act was done" example:"12"`
}

// act does a bulk act on one row and gives the version afterwards.
type act func(ctx context.Context, s *Service, row BulkRow, in BulkDutiesInput) (int, error)

// onDuty is an act on a duty with an input of its own.
func onDuty[T any](do func(*duties.Service, context.Context, ident.ID, int, T) (duties.Duty, error), with func(BulkDutiesInput) T) act {
	return func(ctx context.Context, s *Service, row BulkRow, in BulkDutiesInput) (int, error) {
		d, err := do(s.duties, ctx, row.ID, row.Version, with(in))
		return d.Version, err
	}
}

// onReport is an act on a report.
func onReport(do func(*duties.Service, context.Context, ident.ID, int) (duties.Report, error)) act {
	return func(ctx context.Context, s *Service, row BulkRow, _ BulkDutiesInput) (int, error) {
		r, err := do(s.duties, ctx, row.ID, row.Version)
		return r.Version, err
	}
}

// acts are what can be done in bulk: each is the use case of a single duty, with its own permission, states and event.
var acts = map[string]act{
	"accept": func(ctx context.Context, s *Service, row BulkRow, _ BulkDutiesInput) (int, error) {
		d, err := s.duties.Accept(ctx, row.ID, row.Version)
		return d.Version, err
	},
	"return": onDuty((*duties.Service).Return, func(in BulkDutiesInput) duties.ReturnDutyInput {
		return duties.ReturnDutyInput{Reason: in.Reason, UnitID: in.UnitID}
	}),
	"insist":    onDuty((*duties.Service).Insist, func(in BulkDutiesInput) duties.InsistDutyInput { return duties.InsistDutyInput{Reason: in.Reason} }),
	"cancel":    onDuty((*duties.Service).Cancel, func(in BulkDutiesInput) duties.CancelDutyInput { return duties.CancelDutyInput{Reason: in.Reason} }),
	"instruct":  onDuty((*duties.Service).Instruct, func(in BulkDutiesInput) duties.InstructDutyInput { return duties.InstructDutyInput{Text: in.Reason} }),
	"send_back": onDuty((*duties.Service).SendBack, func(in BulkDutiesInput) duties.SendBackDutyInput { return duties.SendBackDutyInput{Reason: in.Reason} }),
	"reopen":    onDuty((*duties.Service).Reopen, func(in BulkDutiesInput) duties.ReopenDutyInput { return duties.ReopenDutyInput{Reason: in.Reason} }),
	"reassign": onDuty((*duties.Service).Reassign, func(in BulkDutiesInput) duties.ReassignDutyInput {
		return duties.ReassignDutyInput{UnitID: in.UnitID, Reason: in.Reason}
	}),
	"close": onDuty((*duties.Service).Close, func(in BulkDutiesInput) duties.CloseDutyInput {
		return duties.CloseDutyInput{CloseReason: in.CloseReason, Note: in.Reason}
	}),
	"review_report":  onReport((*duties.Service).ReviewReport),
	"confirm_report": onReport((*duties.Service).ConfirmReport),
	"follow": func(ctx context.Context, s *Service, row BulkRow, _ BulkDutiesInput) (int, error) {
		return row.Version, s.Follow(ctx, row.ID)
	},
	"unfollow": func(ctx context.Context, s *Service, row BulkRow, _ BulkDutiesInput) (int, error) {
		return row.Version, s.Unfollow(ctx, row.ID)
	},
}

// maxBulk is how many rows one call takes: a second or two, after which the caller knows how far it is and may stop.
const maxBulk = 100

// Bulk does one act on many duties, each in a transaction of its own with its own result. A caller who hangs up stops it between two
// rows. Sent again under its Idempotency-Key, it does only what was not done.
func (s *Service) Bulk(ctx context.Context, in BulkDutiesInput) (BulkResults, error) {
	results := BulkResults{Items: []BulkResult{}}
	if _, err := s.gate.May(ctx, access.DutyRead); err != nil {
		return results, err
	}
	do, ok := acts[in.Action]
	if !ok {
		return results, fault.BadField("body.action", "ledger.bulk_action")
	}
	if len(in.Rows) == 0 || len(in.Rows) > maxBulk {
		return results, fault.BadFields(fault.Field{Location: "body.rows", Code: "ledger.bulk_rows", Params: fault.Params{"limit": maxBulk}})
	}
	if err := s.claim(ctx); err != nil {
		return results, err
	}
	seen := make(map[ident.ID]bool, len(in.Rows))
	for _, row := range in.Rows {
		if err := ctx.Err(); err != nil { // the caller has gone
			return results, err
		}
		if seen[row.ID] {
			continue
		}
		seen[row.ID] = true
		version, err := do(store.PartOfRequest(ctx, in.Action+row.ID.String()), s, row, in)
		result := BulkResult{ID: row.ID, Done: err == nil, Version: version}
		if err != nil {
			f := fault.As(err)
			if f == nil || f.Kind == fault.Internal || f.Kind == fault.Unavailable { // not the row's fault: what is done stays done, the rest can be sent again
				return results, err
			}
			result.Version, result.Code, result.Reason = 0, f.Code, explain(words.From(ctx), f)
		} else {
			results.Done++
		}
		results.Items = append(results.Items, result)
	}
	return results, nil
}

// claim keeps the request before its first row, so that its Idempotency-Key serves no other body, also where no row was done.
func (s *Service) claim(ctx context.Context) error {
	_, err := store.Do(ctx, s.store, func(context.Context, *ent.Tx) (struct{}, error) { return struct{}{}, nil })
	return err
}

// explain is the text of a fault; of bad input that of its first place.
func explain(lang words.Lang, f *fault.Error) string {
	if len(f.Fields) > 0 {
		return words.Field(lang, f.Fields[0].Code, f.Fields[0].Params)
	}
	return words.Text(lang, "fault."+f.Code, f.Params)
}
