package sample

import _ "embed"

// TablePlan is a plan of one page that is nothing but a Markdown table: six matters, every name known.
//
//go:embed table2017.md
var TablePlan string

// TablePlanFacts is the expected reading of TablePlan.
func TablePlanFacts() []Fact { return readFacts(tableFacts) }

const tableFacts = `
1|秋季开学工作检查|督导办|基教处 后勤中心||date|2017-09-15|>= 60 所|
2|校园食堂“明厨亮灶”|体卫艺处||各市州教育局|date|2017-11-30|>= 90 %|
3|乡村教师周转房建设|财务建设处|发展规划处|各县市区教育局|date|2017-12-31|= 1500 套|
4|秋季学期资助资金发放|学生资助中心|财建处|各高校|date|2017-10-31|>= 100 %|
5|高校实验室安全排查|高教处|科技处|各高校|date|2017-09-30||
6|来信来访积案化解|办公室||各处室 各直属单位|recurring|FREQ=MONTHLY;INTERVAL=3||
`

// Fault names what is wrong with a Defect, in the words of the checks before issuing.
type Fault string

const (
	NoLead           Fault = "no_lead"            // supporting units, but nobody leads
	TwoLeads         Fault = "two_leads"          // two leads without 按职责分工负责
	LeadSupports     Fault = "lead_supports"      // one unit is lead and support, by two of its names
	NoUnit           Fault = "no_unit"            // nobody is named
	UnknownUnit      Fault = "unknown_unit"       // a name that no unit bears
	AmbiguousUnit    Fault = "ambiguous_unit"     // a name that two units bear
	ChildAfterParent Fault = "child_after_parent" // a part is due after the whole
	PastDate         Fault = "past_date"          // due before the day of issue
	DayOff           Fault = "day_off"            // due on a day off
)

// Defect is a small plan of the year PlanYear, to be issued on PlanDate, with exactly one fault planted. At is the number of
// the point at fault; the plan's other points are sound.
type Defect struct {
	Fault Fault
	At    string
	Text  string
}

// Defects lists one plan for every Fault.
func Defects() []Defect {
	const sound = "一、重点任务\n1. 公布办事指南。逐项核对后在门户网站公布。（办公室牵头，信息办配合，2017年6月底前完成）\n"
	return []Defect{
		{NoLead, "2", sound + "2. 清理空白栏目。长期不更新的栏目限期合并。（信息办、新闻宣传中心配合，2017年7月底前完成）\n"},
		{TwoLeads, "2", sound + "2. 统一数据标准。制定基础数据元规范。（信息办、发展规划处牵头，教科院配合，2017年10月底前完成）\n"},
		{LeadSupports, "2", sound + "2. 开设公开专栏。明确专人维护。（信息化管理办公室牵头，信息办、宣传中心配合，2017年7月底前完成）\n"},
		{NoUnit, "2", sound + "2. 完善考核办法。考核结果按季度公布。（2017年9月底前完成）\n"},
		{UnknownUnit, "2", sound + "2. 办好微信公众号。重要政策同步发布。（融媒体编辑部牵头，报刊社配合，2017年7月底前完成）\n"},
		{AmbiguousUnit, "2", sound + "2. 保障系统运行。健全值班和应急制度。（" + AmbiguousAlias + "牵头，信息办配合，2017年7月底前完成）\n"},
		{ChildAfterParent, "2（2）", sound + "2. 对接省级平台。分两步完成平台对接。（信息办牵头，2017年9月底前完成）\n" +
			"（1）完成统一身份认证。（电教馆牵头，2017年6月底前完成）\n（2）完成办件数据汇聚。（教育管理信息中心牵头，2017年11月底前完成）\n"},
		{PastDate, "2", sound + "2. 报送联络员名单。明确分管负责人和联络员。（人事处牵头，2017年2月20日前完成）\n"},
		{DayOff, "2", sound + "2. 开展问卷调查。了解师生对网上办事的意见。（政策法规处牵头，2017年10月5日前完成）\n"},
	}
}
