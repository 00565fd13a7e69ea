package blob

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// signer signs requests to an object store as its protocol wants it: AWS Signature Version 4, which every
// S3-compatible store knows.
type signer struct{ key, secret, region string }

const (
	signedAt  = "20060102T150405Z"
	signedDay = "20060102"
	algorithm = "AWS4-HMAC-SHA256"
)

// sign signs a request whose body has a digest, in hexadecimal.
func (s signer) sign(r *http.Request, body string, now time.Time) {
	now = now.UTC()
	r.Header.Set("X-Amz-Date", now.Format(signedAt))
	r.Header.Set("X-Amz-Content-Sha256", body)
	names, canonical := canonicalHeaders(r)
	request := strings.Join([]string{
		r.Method, canonicalPath(r.URL), strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20"), canonical, names, body,
	}, "\n")
	scope := strings.Join([]string{now.Format(signedDay), s.region, "s3", "aws4_request"}, "/")
	sum := sha256.Sum256([]byte(request))
	text := strings.Join([]string{algorithm, now.Format(signedAt), scope, hex.EncodeToString(sum[:])}, "\n")

	key := []byte("AWS4" + s.secret)
	for _, part := range strings.Split(scope, "/") {
		key = mac(key, part)
	}
	r.Header.Set("Authorization", fmt.Sprintf("%s Credential=%s/%s,SignedHeaders=%s,Signature=%s",
		algorithm, s.key, scope, names, hex.EncodeToString(mac(key, text))))
}

func mac(key []byte, text string) []byte {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(text))
	return sum.Sum(nil)
}

// canonicalHeaders are the names of the headers that are signed, and those headers with their values.
func canonicalHeaders(r *http.Request) (names, canonical string) {
	values := map[string]string{"host": r.URL.Host}
	for name, all := range r.Header {
		lower := strings.ToLower(name)
		if lower == "range" || strings.HasPrefix(lower, "x-amz-") {
			values[lower] = strings.TrimSpace(strings.Join(all, ","))
		}
	}
	sorted := slices.Sorted(maps.Keys(values))
	for _, name := range sorted {
		canonical += name + ":" + values[name] + "\n"
	}
	return strings.Join(sorted, ";"), canonical
}

func canonicalPath(u *url.URL) string {
	if path := u.EscapedPath(); path != "" {
		return path
	}
	return "/"
}
