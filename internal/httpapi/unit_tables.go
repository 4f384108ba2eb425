package httpapi

import (
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/words"
)

// maxTable is the largest table file.
const maxTable = 16 << 20

var tableMedia = map[units.Format]string{
	units.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	units.CSV:  "text/csv; charset=utf-8",
}

type importUnitsInput struct {
	DryRun  bool `query:"dry_run" doc:"Only check: answer the same and write nothing" example:"true"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"XLSX, or CSV in UTF-8 or GB18030"`
	}]
}

type exportUnitsInput struct {
	Format units.Format `query:"format" enum:"xlsx,csv" default:"xlsx" doc:"Form of the file" example:"xlsx"`
}

// download answers with a file to keep, never to show.
type download struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// registerUnitTables adds import and export of the unit tree.
func (a *API) registerUnitTables() {
	route(a, Op{ID: "import-units", Method: http.MethodPost, Path: "/units/import", Tag: "units", Permission: access.UnitImport, Creates: true, MaxBody: maxTable,
		Summary: "Import units", Description: "Reads a table of units: code, name, kind, parent code, short names, order, valid from, valid to, in any order, heads in any of the languages. " +
			"Known codes change a unit, others add one. All lines or none; every fault is listed with line and column."},
		func(ctx context.Context, in *importUnitsInput) (*plain[units.ImportReport], error) {
			file, err := readFormFile(in.RawBody.Data().File)
			if err != nil {
				return nil, err
			}
			report, err := a.Units.Import(ctx, file, in.DryRun)
			return &plain[units.ImportReport]{report}, err
		})
	route(a, Op{ID: "export-units", Method: http.MethodGet, Path: "/units/export", Tag: "units", Permission: access.UnitExport, Files: []string{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
		Summary: "Export units", Description: "The unit tree as a table that the import reads back. No cell is a formula."},
		func(ctx context.Context, in *exportUnitsInput) (*download, error) {
			file, err := a.Units.Export(ctx, in.Format)
			name := words.Text(words.From(ctx), "unit.sheet", nil) + "." + string(in.Format)
			return &download{ContentType: tableMedia[in.Format], Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": name}), Body: file}, err
		})
}

// readFormFile reads an uploaded table within its limit.
func readFormFile(f huma.FormFile) ([]byte, error) {
	defer f.Close()
	file, err := io.ReadAll(io.LimitReader(f, maxTable+1))
	if err != nil {
		return nil, fault.BadField("body.file", "malformed").Because(err)
	}
	if len(file) > maxTable {
		return nil, fault.New(fault.TooLarge, "input.too_large").With("limit", maxTable)
	}
	return file, nil
}
