// Package web carries the built page. Without a build (dist holds only .keep) the program still compiles and says so at "/".
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist is the folder of the built page: index.html and hashed assets, each also compressed as <name>.gz.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}
