// Package files keeps uploaded files in a folder under the hash of their content. A file is written aside, brought to disk and
// renamed, so what stands under a key is whole; the same content twice is one file.
package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/duban-gov/duban/internal/fault"
)

// Folder is where files lie.
type Folder struct{ dir string }

// In returns the folder; it is made when the first file comes.
func In(dir string) *Folder { return &Folder{dir: dir} }

// Keep stores content and returns its key, the SHA-256 in hex. It may be called before the transaction that refers to the
// file: a key that nothing refers to does no harm.
func (f *Folder) Keep(raw []byte) (key string, err error) {
	sum := sha256.Sum256(raw)
	key = hex.EncodeToString(sum[:])
	place := f.place(key)
	if info, err := os.Stat(place); err == nil && info.Size() == int64(len(raw)) {
		return key, nil
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o750); err != nil {
		return "", fmt.Errorf("make folder of file %s: %w", key, err)
	}
	if err := write(place, raw); err != nil {
		return "", fmt.Errorf("keep file %s: %w", key, err)
	}
	return key, nil
}

// write brings the content to disk beside the place and then renames it.
func write(place string, raw []byte) (err error) {
	aside, err := os.CreateTemp(filepath.Dir(place), ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(aside.Name()))
		}
	}()
	_, err = aside.Write(raw)
	err = errors.Join(err, aside.Sync(), aside.Close())
	if err != nil {
		return err
	}
	return os.Rename(aside.Name(), place)
}

// Read returns the content of a key; an unknown key is not found, and content that does not fit its key is an error.
func (f *Folder) Read(key string) ([]byte, error) {
	if !valid(key) {
		return nil, fault.Missing("file")
	}
	raw, err := os.ReadFile(f.place(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Missing("file").Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("read file %s: %w", key, err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != key {
		return nil, fmt.Errorf("file %s was altered on disk", key)
	}
	return raw, nil
}

// valid reports whether a key is one of ours: nothing else ever becomes part of a path.
func valid(key string) bool {
	raw, err := hex.DecodeString(key)
	return err == nil && len(raw) == sha256.Size
}

func (f *Folder) place(key string) string { return filepath.Join(f.dir, key[:2], key) }
