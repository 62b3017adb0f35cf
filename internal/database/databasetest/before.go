package databasetest

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"ariga.io/atlas/sql/migrate"
)

// Before returns those of the migrations of both databases that come before the ones whose names end so: an upgrade begins there.
func Before(t testing.TB, all fs.FS, suffix string) fs.FS {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("take the migrations before %s: %v", suffix, err)
		}
	}
	files := fstest.MapFS{}
	for _, folder := range []string{"postgres", "sqlite"} {
		entries, err := fs.ReadDir(all, folder)
		must(err)
		dir := &migrate.MemDir{}
		for _, entry := range entries {
			if strings.HasSuffix(entry.Name(), suffix) {
				break
			}
			content, err := fs.ReadFile(all, folder+"/"+entry.Name())
			must(err)
			files[folder+"/"+entry.Name()] = &fstest.MapFile{Data: content}
			must(dir.WriteFile(entry.Name(), content))
		}
		sum, err := dir.Checksum()
		must(err)
		text, err := sum.MarshalText()
		must(err)
		files[folder+"/"+migrate.HashFileName] = &fstest.MapFile{Data: text}
	}
	return files
}
