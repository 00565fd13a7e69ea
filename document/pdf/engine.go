package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// memoryPages bounds the memory of one PDF engine, in pages of 64 KiB: 72 MB, the file included. Memory
// that grows is copied, so that for a while three times as much may be taken.
const memoryPages = 1152

// pool is the process's pool of PDF engines. The engine is compiled on first use; the compiled code is
// kept in the user's cache folder, so that later processes start at once.
var pool = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true)
	if cache := compilationCache(); cache != nil {
		config = config.WithCompilationCache(cache)
	}
	return webassembly.Init(webassembly.Config{
		MaxTotal:      max(2, runtime.GOMAXPROCS(0)),
		FSConfig:      wazero.NewFSConfig(), // the engine sees no files
		Stdout:        io.Discard,
		Stderr:        io.Discard,
		RuntimeConfig: config,
	})
})

// compilationCache is the cache of compiled code; nil where there is no place to keep it.
func compilationCache() wazero.CompilationCache {
	folder, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "luoshi"))
	if err != nil {
		return nil
	}
	return cache
}

// engine is one instance of pdfium, used for one document and thrown away: what a hostile file does to
// its memory ends with it. Its functions are called directly, because the library's wrappers can
// neither be interrupted by a context nor read a character without allocating.
type engine struct {
	ctx       context.Context
	instance  pdfium.Pdfium
	module    api.Module
	functions map[string]api.Function
	stack     [8]uint64
	err       error // the first failure; later calls do nothing
}

// newEngine takes an engine from the pool; Close gives it back.
func newEngine(ctx context.Context) (*engine, error) {
	engines, err := pool()
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	instance, err := engines.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("take a PDF engine: %w", err)
	}
	module, err := moduleOf(instance)
	if err != nil {
		return nil, errors.Join(err, instance.Close())
	}
	return &engine{ctx: ctx, instance: instance, module: module, functions: map[string]api.Function{}}, nil
}

// moduleOf is the WebAssembly module behind an instance, an exported field of a type that is not.
func moduleOf(instance pdfium.Pdfium) (api.Module, error) {
	implementation := reflect.Indirect(reflect.ValueOf(instance.GetImplementation()))
	if implementation.Kind() == reflect.Struct {
		if field := implementation.FieldByName("Module"); field.IsValid() && field.CanInterface() {
			if module, ok := field.Interface().(api.Module); ok {
				return module, nil
			}
		}
	}
	return nil, errors.New("the PDF engine has no module")
}

// Close throws the engine away.
func (e *engine) Close() { _ = e.instance.Kill() }

// call calls a function of pdfium and is its result; 0 after a failure.
func (e *engine) call(name string, args ...uint64) uint64 {
	if e.err != nil {
		return 0
	}
	function := e.functions[name]
	if function == nil {
		if function = e.module.ExportedFunction(name); function == nil {
			e.err = fmt.Errorf("pdfium has no %s", name)
			return 0
		}
		e.functions[name] = function
	}
	copy(e.stack[:], args)
	if err := function.CallWithStack(e.ctx, e.stack[:max(len(args), 1)]); err != nil {
		e.err = fmt.Errorf("%s: %w", name, err)
		return 0
	}
	return e.stack[0]
}

// count is a result that is a 32-bit number.
func (e *engine) count(name string, args ...uint64) int { return int(int32(e.call(name, args...))) }

// real is a result that is a 64-bit float.
func (e *engine) real(name string, args ...uint64) float64 {
	return math.Float64frombits(e.call(name, args...))
}

// real32 is a result that is a 32-bit float.
func (e *engine) real32(name string, args ...uint64) float64 {
	return float64(math.Float32frombits(uint32(e.call(name, args...))))
}

// allocate reserves memory inside the engine; 0 and a failure where it has none left.
func (e *engine) allocate(size int) uint64 {
	at := e.call("malloc", uint64(size)) & math.MaxUint32
	if at == 0 && e.err == nil {
		e.err = errNoMemory
	}
	return at
}

var errNoMemory = errors.New("the PDF engine has no memory left")

// float32At reads a number from the engine's memory.
func (e *engine) float32At(at uint64) float64 {
	bits, ok := e.module.Memory().ReadUint32Le(uint32(at))
	if !ok {
		return math.NaN()
	}
	return float64(math.Float32frombits(bits))
}
