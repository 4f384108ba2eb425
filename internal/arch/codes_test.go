package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/words"
)

// TestCodes: every stable code that the program can answer with has its text in the language files.
func TestCodes(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasSuffix(s.file, "_test.go") || s.room == "testkit" {
			continue
		}
		for key, place := range codes(t, s.file) {
			other := "fault." + strings.TrimPrefix(key, "field.") // a code may serve a field and a whole answer
			if !words.Has(key) && !words.Has(other) {
				t.Errorf("%s: no text for %q", place, key)
			}
		}
	}
}

// codes finds the literals given as codes to the constructors of package fault.
func codes(t *testing.T, file string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", file))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, file, raw, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	note := func(prefix string, e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			code, _ := strconv.Unquote(lit.Value)
			found[prefix+code] = fset.Position(lit.Pos()).String()
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.CallExpr:
			if fun, ok := x.Fun.(*ast.SelectorExpr); ok && isFault(fun.X) && len(x.Args) == 2 {
				switch fun.Sel.Name {
				case "New":
					note("fault.", x.Args[1])
				case "BadField":
					note("field.", x.Args[1])
				}
			}
		case *ast.CompositeLit:
			if sel, ok := x.Type.(*ast.SelectorExpr); ok && isFault(sel.X) && sel.Sel.Name == "Field" {
				for _, e := range x.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "Code" {
						note("field.", kv.Value)
					}
				}
			}
		}
		return true
	})
	return found
}

func isFault(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "fault"
}
