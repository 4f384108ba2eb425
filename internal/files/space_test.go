package files_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/duban-gov/duban/internal/files"
)

func TestSpaceOf_a_folder_that_is_not_made_yet_is_that_of_the_one_above(t *testing.T) {
	dir := t.TempDir()
	here, err := files.SpaceOf(dir)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("this system does not tell")
	}
	if err != nil || here.Free <= 0 || here.Total < here.Free {
		t.Fatalf("got %+v, %v", here, err)
	}
	below, err := files.SpaceOf(filepath.Join(dir, "not", "yet"))
	if err != nil || below.Device != here.Device || below.Total != here.Total {
		t.Errorf("got %+v, %v, want that of %+v", below, err, here)
	}
}
