package files

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestSign_gives_the_published_signatures holds the signer against the examples of Amazon's documentation.
func TestSign_gives_the_published_signatures(t *testing.T) {
	c := credentials{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"}
	now := time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC)
	for name, x := range map[string]struct {
		method, url, hash string
		header            map[string]string
		want              string
	}{
		"get_with_range": {"GET", "https://examplebucket.s3.amazonaws.com/test.txt", emptyHash, map[string]string{"Range": "bytes=0-9"},
			"f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
		"put": {"PUT", "https://examplebucket.s3.amazonaws.com/test%24file.text", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
			map[string]string{"Date": "Fri, 24 May 2013 00:00:00 GMT", "X-Amz-Storage-Class": "REDUCED_REDUNDANCY"},
			"98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
		"get_with_an_empty_parameter": {"GET", "https://examplebucket.s3.amazonaws.com/?lifecycle", emptyHash, nil,
			"fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
		"list_with_parameters": {"GET", "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J", emptyHash, nil,
			"34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequest(x.method, x.url, nil)
			if err != nil {
				t.Fatal(err)
			}
			for key, value := range x.header {
				r.Header.Set(key, value)
			}
			sign(r, x.hash, c, now)
			if got := r.Header.Get("Authorization"); !strings.HasSuffix(got, "Signature="+x.want) {
				t.Errorf("got %s", got)
			}
		})
	}
}
