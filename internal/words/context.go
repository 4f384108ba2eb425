package words

import "context"

type langKey struct{}

// With returns a context whose reader reads lang.
func With(ctx context.Context, lang Lang) context.Context {
	return context.WithValue(ctx, langKey{}, lang)
}

// From is the language of the context's reader; the source language if none was set.
func From(ctx context.Context) Lang {
	if lang, ok := ctx.Value(langKey{}).(Lang); ok {
		return lang
	}
	return ZhCN
}
