package clause

import (
	"strings"
	"unicode/utf8"
)

const modal = `应当|应该|应|要|须|需|必须|可以|可|负责|会同|牵头|不得|不能|不再`

var (
	strongNext = rx(`^(?:` + modal + `)`)
	// weakNext may follow a subject that is clearly a body.
	weakNext = rx(`^(?:` + modal + `|以|对|在|按|将|于|向|自|每|不|首次|根据|依据|结合|通过|统筹|组织|加强|制定|建立|开展|做好|切实|进一步|继续|原则上|具体|印发|编制|完成|定期|及时|认真|抓紧|全面|积极|参照|依法|承担|指导|协调|落实|汇总|报送|一般|原则|分别|共同|联合|主动|成立|作为|为|把|从|立足|推动|推进|研究|出台|严格|落实|牵|用|组建|会商|尽快|同步|参与|配合|协助|审核|督促|监督|提出|汇集|收到|接到|接|是|跟踪|督办|通报|检查|收集|考核|评估|监测|调度|研判|拟定|起草|修订|报告|公布|公开|召开|举办|设立|梳理|排查|编写|编制|选派|安排|确定|明确|支持|保障|请|须于)`)
	person   = rx(`(?:人|师|者|方|员|对象|户|学生|教师|校长|家长|主体|城市|地区)$`)
	strictly = rx(`(?:政府|室|馆|站|队|所|股|纪委|检察院|法院|党委|委员会|委|部|局|厅|办|办公室|院|署|部门|机关|机构|单位|中心|公司|集团|大学|学院|学校|高校|幼儿园|各地|各区|各县|各市|各省|小组|专班|处|科|社|总会|联合会|银行|城市|街道|乡|镇|地方|地区|企业|组织|会)$`)
	// verbHead tells an imperative sentence (加强教育部门…) from one with a subject.
	verbHead = rx(`^(?:加强|加快|加大|减轻|瞄准|抢抓|抢占|攻克|争创|创建|创新|创造|编好|办成|高质量|高标准|高水平|精准|统一|广泛|科学|合理|妥善|主动|扎实|有效|进而|从而|同时|并|其中|以及|还|又|再|尤其|特别|此外|另外|例如|如|即|推动|推进|推广|推行|支持|鼓励|引导|建立|健全|完善|开展|指导|组织|落实|对|在|以|为|将|把|按|由|到|从|向|与|实施|依托|发挥|强化|深化|优化|提升|提高|扩大|打造|培育|建设|构建|促进|统筹|研究|制定|探索|鼓|严格|规范|明确|督促|协调|动员|发动|争取|确保|保障|做好|抓好|坚持|充分|积极|深入|全面|进一步|持续|大力|切实|认真|及时|定期|集中|聚焦|围绕|针对|通过|结合|根据|按照|实现|完成|形成|力争|用好|利用|运用|整合|调整|改革|创新|拓展|延伸|畅通|打通|清理|排查|整治|查处|打击|严厉|依法|凡|对于|关于|经|若|如|因|当|允许|同意|授权|赋予|取消|下放|降低|减少|压缩|增加|新增|选择|选树|遴选|认定|评选|表彰|通报|公布|公开|发布|编制|修订|出台|印发|启动|举办|召开|参加|参与|配合|联合|会同|协助|委托|邀请|聘请|安排|部署|研发|突破|建成|建好|管好|办好|有序|稳步|逐步|率先|重点|着力|努力|不断|继续|严禁|禁止|防止|避免|遏制|化解|解决|补齐|巩固|稳定|维护|保护|贯彻|学习|宣传|传达|宣讲|培训|培养|引进|招聘|配备|配齐|设立|设置|成立|组建|划定|收集|汇总|报送|上报|提交|提出|开发|引入|帮助|服务|面向|涉及|属于|包括|作为|成为|是|有|无|未|不|可|应|要|须|需|请|每[0-9一二三四五六七八九十年月周季]|一律|基本|原则上|全部)`)
	timeHead = rx(`^(?:\d{4}年|今年|明年|\d{1,2}月|每年|每月|每季度|到|在|截至|自|从|对|根据|按照|经)`)
	plead    = rx(`^请(.{2,200}?)(?:等部门|等单位|等)?(?:在|于|负责|按|牵头|抓紧|认真|将|对|尽快|会同|结合|根据|，)`)
)

