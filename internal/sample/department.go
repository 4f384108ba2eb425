package sample

import (
	"fmt"

	"github.com/duban-gov/duban/internal/unit"
)

// AmbiguousAlias is the one short name that two units share on purpose (信息中心: the information centre, and the
// audio-visual centre that ran it before), so that the question "which of them?" can be shown. Every other name is unique.
const AmbiguousAlias = "信息中心"

// named is a name with its short names.
type named struct {
	name    string
	aliases []string
}

var divisions = []named{
	{"办公室", []string{"厅办公室", "办公室（督查室）", "督查室", "厅办"}},
	{"政策法规处", []string{"法规处", "政法处"}},
	{"发展规划处", []string{"规划处"}},
	{"人事处", []string{"厅人事处"}},
	{"财务建设处", []string{"财建处", "财务处"}},
	{"审计处", []string{"厅审计处"}},
	{"基础教育处", []string{"基教处"}},
	{"职业教育与成人教育处", []string{"职成处"}},
	{"高等教育处", []string{"高教处"}},
	{"学位管理与研究生教育处", []string{"学位办", "研究生处"}},
	{"教师工作与师范教育处", []string{"教师处", "师范处"}},
	{"思想政治工作处", []string{"思政处"}},
	{"体育卫生与艺术教育处", []string{"体卫艺处"}},
	{"民办教育处", []string{"民办处"}},
	{"民族教育处", []string{"民族处"}},
	{"语言文字工作处", []string{"语言文字处", "语委办"}},
	{"科学技术处", []string{"科技处"}},
	{"高校学生处", []string{"学生处"}},
	{"国际合作与交流处", []string{"国际处", "外事处"}},
	{"信息化管理办公室", []string{"信息办", "信息化办"}},
	{"教育督导办公室", []string{"督导办", "省教育督导办"}},
	{"机关党委", []string{"厅机关党委"}},
	{"离退休人员管理服务处", []string{"离退休处", "老干处"}},
}

var affiliated = []named{
	{"岚江省教育考试院", []string{"省教育考试院", "教育考试院", "考试院"}},
	{"岚江省电化教育馆", []string{"省电化教育馆", "省电教馆", "电教馆", AmbiguousAlias}},
	{"岚江省教育科学研究院", []string{"省教育科学研究院", "省教科院", "教科院"}},
	{"岚江省学生资助管理中心", []string{"省学生资助管理中心", "学生资助中心", "资助中心"}},
	{"岚江省高校毕业生就业指导中心", []string{"省高校毕业生就业指导中心", "毕业生就业指导中心", "就业指导中心"}},
	{"岚江省教育新闻宣传中心", []string{"省教育新闻宣传中心", "新闻宣传中心", "宣传中心"}},
	{"岚江教育报刊社", []string{"教育报刊社", "报刊社"}},
	{"岚江省教育后勤服务中心", []string{"省教育后勤服务中心", "后勤服务中心", "后勤中心"}},
	{"岚江省教育管理信息中心", []string{"省教育管理信息中心", "教育管理信息中心", AmbiguousAlias}},
	{"岚江省普通话培训测试中心", []string{"省普通话培训测试中心", "普通话测试中心", "语测中心"}},
}

// department is the root with its divisions and affiliated units.
func department() []Unit {
	root := Unit{Code: Root, Name: "岚江省教育厅", Kind: unit.Department, Aliases: []string{"省教育厅"}, Sort: 1}
	units := append([]Unit{root}, numbered("D", unit.Division, divisions)...)
	return append(units, numbered("Z", unit.Affiliated, affiliated)...)
}

// numbered makes units of one kind directly under the root, with codes of the letter and two digits.
func numbered(letter string, kind unit.Kind, list []named) []Unit {
	units := make([]Unit, len(list))
	for i, n := range list {
		units[i] = Unit{
			Code: fmt.Sprintf("%s%02d", letter, i+1), Name: n.name, Kind: kind, Parent: Root, Aliases: n.aliases, Sort: i + 1,
		}
	}
	return units
}
