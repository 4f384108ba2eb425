package clause

import (
	"strings"
)

// numbering is a style of numbering; a lower rank stands above a higher one in the outline (第一章 > 一、 > （一） > 1. > （1） > ①).
type numbering struct {
	rank int
	re   *lazy
}

const hanNumber = `[〇零一二三四五六七八九十百]{1,5}`

// headRank is the rank of an unnumbered heading of level 1 given by the file itself; level n ranks n-1 lower.
const (
	headRank = 10
	dashRank = 90
	freeRank = 95 // an unnumbered paragraph
)

var numberings = []numbering{
	{20, rx(`^第` + hanNumber + `(?:编|篇|部分|板块)[：、]?`)},
	{21, rx(`^第` + hanNumber + `章`)},
	{22, rx(`^第` + hanNumber + `节`)},
	{24, rx(`^第(?:` + hanNumber + `|[0-9]{1,3})条`)},
	{30, rx(`^` + hanNumber + `(?:、|\.|。)`)},
	{40, rx(`^（` + hanNumber + `）[、.。]?`)},
	{45, rx(`^(?:重点)?(?:任务|行动|工程|举措|措施|专项)(?:` + hanNumber + `|[0-9]{1,3})(?:：|、|\.|。)`)},
	{52, rx(`^[0-9]{1,2}(?:\.[0-9]{1,2}){2,3}[、.]?`)},
	{51, rx(`^[0-9]{1,2}\.[0-9]{1,2}(?:[、.]|$)`)},
	{50, rx(`^[0-9]{1,3}(?:、|\.|。|．)`)},
	{60, rx(`^（[0-9]{1,3}）[、.。]?`)},
	{65, rx(`^[0-9]{1,3}）`)},
	{70, rx(`^[①-⑳㉑-㉟]`)},
	{75, rx(`^(?:[a-zA-Z]|[ivxIVX]{1,4})(?:、|\.|。|）)`)},
	{dashRank, rx(`^(?:—+|-+|[·•●■◆○▪※★◇□▲>]+)`)},
}

var (
	headMark   = rx(`^#{1,6}`)
	dottedText = rx(`^[0-9]{1,2}\.[0-9]{1,2}(?:[一-龥（“《A-Za-z])`)
	dotted     = rx(`^[0-9]+\.[0-9]+`)
	yearsAfter = rx(`^[0-9]{1,3}\.[0-9]年内`)
	measure    = rx(`^[0-9]+\.[0-9]+(?:%|万|亿|年|月|天|个|元|倍|米|吨|公|亩|千|百|人|家|项|度|分|级|小时)`)
)

// numberOf finds the numbering at the head of a line; length is in bytes of the view, 0 if there is none.
func numberOf(s string) (rank, length int) {
	if dottedText.MatchString(s) && !measure.MatchString(s) { // 1.1推进…: the number has no mark after it
		return 51, len(dotted.FindString(s))
	}
	if m := yearsAfter.FindString(s); m != "" { // 23.5年内…: number 23, then five years
		return 50, strings.IndexByte(m, '.') + 1
	}
	if measure.MatchString(s) {
		return 0, 0
	}
	for _, n := range numberings {
		m := n.re.FindString(s)
		if m == "" || len(m) == len(s) && n.rank == dashRank {
			continue
		}
		if n.rank == 50 && len(m) < len(s) && s[len(m)] >= '0' && s[len(m)] <= '9' {
			continue // 1.5万…
		}
		return n.rank, len(m)
	}
	return 0, 0
}
