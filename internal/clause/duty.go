package clause

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/plan"
)

// Mode is how a clause names those responsible.
type Mode string

const (
	ModeNone        Mode = ""
	ExplicitLead    Mode = "explicit_lead"     // A牵头，B参与; 牵头单位：A
	LeadByDuty      Mode = "lead_by_duty"      // A牵头，B按职责分工负责
	FirstListedLead Mode = "first_listed_lead" // 列第一位者为牵头单位
	Joint           Mode = "joint"             // A、B负责; 责任单位：A、B
	ByDuty          Mode = "by_duty"           // A、B按职责分工负责
	JointWith       Mode = "joint_with"        // A会同B
	Subject         Mode = "subject"           // the sentence's subject acts
	Guide           Mode = "guide"             // A指导
	Table           Mode = "table"             // a column of a table
	Multi           Mode = "multi"             // several clauses in one paragraph
)

// role is what a phrase makes of the bodies in it.
type role int

const (
	roleMain    role = iota // responsible, rank not said (负责, 责任单位)
	roleLead                // 牵头
	roleSupport             // 配合, 参与
	roleGuide               // 指导
	roleByDuty              // 按职责分工负责
	roleIgnored             // 分管领导, 联系人: persons, not units
)

// party is a body with its role in a clause.
type party struct {
	mention
	role  role
	label bool // its role comes from a label (牵头单位：), not a verb
}

// duty is the responsibility expression of a clause as read.
type duty struct {
	parties []party
	with    bool // 会同
	open    bool
	spans   []Span   // where the expression stands
	times   [][2]int // phrases inside it that say when, not who (…，6月底前完成)
}

const (
	labelWord = `(?:主要|共同|协同|第一|具体|省级|市级|县级|区级|直接|工作|任务|项目|对应|落实)*(?:牵头|责任|主责|主办|承办|协办|配合|协同|协作|协助|参与|参加|参建|联合|指导|实施|落实|负责|组织|完成|支持|督导|督办|监督|承担|主体|主管|会办|执行|推进|分工|改革|整改)+(?:落实|实施|配合|责任)?`
	labelNoun = `(?:单位|部门|处室|科室|股室|站所|主体|机构|机关|地区|地方|领导|人员|人|方|学院|院系|者)`
)

