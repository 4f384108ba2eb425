//go:build linux || darwin || freebsd

package files

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
)

// SpaceOf tells how much room the file system of a folder has. A folder that does not exist yet stands for the nearest one above it.
func SpaceOf(dir string) (Space, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Space{}, fmt.Errorf("find folder: %w", err)
	}
	var room syscall.Statfs_t
	var place syscall.Stat_t
	for err = syscall.Stat(dir, &place); errors.Is(err, fs.ErrNotExist) && dir != filepath.Dir(dir); err = syscall.Stat(dir, &place) {
		dir = filepath.Dir(dir)
	}
	if err == nil {
		err = syscall.Statfs(dir, &room)
	}
	if err != nil {
		return Space{}, fmt.Errorf("read free space: %w", err)
	}
	block := int64(room.Bsize)
	return Space{Free: int64(room.Bavail) * block, Total: int64(room.Blocks) * block, Device: uint64(place.Dev)}, nil
}
