//go:build race

package units_test

// raceDetector says that the program runs many times slower than built for use.
const raceDetector = true
