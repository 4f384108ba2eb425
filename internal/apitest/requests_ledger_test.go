package apitest

import "maps"

// The requests of the ledger's operations.
func init() {
	maps.Copy(goods, map[string]good{
		"compare-ledger":     {query: "since=2017-03-01"},
		"get-duty-past":      {query: "at=2017-03-06"},
		"export-ledger":      {body: `{"q":"是:全部","format":"csv"}`},
		"act-on-duties":      {body: `{"action":"instruct","reason":"请抓紧办理","rows":[{"id":"$duty.assigned","version":1}]}`},
		"save-view/shared":   {body: `{"name":"逾期","query":"灯:逾期","share":"unit","unit_id":"$id"}`},
		"save-view":          {body: `{"name":"逾期","query":"灯:逾期"}`},
		"change-view":        {body: `{"name":"临期","query":"灯:临期"}`},
		"search":             {query: "q=公开"},
		"read-calendar-feed": {path: map[string]string{"secret": "no-secret"}},
	})
}
