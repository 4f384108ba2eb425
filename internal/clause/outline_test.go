package clause

import (
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/plan"
)

// outline prints a draft for reading: one line a node, then what is unplaced.
func outline(d Draft) string {
	var b strings.Builder
	if d.Title != "" {
		fmt.Fprintf(&b, "《%s》 %s %d\n", d.Title, d.Number, d.Year)
	}
	for _, n := range d.Nodes {
		fmt.Fprintf(&b, "%s%s %s%s", strings.Repeat("  ", n.Depth), n.Kind, n.Number, n.Title)
		for _, part := range []plan.AssignmentPart{plan.Lead, plan.Support, plan.Collective} {
			var names []string
			for _, a := range n.Assignments {
				if a.Part == part {
					name := a.Name
					if a.FullName != "" {
						name += "=" + a.FullName
					}
					if a.Inherited {
						name += "*"
					}
					names = append(names, name)
				}
			}
			if len(names) > 0 {
				fmt.Fprintf(&b, " [%s %s]", part, strings.Join(names, " "))
			}
		}
		if n.Open {
			b.WriteString(" [open]")
		}
		if len(n.Scope) > 0 {
			fmt.Fprintf(&b, " [scope %s]", strings.Join(n.Scope, " "))
		}
		if len(n.Leaders) > 0 {
			fmt.Fprintf(&b, " [leaders %s]", strings.Join(n.Leaders, " "))
		}
		if n.Deadline.Kind != plan.NoDeadline {
			fmt.Fprintf(&b, " {%s}", when(n.Deadline))
		}
		for _, m := range n.Milestones {
			fmt.Fprintf(&b, " {+%s}", when(m))
		}
		for _, t := range n.Targets {
			fmt.Fprintf(&b, " (%s %s %v", t.Metric, t.Op, t.Value)
			if t.Op == "range" {
				fmt.Fprintf(&b, "..%v", t.To)
			}
			b.WriteString(t.Unit)
			if t.Per != "" {
				b.WriteString(" per " + t.Per)
			}
			b.WriteString(")")
		}
		b.WriteString("\n")
	}
	for _, u := range d.Unplaced {
		if text := strings.Join(strings.Fields(u.Text), " "); text != "" {
			runes := []rune(text)
			fmt.Fprintf(&b, "- %s: %s\n", u.Reason, string(runes[:min(len(runes), 24)]))
		}
	}
	return b.String()
}

// when prints a deadline.
func when(d Deadline) string {
	switch d.Kind {
	case plan.OnDate:
		if d.Needs != "" {
			return "date needs " + d.Needs
		}
		return d.Date.String()
	case plan.Period:
		return d.Start.String() + ".." + d.End.String()
	case plan.Relative:
		if d.Anchor == "" {
			return fmt.Sprintf("%d %s", d.N, d.Unit)
		}
		return fmt.Sprintf("%d %s after %s", d.N, d.Unit, d.Anchor)
	case plan.Recurring:
		return d.RRule
	}
	return string(d.Kind)
}