var (
	// label matches 责任单位： and its kin. A label may lack its colon's noun only in 牵头： and 配合：.
	label      = regexp.MustCompile(`(?:` + labelWord + labelNoun + `(?:及(?:责任人|人员|配合单位|分工))?(?:（[^（）]{0,12}）)?|牵头|配合|参与|主办|协办|承办|协助|会办|联系人|分管(?:市|省|县|区|厅|局|校)?领导|联系(?:市|省|县)?领导|责任领导)(?:为)?：`)
	timeLabel  = regexp.MustCompile(`(?:完成|办理|办结|整改|工作|时间|推进|落实|实施|反馈|报送|截止|责任|任务|计划|预计|进度)*(?:时限|时间|期限|日期|节点|安排|进度)(?:要求|安排|节点)?：`)
	otherLabel = regexp.MustCompile(`(?:目标|工作目标|整改目标|整改措施|工作措施|主要措施|具体措施|工作内容|工作任务|主要任务|任务目标|目标任务|目标要求|工作要求|成果形式|预期成果|验收标准|备注|适用范围|推广范围|实施范围|联系电话|电话|联系方式|销号标准|考核指标|评价标准)：`)

	adverb = `(?:(?:按照?|根据|依据|依照|依|结合|立足|对照|遵照)(?:各自|自身|本地区?|本部门|本单位|部门|单位|有关|相关|工作|法定|所承担|“?三定”?|的|职责|职能|责任|权限|分工|实际|要求|范围|任务|规定|情况|管辖|管理|属地|事权|原则|和|及|与|、|内)+)`
	action = `(?:牵头|负责|配合|参与|参加|协助|协同|支持|落实|实施|指导|承担|承办|主办|协办|分工|抓总|执行|完成|推进|组织实施|组织落实|抓好|做好|督促)`
	manner = `(?:分别|共同|具体|各自|统一|联合|统筹|密切|积极|认真|按期|均|均须|均需)*`
	// verbTail is a phrase's verb: it runs from the first verb that follows a name to the phrase's end.
	verbStart = regexp.MustCompile(adverb + `?` + manner + adverb + `?(?:` + action + `|组织实施|各负其责)`)
	asLabel   = regexp.MustCompile(`^(.+?)(?:为|作为|是)(` + labelWord + labelNoun + `)$`)
	afterLead = regexp.MustCompile(`^` + manner + `(?:` + action + `|组织|会同|单位|部门|的)`)
	midLead   = regexp.MustCompile(`(?:牵头|负责|配合|参与|指导|落实)(?:、|和|，|；)`)
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
	case has("牵头", "主办", "抓总"):
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

// readExpression reads a responsibility expression s[i:j] (the inside of a bracket, or what follows a label) into d. base is
// the role of bodies that no verb ranks.
func (d *duty) readExpression(v *view, i, j int, base role, labelled bool) {
	var pending []mention
	group := 0
	for _, ph := range phrases(v.s, i, j) {
		lo, hi := ph[0], ph[1]
		if lo >= hi {
			continue
		}
		if isTimePhrase(v, lo, hi) {
			d.times = append(d.times, [2]int{lo, hi})
			continue
		}
		if m := asLabel.FindStringSubmatchIndex(v.s[lo:hi]); m != nil {
			d.add(shift(splitNames(v, lo+m[2], lo+m[3]), &group), labelRole(v.s[lo+m[4]:lo+m[5]]), true)
			continue
		}
		k := strings.Index(v.s[lo:hi], "会同")
		if k < 0 {
			k = strings.Index(v.s[lo:hi], "会商")
		}
		if k == 0 && len(d.parties) > 0 || k > 0 && endsAsBody.MatchString(v.s[lo:lo+k]) {
			d.with = true
			d.add(pending, roleLead, false)
			d.add(shift(splitNames(v, lo, lo+k), &group), roleLead, false)
			pending = nil
			rest := lo + k + len("会同")
			end := rest + verbAt(v.s[rest:hi])
			d.add(shift(splitNames(v, rest, end), &group), roleSupport, false)
			continue
		}
		at := verbAt(v.s[lo:hi])
		names := shift(splitNames(v, lo, lo+at), &group)
		pending = append(pending, names...)
		if lo+at == hi {
			continue
		}
		r := verbRole(v.s[lo+at : hi])
		if r == roleMain && base != roleMain && labelled {
			r = base
		}
		d.add(pending, r, labelled && r == base)
		pending = nil
	}
	d.add(pending, base, labelled)
}

// isTimePhrase reports a phrase of a responsibility bracket that says when (2019年12月底前完成; 持续推进).
func isTimePhrase(v *view, lo, hi int) bool {
	if utf8.RuneCountInString(v.s[lo:hi]) > 40 || !timeHint.MatchString(v.s[lo:hi]) {
		return false
	}
	all := findDeadlines(v, lo, hi, 2000, false)
	return len(all) > 0 && !endsAsBody.MatchString(v.s[lo:hi])
}

var timeHint = regexp.MustCompile(`[年月日季周]|长期|持续|常态|常抓`)

// shift renumbers the groups of names so that they stay apart from those of earlier phrases.
func shift(items []mention, group *int) []mention {
	top := *group
	for k := range items {
		items[k].group += *group + 1
		top = max(top, items[k].group)
	}
	*group = top
	return items
}

func (d *duty) add(items []mention, r role, labelled bool) {
	for _, m := range items {
		d.open = d.open || m.open
		if m.text == "" || r == roleIgnored {
			continue
		}
		d.parties = append(d.parties, party{m, r, labelled})
	}
}

// phrases cuts an expression at commas, semicolons and stops outside brackets, and after a verb that a 、 follows (A牵头、B配合).
func phrases(s string, i, j int) [][2]int {
	var cut [][2]int
	for _, p := range commaPhrases(s, i, j) {
		for {
			loc := midLead.FindStringIndex(s[p[0]:p[1]])
			if loc == nil || !verbAfterName(s[p[0]:p[0]+loc[1]]) {
				break
			}
			mark := p[0] + loc[1] - len("、")
			cut = append(cut, [2]int{p[0], mark})
			p[0] = mark + len("、")
		}
		if k := strings.Index(s[p[0]:p[1]], "牵头"); k > 0 { // A牵头B、C配合: no mark between
			rest := s[p[0]+k+len("牵头") : p[1]]
			if at := verbAt(rest); at > 0 && at < len(rest) && looksLikeBody(lastItem(rest[:at])) && !afterLead.MatchString(rest) {
				mark := p[0] + k + len("牵头")
				cut = append(cut, [2]int{p[0], mark})
				p[0] = mark
			}
		}
		cut = append(cut, p)
	}
	return cut
}

// commaPhrases cuts a text at commas, semicolons and stops outside brackets.
func commaPhrases(s string, i, j int) [][2]int {
	var out [][2]int
	depth, start := 0, i
	for k, r := range s[i:j] {
		at := i + k
		switch r {
		case '（', '〔', '《', '“':
			depth++
		case '）', '〕', '》', '”':
			depth = max(0, depth-1)
		case '，', '；', '。', '\n':
			if depth == 0 {
				out = append(out, [2]int{start, at})
				start = at + utf8.RuneLen(r)
			}
		}
	}
	return append(out, [2]int{start, j})
}

func verbAfterName(s string) bool {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "、"), "和")
	return verbAt(s) < len(s)
}

