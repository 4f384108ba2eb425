package sample

import (
	"strconv"
	"strings"

	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// Target is a number that a key point asks for. Op is ">=" where the text says 不少于, 以上 or 达到, and "=" for a bare number.
type Target struct {
	Op    string
	Value int64
	Unit  string
}

// Fact is what a careful reader takes from one key point of the plan. Names stand as in the text.
type Fact struct {
	No          string // "1" to "34" in the body, "附1" to "附8" in the annex table
	Title       string
	Leads       []string
	Supports    []string
	Collectives []string
	Kind        plan.DeadlineKind
	Due         workday.Date // OnDate and Relative: the day; Period: its last day; otherwise no date
	Rule        string       // Recurring: the RRULE; Relative: the period, as in "10 workday"
	Targets     []Target
	Leaders     []string // 分管领导, in the annex table only
}

// PlanFacts is the expected reading of the plan, in document order. Conventions: with "A、B按职责分工负责" all are leads;
// "A会同B" makes B a support; 列第一位的为牵头单位，下同 (point 19) makes the first of a bare list the lead there and later.
// 年底前 is a Sunday in 2017, which a check for days off may well remark on; nothing else in the plan is at fault but
// UnknownName.
func PlanFacts() []Fact { return readFacts(planFacts) }

// readFacts reads a table with the columns: no | title | leads | supports | collectives | kind of deadline | when | targets |
// leaders. "When" is a date, an RRULE, or a date and a period with a comma between.
func readFacts(table string) []Fact {
	var facts []Fact
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if len(f) != 9 {
			continue
		}
		facts = append(facts, Fact{
			No: f[0], Title: f[1], Leads: strings.Fields(f[2]), Supports: strings.Fields(f[3]), Collectives: strings.Fields(f[4]),
			Kind: plan.DeadlineKind(f[5]), Due: dateOf(f[6]), Rule: ruleOf(f[6]), Targets: targetsOf(f[7]), Leaders: strings.Fields(f[8]),
		})
	}
	return facts
}

// dateOf is the date that a when column begins with, if any.
func dateOf(when string) workday.Date {
	first, _, _ := strings.Cut(when, ",")
	d, err := workday.ParseDate(first)
	if err != nil {
		return workday.Date{}
	}
	return d
}

// ruleOf is what stands in a when column beside the date.
func ruleOf(when string) string {
	if dateOf(when).IsZero() {
		return when
	}
	_, rule, _ := strings.Cut(when, ",")
	return rule
}

// targetsOf reads "op value unit" triples separated by semicolons.
func targetsOf(column string) []Target {
	var targets []Target
	for part := range strings.SplitSeq(column, ";") {
		f := strings.Fields(part)
		if len(f) != 3 {
			continue
		}
		value, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			continue
		}
		targets = append(targets, Target{Op: f[0], Value: value, Unit: f[2]})
	}
	return targets
}

const planFacts = `
1|编制主动公开目录|办公室|政策法规处 信息化管理办公室||date|2017-06-30||
2|严格公文公开属性认定|||各处室|ongoing|||
3|做好政务信息报送|办公室||各处室 各直属单位|recurring|FREQ=MONTHLY;BYMONTHDAY=28|>= 1200 条|
4|提升门户网站内容质量|新闻宣传中心|信息办||date|2017-12-31|>= 2800 条|
5|建好信息公开专栏|新闻宣传中心|考试院 学生资助中心 督导办||date|2017-05-31|= 4 个|
6|规范年度报告编制发布|办公室|高教处|各省属高校|date|2017-10-31||
7|深化招生考试信息公开|省教育考试院|学生处|各高校|date|2017-09-30|>= 12 条;>= 9 条|
8|公开义务教育招生入学信息|基础教育处|教育督导办公室|各市州教育局 各县市区教育局|date|2017-08-31||
9|推进财务预决算公开|财务建设处|审计处|省属高校|date|2017-09-20|>= 100 %|
10|公开学生资助信息|学生资助中心|财建处 基教处 职成处 高教处||date|2017-09-30||
11|公开教师管理事项|教师工作与师范教育处 人事处|||date|2017-11-30||
12|公开建议提案办理结果|办公室||各处室|date|2017-10-20||
13|公开民办学校年检结果|民办教育处|||date|2017-07-31||
14|公开教育督导结果|教育督导办公室|基教处 职成处||recurring|FREQ=MONTHLY;INTERVAL=3||
15|发布毕业生就业质量报告|就业指导中心|学生处|各高校|date|2017-12-31||
16|同步做好政策解读|政策法规处|新闻宣传中心|各处室|date|2017-12-31|>= 6 条|
17|开展在线访谈|办公室|教育新闻中心||date|2017-12-31|= 45 场|
18|办好网上信箱|办公室||各处室 各直属单位|ongoing||>= 100 %|
19|依法办理公开申请|办公室|政策法规处||ongoing|||
20|及时回应教育舆情|宣传中心|思想政治工作处 高校学生处||recurring|FREQ=MONTHLY;INTERVAL=3||
21|梳理政务服务事项|政策法规处||各处室 各直属单位|date|2017-06-30|= 45 项|
22|精简申请材料|政策法规处||机关各处室|date|2017-08-31|>= 20 %|
23|自查办事指南|办公室||各处室 各直属单位|relative|2017-03-29,10 workday||
24|推动高频事项网上办理|信息化管理办公室|普通话测试中心 就业指导中心 学生处||date|2017-11-30|= 3 个|
25|改进教师资格认定服务|教师处||各市州教育局|date|2017-10-20||
26|加强事中事后监管|政策法规处|民办处 国际处 学位办||date|2017-09-30||
27|建设网上阳光服务大厅|电教馆|信息办||date|2017-10-31||
28|实现服务站点全覆盖|信息化管理办公室||各市州教育局 各县市区教育局 各高校|date|2017-12-31|>= 9586 个|
29|提高事项受理质量|电教馆|教育管理信息中心||date|2017-12-31|>= 98 %|
30|落实内容保障考核|教育管理信息中心||各市州教育局 各高校|recurring|FREQ=MONTHLY;BYMONTHDAY=5||
31|健全领导机构|办公室|人事处||date|2017-04-10||
32|加强队伍建设|人事处|信息化管理办公室 教育管理信息中心||period|2017-11-30|>= 170 人;>= 2 期|
33|拓展政务新媒体|新闻宣传中心|报刊社||ongoing|||
34|强化督查考核|办公室（督查室）|督导办 机关党委||recurring|FREQ=MONTHLY;INTERVAL=6||
附1|明确工作人员|信息办||各处室 各直属单位|date|2017-03-31||贺承远
附2|开展信息系统普查|信息办|教育管理信息中心|各处室 各直属单位|date|2017-05-31|= 52 个|贺承远
附3|清理闲置信息系统|教育管理信息中心|财建处 审计处||date|2017-06-30||贺承远
附4|编制信息资源目录|信息化管理办公室|发展规划处|各处室 各直属单位|date|2017-07-31|= 100 条|贺承远
附5|推送共享数据|教育管理信息中心|考试院 学生资助中心 语测中心||date|2017-09-30|= 15000000 条;>= 100 %|贺承远
附6|对接全省一体化平台|电教馆|办公室 政策法规处||date|2017-10-20||贺承远 俞敬安
附7|统一教育数据标准|教科院|||date|2017-11-30||叶素珍
附8|加强网络和数据安全|信息化管理办公室||各直属单位 各高校|ongoing|||贺承远
`
