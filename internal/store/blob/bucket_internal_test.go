package blob

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// The example of the protocol's own description: GET Object.
func TestRequestsAreSignedAsTheProtocolDescribes(t *testing.T) {
	s := signer{key: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1"}
	r, err := http.NewRequest(http.MethodGet, "https://examplebucket.s3.amazonaws.com/test.txt", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Range", "bytes=0-9")
	s.sign(r, nothing, time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC))
	want := "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
		"SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
		"Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
	if got := r.Header.Get("Authorization"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAddressesOfBucketsAreLookedAt(t *testing.T) {
	for _, address := range []string{"", "bucket", "https://%zz/bucket"} {
		if _, err := NewBucket(BucketOptions{URL: address}); err == nil || !strings.Contains(err.Error(), "no address") {
			t.Errorf("%q gives %v", address, err)
		}
	}
}
