package ooxml

import (
	"slices"
	"strings"
	"testing"
)

func notice() Letter {
	return Letter{
		Issuer: "岚江省教育厅", Number: "岚教督改〔2017〕3号", Title: "关于门户网站栏目更新问题的\n限期整改通知书",
		Recipient: "岚江省电化教育馆",
		Body: []string{
			"经督查，发现你单位承办事项存在以下问题，现通知如下。", "一、存在问题", "（一）“在线访谈”栏目连续两个月未更新。",
			"二、整改要求", "请于2017年9月20日前完成整改，并书面报告整改情况。",
		},
		Annexes: []string{"问题清单", "整改报告格式"},
		Date:    "2017年9月4日",
		Slip: &Slip{
			Title: "回    执", Fields: []SlipField{{"文号", "岚教督改〔2017〕3号"}, {"签收人", ""}, {"签收时间", ""}},
			Note: "请于收到之日起2个工作日内送省教育厅办公室。",
		},
	}
}

func TestLetter_has_its_parts_in_order(t *testing.T) {
	file, err := notice().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	parts := unpack(t, file)
	var got []string
	for _, p := range paragraphs(t, parts["word/document.xml"]) {
		if p != "" {
			got = append(got, p)
		}
	}
	want := []string{
		"岚江省教育厅", "岚教督改〔2017〕3号", "关于门户网站栏目更新问题的\n限期整改通知书", "岚江省电化教育馆：",
		"经督查，发现你单位承办事项存在以下问题，现通知如下。", "一、存在问题", "（一）“在线访谈”栏目连续两个月未更新。", "二、整改要求",
		"请于2017年9月20日前完成整改，并书面报告整改情况。", "附件：1. 问题清单", "　　　2. 整改报告格式", "岚江省教育厅", "2017年9月4日",
		"回    执", "文号", "岚教督改〔2017〕3号", "签收人", "签收时间", "请于收到之日起2个工作日内送省教育厅办公室。",
	}
	if !slices.Equal(got, want) {
		t.Errorf("parts:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !strings.Contains(parts["docProps/core.xml"], "关于门户网站栏目更新问题的限期整改通知书") {
		t.Error("the file's title is not the letter's")
	}
}

func TestLetter_first_page_has_double_lines_and_no_number(t *testing.T) {
	file, err := notice().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	parts := unpack(t, file)
	document := parts["word/document.xml"]
	if !strings.Contains(document, `<w:titlePg/>`) || !strings.Contains(document, `w:type="first" r:id="`+firstFooter+`"`) {
		t.Error("the first page has no foot of its own")
	}
	if foot := parts["word/footer3.xml"]; strings.Contains(foot, "PAGE") || !strings.Contains(foot, "thinThickSmallGap") {
		t.Errorf("foot of the first page: %s", foot)
	}
	if !strings.Contains(parts["word/styles.xml"], "thickThinSmallGap") || !strings.Contains(document, `w:top="1701"`) {
		t.Error("the head does not stand 30 mm below the edge over a double line")
	}
	if plain := build(t, Document{Blocks: []Block{Paragraph{Text: "文"}}})["word/document.xml"]; strings.Contains(plain, "titlePg") {
		t.Error("an ordinary document has a first page of its own")
	}
}

func TestLetter_without_annex_or_slip_is_one_section_of_text(t *testing.T) {
	l := notice()
	l.Annexes, l.Slip = l.Annexes[:1], nil
	document := build(t, l.Document())["word/document.xml"]
	if strings.Contains(document, "<w:tbl>") || strings.Contains(document, "pageBreakBefore") || !strings.Contains(document, "附件：问题清单") {
		t.Errorf("document: %s", document)
	}
}

func TestSign_centres_the_issuer_over_the_date(t *testing.T) {
	blocks := Sign("岚江省教育厅", "2017年3月15日")
	issuer, date := blocks[1].(Paragraph), blocks[2].(Paragraph)
	if centre := issuer.right + width(issuer.Text)/2; centre != date.right+width(date.Text)/2 {
		t.Errorf("issuer centred %d from the right, date %d", centre, date.right+width(date.Text)/2)
	}
	if long := Sign("中共岚江省委教育工作委员会督查工作领导小组办公室", "2017年3月5日")[1].(Paragraph); long.right < 0 {
		t.Errorf("a long name runs %d over the edge", -long.right)
	}
}

func TestStyleOf_follows_the_numbering(t *testing.T) {
	for line, want := range map[string]Style{
		"一、总体要求": Level1, "十二、附则": Level1, "（三）加强解读": Level2, "1. 编制目录。": Body, "（1）核对": Body, "附件": AnnexMark, "附件2": AnnexMark,
		"附件说明见后": Body, "一是公开": Body,
	} {
		if got := StyleOf(line); got != want {
			t.Errorf("StyleOf(%s) = %d, want %d", line, got, want)
		}
	}
}
