package sample

import (
	_ "embed"
	"strings"

	"github.com/duban-gov/duban/internal/workday"
)

// PlanText is the 2017 plan as plain text, one paragraph a line, table rows between bars. It was written for this project.
//
//go:embed plan2017.txt
var PlanText string

// The plan's own particulars.
const (
	PlanTitle  = "2017年政务公开和政务服务工作要点责任分工方案"
	PlanNumber = "岚教发〔2017〕9号"
	PlanYear   = 2017
)

// PlanDate is the day the plan was issued (成文日期); relative deadlines count from it.
var PlanDate = workday.NewDate(2017, 3, 15)

// UnknownName is the one name in the plan that no unit bears, so that the question about it can be shown. What is meant is
// the 岚江省教育新闻宣传中心.
const UnknownName = "教育新闻中心"

// planLines is the plan without its blank lines.
func planLines() []string {
	var lines []string
	for line := range strings.Lines(PlanText) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// cells splits a table row "| a | b |" into its trimmed cells; ok is false for any other line.
func cells(line string) (row []string, ok bool) {
	inner, ok := strings.CutPrefix(line, "|")
	if !ok {
		return nil, false
	}
	row = strings.Split(strings.TrimSuffix(strings.TrimSpace(inner), "|"), "|")
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	return row, true
}
