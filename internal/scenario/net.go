package scenario

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/internal/plans"
)

// waits says which tasks of the year's plan wait for which, by title, and the working days between the two.
var waits = []struct {
	before, after string
	lag           int
}{
	{"梳理政务服务事项", "精简申请材料", 5},
	{"精简申请材料", "建设网上阳光服务大厅", 0},
	{"精简申请材料", "改进教师资格认定服务", 0},
	{"推送共享数据", "对接全省一体化平台", 5},
	{"对接全省一体化平台", "推动高频事项网上办理", 10},
	{"对接全省一体化平台", "统一教育数据标准", 0},
	{"建设网上阳光服务大厅", "推动高频事项网上办理", 0},
	{"建设网上阳光服务大厅", "实现服务站点全覆盖", 10},
	{"推动高频事项网上办理", "提高事项受理质量", 0},
	{"加强事中事后监管", "提高事项受理质量", 0},
}

// linkTasks says which tasks wait for which, so that a delay shows what it would move.
func (p *Play) linkTasks(office context.Context) error {
	for _, w := range waits {
		before, err := p.task(office, p.planID, w.before)
		if err != nil {
			return err
		}
		after, err := p.task(office, p.planID, w.after)
		if err != nil {
			return err
		}
		if _, err := p.app.Plans.Link(office, p.planID, plans.LinkTasksInput{BeforeID: before.ID, AfterID: after.ID, Lag: w.lag}); err != nil {
			return fmt.Errorf("let %q wait for %q: %w", w.after, w.before, err)
		}
	}
	return nil
}
