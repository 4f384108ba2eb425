package clause

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/duban-gov/duban/internal/plan"
)

func fixedRule(rule string) func([]string, *clock) (Deadline, bool) {
	return func([]string, *clock) (Deadline, bool) { return recurs(rule), true }
}

func recurs(rule string) Deadline { return Deadline{Kind: plan.Recurring, RRule: rule} }

func yearlyTwo(m []string, _ *clock) (Deadline, bool) {
	rule := fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d,%d", num(m[1]), num(m[2]))
	if m[3] != "" {
		rule += ";BYMONTHDAY=-1"
	}
	return recurs(rule), true
}

func yearlyDay(m []string, _ *clock) (Deadline, bool) {
	return recurs(fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", num(m[1]), num(m[2]))), true
}

func yearlyMonth(m []string, _ *clock) (Deadline, bool) {
	if strings.HasSuffix(m[0], "月") || strings.HasSuffix(m[0], "月份") {
		return recurs(fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d", num(m[1]))), true
	}
	return recurs(fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=-1", num(m[1]))), true
}

func monthDay(freq string) func([]string, *clock) (Deadline, bool) {
	return func(m []string, _ *clock) (Deadline, bool) {
		return recurs(fmt.Sprintf("%s;BYMONTHDAY=%d", freq, num(m[1]))), true
	}
}

func weekDay(m []string, _ *clock) (Deadline, bool) {
	day := map[string]string{"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU"}[m[1]]
	return recurs("FREQ=WEEKLY;BYDAY=" + day), true
}

// freqOf is the frequency of a time word; its second value is how many of the frequency's units it is.
func freqOf(word string) (string, int) {
	switch strings.TrimSuffix(strings.TrimPrefix(word, "个"), "度") {
	case "年", "学年":
		return "YEARLY", 1
	case "半年", "学期":
		return "MONTHLY", 6
	case "季":
		return "MONTHLY", 3
	case "月":
		return "MONTHLY", 1
	case "周", "星期":
		return "WEEKLY", 1
	}
	return "DAILY", 1
}

func interval(freq string, n int) Deadline {
	if n == 1 {
		return recurs("FREQ=" + freq)
	}
	return recurs("FREQ=" + freq + ";INTERVAL=" + strconv.Itoa(n))
}

func everyN(m []string, _ *clock) (Deadline, bool) {
	freq, unit := freqOf(m[2])
	if m[1] == "半" {
		if m[2] != "年" {
			return Deadline{}, false
		}
		return interval("MONTHLY", 6), true
	}
	n := num(m[1])
	return interval(freq, n*unit), n > 0 && n < 100
}

func every(m []string, _ *clock) (Deadline, bool) {
	freq, n := freqOf(m[1])
	return interval(freq, n), true
}

func afterEvery(s string, i, _ int) bool {
	return strings.HasSuffix(s[:i], "每") || strings.HasSuffix(s[:i], "隔")
}

// notEvery refuses 每年 inside a rate (每人每年, 元/每年) and 按月 inside other words.
func notEvery(s string, i, j int) bool {
	for _, w := range []string{"每人", "每生", "每户", "每亩", "每校", "每家", "每次", "元", "元/", "每名", "每吨", "每个"} {
		if strings.HasSuffix(s[:i], w) {
			return true
		}
	}
	word := s[i:j]
	if strings.HasPrefix(word, "每") && word != "每天" && word != "每日" {
		return strings.HasPrefix(s[j:], "人均")
	}
	for _, w := range []string{"报", "通", "调", "开", "进行", "汇", "公", "发布", "更新", "上", "考核", "评", "梳理", "研", "统计", "推", "督", "检查", "组织", "分解", "抓", "跟踪", "反馈", "形成", "向", "召开", "对"} {
		if strings.HasPrefix(s[j:], w) {
			return false
		}
	}
	return true
}
