package clause

import (
	"strings"
)

const (
	labelWord = `(?:主要|共同|协同|第一|具体|省级|市级|县级|区级|直接|工作|任务|项目|对应|落实)*(?:牵头|责任|主责|主办|承办|协办|配合|协同|协作|协助|参与|参加|参建|联合|指导|实施|落实|负责|组织|完成|支持|督导|督办|监督|承担|主体|主管|会办|执行|推进|分工|改革|整改)+(?:落实|实施|配合|责任)?`
	labelNoun = `(?:单位|部门|处室|科室|股室|站所|主体|机构|机关|地区|地方|领导|人员|人|方|学院|院系|者)`
)

var (
	// label matches 责任单位： and its kin. A label may lack its colon's noun only in 牵头： and 配合：.
	label      = compile(`(?:牵头|责任|配合|主办|承办|协办)(?:单位|部门|处室|科室)(?:为|是)|(?:` + labelWord + `(?:（[^（）]{1,6}）)?` + labelNoun + `(?:、` + labelNoun + `)?(?:及(?:责任人|人员|配合单位|分工))?(?:（[^（）]{0,12}）)?|牵头|配合|参与|主办|协办|承办|协助|会办|联系人|分管(?:市|省|县|区|厅|局|校)?领导|联系(?:市|省|县)?领导|责任领导)(?:为)?：`)
	timeLabel  = compile(`(?:完成|办理|办结|整改|工作|时间|推进|落实|实施|反馈|报送|截止|责任|任务|计划|预计|进度)*(?:时限|时间|期限|日期|节点|安排|进度)(?:要求|安排|节点)?(?:：|为)`)
	otherLabel = compile(`(?:目标|工作目标|整改目标|整改措施|工作措施|主要措施|具体措施|工作内容|工作任务|主要任务|任务目标|目标任务|目标要求|工作要求|成果形式|预期成果|验收标准|备注|适用范围|推广范围|实施范围|联系电话|电话|联系方式|销号标准|考核指标|评价标准)：`)

	adverb = `(?:(?:按照?|根据|依据|依照|依|结合|立足|对照|遵照)(?:各自|自身|本地区?|本部门|本单位|部门|单位|有关|相关|工作|法定|所承担|“?三定”?|的|职责|职能|责任|权限|分工|实际|要求|范围|任务|规定|情况|管辖|管理|属地|事权|原则|和|及|与|、|内)+)`
	action = `(?:牵头|负责|负总责|负主责|配合|参与|参加|协助|协同|支持|落实|实施|指导|承担|承办|主办|协办|分工|抓总|执行|完成|推进|组织实施|组织落实|抓好|做好|督促)`
	manner = `(?:总|整体|全程|分别|共同|具体|各自|统一|联合|统筹|密切|积极|认真|按期|均|均须|均需)*`
	// verbTail is a phrase's verb: it runs from the first verb that follows a name to the phrase's end.
	verbStart = compile(adverb + `?` + manner + adverb + `?(?:` + action + `|组织实施|各负其责)`)
	asLabel   = rx(`^(.+?)(?:为|作为|是)(` + labelWord + labelNoun + `)$`)
	afterLead = rx(`^` + manner + `(?:` + action + `|组织|会同|单位|部门|的)`)
	midLead   = rx(`(?:牵头|负责|配合|参与|指导|落实)(?:、|和|，|；)`)
)

// labelRole is the role that a label gives.
func labelRole(s string) role {
	for _, w := range []struct {
		words string
		role  role
	}{
		{"领导|联系人|责任人|人员：|负责人|联系", roleIgnored}, {"牵头|主办|主责|第一责任", roleLead},
		{"配合|协同|协办|协作|会办|协助|参与|参加|联合|支持|会办|参建", roleSupport}, {"指导|督导|监督", roleGuide},
	} {
		for _, word := range strings.Split(w.words, "|") {
			if strings.Contains(s, word) {
				return w.role
			}
		}
	}
	return roleMain
}

// verbRole is the role that a verb phrase gives.
func verbRole(s string) role {
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(s, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("牵头", "主办", "抓总", "负总责", "负主责"):
		return roleLead
	case has("职责", "职能", "分工", "各负其责", "权限") && has("负责", "落实", "实施", "推进", "完成", "做好", "抓好", "分工", "承担") && !has("配合", "参与", "协助"):
		return roleByDuty
	case has("配合", "参与", "参加", "协助", "协同", "支持", "协办", "会办"):
		return roleSupport
	case has("指导", "督促") && !has("负责", "落实", "实施"):
		return roleGuide
	}
	return roleMain
}
