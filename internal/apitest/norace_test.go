//go:build !race

package apitest

const (
	refusedAsked = 1    // of so many refused cells one is asked: all
	drawn        = "30" // inputs drawn for each operation
)
