package main

import (
	"context"
	"fmt"
	"os"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/ident"
)

// calendarCmd is the way of a notice of days off into the calendar.
type calendarCmd struct {
	As string `required:"" help:"Login name of the person in whose name it is done." env:"DUBAN_AS" placeholder:"LOGIN"`

	Show    calendarShowCmd    `cmd:"" help:"Show a year: days off, make-up days, whether a notice has settled it."`
	Preview calendarPreviewCmd `cmd:"" help:"Say what a notice would move. Nothing is saved."`
	Propose calendarProposeCmd `cmd:"" help:"Propose a notice for somebody else's approval."`
	List    calendarListCmd    `cmd:"" help:"List the notices that were proposed."`
	Approve calendarApproveCmd `cmd:"" help:"Put a proposed notice in force and move what has to move."`
}

// calendar builds the program and runs an act in the name of a person.
func (c *cli) calendar(ctx context.Context, act func(ctx context.Context, a *app.App) error) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	a, err := app.Build(ctx, settings, app.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	if ctx, err = a.As(ctx, c.Calendar.As); err != nil {
		return err
	}
	return act(ctx, a)
}

type calendarShowCmd struct {
	Year int `arg:"" help:"The year."`
}

func (s *calendarShowCmd) Run(ctx context.Context, c *cli) error {
	return c.calendar(ctx, func(ctx context.Context, a *app.App) error {
		y, err := a.Calendars.Year(ctx, s.Year)
		if err != nil {
			return err
		}
		state := "settled"
		if y.Provisional {
			state = "provisional"
		}
		rows := [][]string{{fmt.Sprint(y.Year), state, y.Version, fmt.Sprint(y.Workdays, " working days")}}
		for _, d := range y.DaysOff {
			rows = append(rows, []string{d.Date.String(), "off", d.Name})
		}
		for _, d := range y.MakeUpDays {
			rows = append(rows, []string{d.Date.String(), "worked", d.Name})
		}
		return c.print(y, rows)
	})
}

type calendarPreviewCmd struct {
	File string `arg:"" type:"existingfile" help:"The notice: as printed, as JSON of a year, as a table, or in text form."`
}

func (p *calendarPreviewCmd) Run(ctx context.Context, c *cli) error {
	text, err := os.ReadFile(p.File)
	if err != nil {
		return fmt.Errorf("read notice: %w", err)
	}
	return c.calendar(ctx, func(ctx context.Context, a *app.App) error {
		in := calendars.PreviewCalendarInput{Notice: string(text)}
		whole, err := a.Calendars.Preview(ctx, in, "", 0)
		if err != nil {
			return err
		}
		for next := whole.Moves.Next; next != ""; {
			page, err := a.Calendars.Preview(ctx, in, next, 0)
			if err != nil {
				return err
			}
			whole.Moves.Items, next = append(whole.Moves.Items, page.Moves.Items...), page.Moves.Next
		}
		whole.Moves.Next = ""
		return c.print(whole, previewRows(whole))
	})
}

func previewRows(p calendars.CalendarPreview) [][]string {
	word := map[bool]string{true: "worked", false: "off"}
	rows := [][]string{{"calendar", p.Base, p.Name}}
	for _, d := range p.Changes {
		rows = append(rows, []string{d.Date.String(), word[d.Was], word[d.Is], d.Name})
	}
	for _, m := range p.Moves.Items {
		rows = append(rows, []string{m.Old.String(), m.New.String(), m.What, m.Step, m.Unit, m.Title, m.SubjectID.String()})
	}
	return rows
}

type calendarProposeCmd struct {
	File  string `arg:"" type:"existingfile" help:"The notice."`
	Title string `required:"" help:"What it is."`
}

func (p *calendarProposeCmd) Run(ctx context.Context, c *cli) error {
	text, err := os.ReadFile(p.File)
	if err != nil {
		return fmt.Errorf("read notice: %w", err)
	}
	return c.calendar(ctx, func(ctx context.Context, a *app.App) error {
		made, err := a.Calendars.Propose(ctx, calendars.ProposeCalendarInput{Title: p.Title, Notice: string(text)})
		if err != nil {
			return err
		}
		return c.print(made, proposalRows(made))
	})
}

type calendarListCmd struct{}

func (*calendarListCmd) Run(ctx context.Context, c *cli) error {
	return c.calendar(ctx, func(ctx context.Context, a *app.App) error {
		page, err := a.Calendars.List(ctx, "", 200)
		if err != nil {
			return err
		}
		return c.print(page, proposalRows(page.Items...))
	})
}

type calendarApproveCmd struct {
	ID string `arg:"" help:"Id of the proposal."`
}

func (p *calendarApproveCmd) Run(ctx context.Context, c *cli) error {
	id, err := ident.Parse(p.ID)
	if err != nil {
		return err
	}
	return c.calendar(ctx, func(ctx context.Context, a *app.App) error {
		found, err := a.Calendars.Get(ctx, id)
		if err != nil {
			return err
		}
		done, err := a.Calendars.Approve(ctx, id, found.Version)
		if err != nil {
			return err
		}
		return c.print(done, proposalRows(done))
	})
}

func proposalRows(all ...calendars.CalendarProposal) [][]string {
	var rows [][]string
	for _, p := range all {
		rows = append(rows, []string{p.ID.String(), string(p.Status), p.Name, fmt.Sprint(p.Moved, " moved"), p.Title})
	}
	return rows
}
