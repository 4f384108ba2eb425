package apitest

import "maps"

const matterBody = `{"title":"落实会议决定","source":"minutes","basis":"岚教纪要〔2017〕6号","units":[{"unit_id":"$unit.university","part":"lead"}]}`

// The requests of the supervisors' acts stand apart, so that the long list of requests stays as it is.
func init() {
	maps.Copy(goods, map[string]good{
		"register-matter":    {body: matterBody},
		"edit-matter":        {body: matterBody},
		"approve-matter":     {body: `{"note":"同意"}`},
		"refuse-matter":      {body: `{"reason":"已列入年度要点"}`},
		"close-matter":       {body: `{"text":"已全部落实"}`},
		"void-matter":        {body: `{"reason":"重复登记"}`},
		"get-matter-numbers": {path: map[string]string{"year": "2017"}},
		"give-instruction":   {body: `{"subject":"duty","subject_id":"$duty.active","text":"请抓紧办理"}`},
		"reply-instruction":  {body: `{"text":"已排查"}`},
		"finish-instruction": {body: `{"note":"均已反馈"}`},
		"revoke-instruction": {body: `{"reason":"情况变化"}`},
		"propose-proceeding": {body: `{"kind":"criticism","unit_id":"$unit.university","title":"逾期通报","reason":"两项任务逾期","basis":[{"subject":"duty","subject_id":"$duty.active"}]}`},
		"approve-proceeding": {body: `{"note":"同意"}`},
		"refuse-proceeding":  {body: `{"reason":"先行催办"}`},
		"arrange-proceeding": {body: `{"due_date":"2017-03-10","place":"305会议室","participants":"分管校领导"}`},
		"hold-proceeding":    {body: `{"text":"单位承诺月底前完成"}`},
		"revoke-proceeding":  {body: `{"reason":"事实有误"}`},
		"record-designation": {body: `{"government":"岚省人民政府","number":"岚政办函〔2017〕12号","scope":"义务教育均衡发展","valid_from":"2017-01-01"}`},
	})
}
