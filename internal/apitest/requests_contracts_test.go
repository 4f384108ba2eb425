package apitest

import "maps"

// The requests of completion, close-out, shares, hand-overs and delegations.
func init() {
	maps.Copy(goods, map[string]good{
		"pass-duty": {body: `{"note":"材料已核"}`},

		"split-duty":      {body: `{"unit_id":"$unit.school","title":"编制附属学校目录","due_date":"2017-05-20"}`},
		"split-share":     {body: `{"unit_id":"$unit.below_school","title":"编制教务目录","due_date":"2017-05-20"}`},
		"return-share":    {body: `{"reason":"不属于本校职责"}`},
		"insist-share":    {body: `{"reason":"职责明确"}`},
		"report-share":    {body: `{"progress":6000,"narrative":"已编制"}`},
		"hand-in-share":   {body: `{"narrative":"已公开"}`},
		"send-back-share": {body: `{"reason":"缺少清单"}`},
		"redate-share":    {body: `{"due_date":"2017-05-25","reason":"招标推迟"}`},
		"cancel-share":    {body: `{"reason":"改由校办承担"}`},

		"list-colleagues":      {query: "post_id=$id"},
		"delegate-post":        {body: `{"post_id":"$id","user_id":"$user.unit_clerk.own2","valid_to":"2017-03-10","reason":"培训"}`},
		"take-back-post":       {body: `{"reason":"提前返岗"}`},
		"draw-hand-over":       {body: `{"unit_id":"$id","role":"unit_clerk","giver_id":"$user.leader.both","taker_id":"$user.unit_head.own2","reason":"轮岗"}`},
		"get-hand-over-people": {query: "unit_id=$id"},
		"redraw-hand-over":     {body: `{}`},
		"void-hand-over":       {body: `{"reason":"轮岗暂缓"}`},
	})
}
