package accounts_test

import (
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent/migrate"
)

// dump is every value in the database as text.
func (o *office) dump() string {
	o.T.Helper()
	var b strings.Builder
	for _, table := range migrate.Tables {
		rows, err := o.Store.DB().QueryContext(o.T.Context(), "SELECT * FROM "+table.Name)
		if err != nil {
			o.T.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			o.T.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				o.T.Fatal(err)
			}
			for _, v := range values {
				if raw, ok := (*v.(*any)).([]byte); ok {
					b.Write(raw)
				} else {
					fmt.Fprint(&b, *v.(*any))
				}
				b.WriteByte('\n')
			}
		}
		if err := rows.Close(); err != nil {
			o.T.Fatal(err)
		}
	}
	return b.String()
}
