// Package ladder turns facts, rules and a calendar into a light, the steps that are due and the next instant to look again
// (亮灯 and 督办阶梯). It is a function of state, never of the minute at which it is asked: asked late, it gives every step
// that was missed with the instant it was planned for; asked twice, it gives the same. Rules are data, read from YAML.
package ladder
