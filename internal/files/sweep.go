package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Sweep removes files that were still arriving when the program stopped and are older than age.
func (f *Folder) Sweep(now time.Time, age time.Duration) error {
	entries, err := os.ReadDir(filepath.Join(f.dir, incoming))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sweep files: %w", err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || now.Sub(info.ModTime()) < age {
			continue
		}
		if err := os.Remove(filepath.Join(f.dir, incoming, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("sweep files: %w", err)
		}
	}
	return nil
}
