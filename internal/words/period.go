package words

import (
	"regexp"
	"strconv"
)

// periodShape is one form of a period's label and the text that says it.
type periodShape struct {
	form *regexp.Regexp
	key  string
}

// periodShapes are the labels of package cycle: 2017, 2017-H1, 2017-S2, 2017-Q3, 2017-05, 2017-W16, a span of years, and the
// points of time D3 and WD5 (days and working days after the assignment) and M2 (second milestone).
var periodShapes = []periodShape{
	{regexp.MustCompile(`^(\d{4})$`), "year"},
	{regexp.MustCompile(`^(\d{4})-H([12])$`), "half"},
	{regexp.MustCompile(`^(\d{4})-S([12])$`), "semester"},
	{regexp.MustCompile(`^(\d{4})-Q([1-4])$`), "quarter"},
	{regexp.MustCompile(`^(\d{4})-(\d{2})$`), "month"},
	{regexp.MustCompile(`^(\d{4})-W(\d{2})$`), "week"},
	{regexp.MustCompile(`^(\d{4})-(\d{4})$`), "years"},
	{regexp.MustCompile(`^()D(\d+)$`), "after_days"},
	{regexp.MustCompile(`^()WD(\d+)$`), "after_workdays"},
	{regexp.MustCompile(`^()M(\d+)$`), "milestone"},
}

// Period says the label of a reporting period as an office writes it (2017-05 is 2017年5月); any other text stays as it is.
func Period(lang Lang, label string) string {
	for _, shape := range periodShapes {
		m := shape.form.FindStringSubmatch(label)
		if m == nil {
			continue
		}
		year, n := number(m[1]), 0
		if len(m) > 2 {
			n = number(m[2])
		}
		key := "period." + shape.key
		if shape.key == "half" || shape.key == "semester" || shape.key == "month" {
			key += "_" + strconv.Itoa(n)
		}
		return Text(lang, key, map[string]any{"year": year, "next": year + 1, "n": n})
	}
	return label
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // the form lets only digits through; none is 0
	return n
}
