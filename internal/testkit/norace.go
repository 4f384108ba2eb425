//go:build !race

package testkit

// Race says that the race detector is off.
const Race = false
