package clause

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	figure    = `([0-9]+(?:\.[0-9]+)?)`
	scaleWord = `(万|亿|千|百|万亿|千万|百万)?`
	unitWord  = `(微克/立方米|毫克/升|毫克/立方米|元/人|元/月|元/年|斤|公斤|千克|克|亿美元|万美元|美元|元|%|‰|个百分点|百分点|人次|人天|人|名|位|家次|家|个工作日|工作日|个小时|个月|个|项次|项|件次|件|次|所|座|处|篇|场次|场|台套|台|辆|吨标准煤|吨标煤|吨|立方米|平方公里|平方千米|平方米|公里|千米|米|公顷|亩次|亩|户|套|条|部|批次|批|期|门|类|种|张|支|只|头|块|片|栋|幢|间|床|册|课时|学时|学分|小时|分钟|秒|天|日|周|年|岁|倍|分|级|千瓦时|千瓦|度|户次|组|对|股|届|本|例|宗|起|单|笔|盏|根|孔|枚|株|棵|艘|架|列|班|班次|轮|圈|环|镇|村|县|市|区|省|校|店|点|站|园|村次|学位)`
	tailWord  = `(以上|及以上|以下|及以下|以内|之内|左右|上下|内)?`
)

var (
	number = compile(figure + scaleWord + `(余|多|来)?` + unitWord + tailWord)
	ranged = compile(figure + scaleWord + `(%|‰)?(?:-|—+|~|至|到)` + figure + scaleWord + unitWord + tailWord)
	// bareIndex is a figure without a unit, which only a comparator makes one (价格指数控制在103.5以内).
	bareIndex = compile(`(控制在|保持在|稳定在|不超过|不低于|达到)([0-9]+(?:\.[0-9]+)?)(以内|以上|以下|左右)?(?:$|[，。；）、\n])`)
	spoken    = compile(`([一二两三四五六七八九十]+)(个|家|项|次|场|件|名|人|所|篇|期|批)` + tailWord)
)

// opWords are the comparators that stand before a number, longest first where one begins another.
var opWords = []struct {
	re *lazy
	op string
}{
	{rx(`(?:不少于|不低于|不小于|不得少于|不得低于|至少|最少|不少|不低|少不于|不短于|≥|>=|大于等于|高于或等于|不能少于|不能低于)$`), ">="},
	{rx(`(?:不超过|不高于|不多于|不大于|不得超过|不得高于|不超|不突破|至多|最多|≤|<=|小于等于|控制在|控制到|限制在|不能超过|最长不超过|最高不超过)$`), "<="},
	{rx(`(?:超过|超出|突破|多于|大于|高于|超|>|＞|逾)$`), ">"},
	{rx(`(?:低于|少于|小于|<|＜)$`), "<"},
	{rx(`(?:约|大约|近|约为|大致)$`), "~"},
	{rx(`(?:达到|达|力争达|要达|均达|保持在|稳定在|维持在|各达|分别达到|覆盖|实现)$`), ">="},
	{rx(`(?:至少|不少于|最少)[^，。；0-9]{1,6}$`), ">="},
	{rx(`(?:至|到|为|在)$`), "to"},
}

var (
	rising  = rx(`提高|提升|增加|增长|扩大|上升|增至|升至|达|增|扩|提|发展|突破`)
	falling = rx(`降|压减|压缩|缩短|减少|减至|控制|下调|缩减|精简|压降|缩小|限`)
	listed  = rx(`(?:、|和|及)[^、]{0,20}$`)
	achieve = rx(`达到|达|不低于|不少于`)
)

// opBefore is the comparator of a number, from the words before it or the word after it, and the words before that it took.
func opBefore(before, after string) (op, word string) {
	for _, w := range opWords {
		if loc := w.re.FindStringIndex(before); loc != nil {
			op, word = w.op, before[loc[0]:loc[1]]
			break
		}
	}
	switch after {
	case "以上", "及以上":
		return ">=", word
	case "以下", "及以下", "以内", "之内", "内":
		return "<=", word
	case "左右", "上下":
		return "~", word
	}
	if op == "to" {
		switch {
		case falling.MatchString(before) && !rising.MatchString(tail(before, 24)):
			return "<=", word
		case rising.MatchString(before):
			return ">=", word
		}
		return "=", word
	}
	if op == "" {
		if listed.MatchString(before) && achieve.MatchString(before) && strings.Contains(before, "分别") {
			return ">=", ""
		}
		return "=", ""
	}
	return op, word
}

