//go:build !race

package units_test

const raceDetector = false
