package clause

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// timeRule reads one form of deadline. The rules are tried in order; text that one has taken is no longer open to the next.
type timeRule struct {
	id       string
	re       *pattern
	read     func(m []string, c *clock) (Deadline, bool)
	unless   func(s string, i, j int) bool
	cellOnly bool
	skip     bool
}

const (
	yr = `(?:([12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})年|(今年|本年度?|当年|明年|次年|翌年|下一年度?|来年|去年|上年)的?)`
	mo = `(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?`
	dy = `([12][0-9]|3[01]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])[日号]`
	// acting are verbs that may follow a date at once (8月投入使用).
	acting = `完成|投入|投用|建成|实现|竣工|完工|开工|启动|验收|印发|出台|报送|上报|正式|全面|全部|基本|开展|举办|召开|组织|形成|提交|公布|发布`
	ere    = `(?:以前|之前|前)`
	// feast and season are events of the year whose day no text needs to name.
	feast  = `元旦|春节|清明节?|五一|“五一”|劳动节|端午节?|中秋节?|国庆节?|“十一”|教师节|“七一”|两节|“两节”`
	season = `(?:春季|秋季)?(?:学期)?(?:开学|放假)|寒假|暑假|学期结束|汛期|高考|中考|供暖季?|取暖季?`
	length = `(` + digitWord + `)个?(工作日|自然日|日历日|日|天|小时|个?月|年|周|星期|学期)`
)

