package apitest

import "maps"

// The requests of completion, close-out, shares, hand-overs and delegations.
func init() {
	maps.Copy(goods, map[string]good{
		"pass-duty": {body: `{"note":"材料已核"}`},
	})
}
