//go:build race

package apitest

// Under the race detector the program runs some fifteen times slower. It looks for races there, not for cells: all allowed cells
// are asked, and one in so many of the refused ones. The run on PostgreSQL, without the detector, asks all.
const (
	refusedAsked = 10
	drawn        = "3"
)
