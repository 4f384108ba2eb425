package notices_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

func TestServe_manyAtOnceLeaveNoGap(t *testing.T) {
	s := newScene(t)
	second := s.Kit.Second()
	other, _ := newService(t, s.Kit, second, timeline.New(second, false))
	servers := []*notices.Service{s.service, other}
	const drafts = 24
	ids := make([]notices.Notice, drafts)
	for i := range ids {
		ids[i] = s.drafted(t, 1)
	}
	var wait sync.WaitGroup
	for i, v := range ids {
		wait.Go(func() {
			in, version := notices.ServeNoticeInput{Workdays: 10}, v.Version
			switch i % 4 {
			case 1: // refused by the table, before a number is taken
				in = notices.ServeNoticeInput{DueDate: workday.MustDate("2017-03-01")}
			case 2: // two people serve the same notice: one of them fails, maybe after taking a number
				wait.Go(func() { _, _ = servers[1].Serve(s.Acting(s.Colleague), v.ID, version, in) })
			case 3: // the request is cut off at some moment
				ctx, cancel := context.WithTimeout(s.Acting(s.Leader), time.Duration(i)*time.Millisecond)
				defer cancel()
				_, _ = servers[0].Serve(ctx, v.ID, version, in)
				return
			}
			_, err := servers[i%2].Serve(s.Acting(s.Leader), v.ID, version, in)
			if i%4 == 0 && err != nil {
				t.Errorf("serve %d: %v", i, err)
			}
		})
	}
	wait.Wait()
	page, err := s.service.List(s.Acting(s.Inspector), notices.NoticeFilter{Status: rectify.NoticeServed, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, v := range page.Items {
		numbers = append(numbers, v.Number)
	}
	for serial := 1; serial <= len(numbers); serial++ {
		if want := fmt.Sprintf("岚教督〔2017〕%d号", serial); !slices.Contains(numbers, want) {
			t.Fatalf("%s is missing from %v", want, numbers)
		}
	}
	register, err := s.service.Numbers(s.Acting(s.Leader), 2017)
	if err != nil || register.Last != len(numbers) || len(numbers) < drafts/2 {
		t.Fatalf("the register ends at %d, %v; %d notices have a number", register.Last, err, len(numbers))
	}
}

func TestServe(t *testing.T) {
	s := newScene(t)
	for name, c := range map[string]struct {
		in             notices.ServeNoticeInput
		location, code string
	}{
		"without_any_deadline":  {notices.ServeNoticeInput{}, "body.due_date", "required"},
		"with_two_deadlines":    {notices.ServeNoticeInput{DueDate: workday.MustDate("2017-04-01"), Workdays: 3}, "body.workdays", "notice.two_deadlines"},
		"with_a_date_gone":      {notices.ServeNoticeInput{DueDate: workday.MustDate("2017-03-05")}, "body.due_date", "due_date.past"},
		"with_negative_workday": {notices.ServeNoticeInput{Workdays: -1}, "body.workdays", "minimum"},
	} {
		t.Run(name+"_is_refused", func(t *testing.T) {
			v := s.drafted(t, 1)
			_, err := s.service.Serve(s.Acting(s.Leader), v.ID, v.Version, c.in)
			wantField(t, err, c.location, c.code)
		})
	}
	t.Run("the_unit_does_not_see_a_draft", func(t *testing.T) {
		v := s.drafted(t, 1)
		_, err := s.service.Get(s.Acting(s.Head), v.ID)
		wantCode(t, err, "not_found")
		if _, err := s.service.Get(s.Acting(s.Leader), v.ID); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("the_year_of_the_number_is_the_local_one", func(t *testing.T) {
		v := s.drafted(t, 1)
		s.Clock.Set(time.Date(2017, 12, 31, 16, 30, 0, 0, time.UTC)) // half past midnight in Shanghai
		v, err := s.service.Serve(s.Acting(s.Leader), v.ID, v.Version, notices.ServeNoticeInput{Workdays: 5})
		if err != nil || v.Number != "岚教督〔2018〕1号" || v.DueDate != workday.MustDate("2018-01-08") {
			t.Fatalf("served %s by %s, %v", v.Number, v.DueDate, err)
		}
	})
}
