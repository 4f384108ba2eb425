// Package files keeps uploaded files under the hash of their content, in a folder or in an S3-compatible bucket. In a folder a file
// is written aside, brought to disk and renamed; a bucket takes it whole and signed by its hash. So what stands under a key is
// whole; the same content twice is one file, nothing is overwritten by something else, and no name of a user ever reaches the store.
package files

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/duban-gov/duban/internal/fault"
)

// Store keeps content under its hash.
type Store interface {
	// Keep stores content and returns its key.
	Keep(raw []byte) (key string, err error)
	// Take reads at most limit bytes and stores them; more are ErrTooLarge. Look may read them before, and refuse them.
	Take(ctx context.Context, from io.Reader, limit int64, look func(*os.File) error) (Kept, error)
	// Open opens the content of a key; an unknown key is not found.
	Open(key string) (io.ReadCloser, error)
	// Read is the content of a key, held against its hash.
	Read(key string) ([]byte, error)
	// Sweep removes what was still arriving when the program stopped.
	Sweep(now time.Time, age time.Duration) error
}

// Folder is a folder of this machine in which files lie.
type Folder struct{ dir string }

// In returns the folder; it is made when the first file comes.
func In(dir string) *Folder { return &Folder{dir: dir} }

// incoming is the folder of files that are still arriving; on the same file system, so that a rename finishes them.
const incoming = "incoming"

// ErrTooLarge says that the bytes went over the limit.
var ErrTooLarge = errors.New("file over the limit")

// Kept is what is known of kept bytes.
type Kept struct {
	Key  string // their SHA-256 in hex
	Size int64
}

// Keep stores content and returns its key, the SHA-256 in hex. It may be called before the transaction that refers to the
// file: a key that nothing refers to does no harm.
func (f *Folder) Keep(raw []byte) (key string, err error) {
	kept, err := f.Take(context.Background(), bytes.NewReader(raw), int64(len(raw)), nil)
	return kept.Key, err
}

// Take reads at most limit bytes, writes them to disk and returns their key; more are ErrTooLarge. When it returns, the bytes
// survive a power cut: the file and its folders are synced. Look, if there is one, may read the file before it gets its name, and
// refuse it.
func (f *Folder) Take(ctx context.Context, from io.Reader, limit int64, look func(*os.File) error) (Kept, error) {
	return f.receive(ctx, from, limit, look, func(aside *os.File, kept Kept) error {
		if err := aside.Sync(); err != nil {
			return fmt.Errorf("sync file: %w", err)
		}
		return f.name(aside.Name(), kept.Key)
	})
}

// receive writes what arrives aside, lets look see it, and hands it to finish; whatever is left of it is removed.
func (f *Folder) receive(ctx context.Context, from io.Reader, limit int64, look func(*os.File) error, finish func(aside *os.File, kept Kept) error) (kept Kept, err error) {
	if err := os.MkdirAll(filepath.Join(f.dir, incoming), 0o750); err != nil {
		return Kept{}, fmt.Errorf("make folder of files: %w", err)
	}
	aside, err := os.OpenFile(filepath.Join(f.dir, incoming, rand.Text()), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return Kept{}, fmt.Errorf("keep file: %w", err)
	}
	defer func() {
		err = errors.Join(err, aside.Close())
		if gone := os.Remove(aside.Name()); !errors.Is(gone, fs.ErrNotExist) { // it is gone once it has its name
			err = errors.Join(err, gone)
		}
	}()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(aside, sum), io.LimitReader(reader{ctx, from}, limit+1))
	if err != nil {
		return Kept{}, fmt.Errorf("read file: %w", err)
	}
	if size > limit {
		return Kept{}, ErrTooLarge
	}
	if look != nil {
		if err := look(aside); err != nil {
			return Kept{}, err
		}
	}
	kept = Kept{Key: hex.EncodeToString(sum.Sum(nil)), Size: size}
	return kept, finish(aside, kept)
}

// name gives a finished file its place and syncs the folders.
func (f *Folder) name(aside, key string) error {
	place := f.place(key)
	if err := os.MkdirAll(filepath.Dir(place), 0o750); err != nil {
		return fmt.Errorf("make folder of file %s: %w", key, err)
	}
	if err := os.Rename(aside, place); err != nil {
		return fmt.Errorf("keep file %s: %w", key, err)
	}
	return errors.Join(syncDir(filepath.Dir(place)), syncDir(f.dir))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open opens the content of a key for reading; an unknown key is not found.
func (f *Folder) Open(key string) (io.ReadCloser, error) {
	if !valid(key) {
		return nil, fault.Missing("file")
	}
	file, err := os.Open(f.place(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Missing("file").Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", key, err)
	}
	return file, nil
}

// Read returns the content of a key; an unknown key is not found, and content that does not fit its key is an error.
func (f *Folder) Read(key string) ([]byte, error) { return read(f, key) }

func read(store Store, key string) ([]byte, error) {
	file, err := store.Open(key)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read file %s: %w", key, err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != key {
		return nil, fmt.Errorf("file %s was altered where it lies", key)
	}
	return raw, nil
}

// valid reports whether a key is one of ours: nothing else ever becomes part of a path.
func valid(key string) bool {
	raw, err := hex.DecodeString(key)
	return err == nil && len(raw) == sha256.Size
}

func (f *Folder) place(key string) string { return filepath.Join(f.dir, key[:2], key) }

// reader stops reading when the context ends.
type reader struct {
	ctx  context.Context
	from io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
