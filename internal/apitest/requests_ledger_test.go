package apitest

import "maps"

// The requests of the ledger's operations.
func init() {
	maps.Copy(goods, map[string]good{
		"compare-ledger": {query: "since=2017-03-01"},
		"get-duty-past":  {query: "at=2017-03-06"},
	})
}
