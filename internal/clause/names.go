package clause

import (
	"strings"
	"unicode/utf8"
)

// mention is one responsible body as a clause names it: a byte range of the view.
type mention struct {
	i, j  int
	text  string // as it stands in the view
	group int    // names of one group are joined by 、; a comma starts the next group
	open  bool   // 等 follows it
}

// Words that end the name of a body (部, 局, 中心, …). They tell a name from other nouns; no name of a body stands here.
const bodyEnd = `政府|党委|党组|委员会|委|部|局|厅|办|办公室|院|会|署|行|社|中心|公司|集团|大学|学院|学校|中学|小学|幼儿园|园|所|站|馆|处|科|室|组|队|台|` +
	`海关|街道|镇|乡|村|区|县|市|省|州|盟|旗|银行|工委|纪委|团委|司|报|部门|单位|机关|机构|企业|高校|院校|院所|地区|各地|地方|基地|平台|协会|学会|联盟|商会|军|厂|场|库|医院|智库|主体|课题组|专班|小组|法人|办事处|党组织|社会组织|经济组织|基层组织|支部|联社|合作社|教研室|团|总站|人民银行|运营商|国资|总工会|残联|侨联|文联|妇联|科协|社科联|工商联|作协|记协|贸促会|红十字会|人大|政协|法院|检察院|分局|支队|大队|指挥部|电网|电力|移动|联通|电信|铁塔|石化|石油|烟草|邮政|铁路|港务|保险|证券|基金|中队|校区|园区|新区|开发区|高新区|试验区|示范区|度假区|保税区|服务区|管理区|风景区|景区|农场|林场|兵团|师|屯|班|课|股|国企|央企|）|〕`

var (
	bodyEnds = suffixesOf(bodyEnd)
	bareKind = rx(`^(?:单位|部门|机构|企业|地方|地区|机关|政府|组织|个人|院校|学校|人员|科室|处室|街道|乡镇|属地|社会|群众|村民|居民|家庭)$`)
	ofCentre = rx(`[一-龥]中央$`) // 党中央, 团中央
	barePair = rx(`^(?:单位|部门|机构|地方)和(?:单位|部门|机构|地区|个人)$`)
	// levelOnly is a list item that names only a level (各市 | 县〔市、区〕 | 自治区) and waits for its noun in a later item.
	levelOnly = rx(`^各?(?:有关|相关)?(?:省|自治区|直辖市|计划单列市|地级以上市|设区市|设区的市|副省级市|省辖市|自治州|地级市|县级市|市|州|地|盟|旗|区县|县区|县|区|兵团|乡|镇|街道)+(?:〔[^〕]*〕|（[^）]*）)?$`)
	// pluralBody is a noun for many bodies at once, with no proper name in it.
	levels     = `(?:省|市|州|盟|县|旗|区|乡|镇|街道|村|社区|地方|基层|区域)`
	collective = rx(`^.{0,12}各|^(?:有关|相关)|有关(?:部门|单位|地区|方面|机构|企业|高校|学校|处室|科室|职能|行业|地方|区|市|县|省|责任|业务|中央|国家机关)|相关(?:部门|单位|地区|方面|机构|企业|高校|学校|处室|科室|职能|行业|地方|区|市|县|省|责任|业务)|级以上|^(?:其他|其它|所有|全体|全省|全市|全县|全区|每个|每所|地方(?:各级|人民政府|政府|有关|党委|部门)|基层|(?:试点|示范)(?:城市|地区|单位|县|市|区|省|学校|高校|院校|企业)|承担|参与|涉及|属地|所在地|所属|下属|下辖|上述|以上|直属(?:单位|高校|学校|机构|事业单位|部门|院校)|(?:部|省|市|县|区|局)属|在.{1,3}(?:高校|单位|企业))|^` + levels + `{2,}(?:级)?(?:人民政府|政府|党委|教育局|教育行政部门|教育部门|部门|机关|两级.*)$|两级|三级|^(?:乡镇|街道|镇街|村居|社区|镇|乡|街镇)?(?:办事处|人民政府|政府|高校|高等学校|高等院校|院校|科研院所|科研机构|学校|中小学|中小学校|幼儿园|国有企业|国企|央企|企业|智库|处室|科室|事业单位|成员单位|主管部门|职能部门|行业主管部门|责任单位|区县|县区|市州|市县|县市区|县（市、区）|乡镇|乡镇街道|镇街|街镇|园区|开发区|街道|学院|院系|金融机构|医疗机构)$|行业主管部门$|成员单位$`)
	stripHead  = rx(`^(?:原则上|其中|以及|并由|具体由|分别由|主要由|由|请|并|和|及|与|同|或|经|以|：|-|—|·|、)+`)
	noBody     = rx(`^(?:无|/|／|-+|—+|——|暂无|待定|同上|略|。|\.)*$`)
	etc        = rx(`等(?:(?:和|及|与|、)|(?:\d+|[一二三四五六七八九十两]+)(?:个|家)?)?`)
)

