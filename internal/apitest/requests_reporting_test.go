package apitest

import "maps"

// The requests of what is reported: cycles, indicators, corrections, digests.
func init() {
	maps.Copy(goods, map[string]good{
		"set-plan-reporting":    {body: `{"cycle":"monthly"}`},
		"change-plan-reporting": {body: `{"cycle":"monthly","reason":"按月报送"}`},
		"correct-report":        {body: `{"reason":"数字有误"}`},
	})
}
