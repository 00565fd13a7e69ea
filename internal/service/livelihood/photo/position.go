package photo

import (
	"bytes"
	"encoding/binary"
)

// position is how a JPEG picture lies, as its EXIF part says: 1 is upright, 8 the last. It is 1 where nothing sound is
// said.
func position(content []byte) int {
	part := exif(content)
	if len(part) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(part, []byte("MM")) {
		order = binary.BigEndian
	}
	at := int(order.Uint32(part[4:]))
	if at < 8 || at+2 > len(part) {
		return 1
	}
	entries := int(order.Uint16(part[at:]))
	for i := range entries {
		entry := at + 2 + 12*i
		if entry+12 > len(part) {
			return 1
		}
		if order.Uint16(part[entry:]) != orientation {
			continue
		}
		if said := int(order.Uint16(part[entry+8:])); said >= 1 && said <= 8 {
			return said
		}
		return 1
	}
	return 1
}

// orientation is the tag of the position.
const orientation = 0x0112

// exif is the EXIF part of a JPEG picture from its byte order on; nil where there is none.
func exif(content []byte) []byte {
	const header = "Exif\x00\x00"
	for at := 2; at+4 <= len(content) && content[at] == 0xff; {
		marker, length := content[at+1], int(binary.BigEndian.Uint16(content[at+2:]))
		if marker == 0xda || length < 2 || at+2+length > len(content) { // the picture begins, or it is broken off
			return nil
		}
		part := content[at+4 : at+2+length]
		if marker == 0xe1 && bytes.HasPrefix(part, []byte(header)) {
			return part[len(header):]
		}
		at += 2 + length
	}
	return nil
}