// maxName is the longest list item that can be a name, in bytes.
const maxName = 600

// endsBody reports a text that ends as the name of a body does.
func endsBody(s string) bool { return bodyEnds.end(s) || ofCentre.MatchString(tail(s, 9)) }

// splitNames cuts s[i:j] of the view into the bodies that it lists.
func splitNames(v *view, i, j int) []mention {
	var found []mention
	group := 0
	for _, part := range cutList(v, i, j) {
		if part.comma {
			group++
		}
		if part.i >= part.j || part.j-part.i > maxName {
			continue
		}
		for _, m := range peel(v, part.i, part.j) {
			m.group = group
			found = append(found, twice(m)...)
		}
	}
	return joinLevels(v, found)
}

// twice parts two collectives with no mark between them (各地区各有关部门); 各级各类 is one.
func twice(m mention) []mention {
	if !strings.HasPrefix(m.text, "各") {
		return []mention{m}
	}
	k := strings.Index(m.text[len("各"):], "各") + len("各")
	if k < len("各地") || strings.HasPrefix(m.text, "各级各") || utf8.RuneCountInString(m.text[k:]) < 3 {
		return []mention{m}
	}
	first, second := m, m
	first.j, first.text, first.open = m.i+k, m.text[:k], false
	second.i, second.text = m.i+k, m.text[k:]
	return []mention{first, second}
}

type listPart struct {
	i, j  int
	comma bool // a comma, semicolon or stop stands before it: a new group of units
}

// cutList cuts at list marks outside brackets and quotes, at line breaks between two names, and at 和/及/与/以及 where both sides
// are names.
func cutList(v *view, i, j int) []listPart {
	var parts []listPart
	depth, start, comma := 0, i, false
	cut := func(end, next int, isComma bool) {
		parts = append(parts, listPart{start, end, comma})
		start, comma = next, isComma
	}
	for k, r := range v.s[i:j] {
		at := i + k
		switch r {
		case '（', '〔', '《', '“', '【':
			depth++
		case '）', '〕', '》', '”', '】':
			depth = max(0, depth-1)
		}
		if depth > 0 {
			continue
		}
		if v.gap(at) && at > start && isNamePair(v.s[start:at], v.s[at:j]) {
			cut(at, at, false)
		}
		switch r {
		case '、', '/', '\\':
			cut(at, at+utf8.RuneLen(r), false)
		case '，', '；', '。', '：', '\n':
			cut(at, at+utf8.RuneLen(r), true)
		case '和', '及', '与', '暨':
			if n := joint(v.s[start:at], v.s[at:j]); n > 0 {
				end := at
				if strings.HasSuffix(v.s[start:at], "以") && r == '及' {
					end -= len("以")
				}
				cut(end, at+n, false)
			}
		}
	}
	cut(j, j, false)
	return parts
}

