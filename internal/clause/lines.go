package clause

import (
	"strings"
	"unicode/utf8"
)

// line is a logical line: a paragraph, or several that a line break of a scan or PDF tore apart.
type line struct {
	span  Span
	v     *view
	rank  int // rank of its numbering, 0 for none
	mark  int // bytes of list mark and numbering at the head
	level int // heading level of the file
}

var (
	terminal  = rx(`[。；：！？）”』】.;:…]$`)
	inner     = rx(`[。；]`)
	dateLine  = rx(`^(?:[12][0-9]{3}|[一二][〇○零O0一二三四五六七八九]{3})年` + digitWord + `月(?:` + digitWord + `日)?$`)
	labelTail = rx(labelNoun + `：[^。]*$`)
	docNumber = rx(`[一-龥]{1,15}(?:〔|\[|【|（)[12][0-9]{3}(?:〕|\]|】|）)(?:第)?[0-9]{1,5}号`)
)

func newLine(src []rune, span Span, level int) line {
	l := line{span: span, v: newView(src, span), level: level}
	s := l.v.s
	head := len(headMark.FindString(s))
	if level == 0 {
		head = 0
	}
	rank, n := numberOf(s[head:])
	if rank == dashRank { // - 一、…: a list mark before the number
		if r, k := numberOf(s[head+n:]); r != 0 && r != dashRank {
			rank, n = r, n+k
		}
	}
	l.rank, l.mark = rank, head+n
	return l
}

// rest is the line's text after its number.
func (l line) rest() string { return l.v.s[l.mark:] }

// wrapped reports whether next continues the line l, which goes on from earlier ones if joined: it stops in the middle of a
// sentence and next begins nothing of its own.
func (l line) wrapped(next line, joined bool) bool {
	s, n := l.v.s, next.v.s
	semicolon := strings.HasSuffix(s, "；")
	if s == "" || n == "" || next.rank != 0 || next.level != 0 || l.level != 0 || endsSentence(s) && !semicolon {
		return false
	}
	comma := strings.HasSuffix(s, "、") || strings.HasSuffix(s, "，")
	if dateLine.MatchString(n) || strings.HasPrefix(n, "（") && !comma || strings.HasPrefix(n, "附件") {
		return false
	}
	if loc := label.find(headOf(n, 90)); loc != nil && loc[0] == 0 {
		return false
	}
	if comma || semicolon {
		return true
	}
	return (joined || inner.MatchString(s)) && !labelTail.MatchString(s) && utf8.RuneCountInString(s) >= 15
}

func endsSentence(s string) bool { return terminal.MatchString(tail(s, 4)) }

// kind of an unnumbered line by what it looks like.
var (
	addressee   = rx(`^(?:各|省|市|县|区|厅|局|校|机关|有关|相关|国务院|自治区|直属|所属|委属)[^。]{1,200}：$`)
	published   = rx(`^（?(?:此件|本件|此文|信息公开选项|公开属性|主动公开|依申请公开)[^。]{0,20}）?$`)
	attachment  = rx(`^(?:附件|附表|附录|附)(?:[0-9一二三四五六七八九十]*)(?:[：:.、]|$)`)
	noteLine    = rx(`^(?:联系人|联系电话|联系方式|联系地址|抄送|抄报|主送|印发|（?联系人|分送|发至|报送：|邮箱|传真|来源：|发布时间|发布日期|发文字号|索引号|文件编号|成文日期|主题词)`)
	remark      = rx(`^（[^（）0-9，、]{2,12}）$`)
	redHead     = rx(`^[一-龥（）、]{4,30}文件$`)
	titleEnding = rx(`(?:方案|意见|计划|要点|规划|办法|措施|清单|分工|分工表|分解表|通知|细则|台账|安排|决定|报告|纲要|行动|任务书|一览表|责任表|任务表|明细表|若干政策)(?:（[^）]*）)*$`)
)

// frontReason classifies an unnumbered line that is part of no task; empty if it can't.
func frontReason(s string) Reason {
	n := utf8.RuneCountInString(s)
	switch {
	case s == "":
		return Blank
	case n <= 40 && docNumber.MatchString(s) && !strings.ContainsAny(s, "，。《"):
		return DocNumber
	case dateLine.MatchString(s) || published.MatchString(s):
		return Signature
	case attachment.MatchString(s):
		return Attachment
	case noteLine.MatchString(s), redHead.MatchString(s), remark.MatchString(s), strings.Contains(s, "〕（/"), strings.Contains(s, "）（/"), strings.Contains(s, "（http"):
		return Note
	case addressee.MatchString(s):
		return Addressee
	case isTitle(s):
		return TitleText
	}
	return ""
}

// isTitle reports a line that ends as the titles of plans do and holds no sentence.
func isTitle(s string) bool {
	n := utf8.RuneCountInString(strings.TrimLeft(s, "#"))
	return n >= 4 && n <= 70 && !strings.ContainsAny(s, "。；") && titleEnding.MatchString(s)
}
