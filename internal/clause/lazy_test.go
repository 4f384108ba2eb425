package clause

import "testing"

func TestEvery_expression_compiles(t *testing.T) {
	if len(expressions) < 100 {
		t.Fatalf("%d expressions listed: those of the package are missing", len(expressions))
	}
	for _, l := range expressions {
		l.compiled() // panics with the text of the expression
	}
}
