package clause

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// corpusRoot is the folder of real documents beside the checkout; the test is skipped where it is missing.
func corpusRoot(t *testing.T) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(root); err != nil {
		t.Skip("skipped: the corpus of real documents (shared/corpus) is not beside the checkout")
	}
	return root
}

type covered interface {
	Helper()
	Fatalf(string, ...any)
}

// mustCover holds the coverage law: the pieces of nodes and the unplaced list partition the source.
func mustCover(t covered, src Source, d Draft) {
	t.Helper()
	var all []Span
	for _, n := range d.Nodes {
		if len(n.Pieces) == 0 {
			t.Fatalf("node %d has no piece", n.ID)
		}
		for _, p := range n.Pieces {
			all = append(all, p.Span)
		}
	}
	for _, u := range d.Unplaced {
		all = append(all, u.Span)
	}
	slices.SortFunc(all, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	at := 0
	for _, s := range all {
		if s.Start != at || s.Empty() {
			t.Fatalf("pieces leave a hole or overlap at %d: next piece is %v", at, s)
		}
		at = s.End
	}
	if size := len([]rune(src.Text)); at != size {
		t.Fatalf("pieces end at %d of %d characters", at, size)
	}
}

// mustStand holds that every span of a value lies in the source and reads as the value says.
func mustStand(t covered, src Source, d Draft) {
	t.Helper()
	runes := []rune(src.Text)
	for _, n := range d.Nodes {
		for _, a := range n.Assignments {
			if a.Span.End > len(runes) || squeeze(runes, a.Span) != a.Name {
				t.Fatalf("node %d: assignment %q does not stand at %v", n.ID, a.Name, a.Span)
			}
		}
		if p := n.Deadline.Phrase; p != "" && squeeze(runes, n.Deadline.Span) != p {
			t.Fatalf("node %d: deadline %q does not stand at %v", n.ID, p, n.Deadline.Span)
		}
		if n.Parent >= n.ID {
			t.Fatalf("node %d has its parent %d after it", n.ID, n.Parent)
		}
	}
}

func encode(t covered, d Draft) string {
	t.Helper()
	out, err := json.Marshal(d)
	if err != nil {
		t.Fatalf("encode draft: %v", err)
	}
	return string(out)
}

func check(t covered, src Source) Draft {
	t.Helper()
	d := Parse(src, Options{})
	mustCover(t, src, d)
	mustStand(t, src, d)
	if encode(t, d) != encode(t, Parse(src, Options{})) {
		t.Fatalf("two readings of one source differ")
	}
	return d
}

func TestParse_real_documents_are_covered_to_the_character(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpusRoot(t), "docs", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		check(t, FromText(filepath.Base(f), string(raw)))
	}
}

// scraps are the stuff that generated documents are made of.
var scraps = []string{"一、", "（一）", "1.", "（1）", "①", "——", "\n", "\n\n", "\t", "|", " ", "　", "加强组织领导。", "推进学校建设，", "责任单位：", "牵头单位：",
	"（省教育厅、财政厅负责）", "（各高校）", "（市委宣传部牵头，市教育局配合）", "2025年6月底前", "每季度", "每月28日前", "不少于", "300万元", "10个", "50%", "列第一位者为牵头单位，下同", "以下均需各市、县〔市、区〕政府落实，不再列出。",
	"完成时限：", "长期", "附件", "关于印发工作要点的通知", "教发〔2024〕3号", "各市州教育局：", "负责", "牵头", "、", "，", "。", "等", "和", "各", "（", "）", "《", "》", "“", "”", "#", "**", "| 序号 | 任务 | 责任单位 | 时限 |\n|---|---|---|---|\n| 1 | 建校 | 规划处 | 年底前 |\n", "教育局", "a", "9", "😀", "\u200b", "\r\n"}

func TestParse_generated_documents_are_covered_to_the_character(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 60).Draw(t, "parts")
		check(t, FromText("", strings.Join(parts, "")))
	})
}

func FuzzParse(f *testing.F) {
	f.Add("一、总体要求\n（一）推进学校建设。（省教育厅牵头，省财政厅配合）\n")
	f.Add("| 序号 | 任务 | 责任单位 | 时限 |\n|---|---|---|---|\n| 1 | 建校 | 规划处 | 年底前 |\n")
	f.Add("1.开展检查，每季度不少于2次。责任单位：督导办、各市、县（市、区）教育局。完成时限：2025年6月底前\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20000 {
			return
		}
		check(t, FromText("", text))
		ParseClause(text, 2025, Context{})
		ParseClause(text, 0, Context{TableHeader: "序号|任务|责任单位|时限"})
	})
}
