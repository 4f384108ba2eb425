package clause

import (
	"regexp/syntax"
	"strings"
	"testing"
)

// repeated are phrases that each make one rule work as hard as it can when nothing else stands in a text.
var repeated = []string{
	"2025年12月底前", "1", "一", "（", "（教育局牵头）", "责任单位：", "教育局牵头", "教育局、", "教育局和", "按照", "新增100个", "教育局负责，",
	"教育局负责落实。", "\n", "教育局负责落实\n", "教育局负责落实，\n", "1.教育局负责落实\n", "（一）教育局。\n一、教育局要落实。\n",
	"|教育局|2025年|\n", "教育局\t落实\t2025年\n", "《方案》", "自签收之日起10个工作日内", "等", "各市、县、", "教育局等部门，", "教育局要",
	"均需教育局负责，", "均需教育局负责，以下不再列", "教育局会同", "责任单位为教育局：", "教育局会同财政局；", "—", "# 标题\n", "2025年1月\n",
	"“", "学生教师校长", "工业和信息化", "请教育局在", "完成时限：", "完成时限：每月5日前，", "〔", "不少于三次",
}

// TestWork_is_bounded_by_the_length_of_the_text counts the bytes that expressions look at: at most a fixed number for each byte of
// the text, whatever it holds, and so no more than twice as many for a text twice as long.
func TestWork_is_bounded_by_the_length_of_the_text(t *testing.T) {
	const perByte = 30
	for _, phrase := range repeated {
		for _, size := range []int{8 << 10, 32 << 10} {
			text := "一、工作任务\n" + strings.Repeat(phrase, size/len(phrase))
			before := examined.Load()
			Parse(FromText("x", text), Options{Year: 2019})
			if work := examined.Load() - before; work > perByte*int64(len(text)) {
				t.Errorf("%q, %d bytes: %d bytes were looked at, %d for each", phrase, len(text), work, work/int64(len(text)))
			}
		}
	}
}

func TestPattern_finds_what_its_expression_finds(t *testing.T) {
	text := strings.Repeat(strings.Join(repeated, ""), 3)
	for _, rule := range timeRules {
		var want, got []string
		for _, w := range windows(text) {
			for _, loc := range rule.re.re.FindAllStringIndex(text[w.i:w.j], -1) {
				want = append(want, text[w.i+loc[0]:w.i+loc[1]])
			}
		}
		rule.re.each(text, windows(text), func(loc []int) bool {
			got = append(got, text[loc[0]:loc[1]])
			return true
		})
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: got %q, want %q", rule.id, got, want)
		}
	}
}

func neededBy(t *testing.T, expr string) []string {
	t.Helper()
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	return needed(tree.Simplify())
}

func TestPattern_knows_what_every_match_needs(t *testing.T) {
	for expr, want := range map[string]string{
		`ab?c`:              "a c",
		`(?:年底|年末)前`:        "年 底末 前",
		`[12][0-9]{3}年`:     "12 0123456789 年",
		`(?:今年|明年)?(?:牵头)+`: "牵 头",
		`^|年`:               "",
		`[一-龥]{2}`:          "",
	} {
		if got := strings.Join(neededBy(t, expr), " "); got != want {
			t.Errorf("%s: got %q, want %q", expr, got, want)
		}
	}
}
