package credential

import (
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost is what a hash of argon2id costs whoever makes one.
type Cost struct {
	Memory uint32 // KiB
	Passes uint32
	Lanes  uint8
}

// DefaultCost is above what OWASP asks for at least (19 MiB, 2 passes).
var DefaultCost = Cost{Memory: 32 << 10, Passes: 2, Lanes: 1}

// Limits of what is accepted in a stored hash, so that a forged one cannot use up the machine.
const (
	mostMemory = 1 << 20 // KiB
	mostPasses = 64
	saltBytes  = 16
	keyBytes   = 32
)

// longestPassword bounds what is hashed, in bytes.
const longestPassword = 1024

// Hasher makes and verifies hashes of passwords, only so many at once: each takes the memory of its cost.
// It may be shared.
type Hasher struct {
	cost   Cost
	places chan struct{}
	absent Secret
}

// NewHasher is a hasher of a cost that does at most atOnce hashes at the same time.
func NewHasher(cost Cost, atOnce int) *Hasher {
	h := &Hasher{cost: cost, places: make(chan struct{}, max(atOnce, 1))}
	h.absent = encode(cost, make([]byte, saltBytes), make([]byte, keyBytes))
	return h
}

// Hash is a password in the form in which it is stored: algorithm, cost, salt and key, as PHC writes them. It is
// a secret too: who has it can try passwords at leisure.
func (h *Hasher) Hash(random io.Reader, password Secret) (Secret, error) {
	if len(password.text) > longestPassword {
		return Secret{}, fmt.Errorf("hash password: longer than %d bytes", longestPassword)
	}
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(random, salt); err != nil {
		return Secret{}, fmt.Errorf("draw salt: %w", err)
	}
	return encode(h.cost, salt, h.key(password, h.cost, salt)), nil
}

// Verify tells whether a password is the one of a stored hash, and then whether the hash is old: made at
// another cost, and to be replaced by a new one while the password is at hand.
func (h *Hasher) Verify(password Secret, stored Secret) (ok, old bool, err error) {
	cost, salt, key, err := decode(stored.text)
	if err != nil {
		return false, false, err
	}
	if len(password.text) > longestPassword {
		return false, false, nil
	}
	if !same(string(key), string(h.key(password, cost, salt))) {
		return false, false, nil
	}
	return true, cost != h.cost, nil
}

// VerifyNobody takes the time of Verify and fails: for accounts that do not exist, so that nobody learns
// which do.
func (h *Hasher) VerifyNobody(password Secret) {
	_, _, _ = h.Verify(password, h.absent)
}

func (h *Hasher) key(password Secret, cost Cost, salt []byte) []byte {
	h.places <- struct{}{}
	defer func() { <-h.places }()
	// The same password may be typed in composed or decomposed characters.
	text := norm.NFC.String(password.text)
	return argon2.IDKey([]byte(text), salt, cost.Passes, cost.Memory, cost.Lanes, keyBytes)
}

func encode(c Cost, salt, key []byte) Secret {
	b64 := base64.RawStdEncoding.EncodeToString
	return Secret{fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, c.Lanes, b64(salt), b64(key))}
}

var storedForm = regexp.MustCompile(`^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$`)

func decode(stored string) (c Cost, salt, key []byte, err error) {
	f := storedForm.FindStringSubmatch(stored)
	if f == nil {
		return c, nil, nil, fmt.Errorf("stored hash: not of the form of argon2id")
	}
	var numbers [3]uint64
	for i, most := range []uint64{mostMemory, mostPasses, 255} {
		numbers[i], err = strconv.ParseUint(f[i+1], 10, 32)
		if err != nil || numbers[i] < 1 || numbers[i] > most {
			return c, nil, nil, fmt.Errorf("stored hash: cost out of bounds")
		}
	}
	c = Cost{Memory: uint32(numbers[0]), Passes: uint32(numbers[1]), Lanes: uint8(numbers[2])}
	if salt, err = base64.RawStdEncoding.DecodeString(f[4]); err != nil {
		return c, nil, nil, fmt.Errorf("stored hash: salt: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(f[5]); err != nil {
		return c, nil, nil, fmt.Errorf("stored hash: key: %w", err)
	}
	return c, salt, key, nil
}
