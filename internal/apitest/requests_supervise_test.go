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
		"record-designation": {body: `{"government":"岚省人民政府","number":"岚政办函〔2017〕12号","scope":"义务教育均衡发展","valid_from":"2017-01-01"}`},
	})
}
