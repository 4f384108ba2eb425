// Package policies holds what an authority changes without changing the program: rule files, and beside them the
// permission model and policy. This package only carries the files as shipped; those who use them read and check them.
package policies

import "embed"

// Rules are the rule files as shipped, under rules/.
//
//go:embed rules/*.yaml
var Rules embed.FS
