//go:build !linux && !darwin && !freebsd

package files

import "errors"

// SpaceOf is not known on this system.
func SpaceOf(string) (Space, error) { return Space{}, errors.ErrUnsupported }
