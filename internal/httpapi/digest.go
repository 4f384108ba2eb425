package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/digests"
)

// registerDigest adds the caller's setting of the daily digest.
func (a *API) registerDigest() {
	route(a, Op{ID: "get-digest-setting", Method: http.MethodGet, Path: "/session/digest", Tag: "session", Permission: Signed, Summary: "When do I get the daily digest",
		Description: "每日摘要: one message a day that names what waits, what is due in the next days, what is late."},
		func(ctx context.Context, _ *struct{}) (*plain[digests.DigestSetting], error) {
			found, err := a.Digests.Setting(ctx)
			return &plain[digests.DigestSetting]{found}, err
		})
	route(a, Op{ID: "set-digest", Method: http.MethodPut, Path: "/session/digest", Tag: "session", Permission: Signed, Summary: "Choose the hour of the daily digest",
		Description: "Or turn it off. One that was sent today is not sent again."},
		func(ctx context.Context, in *struct{ Body digests.SetDigestInput }) (*plain[digests.DigestSetting], error) {
			found, err := a.Digests.Set(ctx, in.Body)
			return &plain[digests.DigestSetting]{found}, err
		})
}
