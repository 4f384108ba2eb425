package bench

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
)

// Print writes a result as a table. Ours and the bare side stand beside each other; the ratio is that of the rates.
func (r Result) Print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "%s\tduties\tclients\tours/s\tbare/s\tratio\tp50 ms\tp99 ms\tbare p50\tbare p99\tCPU µs\tbare CPU\tCPU ratio\tRSS MB\tbare RSS\tfailed\tunit\t\n", r.Database)
	for _, row := range r.Rows {
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", row.Measure, row.Duties, whole(row.Clients),
			number(row.Ours.Rate), number(row.Bare.Rate), number(row.Ratio), number(row.Ours.P50), number(row.Ours.P99), number(row.Bare.P50), number(row.Bare.P99),
			number(row.Ours.CPU), number(row.Bare.CPU), number(row.CPURatio), number(row.Ours.RSS), number(row.Bare.RSS), whole(row.Ours.Failed+row.Bare.Failed), row.Unit)
	}
	return table.Flush()
}

func whole(n int) string {
	if n == 0 {
		return "·"
	}
	return strconv.Itoa(n)
}

// number shows about three digits that count.
func number(x float64) string {
	switch {
	case x == 0:
		return "·"
	case x >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	case x >= 0.1:
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
	return strconv.FormatFloat(x, 'g', 2, 64)
}
