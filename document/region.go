package document

import (
	"strings"
	"unicode/utf8"
)

const (
	maxRegionRunes = 9 // 克孜勒苏柯尔克孜自治州 is longer, and is found by its parts
	regionReach    = 8 << 10
)

// regionBounds end the words before a region's name.
const regionBounds = "年度在于对向由是为和与及的届我月日号"

// notRegions are words that end like a region's name and are none.
var notRegions = [...]string{
	"辖区", "校区", "厂区", "库区", "牧区", "山区", "林区", "灾区", "港区", "矿区", "老区", "股市", "超市", "门市", "上市", "楼市",
	"县市", "区县", "市县", "省市", "市区", "城区", "郊区", "特区", "军区", "战区", "选区", "疫区", "地区", "开发区", "国旗", "党旗",
	"红旗", "九州", "神州", "自治区", "自治县", "自治州", "新区", "直辖市", "联盟", "同盟", "加盟", "结盟", "欧盟", "东盟",
}

// regionlessEnds are words in which such a name ends that names no region either.
var regionlessEnds = [...]string{
	"社区", "园区", "片区", "街区", "小区", "景区", "城市", "都市", "示范区", "试验区", "保护区", "功能区", "自贸区", "保税区",
	"聚集区", "集聚区", "试点区", "贫困地区", "东部地区", "西部地区", "中部地区", "开发区", "经开区", "高新区", "空港区", "副区", "副县", "副市", "副省",
}

// regionIn finds the first name of a region in a line; of 陕西省西安市新城区 it takes the last.
func regionIn(text string, line Span) Span {
	s := line.In(text)
	start := 0
	var found Span
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		end := i + size
		switch {
		case r < 0x4E00 || r > 0x9FFF || strings.ContainsRune(regionBounds, r):
			if !found.Empty() {
				return found
			}
			start = end
		case strings.ContainsRune("省市区县旗州盟", r):
			if isRegion(s[start:end], s[end:]) {
				found = Span{line.Start + start, line.Start + end}
				start = end
			}
		}
		i = end
	}
	return found
}

// isRegion tells a region's name by its length and by what it is not.
func isRegion(name, behind string) bool {
	runes := utf8.RuneCountInString(name)
	if runes < 2 || runes > maxRegionRunes || strings.ContainsAny(name[:len("一")], "全我本各该两此第副跨出") {
		return false
	}
	for _, word := range notRegions {
		if name == word {
			return false
		}
	}
	for _, word := range regionlessEnds {
		if strings.HasSuffix(name, word) {
			return false
		}
	}
	for _, word := range [...]string{"场", "域", "委书记", "长 ", "民"} {
		if strings.HasPrefix(behind, word) {
			return false
		}
	}
	return true
}

func endsDistrict(r rune) bool {
	switch r {
	case '区', '县', '市', '州', '旗':
		return true
	}
	return false
}

// commonRegion is the name of a district or the like that the beginning of a text repeats most, each
// time right behind a stop; it must stand there twice.
func commonRegion(text string, body Span) Span {
	counts := map[string]int{}
	first := map[string]Span{}
	s := text[body.Start:min(body.End, body.Start+regionReach)]
	start := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if endsDistrict(r) && i-start <= 4*len("一") && isRegion(s[start:i], s[i:]) {
			name := s[start:i]
			counts[name]++
			if counts[name] == 1 {
				first[name] = Span{body.Start + start, body.Start + i}
			}
		}
		if r < 0x4E00 || r > 0x9FFF {
			start = i
		}
	}
	best, at := 1, Span{}
	for name, n := range counts {
		if n > best || n == best && n > 1 && first[name].Start < at.Start {
			best, at = n, first[name]
		}
	}
	return at
}
