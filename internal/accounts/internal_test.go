package accounts

// CheckPassword and Network let the table tests see the rules.
var (
	CheckPassword = checkPassword
	Network       = network
)
