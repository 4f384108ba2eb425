package clause

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const modal = `应当|应该|应|要|须|需|必须|可以|可|负责|会同|牵头|不得|不能|不再`

var (
	strongNext = regexp.MustCompile(`^(?:` + modal + `)`)
	// weakNext may follow a subject that is clearly a body.
	weakNext = regexp.MustCompile(`^(?:` + modal + `|以|对|在|按|将|于|向|自|每|不|首次|根据|依据|结合|通过|统筹|组织|加强|制定|建立|开展|做好|切实|进一步|继续|原则上|具体|印发|编制|完成|定期|及时|认真|抓紧|全面|积极|参照|依法|承担|指导|协调|落实|汇总|报送|一般|原则|分别|共同|联合|主动|成立|负|作为|为|把|从|立足|推动|推进|研究|出台|严格|落实|牵|用|组建|会商|尽快|同步|参与|配合|协助|审核|督促|监督|提出|汇集|收到|接到|接|是)`)
	person   = regexp.MustCompile(`(?:人|师|者|方|员|对象|户|学生|教师|校长|家长|主体|城市|地区)$`)
	strictly = regexp.MustCompile(`(?:政府|党委|委员会|委|部|局|厅|办|办公室|院|署|部门|机关|机构|单位|中心|公司|集团|大学|学院|学校|高校|幼儿园|各地|各区|各县|各市|各省|小组|专班|处|科|社|总会|联合会|银行|城市|街道|乡|镇|地方|地区|企业|组织|会)$`)
	// verbHead tells an imperative sentence (加强教育部门…) from one with a subject.
	verbHead = regexp.MustCompile(`^(?:加强|加快|加大|推动|推进|推广|推行|支持|鼓励|引导|建立|健全|完善|开展|指导|组织|落实|对|在|以|为|将|把|按|由|到|从|向|与|实施|依托|发挥|强化|深化|优化|提升|提高|扩大|打造|培育|建设|构建|促进|统筹|研究|制定|探索|鼓|严格|规范|明确|督促|协调|动员|发动|争取|确保|保障|做好|抓好|坚持|充分|积极|深入|全面|进一步|持续|大力|切实|认真|及时|定期|集中|聚焦|围绕|针对|通过|结合|根据|按照|实现|完成|形成|力争|用好|利用|运用|整合|调整|改革|创新|拓展|延伸|畅通|打通|清理|排查|整治|查处|打击|严厉|依法|凡|对于|关于|经|若|如|因|当|允许|同意|授权|赋予|取消|下放|降低|减少|压缩|增加|新增|选择|选树|遴选|认定|评选|表彰|通报|公布|公开|发布|编制|修订|出台|印发|启动|举办|召开|参加|参与|配合|联合|会同|协助|委托|邀请|聘请|安排|部署|研发|突破|建成|建好|管好|办好|有序|稳步|逐步|率先|重点|着力|努力|不断|继续|严禁|禁止|防止|避免|遏制|化解|解决|补齐|巩固|稳定|维护|保护|贯彻|学习|宣传|传达|宣讲|培训|培养|引进|招聘|配备|配齐|设立|设置|成立|组建|划定|收集|汇总|报送|上报|提交|提出|开发|引入|帮助|服务|面向|涉及|属于|包括|作为|成为|是|有|无|未|不|可|应|要|须|需|请)`)
	timeHead = regexp.MustCompile(`^(?:\d{4}年|今年|明年|\d{1,2}月|每年|每月|每季度|到|在|截至|自|从|对|根据|按照|经)`)
	plead    = regexp.MustCompile(`^请(.{2,200}?)(?:等部门|等单位|等)?(?:在|于|负责|按|牵头|抓紧|认真|将|对|尽快|会同|结合|根据|，)`)
)

// subjects finds the bodies that act as the subject of the view's sentences, with 会同 partners; sentence is the byte range of
// the first phrase that has one.
func subjects(v *view) (d duty, sentence [2]int) {
	for _, s := range sentences(v.s) {
		for k, ph := range phrases(v.s, s[0], s[1]) {
			names, end := subjectOf(v, ph[0], ph[1])
			if len(names) == 0 && k > 0 && strongNext.MatchString(v.s[ph[0]:ph[1]]) {
				prev := phrases(v.s, s[0], s[1])[k-1]
				names, end = personHead(v, prev[0], prev[1])
			}
			if len(names) == 0 {
				continue
			}
			if sentence[1] == 0 {
				sentence = [2]int{ph[0], end}
			}
			d.spans = append(d.spans, v.span(ph[0], end))
			d.add(names, roleMain, false)
			if with := withPartners(v, end, s[1]); len(with) > 0 {
				for n := range d.parties {
					d.parties[n].role = roleLead
				}
				d.with = true
				d.add(with, roleSupport, false)
			}
			break
		}
	}
	return d, sentence
}

