package scenario_test

import (
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/scenario"
	"github.com/duban-gov/duban/internal/testkit"
)

func build(t *testing.T, clock *testkit.Clock) *app.App {
	t.Helper()
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = testkit.URL(t), t.TempDir(), ""
	a, err := app.Build(t.Context(), c, app.Options{Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func TestLoad(t *testing.T) {
	clock := testkit.NewClock(time.Date(2017, 3, 1, 1, 0, 0, 0, time.UTC))
	a := build(t, clock)
	h, err := scenario.Load(t.Context(), a, sample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("everybody_can_sign_in", func(t *testing.T) {
		for _, role := range post.Roles {
			p, ok := h.One(role, "")
			if !ok {
				t.Fatalf("nobody is %s", role)
			}
			if _, err := a.Accounts.Login(t.Context(), accounts.SignInInput{Login: p.Login, Password: h.Password}, accounts.Client{Address: "127.0.0.1"}); err != nil {
				t.Errorf("%s: %v", p.Login, err)
			}
		}
	})
	t.Run("a_database_that_holds_data_is_refused", func(t *testing.T) {
		if _, err := scenario.Load(t.Context(), a, sample.Options{}); fault.CodeOf(err) != "sample.not_empty" {
			t.Errorf("got %v", err)
		}
	})
}
