// Package apitest holds the API to its contract through HTTP, on the whole program: who may do what in which relation and state
// (testdata/oracle.txt, written from the domain's rules and never from the policy), that each line of the policy matters, that
// every answer is what the OpenAPI document promises, and that bad input is refused without harm. It has tests only.
package apitest
