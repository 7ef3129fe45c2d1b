package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os/exec"
	"slices"
)

// render turns a picture into a PNG of twice its width, for viewers without SVG. A palette of the most frequent colours
// keeps it small. The bytes depend on the fonts and the version of rsvg-convert.
func render(ctx context.Context, svg []byte) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "rsvg-convert", "--zoom", "2")
	var failure bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(svg), &failure
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("rsvg-convert: %w %s", err, failure.Bytes())
	}
	full, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	err = e.Encode(&b, reduce(full))
	return b.Bytes(), err
}

// reduce draws an image in its most frequent colours.
func reduce(full image.Image) *image.Paletted {
	const most = 128
	size := full.Bounds()
	count := map[color.NRGBA]int{}
	at := func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(full.At(x, y)).(color.NRGBA) }
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.NRGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B), cmp.Compare(a.A, b.A))
	})
	var palette color.Palette
	for _, c := range colours[:min(most, len(colours))] {
		palette = append(palette, c)
	}
	index := map[color.NRGBA]uint8{}
	for c := range count {
		index[c] = uint8(palette.Index(c))
	}
	p := image.NewPaletted(size, palette)
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			p.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	return p
}
