package words

import "testing"

func TestPeriod_is_said_as_an_office_writes_it(t *testing.T) {
	for label, want := range map[string]map[Lang]string{
		"2017":      {ZhCN: "2017年", ZhTW: "2017年", En: "2017"},
		"2017-H1":   {ZhCN: "2017年上半年", ZhTW: "2017年上半年", En: "H1 2017"},
		"2016-S2":   {ZhCN: "2016—2017学年第二学期", ZhTW: "2016—2017學年第二學期", En: "second semester 2016–2017"},
		"2017-Q3":   {ZhCN: "2017年第3季度", ZhTW: "2017年第3季", En: "Q3 2017"},
		"2017-05":   {ZhCN: "2017年5月", ZhTW: "2017年5月", En: "May 2017"},
		"2017-W06":  {ZhCN: "2017年第6周", ZhTW: "2017年第6週", En: "week 6 of 2017"},
		"2017-2020": {ZhCN: "2017—2020年", ZhTW: "2017—2020年", En: "2017–2020"},
		"D3":        {ZhCN: "交办后3日", ZhTW: "交辦後3日", En: "day 3 after the assignment"},
		"WD5":       {ZhCN: "交办后5个工作日", ZhTW: "交辦後5個工作日", En: "working day 5 after the assignment"},
		"M2":        {ZhCN: "第2个时间节点", ZhTW: "第2個時間節點", En: "milestone 2"},
		"年中":        {ZhCN: "年中", ZhTW: "年中", En: "年中"},
	} {
		for lang, text := range want {
			if got := Period(lang, label); got != text {
				t.Errorf("Period(%s, %q) = %q, want %q", lang, label, got, text)
			}
		}
	}
}

func TestText_names_a_period_and_a_number_of_things(t *testing.T) {
	if got, want := Text(ZhCN, "message.report.remind", map[string]any{"period": "2017-08", "title": "年报"}), "请报送2017年8月进展：年报"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for n, want := range map[int]string{1: "“P” was issued: 1 duty for your unit", 2: "“P” was issued: 2 duties for your unit"} {
		if got := Text(En, "message.plan.issued", map[string]any{"plan": "P", "n": n}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