// notFigure refuses numbers that are no amounts: dates, ordinals, versions, starting points, clauses of documents.
func notFigure(before, after, unit, tailWord string) bool {
	for _, w := range []string{"第", "从", "由", "〔", "GB", "《", "满", "近", "A", "T", "每", "/", "\\", "-", "—", "+", "G"} {
		if strings.HasSuffix(before, w) && !(w == "近" && unit != "年" && unit != "天" && unit != "日" && unit != "个月") {
			return true
		}
	}
	if told.MatchString(before) {
		return true
	}
	switch unit {
	case "年", "日", "天", "周", "个月", "岁", "小时", "分钟", "工作日", "个工作日", "个小时", "秒":
		return !durable.MatchString(before) || strings.HasPrefix(after, "的")
	case "区", "县", "市", "省", "村", "镇", "级", "度", "号", "点", "部", "类", "分", "班", "环", "圈", "期", "本":
		if strings.HasPrefix(after, "期") {
			return true
		}
	}
	return false
}

// doingWords are the verbs after which a bare number is something to be reached; countWords the nouns before one.
const doingWords = `新增|培育|打造|建设|建成|新建|改建|扩建|改造|完成|举办|组织|开展|培训|引进|招聘|创建|认定|评选|遴选|` +
	`选树|选派|制定|编制|修订|出台|发布|推出|实施|形成|建立|设立|布局|支持|推广|发展|孵化|实现|力争|争取|` +
	`确保|安排|投入|筹集|落实|增加|减少|增长|下降|降低|提高|提升|扩大|覆盖|服务|救助|资助|补助|发放|帮扶|` +
	`解决|化解|整治|清理|处置|关闭|淘汰|退出|治理|修复|造林|绿化|种植|新开|开通|开设|开工|竣工|投产|招收|` +
	`招生|扩招|就业|转化|签约|落地|推进|申报|申请|获批|入选|命名|授予|表彰|奖励|配备|配齐|补充|购置|更新|` +
	`安装|接入|汇聚|归集|共享|开放|上线|公开|抽查|检查|督查|巡查|走访|召开|培养|选拔|聘任|聘用|遴|突破|` +
	`攻克|研发|创作|拍摄|生产|收购|储备|供应|输送|转移|达|达到|扶持|筹建|组建|共建|创办|开办|成立|投资|` +
	`选聘|评审|评定|发动|招募|聘请|配套|改善|惠及|受益|补齐|压减|压降|搬迁|回收|处理|利用|开发|研制|试点|` +
	`示范|推动|支撑|保障|打通|集聚|聚集|汇集|扩容|升级|收集|征集|制作|编写|编印|采集|购买|采购|引导|带动|` +
	`吸引|吸纳|纳入|接待|参与|派出|轮训|考核|验收|调解|办理|排查|整改|摸排|精简|缩减|缩短|压缩|下调|上升|` +
	`回升|选优|做强|做大`

const countWords = `总量|规模|数量|总数|面积|产值|收入|人数|总额|率|比重|比例|占比|增速|增幅|不少于|不低于|每年|每季度|` +
	`每月|各|累计|全年|年均`

var (
	doing    = rx(doingWords + `|` + countWords + `|建$`)
	doingEnd = rx(`(?:` + doingWords + `)$`)
	reaching = rx(`(?:完成|实现|覆盖|达到|达)$`)
	everyone = rx(`全[国省市县区州校]|各|确保|实现|力争|使`)
	asGoal   = rx(`^的(?:目标|任务|要求)`)
	// granted are what follows a condition's figure (达到25%的，可申请…).
	granted   = rx(`^[^。；，]{0,40}(?:的，|可申请|可享受|可按|给予|予以)`)
	compared  = rx(`^(?:不少于|不低于|达到|突破|超过|不得低于|不得少于|达)$`)
	given     = rx(`(?:给予|奖补|奖励|每人|处以)[^，。；]*$`)
	described = rx(`(?:上述|这|该|其中|以上|前|现有|共|全国|全省|全市|等)$`)
	// told are the words of a report on what is there already.
	told    = rx(`已(?:经)?[^，]{0,4}(?:建|完|达|有|实|培|投|形|新|开|累)|近[一二三四五两0-9]+年|目前|现有|原有`)
	durable = rx(`压缩|缩短|控制|减少|压减|不超过|提速|降|学时|培训|不少于|不低于|累计`)
	// cond are the words of grants and conditions, whose figures nobody has to reach.
	cond     = rx(`(?:给予|补贴|补助|奖补|奖励|贷款|申请|可按|返还|罚款|处以|标准为|额度|限额|最高|每人|资助|减按|税率|按照?)[^，。；]*$`)
	counting = strings.NewReplacer("补贴", "", "补助", "", "资助", "", "奖励", "", "贷款", "", "申请", "", "最高", "", "给予", "")
)

