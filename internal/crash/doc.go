// Package crash proves what the program promises for a sudden end: it starts the real binary, loads it with writers over HTTP,
// ends it with kill -9, starts it again, and holds what is on record against what was acknowledged. KILLS=n sets how often a
// server is killed; ./task crash runs the long form. There is nothing in it but tests.
package crash
