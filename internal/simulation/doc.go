// Package simulation plays ninety days of an office by chance, but by a seed: people do what they may do at that moment, servers die
// between two commits, two of them look at the deadlines at once, the database refuses one side of a conflict or takes its time,
// the clock jumps. After each step what is on record is held against a second, plain computation. A failure prints its seed, and
// the same seed does the same again:
//
//	go test ./internal/simulation -run Simulation -seed 4711
//
// There is nothing in it but tests. ./task simulation plays a thousand seeds.
package simulation