var timeRules = []timeRule{
	{id: "year.month_days", re: compile(`每年(?:的)?` + mo + `(?:底|末)?(?:和|、|及|与)` + mo + `(底|末)?` + ere + `?`), read: yearlyTwo},
	{id: "year.month_day", re: compile(`每年(?:度)?(?:的)?` + mo + dy + `(?:以前|之前|前|内)?`), read: yearlyDay},
	{id: "year.month_end", re: compile(`每年(?:度)?(?:的)?` + mo + `(?:底|末)?` + ere + `?`), read: yearlyMonth},
	{id: "year.end", re: compile(`每年(?:度)?(?:的)?(?:年底|年末|年终|底|末)` + ere + `?`), read: fixedRule("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31")},
	{id: "quarter.day", re: compile(`每季度(?:的)?(?:首月|末月|次月|第[一二三]个月|最后一个月|结束后次月|结束后|后)?(?:的)?` + dy + `(?:以前|之前|前|内)?`), read: monthDay("FREQ=MONTHLY;INTERVAL=3")},
	{id: "quarter.end", re: compile(`每季度(?:末|底)(?:月)?` + ere + `?`), read: fixedRule("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1")},
	{id: "month.day", re: compile(`(?:每月|每个月|次月|下月|当月|逐月)(?:的)?(?:第)?` + dy + `(?:以前|之前|前|内)?`), read: monthDay("FREQ=MONTHLY")},
	{id: "month.end", re: compile(`(?:每月|每个月)(?:的)?(?:月底|月末|底|末)` + ere + `?`), read: fixedRule("FREQ=MONTHLY;BYMONTHDAY=-1")},
	{id: "week.day", re: compile(`(?:每周|每星期)([一二三四五六日天])` + ere + `?`), read: weekDay},
	{id: "every.n", re: compile(`(?:每|每隔)(` + digitWord + `)个?(年|月|周|星期|天|日|季度|学期)(?:度)?`), read: everyN},
	{id: "n.once", re: compile(`(` + digitWord + `|半)个?(年|月|周|季度?|学期|天|日)(?:度)?(?:至少)?一次`), read: everyN, unless: afterEvery},
	{id: "every", re: compile(`(?:每|按|逐)(年度?|学年|月|个月|季度?|半年|周|星期|日|天|学期)`), read: every, unless: notEvery},
	{id: "from", re: compile(`(?:自|从|于)?` + yr + `?(?:` + mo + `(?:` + dy + `)?)?(?:开始|以来|起(?:施行|执行|实施|正式|，|。|至今))`), read: nothing, skip: true, unless: emptyYearMonth},
	{id: "period.day", re: compile(yr + mo + dy + `(?:至|到|—+|-|~)` + yr + `?(?:` + mo + `)?` + dy), read: periodDay},
	{id: "period.month", re: compile(yr + `?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?:月份?)?(?:至|到|—+|-|~)` + yr + `?` + mo + `(?:底|末)?`), read: periodMonth},
	{id: "period.day_short", re: compile(yr + `?` + mo + dy + `(?:至|到|—+|-|~)(?:` + mo + `)?` + dy), read: periodDayShort},
	{id: "period.year", re: compile(`([12][0-9]{3})年?(?:至|到|—+|-|~)([12][0-9]{3})年(?:底|末)?(?:期间)?`), read: periodYear, unless: inTitle},
	{id: "relative.anchor", re: compile(`(自|从|在|于|应自|应当自)?([^，。；、\n]{1,40}?)(之日起|之日后|之后|以后|起|后)的?(?:` + length + `)(?:之内|以内|内|前)`), read: relativeAnchor, unless: squeezed},
	{id: "relative.ahead", re: compile(`([^，。；、\n]{0,20}?)(?:提前(?:至少)?|[开始行议会日期布放学工用办]前)(` + digitWord + `)个?(工作日|自然日|日|天|月|小时)(?:以前|之前|前|内)?`), read: relativeAhead, unless: squeezed},
	{id: "relative.bare", re: compile(length + `(?:之内|以内|内)`), read: relativeBare, unless: squeezed},
	{id: "relative.event", re: compile(`(` + feast + `|` + season + `)(?:以前|之前|前)`), read: relativeEvent, unless: pastEvent},
	{id: "date.day", re: compile(yr + `?` + mo + dy + `(?:24时|零时|\d{1,2}[时:：]\d{0,2}分?)?(?:以前|之前|前|内)`), read: dateDay},
	{id: "date.by_day", re: compile(`(?:截至|截止到?|不迟于|不晚于|到|至)` + yr + `?` + mo + dy), read: dateDay},
	{id: "date.month_end", re: compile(yr + `?` + mo + `(?:底|末|月底|月末)` + ere + `?`), read: dateMonth},
	{id: "date.month_part", re: compile(yr + `?` + mo + `(上旬|中旬|下旬|初|中)(?:末|底)?` + ere + `?`), read: datePart},
	{id: "date.month", re: compile(yr + `?` + mo + `(?:以前|之前|前|内)`), read: dateMonth},
	{id: "date.by_month", re: compile(`(?:截至|截止到?|不迟于|不晚于|到|至)` + yr + mo), read: dateMonth},
	{id: "date.day_verb", re: compile(yr + `?` + mo + dy + `(?:前后)?(?:` + acting + `)`), read: dateDay},
	{id: "date.month_verb", re: compile(yr + `?` + mo + `(?:` + acting + `)`), read: dateMonth},
	{id: "date.quarter", re: compile(yr + `?第?([一二三四1-4])季度(?:末|底|内)?` + ere + `?`), read: dateQuarter, unless: notQuarter},
	{id: "date.half", re: compile(yr + `?(上半年|下半年)(?:末|底|内)?` + ere + `?`), read: dateHalf},
	{id: "date.plan_end", re: compile(`“?十([二三四五六七])五”?(?:规划)?(?:时期)?(?:期)?末`), read: dateFiveYears},
	{id: "date.year_end", re: compile(yr + `(?:年底|年末|年终|年内|底|末|内)` + ere + `?`), read: dateYear},
	{id: "date.this_year_end", re: compile(`(?:年底|年末|年终|年内|岁末)(?:` + ere + `|完成|，)?`), read: dateYear0, unless: notYearEnd},
	{id: "date.year", re: compile(`(?:到|至|截至|力争到|力争)` + yr), read: dateYearOnly, unless: moreFollows},
	{id: "date.before_year", re: compile(yr + ere), read: dateYearOnly},
	{id: "date.year_head", re: compile(`(?:^|[。；\n])` + yr + `，`), read: dateYearHead},
	{id: "date.year_verb", re: compile(`(?:^|[。；\n])` + yr + `(?:完成|实现|建成|达到|新增|力争|基本|全面(?:完成|建成|实现|消除|推行))`), read: dateYearHead},
	{id: "cell.date", re: compile(yr + `?` + mo + dy), read: dateDay, cellOnly: true},
	{id: "cell.month", re: compile(yr + `?` + mo), read: dateMonth, cellOnly: true},
	{id: "cell.numeric", re: compile(`([12][0-9]{3})[-./]([01]?[0-9])(?:[-./]([0-3]?[0-9]))?`), read: dateNumeric, cellOnly: true},
	{id: "cell.year", re: compile(yr), read: dateYearOnly, cellOnly: true},
	{id: "cell.now", re: compile(`即时|即刻|立即|即行|立行立改|立整立改|立查立改|即知即改|马上`), read: atOnce, cellOnly: true},
	{id: "cell.ongoing", re: compile(`长期|持续|常年|常态|全年|经常性|日常|贯穿全年|不定期|动态`), read: ongoing, cellOnly: true},
	{id: "ongoing", re: compile(`(?:^|[，；。：（\n])(?:并|要)?(?:长期坚持|常抓不懈|长期推进|持续推进|持续实施|持续开展|常态化(?:推进|开展|实施|坚持))(?:$|[。；）\n])`), read: ongoing},
}

