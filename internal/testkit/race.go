//go:build race

package testkit

// Race says that the race detector is on: the program runs ten times slower than built for use. Tests that live through a whole year
// leave it to the runs without it.
const Race = true
