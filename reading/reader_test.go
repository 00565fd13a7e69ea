package reading_test

import (
	"reflect"
	"testing"

	"luoshi/reading"
)

// TestReadersForgetWhatTheyRead reads one text after another has been read by the same reader, and compares
// with the first time.
func TestReadersForgetWhatTheyRead(t *testing.T) {
	first := openText(t, "first.txt", []byte("望溪区2026年工作计划\n一、经济目标\n地区生产总值增长6%左右，力争完成投资100亿元，“十五五”期间新建学校30所。\n"))
	other := openText(t, "other.txt", []byte("望溪区2025年工作总结\n二〇二五年，改造老旧小区12个；其中，完成加装电梯40部（牵头单位：区住建局）。\n年底前新增就业1.2万人\n"))
	want := reading.Read(first, reading.Options{})
	if len(want.Quantities) == 0 || len(reading.Read(other, reading.Options{}).Quantities) == 0 {
		t.Fatal("a text without quantities tells nothing")
	}
	if got := reading.Read(first, reading.Options{}); !reflect.DeepEqual(got, want) {
		t.Error("the second reading differs: " + difference(want, got))
	}
}
