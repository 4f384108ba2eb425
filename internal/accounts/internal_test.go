package accounts

// CheckPassword lets the table test see the rule.
var CheckPassword = checkPassword
