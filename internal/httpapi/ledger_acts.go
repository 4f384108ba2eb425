package httpapi

import (
	"context"
	"mime"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/duban-gov/duban/internal/ledgers"
)

// ledgerFile answers with a file that is written while it is sent.
type ledgerFile struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Rows        string `header:"X-Row-Count" doc:"Rows of the table"`
	Body        func(huma.Context)
}

var ledgerMedia = map[string]string{
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"csv":  "text/csv; charset=utf-8",
}

// registerLedgerActs adds the export and acts on many duties.
func (a *API) registerLedgerActs() {
	export := ledgerOp("export-ledger", http.MethodPost, "/ledger/exports", "Export the ledger",
		"All that fits a question as XLSX or CSV, with a line that says as of when, which question and who; no cell is a formula. It leaves an event.")
	export.Files = []string{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"}
	route(a, export, func(ctx context.Context, in *struct{ Body ledgers.ExportLedgerInput }) (*ledgerFile, error) {
		file, err := a.Ledgers.Export(ctx, in.Body)
		if err != nil {
			return nil, err
		}
		return &ledgerFile{ContentType: ledgerMedia[in.Body.Format], Rows: strconv.Itoa(file.Rows),
			Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}),
			Body: func(hc huma.Context) {
				if err := file.Write(hc.BodyWriter()); err != nil { // the head is sent: what is cut short cannot be opened, and nobody takes it for whole
					a.Log.ErrorContext(ctx, "export broke off", "request_id", requestID(ctx), "error", err)
					panic(http.ErrAbortHandler)
				}
			}}, nil
	})
	bulk := ledgerOp("act-on-duties", http.MethodPost, "/ledger/acts", "Act on many duties",
		"One act on up to a hundred duties or reports, each in its own transaction with its own result and its own right. Sent again under its "+
			"Idempotency-Key, it does only what was not done; a caller who hangs up stops it between two rows.")
	bulk.Creates = true
	route(a, bulk, func(ctx context.Context, in *struct{ Body ledgers.BulkDutiesInput }) (*plain[ledgers.BulkResults], error) {
		results, err := a.Ledgers.Bulk(ctx, in.Body)
		return &plain[ledgers.BulkResults]{results}, err
	})
}