var (
	shortened = rx(`(?:压缩|缩短|控制|降低|减少|压减|限制|限|不超过|不少于|保持|稳定|精简|缩减)[^，。；\n]{0,10}?` + digitWord + `个?(?:工作日|自然日|日历日|日|天|小时|个?月|年|周)(?:之内|以内|内)$`)
	bygone    = rx(`(?:近|过去|连续|有效期|最近|任期|参保|满|办理时限|时限由)[^，。；]{0,4}` + digitWord + `个?(?:工作日|日|天|小时|月|年|周)[^，。；]{0,2}$`)
	digitEnd  = rx(`[0-9〇一二三四五六七八九十两每近几当多半]$`)
	moreDate  = rx(`^(?:[0-9一二三四五六七八九十]+月|上半年|下半年|第?[一二三四1-4]季度|的(?:比重|水平))`)
)

// year resolves a year in digits, in Chinese digits or in words; false if it hangs on a document year that is not known.
func (c *clock) year(digits, word string) (int, bool) {
	if digits != "" {
		if n, ok := wholeNumber(digits); ok {
			c.lastYear = n
			return n, true
		}
	}
	base := c.docYear
	switch word {
	case "":
		if c.lastYear != 0 {
			return c.lastYear, true
		}
	case "明年", "翌年", "来年", "下一年", "下一年度":
		base++
	case "次年":
		if c.lastYear != 0 {
			return c.lastYear + 1, true
		}
		base++
	case "去年", "上年":
		base--
	}
	if c.docYear == 0 {
		return 0, false
	}
	return base, true
}

func onDate(y, m, d int, known bool) (Deadline, bool) {
	if !known {
		return Deadline{Kind: plan.OnDate, Needs: "doc_year"}, true
	}
	date, ok := date(y, m, d)
	return Deadline{Kind: plan.OnDate, Date: date}, ok
}

// date is the day of a month that exists; day 0 is the month's last.
func date(y, m, d int) (workday.Date, bool) {
	if y < 1900 || y > 2999 || m < 1 || m > 12 || d < 0 || d > monthDays(y, m) {
		return workday.Date{}, false
	}
	if d == 0 {
		d = monthDays(y, m)
	}
	return workday.NewDate(y, time.Month(m), d), true
}

func monthDays(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

func num(s string) int { n, _ := wholeNumber(s); return n }

func nothing([]string, *clock) (Deadline, bool) { return Deadline{}, true }

func ongoing([]string, *clock) (Deadline, bool) { return Deadline{Kind: plan.Ongoing}, true }

func atOnce([]string, *clock) (Deadline, bool) {
	return Deadline{Kind: plan.Relative, N: 0, Unit: "day"}, true
}

func emptyYearMonth(s string, i, j int) bool {
	return !strings.Contains(s[i:j], "年") && !strings.Contains(s[i:j], "月")
}

func inTitle(s string, i, j int) bool {
	return strings.HasPrefix(s[j:], "）") || strings.HasPrefix(s[j:], "行动") || strings.HasPrefix(s[j:], "规划") || strings.HasPrefix(s[j:], "学年")
}

// squeezed refuses lengths that are a target, not a deadline (压缩至40个工作日以内), and spans of the past (近3年内).
func squeezed(s string, _, j int) bool {
	return shortened.MatchString(tail(s[:j], 120)) || bygone.MatchString(tail(s[:j], 90))
}

func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

func notQuarter(s string, i, j int) bool { return strings.HasPrefix(s[j:], "度") }

// notYearEnd refuses 年底 inside 每年年底, 2025年底 (read by other rules) and 年内 inside lengths (3年内).
func notYearEnd(s string, i, _ int) bool {
	return digitEnd.MatchString(tail(s[:i], 4))
}

func moreFollows(s string, _, j int) bool {
	return moreDate.MatchString(headOf(s[j:], 90))
}
