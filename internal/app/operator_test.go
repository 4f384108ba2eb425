package app_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/units"
)

func TestOperator(t *testing.T) {
	k := testkit.New(t)
	settings := config.Default()
	settings.DatabaseURL, settings.DataDir = k.URL, t.TempDir()
	a, err := app.Build(t.Context(), settings, app.Options{Now: k.Clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.House(t.Context(), ""); fault.CodeOf(err) != "operator.not_set_up" {
		t.Fatalf("an empty installation has a house: %v", err)
	}
	link, err := a.SetUpURL(t.Context(), "http://localhost/")
	if err != nil || !strings.HasPrefix(link, "http://localhost/set-up#") {
		t.Fatalf("set-up link %q, %v", link, err)
	}
	found := func(name, prefix string) {
		t.Helper()
		p := func(role string) accounts.Person { return accounts.Person{Login: prefix + role, Name: prefix + role} }
		_, err := a.Accounts.Found(t.Context(), accounts.FoundInput{Authority: units.CreateAuthorityInput{Name: name}, SystemAdmin: p("xt"), SecurityAdmin: p("bm"), AuditAdmin: p("sj")})
		if err != nil {
			t.Fatal(err)
		}
	}
	found("云岭省教育厅", "yl")
	house, err := a.House(t.Context(), "")
	if err != nil || house.Name != "云岭省教育厅" {
		t.Fatalf("the only house is %v, %v", house, err)
	}
	t.Run("second_authority_must_be_named", func(t *testing.T) {
		found("海湾省教育厅", "hw")
		if _, err := a.House(t.Context(), ""); fault.CodeOf(err) != "operator.which_authority" {
			t.Errorf("chose one of two: %v", err)
		}
		if h, err := a.House(t.Context(), "海湾省教育厅"); err != nil || h.ID == house.ID {
			t.Errorf("found %v, %v", h, err)
		}
	})
	t.Run("acts_as_an_administrator_of_one_authority_only", func(t *testing.T) {
		ctx, err := a.AsOperator(t.Context(), house, post.SystemAdmin)
		if err != nil {
			t.Fatal(err)
		}
		page, err := a.Units.List(ctx, units.UnitQuery{Limit: 9})
		if err != nil || len(page.Items) != 1 || page.Items[0].ID != house.RootUnitID {
			t.Errorf("sees %v, %v", page.Items, err)
		}
		if _, err := a.Gate.May(ctx, access.DutyRead); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("reads business data: %v", err)
		}
	})
	t.Run("names_objects_by_id_and_units_by_name", func(t *testing.T) {
		subject, id, err := a.Object(t.Context(), house, "unit/云岭省教育厅")
		if err != nil || subject != "unit" || id != house.RootUnitID {
			t.Errorf("read %s %v, %v", subject, id, err)
		}
		if _, id, err := a.Object(t.Context(), house, "duty/"+house.ID.String()); err != nil || id != house.ID {
			t.Errorf("read %v, %v", id, err)
		}
		if _, _, err := a.Object(t.Context(), house, "unit/海湾省教育厅"); !errors.Is(err, fault.New(fault.NotFound, "not_found")) {
			t.Errorf("found a unit of another authority: %v", err)
		}
		if _, _, err := a.Object(t.Context(), house, "duty/x"); fault.CodeOf(err) != "operator.object" {
			t.Errorf("read nonsense: %v", err)
		}
	})
}