func endsPerson(s string) bool   { return person.MatchString(tail(s, 48)) }
func endsStrictly(s string) bool { return strictly.MatchString(tail(s, 48)) }

// subjects finds the bodies that act as the subject of the view's sentences, with 会同 partners; sentence is the byte range of
// the first phrase that has one.
func subjects(v *view) (d duty, sentence [2]int) {
	for _, s := range sentences(v.s) {
		all := commaPhrases(v.s, s[0], s[1])
		for k, ph := range asked(v.s, all) {
			names, end := subjectOf(v, ph[0], ph[1])
			if len(names) == 0 && k > 0 && isModal(v.s[ph[0]:ph[1]]) {
				prev := all[k-1]
				names, end = personHead(v, prev[0], prev[1])
			}
			if len(names) == 0 {
				continue
			}
			if sentence[1] == 0 {
				sentence = [2]int{ph[0], end}
			}
			d.add(names, roleMain)
			if with := withPartners(v, end, s[1]); len(with) > 0 {
				d.promote()
				d.with = true
				d.add(with, roleSupport)
			}
			d.addLater(v, all, ph)
			break
		}
	}
	return d, sentence
}

// addLater adds the subjects of later phrases that a modal verb marks (省级部门要…，市县政府要…).
func (d *duty) addLater(v *view, all [][2]int, first [2]int) {
	for _, ph := range all {
		if ph[0] <= first[0] {
			continue
		}
		if dutyPhrase(v, ph) {
			at := ph[0] + verbAt(v.s[ph[0]:ph[1]])
			if verbRole(v.s[at:ph[1]]) == roleSupport { // …，财务处配合
				d.promote()
				d.add(splitNames(v, ph[0], at), roleSupport)
			}
			continue
		}
		names, end := subjectOf(v, ph[0], ph[1])
		if len(names) > 0 && mustDo.MatchString(v.s[end:ph[1]]) && allBodies(names) && endsStrictly(names[len(names)-1].text) {
			d.add(names, roleMain)
		}
	}
}

// promote makes those named so far the lead, since partners follow.
func (d *duty) promote() {
	for n := range d.parties {
		if d.parties[n].role == roleMain {
			d.parties[n].role = roleLead
		}
	}
}

var mustDo = rx(`^(?:要|应当|应|须|必须|负责|牵头)`)

// asked is the phrases of a sentence from the one that asks somebody (请…在…前完成), or all of them.
func asked(s string, all [][2]int) [][2]int {
	for k, ph := range all {
		if plead.MatchString(s[ph[0]:ph[1]]) {
			return all[k:]
		}
	}
	return all
}

