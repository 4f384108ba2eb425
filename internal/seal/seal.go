// Package seal keeps secrets that the program has to read again (keys of one-time codes, keys of webhooks) unreadable in the
// database: they are encrypted with a key that lies in a file beside the uploaded files, never in the database or a dump of it.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/duban-gov/duban/internal/fault"
)

// keySize makes it AES-256-GCM (GB/T 22239-2019 8.1.4.8: confidentiality of stored authentication data).
const keySize = 32

// prefix marks a sealed text and its form.
const prefix = "s1:"

// Box seals and opens texts.
type Box struct{ aead cipher.AEAD }

// New makes a box of a key of 32 bytes.
func New(key []byte) (*Box, error) {
	if len(key) != keySize {
		return nil, fmt.Errorf("key has %d bytes, want %d", len(key), keySize)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("use key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("use key: %w", err)
	}
	return &Box{aead}, nil
}

// Open makes a box of the key in a file. A missing file is made with a random key, which only the program's user may read; of two
// servers that make it at once, one wins and both read the winner's.
func Open(file string) (*Box, error) {
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(file); err != nil {
			return nil, err
		}
		raw, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil {
		return nil, fmt.Errorf("read key %s: %w", file, err)
	}
	box, err := New(key)
	if err != nil {
		return nil, fmt.Errorf("read key %s: %w", file, err)
	}
	return box, nil
}

// create writes a new key aside and links it to its name, so that nobody ever reads half a key.
func create(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("make key: %w", err)
	}
	var key [keySize]byte
	_, _ = rand.Read(key[:]) // never fails (crypto/rand)
	aside, err := os.CreateTemp(filepath.Dir(file), ".key-*")
	if err != nil {
		return fmt.Errorf("make key: %w", err)
	}
	defer func() { _ = os.Remove(aside.Name()) }() // gone already when all went well
	_, err = aside.WriteString(base64.StdEncoding.EncodeToString(key[:]) + "\n")
	if err := errors.Join(err, aside.Sync(), aside.Close()); err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	if err := os.Link(aside.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keep key: %w", err)
	}
	return nil
}

// Seal encrypts a text. about names the row and column that it belongs to; elsewhere it does not open.
func (b *Box) Seal(text, about string) string {
	nonce := make([]byte, b.aead.NonceSize())
	_, _ = rand.Read(nonce)
	return prefix + base64.RawStdEncoding.EncodeToString(b.aead.Seal(nonce, nonce, []byte(text), []byte(about)))
}

// Open decrypts a sealed text. One that was sealed with another key, belongs elsewhere or was changed is a fault.
func (b *Box) Open(sealed, about string) (string, error) {
	body, ours := strings.CutPrefix(sealed, prefix)
	raw, err := base64.RawStdEncoding.DecodeString(body)
	n := b.aead.NonceSize()
	if !ours || err != nil || len(raw) < n {
		return "", broken(errors.New("not a sealed text"))
	}
	text, err := b.aead.Open(nil, raw[:n], raw[n:], []byte(about))
	if err != nil {
		return "", broken(err)
	}
	return string(text), nil
}

func broken(cause error) error { return fault.New(fault.Unavailable, "seal.broken").Because(cause) }
