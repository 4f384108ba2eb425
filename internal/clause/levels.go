package clause

import (
	"strings"
	"unicode/utf8"
)

// joinLevels joins the items of a collective that was cut at its inner 、 (各市、县〔市、区〕政府; 各省、自治区、直辖市人民政府).
func joinLevels(v *view, items []mention) []mention {
	var out []mention
	for k := 0; k < len(items); k++ {
		m := items[k]
		if k+1 < len(items) && items[k+1].group == m.group && partyOf.MatchString(m.text) && stateOf.MatchString(items[k+1].text) { // 各区委、区政府
			m.j, m.text, m.open = items[k+1].j, v.s[m.i:items[k+1].j], items[k+1].open
			out = append(out, m)
			k++
			continue
		}
		pair := k+1 < len(items) && items[k+1].group == m.group && goesOn(m.text, items[k+1].text) && endsAsOffice(items[k+1].text) && isCollective(m.text+items[k+1].text)
		if !levelOnly.MatchString(m.text) || !strings.HasPrefix(m.text, "各") && k == 0 && !pair {
			out = append(out, m)
			continue
		}
		end := k
		for n := k + 1; n < len(items) && items[n].group == m.group && goesOn(m.text, items[n].text); n++ {
			end = n
			if !levelOnly.MatchString(items[n].text) || utf8.RuneCountInString(items[n].text) > 1 && endsAsOffice(items[n].text) {
				break
			}
		}
		last := items[end]
		if end == k || levelOnly.MatchString(last.text) && ruralLevel.MatchString(last.text) {
			out = append(out, m)
			continue
		}
		m.j, m.text, m.open = last.j, v.s[m.i:last.j], last.open
		out = append(out, m)
		k = end
	}
	return out
}

var levelStart = rx(`^(?:省直管县|自治区|直辖市|计划单列市|新疆生产建设兵团|自治州|市|州|县|区|盟|旗|乡|镇|街道|地)`)

var (
	partyOf = rx(`^各.{0,8}(?:(?:省|市|州|县|区|乡|镇)党?委|行政公署)$`)
	stateOf = rx(`^(?:省|市|州|县|区|乡|镇)(?:人民)?政府$`)
)

var (
	officeOfAll = rx(`(?:政府|党委|办事处|管委会|部门|公署|机关)$`)
	ruralLevel  = rx(`镇|乡|街道`)
)

// goesOn reports whether a list item goes on with a collective that names only its level so far (各市 | 县政府); 各镇、县总工会 are two.
func goesOn(first, next string) bool {
	if !levelStart.MatchString(next) {
		return false
	}
	if levelOnly.MatchString(next) || officeOfAll.MatchString(next) {
		return true
	}
	return endsAsOffice(next) && !ruralLevel.MatchString(first)
}

func endsAsOffice(s string) bool {
	return strings.HasSuffix(s, "政府") || strings.HasSuffix(s, "部门") || strings.HasSuffix(s, "局") || strings.HasSuffix(s, "委")
}