// subjectOf reads the list of bodies that s[i:j] begins with, if a predicate follows it; end is where the predicate begins.
func subjectOf(v *view, i, j int) ([]mention, int) {
	s := v.s[i:j]
	if m := plead.FindStringSubmatchIndex(s); m != nil {
		names := splitNames(v, i+m[2], i+m[3])
		if allBodies(names) {
			if strings.Contains(s[m[3]:min(len(s), m[3]+len("等"))], "等") {
				names[len(names)-1].open = true
			}
			return names, i + m[3]
		}
	}
	if verbHead.MatchString(s) || timeHead.MatchString(s) {
		return nil, 0
	}
	depth, count := 0, 0
	for k, r := range s {
		if count++; count > 90 {
			return nil, 0
		}
		if depth == 0 && k > 0 && endsNoun(s[:k]) {
			names := splitNames(v, i, i+k)
			organs := allBodies(names) && strictly.MatchString(s[:k])
			switch {
			case organs && weakNext.MatchString(s[k:]) && !joins(s[k:]):
				return names, i + k
			case strongNext.MatchString(s[k:]) && allNouns(names):
				return names, i + k
			case person.MatchString(s[:k]) && weakPerson.MatchString(s[k:]) && allNouns(names) && len(names) == 1:
				return names, i + k
			}
		}
		switch r {
		case '（', '〔', '“', '《':
			depth++
		case '）', '〕', '”', '》':
			depth = max(0, depth-1)
		}
	}
	return nil, 0
}

var weakPerson = regexp.MustCompile(`^(?:在|对|自|于|应|须)`)

// joins reports a character that continues a name rather than begins a predicate (财政部和, 国务院办公厅).
func joins(s string) bool {
	return strings.HasPrefix(s, "为主") || strings.HasPrefix(s, "从业") || strings.HasPrefix(s, "负责人") || strings.HasPrefix(s, "负责同志") || strings.HasPrefix(s, "主要负责")
}

func endsNoun(s string) bool {
	return endsAsBody.MatchString(s) || person.MatchString(s)
}

// personHead reads a personal noun at the head of a phrase whose predicate stands in the next one (专利代理师首次执业，应当…).
func personHead(v *view, i, j int) ([]mention, int) {
	s := v.s[i:j]
	if verbHead.MatchString(s) || timeHead.MatchString(s) {
		return nil, 0
	}
	for k := range s {
		if k > 0 && utf8.RuneCountInString(s[:k]) >= 3 && (person.MatchString(s[:k]) || strictly.MatchString(s[:k])) {
			names := splitNames(v, i, i+k)
			if allNouns(names) {
				return names, i + k
			}
		}
	}
	return nil, 0
}

func allBodies(names []mention) bool {
	for _, n := range names {
		if !looksLikeBody(n.text) && !isCollective(n.text) || verbHead.MatchString(n.text) && !isCollective(n.text) {
			return false
		}
	}
	return len(names) > 0
}

func allNouns(names []mention) bool {
	for _, n := range names {
		if c := utf8.RuneCountInString(n.text); c < 2 || c > 40 || !endsNoun(n.text) && !isCollective(n.text) || strings.ContainsAny(n.text, "“”《》%0123456789") {
			return false
		}
	}
	return len(names) > 0
}

var partners = regexp.MustCompile(`^(?:.{0,60}?，)?(?:要|应|应当|可)?会同(.{2,120}?)(?:进行|开展|组织|制定|建立|对|研究|筛选|负责|做好|加强|完善|指导|按|推动|推进|组建|共同|联合|依法|统筹|等部门)`)

// withPartners reads the bodies after 会同 in the rest of the sentence.
func withPartners(v *view, i, j int) []mention {
	m := partners.FindStringSubmatchIndex(v.s[i:j])
	if m == nil {
		return nil
	}
	names := splitNames(v, i+m[2], i+m[3])
	if !allBodies(names) {
		return nil
	}
	return names
}
