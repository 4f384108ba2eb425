package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// huma's messages become codes with a value, put into the reader's language when the answer is made ("field.<code>").
func init() {
	huma.NewErrorWithContext = refuse
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError { return refuse(nil, status, msg, errs...) }
	huma.DefaultArrayNullable = false
	huma.ValidateStrictCasing = true
	validation.MsgUnexpectedProperty = "unexpected|"
	validation.MsgExpectedRequiredProperty = "missing|%s"
	validation.MsgExpectedDependentRequiredProperty = "missing|%s %s"
	validation.MsgExpectedRFC3339DateTime = "instant|"
	validation.MsgExpectedRFC3339Date = "date|"
	validation.MsgExpectedRFC5322Email = "email|%v"
	validation.MsgExpectedRFC5322EmailBare = "email|"
	validation.MsgExpectedRFC3986URI = "uri|%v"
	validation.MsgExpectedRFC3986AbsoluteURI = "uri|"
	validation.MsgExpectedBoolean = "boolean|"
	validation.MsgExpectedNumber = "number|"
	validation.MsgExpectedInteger = "integer|"
	validation.MsgExpectedString = "string|"
	validation.MsgExpectedBase64String = "base64|"
	validation.MsgExpectedArray = "array|"
	validation.MsgExpectedObject = "object|"
	validation.MsgExpectedArrayItemsUnique = "unique|"
	validation.MsgExpectedOneOf = "one_of|%s"
	validation.MsgExpectedMinimumNumber = "minimum|%v"
	validation.MsgExpectedExclusiveMinimumNumber = "more_than|%v"
	validation.MsgExpectedMaximumNumber = "maximum|%v"
	validation.MsgExpectedExclusiveMaximumNumber = "less_than|%v"
	validation.MsgExpectedMinLength = "min_length|%d"
	validation.MsgExpectedMaxLength = "max_length|%d"
	validation.MsgExpectedMatchPattern = "pattern|%s"
	validation.MsgExpectedBePattern = "pattern|%s"
	validation.MsgExpectedMinItems = "min_items|%d"
	validation.MsgExpectedMaxItems = "max_items|%d"
}
