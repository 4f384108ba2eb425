package scenario

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
)

// Prepared is a program whose database holds the sample's year up to a day.
type Prepared struct {
	App   *app.App
	Clock *Clock
	House *House
	Tally *Tally
}

// Prepare builds the program on an empty database, loads the sample authority and plays its year.
func Prepare(ctx context.Context, c config.Config, logger *slog.Logger, size sample.Options, o Options) (*Prepared, error) {
	clock := NewClock(began.Start(time.UTC))
	a, err := app.Build(ctx, c, app.Options{Now: clock.Now, Logger: logger, Migrate: true})
	if err != nil {
		return nil, err
	}
	house, err := Load(ctx, a, size)
	if err == nil {
		var tally *Tally
		if tally, err = Run(ctx, a, clock, house, o); err == nil {
			return &Prepared{App: a, Clock: clock, House: house, Tally: tally}, nil
		}
	}
	_ = a.Close()
	return nil, err
}

// roleNames are how the sign-ins are announced.
var roleNames = []struct {
	role     post.Role
	unitKind string
	name     string
}{
	{post.Leader, "", "领导 leader"}, {post.Office, "", "督查室 office"}, {post.Inspector, "", "督查员 inspector"},
	{post.UnitHead, "D02", "处室负责人 head of a division"}, {post.UnitClerk, "D02", "处室经办人 clerk of a division"},
	{post.SystemAdmin, "", "系统管理员 system administrator"}, {post.SecurityAdmin, "", "安全管理员 security administrator"},
	{post.AuditAdmin, "", "审计员 audit administrator"},
}

// PrintSignIns lists one account of each kind; all have the one password of this load.
func (h *House) PrintSignIns(w io.Writer) error {
	for _, r := range roleNames {
		p, ok := h.One(r.role, r.unitKind)
		if !ok {
			continue
		}
		if _, err := fmt.Fprintf(w, "  %-16s %s  %s\n", p.Login, r.name, p.Name); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "  password         %s\n", h.Password)
	return err
}
