package credential

import (
	_ "embed" // words of common passwords
	"io"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Password is what is stored of an account's password.
type Password struct {
	Hash Secret
	// MustChange marks a first password: it opens nothing but the page on which it is changed.
	MustChange bool
	// Until is when a first password stops working; zero where it does not.
	Until time.Time
}

// Expired tells whether a first password has stopped working.
func (p Password) Expired(now time.Time) bool { return !p.Until.IsZero() && !now.Before(p.Until) }

// FirstPassword is a random password of 100 bits for a new account, in groups that can be read aloud.
func FirstPassword(random io.Reader) (Secret, error) {
	text, err := randomText(random, 13)
	if err != nil {
		return Secret{}, err
	}
	return Secret{grouped(text[:20], 5)}, nil
}

// Fault is one rule that a password breaks.
type Fault string

// The rules of passwords: 12 characters, or 10 of three classes (small letters, capitals, digits, others);
// none that many people use; nothing that everybody knows of the account.
const (
	TooShort   Fault = "too-short"
	TooLong    Fault = "too-long"
	TooCommon  Fault = "too-common"
	TooUniform Fault = "too-uniform" // few different characters, or nothing but digits and signs
	HasName    Fault = "has-name"    // the account's name or another word about it
)

// faults as users read them, Chinese and English.
var faults = map[Fault][2]string{
	TooShort:   {"至少12位；或至少10位，且含大写字母、小写字母、数字、符号中的三类", "use 12 characters, or 10 with three of capitals, small letters, digits and signs"},
	TooLong:    {"过长", "too long"},
	TooCommon:  {"过于常见", "too common"},
	TooUniform: {"不同字符太少，或只有数字和符号", "too few different characters, or nothing but digits and signs"},
	HasName:    {"不能包含账号、姓名或单位名称", "must not contain the name of the account, the person or the unit"},
}

// Text is the rule in Chinese and English.
func (f Fault) Text() (chinese, english string) { return faults[f][0], faults[f][1] }

const (
	shortest      = 12
	shortestMixed = 10
	fewestKinds   = 5
	shortestName  = 3
)

// CheckPassword is every rule that a new password breaks; about are words about the account: its name, the
// person's, the unit's.
func CheckPassword(password Secret, about ...string) []Fault {
	text := norm.NFC.String(password.text)
	var broken []Fault
	length := utf8.RuneCountInString(text)
	if length < shortestMixed || length < shortest && classes(text) < 3 {
		broken = append(broken, TooShort)
	}
	if len(password.text) > longestPassword {
		broken = append(broken, TooLong)
	}
	folded := fold(text)
	switch {
	case !strings.ContainsFunc(text, unicode.IsLetter) || kinds(folded) < fewestKinds:
		broken = append(broken, TooUniform)
	case isCommon(text):
		broken = append(broken, TooCommon)
	}
	for _, word := range about {
		if word = fold(norm.NFC.String(word)); utf8.RuneCountInString(word) >= shortestName && strings.Contains(folded, word) ||
			isChinese(word) && strings.Contains(folded, word) {
			return append(broken, HasName)
		}
	}
	return broken
}

// isChinese tells whether a word is a Chinese name, of which two characters are enough.
func isChinese(word string) bool {
	return utf8.RuneCountInString(word) >= 2 && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

func classes(text string) int {
	var small, capital, digit, other int
	for _, r := range text {
		switch {
		case unicode.IsLower(r):
			small = 1
		case unicode.IsUpper(r):
			capital = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return small + capital + digit + other
}

func kinds(text string) int {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	return len(seen)
}

// look undoes the usual disguises of letters.
var look = strings.NewReplacer("0", "o", "1", "l", "!", "l", "i", "l", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t")

func fold(text string) string { return look.Replace(strings.ToLower(text)) }

//go:embed common.txt
var commonFile string

// common are the words of common.txt as fold leaves them.
var common = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(commonFile) {
		line, _, _ = strings.Cut(line, "#")
		for word := range strings.FieldsSeq(line) {
			words[fold(word)] = true
		}
	}
	return words
})

// isCommon tells whether a text is made of common words, digits and signs alone: P@ssw0rd-2026.
func isCommon(text string) bool {
	plain, folded := []rune(text), []rune(fold(text)) // fold goes rune by rune
	if len(folded) > longestPassword {
		return false
	}
	words := common()
	made := make([]bool, len(folded)+1) // made[i]: the first i runes are nothing else
	made[0] = true
	for end := 1; end <= len(folded); end++ {
		made[end] = made[end-1] && !unicode.IsLetter(plain[end-1])
		for start := max(0, end-longestCommon); start < end && !made[end]; start++ {
			made[end] = made[start] && words[string(folded[start:end])]
		}
	}
	return made[len(folded)]
}

// longestCommon is at least the length of the longest word in common.txt.
const longestCommon = 24