func lastItem(s string) string {
	if k := strings.LastIndexAny(s, "、和"); k >= 0 {
		_, s, _ = strings.Cut(s[k-len("、")+1:], "、")
	}
	return s
}

// verbAt is where the verb phrase of s begins: the first verb that stands right after the name of a body (so that 省委组织部 or
// 就业指导中心 are not cut); len(s) if there is none.
func verbAt(s string) int {
	for at := 0; at < len(s); {
		loc := verbStart.FindStringIndex(s[at:])
		if loc == nil {
			return len(s)
		}
		i := at + loc[0]
		left := s[:i]
		closed := strings.Count(left, "（") == strings.Count(left, "）")
		if closed && (i == 0 || endsAsBody.MatchString(left) || strings.HasSuffix(left, "等")) && !insideName(left, s[i:]) {
			return i
		}
		at = i + len("牵")
	}
	return len(s)
}

// insideName reports a verb that is the beginning of a name's next part: 市场监管局执法…, 局指导中心.
func insideName(left, right string) bool {
	if personNoun.MatchString(right) {
		return true
	}
	if left == "" {
		return false
	}
	head := nameHead.FindString(right)
	return head != ""
}

var (
	personNoun = regexp.MustCompile(`^(?:负责人|负责同志|负责干部|负责的)`)
	nameHead   = regexp.MustCompile(`^(?:指导|督导|推进|执行|实施|协作|支持|配合|参与)(?:委员会|委|办公室|办|中心|局|处|室|站|组|小组|司|部)`)
)

// resolved is a duty with the roles settled.
type resolved struct {
	lead, support, collective []party
	mode                      Mode
}

// resolve settles who leads: an explicit lead makes the others support; a declaration makes the first listed the lead; else all
// lead jointly. Collectives stay apart.
func (d *duty) resolve(firstListed bool) resolved {
	var r resolved
	hasLead, hasSupport, byDuty, guide := false, false, false, len(d.parties) > 0
	for _, p := range d.parties {
		hasLead = hasLead || p.role == roleLead
		hasSupport = hasSupport || p.role == roleSupport
		byDuty = byDuty || p.role == roleByDuty
		guide = guide && p.role == roleGuide
	}
	first := firstListed && !hasLead
	for _, p := range d.parties {
		switch {
		case isCollective(p.text):
			r.collective = addOnce(r.collective, p)
		case p.role == roleLead, !hasLead && p.role != roleSupport && (!first || len(r.lead) == 0 || r.lead[0].text == p.text):
			r.lead = addOnce(r.lead, p)
		default:
			r.support = addOnce(r.support, p)
		}
	}
	switch {
	case len(d.parties) == 0:
	case d.with:
		r.mode = JointWith
	case hasLead && byDuty:
		r.mode = LeadByDuty
	case hasLead:
		r.mode = ExplicitLead
	case first:
		r.mode = FirstListedLead
	case guide:
		r.mode = Guide
	case byDuty:
		r.mode = ByDuty
	case hasSupport:
		r.mode = ExplicitLead
	default:
		r.mode = Joint
	}
	return r
}

// addOnce adds a body that the list does not name yet. One body may stand in two lists (lead and support): a lint rule says so.
func addOnce(list []party, p party) []party {
	for _, q := range list {
		if q.text == p.text {
			return list
		}
	}
	return append(list, p)
}

// each calls f for every body with the assignment part of its list.
func (r resolved) each(f func(plan.AssignmentPart, party)) {
	for _, p := range r.lead {
		f(plan.Lead, p)
	}
	for _, p := range r.support {
		f(plan.Support, p)
	}
	for _, p := range r.collective {
		f(plan.Collective, p)
	}
}