// subjectOf reads the list of bodies that s[i:j] begins with, if a predicate follows it; end is where the predicate begins.
func subjectOf(v *view, i, j int) ([]mention, int) {
	s := v.s[i:j]
	if bareKind.MatchString(s) {
		return nil, 0
	}
	if m := plead.FindStringSubmatchIndex(s); m != nil {
		names := splitNames(v, i+m[2], i+m[3])
		if allBodies(names) {
			if strings.Contains(s[m[3]:min(len(s), m[3]+len("等"))], "等") {
				names[len(names)-1].open = true
			}
			return names, i + m[3]
		}
	}
	if strings.HasPrefix(s, "由") { // 由教育部会同有关部门研究制定
		i, s = i+len("由"), s[len("由"):]
	}
	if (verbHead.MatchString(s) || timeHead.MatchString(s)) && !unitNoun.MatchString(s) {
		return nil, 0
	}
	depth, count := 0, 0
	for k, r := range s {
		if count++; count > 90 {
			return nil, 0
		}
		if depth == 0 && k > 0 && endsNoun(s[:k]) {
			names := splitNames(v, i, i+k)
			organs := allBodies(names) && endsStrictly(s[:k]) && !bareKind.MatchString(s[:k])
			switch {
			case organs && weakNext.MatchString(s[k:]) && !joins(s[k:]) && !nounHead.MatchString(s[k:]):
				return names, i + k
			case isModal(s[k:]) && allNouns(names):
				return names, i + k
			case endsPerson(s[:k]) && weakPerson.MatchString(s[k:]) && allNouns(names) && len(names) == 1:
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

var weakPerson = rx(`^(?:在|对|自|于|应|须)`)

// nounHead are nouns that begin as a modal verb does (需求, 要素, 可持续…).
var nounHead = rx(`^(?:需求|需要的|可持续|可复制|可靠|可视|可再生|可信|可能|可行|应用|应急|应对|应收|应届|要求|要素|要点|要件|须知|对口|对外|对接|对象|为主|以上|以下|以内|以外|以及|在线|在校|在建|在职|在编|自然|自主|自身|自治|自贸|自助|向上|每年度|不动产|不良|定期限|会同级|建立的|建设|组织部|组织机构|组织领导|负责人|负责同志|按揭|将军|全面从严|成立的|印发的|制定的|提出的|审核通过|是否|从业|接待|接口|牵引|一般公共|一般性)`)

// unitNoun are names that begin as an imperative does (建设单位, 服务机构).
var unitNoun = rx(`^[一-龥]{2,6}(?:单位|部门|机构|机关|企业|人)(?:应当|应|要|须|不得|必须|负责)`)

func isModal(s string) bool { return strongNext.MatchString(s) && !nounHead.MatchString(s) }

// joins reports a character that continues a name rather than begins a predicate (财政部和, 国务院办公厅).
func joins(s string) bool {
	return strings.HasPrefix(s, "为主") || strings.HasPrefix(s, "从业") || strings.HasPrefix(s, "负责人") || strings.HasPrefix(s, "负责同志") || strings.HasPrefix(s, "主要负责")
}

func endsNoun(s string) bool {
	return endsBody(s) || endsPerson(s)
}

// personHead reads a personal noun at the head of a phrase whose predicate stands in the next one (专利代理师首次执业，应当…).
func personHead(v *view, i, j int) ([]mention, int) {
	s := v.s[i:j]
	if verbHead.MatchString(s) || timeHead.MatchString(s) {
		return nil, 0
	}
	for k := range s {
		if k > 0 && utf8.RuneCountInString(s[:k]) >= 3 && happens.MatchString(s[k:]) && (endsPerson(s[:k]) || endsStrictly(s[:k])) {
			names := splitNames(v, i, i+k)
			if allNouns(names) {
				return names, i + k
			}
		}
	}
	return nil, 0
}

// happens are the heads of a condition that stands between a subject and its predicate.
var happens = rx(`^(?:首|依|未|不|在|对|有|因|经|收|变|终|拟|申|取|提|发|违|逾|自|从|是|作为|根据|按|接|完成|遇|需|如|没有|符合|因)`)

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

var partners = rx(`^(?:.{0,60}?，)?(?:要|应|应当|可)?会同(.{2,})`)

// withPartners reads the bodies after 会同 in the rest of the sentence.
func withPartners(v *view, i, j int) []mention {
	m := partners.FindStringSubmatchIndex(v.s[i:j])
	if m == nil {
		return nil
	}
	names, _ := bodiesAt(v, i+m[2], j)
	return names
}

// bodiesAt reads the list of bodies that s[i:j] begins with, up to its predicate.
func bodiesAt(v *view, i, j int) ([]mention, int) {
	s := v.s[i:j]
	for k := range s {
		if k == 0 || !endsBody(s[:k]) || bareKind.MatchString(s[:k]) {
			continue
		}
		if weakNext.MatchString(s[k:]) && !joins(s[k:]) || strings.HasPrefix(s[k:], "等") || strings.HasPrefix(s[k:], "，") || strings.HasPrefix(s[k:], "尽快") || strings.HasPrefix(s[k:], "抓紧") || strings.HasPrefix(s[k:], "提") || strings.HasPrefix(s[k:], "进行") || strings.HasPrefix(s[k:], "筛") || strings.HasPrefix(s[k:], "共") || strings.HasPrefix(s[k:], "完善") {
			if strings.HasPrefix(s[k:], "等") {
				for _, tail := range []string{"等相关部门", "等有关部门", "等单位", "等部门", "等有关单位", "等"} {
					if strings.HasPrefix(s[k:], tail) {
						k += len(tail)
						break
					}
				}
			}
			if names := splitNames(v, i, i+k); allBodies(names) {
				return names, i + k
			}
		}
	}
	return nil, 0
}
