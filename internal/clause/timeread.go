package clause

import (
	"strings"

	"github.com/duban-gov/duban/internal/plan"
)

func period(y1, m1, d1, y2, m2, d2 int, known bool) (Deadline, bool) {
	if !known {
		return Deadline{Kind: plan.Period, Needs: "doc_year"}, true
	}
	start, ok1 := date(y1, m1, d1)
	end, ok2 := date(y2, m2, d2)
	return Deadline{Kind: plan.Period, Start: start, End: end}, ok1 && ok2 && !end.Before(start)
}

// periodDay reads 2019年1月1日至12月31日; what the second date leaves out is that of the first.
func periodDay(m []string, c *clock) (Deadline, bool) {
	y1, known := c.year(m[1], m[2])
	y2, m2 := y1, num(m[3])
	if m[5] != "" || m[6] != "" {
		y2, _ = c.year(m[5], m[6])
	}
	if m[7] != "" {
		m2 = num(m[7])
	}
	return period(y1, num(m[3]), num(m[4]), y2, m2, num(m[8]), known)
}

func periodDayShort(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	m2 := num(m[3])
	if m[5] != "" {
		m2 = num(m[5])
	}
	return period(y, num(m[3]), num(m[4]), y, m2, num(m[6]), known)
}

// periodMonth reads 2017年3月至10月; an earlier second month lies in the next year.
func periodMonth(m []string, c *clock) (Deadline, bool) {
	y1, known := c.year(m[1], m[2])
	y2 := y1
	if m[4] != "" || m[5] != "" {
		y2, _ = c.year(m[4], m[5])
	} else if num(m[6]) < num(m[3]) {
		y2++
	}
	return period(y1, num(m[3]), 1, y2, num(m[6]), 0, known)
}

func periodYear(m []string, c *clock) (Deadline, bool) {
	d, ok := period(num(m[1]), 1, 1, num(m[2]), 12, 31, true)
	d.Precision = "year"
	return d, ok
}

var lengthUnits = map[string]string{"工作日": "workday", "自然日": "day", "日历日": "day", "日": "day", "天": "day", "小时": "hour",
	"月": "month", "个月": "month", "年": "year", "周": "week", "星期": "week", "学期": "semester"}

func relative(n, unit, anchor string) (Deadline, bool) {
	count, ok := wholeNumber(n)
	return Deadline{Kind: plan.Relative, N: count, Unit: lengthUnits[unit], Anchor: anchor}, ok && count > 0 && count < 10000
}

// relativeAnchor reads 自签收之日起10个工作日内: the anchor is the event with 之日 if the text has it.
func relativeAnchor(m []string, _ *clock) (Deadline, bool) {
	anchor := m[2]
	for _, w := range []string{"应当自", "应自", "自", "从", "应于", "于", "要在", "在", "应"} {
		if k := strings.LastIndex(anchor, w); k >= 0 && len(anchor) > k+len(w)+3 && !strings.HasSuffix(anchor[:k], "来") && !strings.HasSuffix(anchor[:k], "各") && !strings.HasPrefix(anchor[k:], "自然") && !strings.HasPrefix(anchor[k:], "在线") {
			anchor = anchor[k+len(w):]
		}
	}
	if strings.HasPrefix(m[3], "之日") {
		anchor += "之日"
	}
	return relative(m[4], m[5], anchor)
}

func relativeAhead(m []string, _ *clock) (Deadline, bool) {
	if strings.Contains(m[0], "提前") {
		return relative(m[2], m[3], "")
	}
	before, _, _ := strings.Cut(m[0], "前"+m[2])
	return relative(m[2], m[3], before+"前")
}

// relativeEvent reads 春节前: due when the event comes, whose day a person has to say.
func relativeEvent(m []string, _ *clock) (Deadline, bool) {
	return Deadline{Kind: plan.Relative, Unit: "day", Anchor: m[1]}, true
}

// pastEvent refuses the week before an event, which is no deadline (开学前一周, 节前后).
func pastEvent(s string, _, j int) bool {
	return strings.HasPrefix(s[j:], "后") || strings.HasPrefix(s[j:], "夕") || afterEvent.MatchString(s[j:])
}

var afterEvent = rx(`^(?:期|[0-9一二两三]|(?:的)?(?:准备|检查|教育|培训|排查)工作)`)

func relativeBare(m []string, _ *clock) (Deadline, bool) { return relative(m[1], m[2], "") }

func dateDay(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	return onDate(y, num(m[3]), num(m[4]), known)
}

func dateMonth(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	return onDate(y, num(m[3]), 0, known)
}

func datePart(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	day := map[string]int{"上旬": 10, "初": 10, "中旬": 20, "中": 15, "下旬": 0}[m[4]]
	return onDate(y, num(m[3]), day, known)
}

func dateQuarter(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	return onDate(y, 3*num(m[3]), 0, known)
}

func dateHalf(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	return onDate(y, map[string]int{"上半年": 6, "下半年": 12}[m[3]], 0, known)
}

// dateFiveYears reads the end of a five-year plan: the 13th (十三五) ended in 2020.
func dateFiveYears(m []string, _ *clock) (Deadline, bool) {
	d, ok := onDate(2005+5*(num(m[1])), 12, 31, true)
	d.Precision = "year"
	return d, ok
}

func dateYear(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	return onDate(y, 12, 31, known)
}

func dateYear0(_ []string, c *clock) (Deadline, bool) {
	y, known := c.year("", "")
	return onDate(y, 12, 31, known)
}

func dateYearOnly(m []string, c *clock) (Deadline, bool) {
	d, ok := dateYear(m, c)
	d.Precision = "year"
	return d, ok
}

// dateYearHead reads a sentence that begins with the year alone (2025年，…); a year before the document's is history.
func dateYearHead(m []string, c *clock) (Deadline, bool) {
	y, known := c.year(m[1], m[2])
	if !known || y < c.docYear {
		return Deadline{}, false
	}
	return dateYearOnly(m, c)
}

func dateNumeric(m []string, _ *clock) (Deadline, bool) {
	return onDate(num(m[1]), num(m[2]), num(m[3]), true)
}
