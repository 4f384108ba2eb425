package apitest

import "maps"

// rectifyGoods holds the requests of inspections, conclusions, notices, objections and look-backs.
var rectifyGoods = map[string]good{
	"create-inspection":          {body: `{"title":"专项督查","kind":"special","basis":"会议纪要","scope":"信息公开","methods":["visit"],"starts_on":"2017-03-20","ends_on":"2017-03-24","unit_ids":["$unit.university"]}`},
	"edit-inspection":            {body: `{"title":"专项督查","kind":"special","basis":"会议纪要","scope":"信息公开","methods":["visit"],"starts_on":"2017-03-21","ends_on":"2017-03-24","unit_ids":["$unit.university"]}`},
	"propose-inspection":         {body: `{}`},
	"send-back-inspection":       {body: `{"reason":"督查对象过多"}`},
	"amend-inspection":           {body: `{"title":"招生专项督查","kind":"special","basis":"会议纪要","scope":"招生信息公开","matters":["第$kind项"],"methods":["visit"],"items":[{"text":"招生简章公开"}],"starts_on":"2017-03-07","ends_on":"2017-03-09","unit_ids":["$unit.university"],"reason":"缩短一天"}`},
	"cancel-inspection":          {body: `{"reason":"并入大督查"}`},
	"save-inspection-checks":     {body: `{"items":[{"unit_id":"$unit.university","item":0,"outcome":"partly","note":"目录不全"}]}`},
	"conclude-inspection":        {body: `{"conclusion":"总体较好","parts":[{"unit_id":"$unit.university","content":"限期整改"}]}`},
	"get-unit-inspection-burden": {query: "year=2017"},
	"get-number-register":        {path: map[string]string{"kind": "inspection", "year": "2017"}},
	"link-finding":               {body: `{"earlier_id":"$finding.first","repeats":true}`},
	"plan-notice":                {body: `{"measures":"逐项核对","responsible":"招生处处长","finish_by":"2017-03-24"}`},
	"accept-plan-notice":         {body: `{"opinion":"同意"}`},
	"return-plan-notice":         {body: `{"reason":"没有写明责任人"}`},
	"check-notice":               {body: `{"checked_on":"2017-03-06","place":"招生处","outcome":"conforms","note":"首页已公开"}`},
	"fail-notice":                {body: `{"reason":"整改不到位","due_date":"2017-04-14"}`},
	"get-rectification-funnel":   {query: "year=2017"},
	"file-objection":             {body: `{"subject":"conclusion","subject_id":"$id","grounds":"简章已于二月公开","demand":"撤销"}`},
	"uphold-objection":           {body: `{"opinion":"经查属实"}`},
	"change-objection":           {body: `{"opinion":"要求不当","requirement":"补充公开收费项目","due_date":"2017-04-28"}`},
	"revoke-objection":           {body: `{"opinion":"事实不清"}`},
	"draw-look-back":             {query: "year=2017&seed=第2次&size=3"},
	"create-look-back":           {body: `{"year":2017,"seed":"第2次","size":3,"title":"回头看","basis":"年度督查计划","scope":"已销号事项","methods":["visit"],"starts_on":"2017-03-20","ends_on":"2017-03-24","leader_id":"$user.inspector.home"}`},
	"hold-look-item":             {body: `{"note":"公示栏仍在"}`},
	"come-back-look-item":        {body: `{"reason":"专栏停更半年","due_date":"2017-04-28"}`},
}

// rectifyActs and rectifyReaders are what actionOf and readers hold of them.
var (
	rectifyActs = map[string]string{"send-back-inspection": "send_back", "save-inspection-checks": "check", "accept-plan-notice": "accept_plan",
		"return-plan-notice": "return_plan"}
	rectifyReaders = map[string]string{"conclusion": "get-conclusion", "objection": "get-objection"}
)

func init() {
	maps.Copy(goods, rectifyGoods)
	maps.Copy(actionOf, rectifyActs)
	maps.Copy(readers, rectifyReaders)
	bounded = append(bounded, "list-inspection-versions")
}