// wanted tells a figure to be reached from one that only describes or limits (400万元以下的项目, 8个试验区).
func wanted(before, after, unit, op, tailWord, word string) bool {
	attributive := strings.HasPrefix(after, "的") && !asGoal.MatchString(after)
	switch {
	case granted.MatchString(after) && !strings.Contains(before, "力争"):
		return false
	case unit == "%" && reaching.MatchString(before):
		return !cond.MatchString(before)
	case unit == "%" && tailWord == "以上" && attributive && everyone.MatchString(before):
		return true // 全市80%以上的初中…
	case attributive && !doingEnd.MatchString(before) && (tailWord != "" || op == ">" || op == "<" || op == "="):
		return false
	case op != "<=" && compared.MatchString(word):
		return !given.MatchString(before)
	}
	asked := doing.MatchString(before)
	if unit != "%" && !strings.HasSuffix(unit, "元") && !strings.HasSuffix(unit, "年") && !strings.HasSuffix(unit, "月") {
		before = counting.Replace(before) // 补贴性培训3万人次 is no grant
	}
	if cond.MatchString(before) {
		return op != "=" && op != "range" && strings.Contains(before, "力争")
	}
	if op != "=" && op != "range" || word != "" {
		return true
	}
	return asked && !described.MatchString(before)
}

// scaled multiplies 万 and 亿 into counts and leaves them in the unit of money.
func scaled(value float64, scale, unit string) (float64, string) {
	money := strings.HasSuffix(unit, "元")
	if unit == "个工作日" || unit == "个小时" {
		unit = strings.TrimPrefix(unit, "个")
	}
	if money {
		return value, scale + unit
	}
	factor := map[string]float64{"": 1, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}[scale]
	product, err := strconv.ParseFloat(strconv.FormatFloat(value*factor, 'f', 6, 64), 64)
	if err != nil {
		return value * factor, unit
	}
	return product, unit
}

// per is the period of the recurrence that the sentence states before a figure.
func per(s string) string {
	s = tail(s, maxPhrase)
	s = s[strings.LastIndexAny(s, "。；\n")+1:]
	best, found := -1, ""
	for _, w := range []struct{ word, per string }{{"每年", "year"}, {"每学年", "year"}, {"每半年", "half_year"}, {"每季度", "quarter"}, {"每月", "month"}, {"每周", "week"}, {"每学期", "semester"}} {
		if k := strings.LastIndex(s, w.word); k > best {
			best, found = k, w.per
		}
	}
	return found
}

var (
	metricEnd  = rx(`(?:力争|争取|要|应|将|分别|均|提高|提升|增加|增长|扩大|压缩|缩短|降低|控制|下降|减少|保持|稳定|新增|培育|打造|完成|建成|实现|达到|达)*$`)
	metricHead = rx(`^(?:力争|确保|推动|实现|使|其中|全年|累计|到时|[一二三四五六七八九十]是)+`)
	// relativeMetric names what a figure is compared with, not what it counts.
	relativeMetric = rx(`^(?:较|比|同比|环比)(?:上年|去年|上一年|前年|上季度|上月|[0-9]{4}年)?(?:度)?(?:同期)?$`)
	countedNoun    = rx(`^[^，。；、：\n（）和及0-9的]{2,24}`)
)

// metric is a short name of what is counted: the noun after a counting unit, else the words before the comparator.
func metric(before, word, after, unit string) string {
	counts := unit != "%" && unit != "‰" && !strings.HasSuffix(unit, "百分点") && !strings.HasSuffix(unit, "元")
	if counts {
		if m := countedNoun.FindString(after); m != "" {
			return m
		}
	}
	head := strings.TrimSuffix(before, word)
	if all := number.findAll(head); len(all) > 0 { // 校长100名、教师: what stands after the figure before
		head = strings.TrimLeft(head[all[len(all)-1][1]:], "、和及")
	}
	head = metricEnd.ReplaceAllString(head, "")
	head = metricHead.ReplaceAllString(head, "")
	if utf8.RuneCountInString(head) > 30 {
		head = tail(head, 90)
	}
	return head
}