// headOf is the beginning of s, at most n bytes, cut between characters.
func headOf(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// isNamePair reports whether white space between two texts parts two names.
func isNamePair(left, right string) bool {
	left, right = tail(left, 150), headOf(right, 150)
	if k := strings.IndexAny(right, "、，；。"); k >= 0 {
		right = right[:k]
	}
	return utf8.RuneCountInString(left) >= 3 && utf8.RuneCountInString(right) >= 3 && endsBody(left) && endsBody(right)
}

// joint reports whether the conjunction that right begins with joins two names, as its length; 0 if it stands inside one name
// (工业和信息化部) or between two bare nouns (有关部门和单位).
func joint(left, right string) int {
	_, n := utf8.DecodeRuneInString(right)
	rest := headOf(right[n:], 150)
	left = tail(left, 150)
	if k := strings.IndexAny(rest, "、，；。和"); k > 0 {
		rest = rest[:k]
	}
	left = strings.TrimSuffix(left, "以")
	if left == "" || strings.HasSuffix(left, "等") {
		return n
	}
	if bareKind.MatchString(rest) || !endsBody(left) || utf8.RuneCountInString(left) < 2 {
		return 0
	}
	if levelOnly.MatchString(left) && !strings.HasPrefix(left, "各") {
		return 0
	}
	if utf8.RuneCountInString(rest) >= 2 && (endsBody(rest) || strings.Contains(rest, "等")) {
		return n
	}
	return 0
}

// peel takes one list item and strips its head words and the 等 at its end; a collective after 等 is a mention of its own.
func peel(v *view, i, j int) []mention {
	if loc := stripHead.FindStringIndex(v.s[i:j]); loc != nil && !strings.HasPrefix(v.s[i:j], "与会") {
		i += loc[1]
	}
	if k := byMark(v.s[i:j]); k > 0 {
		i += k
	}
	for j > i && strings.HasSuffix(v.s[i:j], "。") {
		j -= len("。")
	}
	if loc := etcAt(v.s[i:j]); loc != nil {
		var found []mention
		if loc[0] > 0 {
			found = append(found, mention{i: i, j: i + loc[0], text: v.s[i : i+loc[0]], open: true})
		} else {
			found = append(found, mention{i: i, j: i, open: true})
		}
		rest := v.s[i+loc[1] : j]
		if rest != "" && !bareKind.MatchString(rest) && !barePair.MatchString(rest) {
			return append(found, peel(v, i+loc[1], j)...)
		}
		return found
	}
	if i >= j || noBody.MatchString(v.s[i:j]) {
		return nil
	}
	return []mention{{i: i, j: j, text: v.s[i:j]}}
}

// byMark is where the name begins in "试点期间由商务部"; 0 if no 由 stands before a name.
func byMark(s string) int {
	k := strings.LastIndex(s, "由")
	if k <= 0 || strings.HasSuffix(s[:k], "自") || strings.HasSuffix(s[:k], "理") || strings.HasSuffix(s[:k], "缘") {
		return 0
	}
	return k + len("由")
}

// etcAt finds the 等 that closes a list; 高等, 中等, 平等 and the like are parts of words.
func etcAt(s string) []int {
	for at := 0; ; {
		loc := etc.FindStringIndex(s[at:])
		if loc == nil {
			return nil
		}
		i, j := at+loc[0], at+loc[1]
		left := s[:i]
		inWord := strings.HasSuffix(left, "高") || strings.HasSuffix(left, "中") && strings.HasPrefix(s[j:], "职") || strings.HasSuffix(left, "平") || strings.HasSuffix(left, "同") || strings.HasSuffix(left, "初") || strings.HasPrefix(s[i:], "等级") || strings.HasPrefix(s[i:], "等保")
		if !inWord && strings.Count(left, "（") == strings.Count(left, "）") {
			return []int{i, j}
		}
		at = j
	}
}

// isCollective reports whether a name stands for many bodies (各高校, 有关部门, 市县政府).
func isCollective(name string) bool {
	return collective.MatchString(name) || strings.Contains(name, "、") && !strings.ContainsAny(name, "（〔")
}

// looksLikeBody reports whether a text can be the name of a body or a collective.
func looksLikeBody(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 45 || strings.ContainsAny(s, "，。；！？%“”《》") {
		return false
	}
	return endsBody(s)
}

var (
	rankPrefix = rx(`^(?:自治区|省|市|区|县|州|盟|旗)`)
	notPrefix  = rx(`^(?:市场|市政(?:工程|园林|公用|管理|道路|建设|设施)|市容|区域|区块|县域|省际|州际)`)
	ownRoot    = rx(`^(?:省|市|区|县|州|盟|旗|校|自治区|国家|中国|中央|全国|国务院|最高|人民银行|人行|各|有关|相关|国网|南网|其他|在|驻|武警|军分区|海关|银行|团|共青团|国[铁电]|部队)|部$|总局$|(?:大学|学院|公司|集团|银行|分行|支行|海关|铁路|医院|街道|镇|乡)(?:（.*）)?$|^(?:北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾)|(?:区|县|市)(?:人民)?政府|管委会$`)
)

// fullNames gives the full form of names that share the prefix of an earlier one in the same 、-group (省科技厅、工业和信息化厅).
func fullNames(items []mention) map[int]string {
	full := map[int]string{}
	prefix, group := "", -1
	for k, m := range items {
		if m.group != group {
			prefix, group = "", m.group
		}
		if p := rankPrefix.FindString(m.text); p != "" && !notPrefix.MatchString(m.text) && utf8.RuneCountInString(m.text) > utf8.RuneCountInString(p)+1 {
			prefix = p
			continue
		}
		if prefix == "" || ownRoot.MatchString(m.text) && !notPrefix.MatchString(m.text) || isCollective(m.text) {
			continue
		}
		full[k] = prefix + m.text
	}
	return full
}
