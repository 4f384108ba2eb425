// Package policies embeds what an authority may change: who may do what (model.conf, policy.csv) and the rule files.
package policies

import _ "embed" // the access files below

// Model is the casbin model: how a request is matched with the policy.
//
//go:embed model.conf
var Model string

// Policy is the grants: role, permission, scope.
//
//go:embed policy.csv
var Policy string
