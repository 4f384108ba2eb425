package sample

import (
	_ "embed"

	"github.com/duban-gov/duban/internal/workday"
)

// HalfText is a short plan for the second half of the year: five matters, every name known, one with three milestones, one of every third year. It was written
// for this project.
//
//go:embed half2017.txt
var HalfText string

// HalfDate is the day on which it was issued.
var HalfDate = workday.NewDate(2017, 7, 5)
