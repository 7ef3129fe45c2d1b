// Test bench of a sparsegen machine for Verilator: the memory behind its port, start to done, counters.
//
// The ports, the memory's behaviour and how cycles are counted are those of docs/machine.md. The width of the
// port is read off the model, so one source serves every target. The Verilated class is called Vmachine
// (verilator --prefix Vmachine). Built with -DTRACE and --trace it can also write a wave.
//
// Ready stalls: in cycle t (0 is the cycle of the start pulse) the memory is not ready when
//     splitmix64(seed + t) >> 56  <  stalls          (stalls: 0 never ... 255 almost always)
// so that any other bench with the same seed stalls in the same cycles.
//
// Output: one JSON object on stdout; diagnostics on stderr. Exit: 0 done and as expected, 1 not, 2 bad usage.

#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "Vmachine.h"
#include "verilated.h"
#ifdef TRACE
#include "verilated_vcd_c.h"
#endif

namespace {

// A port of the model is an integer up to 64 bits and a VlWide above; both hold their bytes in little-endian
// order on the machines Verilator's output is compiled for here, so a port is copied as bytes.
template <typename Port>
void put(Port &port, const uint8_t *bytes) {
    std::memcpy(&port, bytes, sizeof(port));
}

template <typename Port>
void get(const Port &port, uint8_t *bytes) {
    std::memcpy(bytes, &port, sizeof(port));
}

constexpr size_t kPortBytes = sizeof(Vmachine::req_data_o);
static_assert(kPortBytes == 8 || kPortBytes == 16 || kPortBytes == 32, "the memory port is 8, 16 or 32 bytes wide");

uint64_t splitmix64(uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

struct Options {
    std::string mem, out, expect, vcd;
    uint64_t prog = 0, latency = 8, stalls = 0, seed = 0, lanes = 0;
    uint64_t expectAt = 0;                        // byte address of the expected bytes
    uint64_t maxCycles = 1'000'000'000;
    uint64_t vcdFrom = 0, vcdTo = UINT64_MAX;     // cycles
};

[[noreturn]] void die(const std::string &message) {
    std::fprintf(stderr, "machine: %s\n", message.c_str());
    std::exit(2);
}

uint64_t number(const std::string &name, const char *text) {
    char *end = nullptr;
    const uint64_t v = std::strtoull(text, &end, 0);
    if (end == text || *end) die(name + ": not a number: " + text);
    return v;
}

Options parse(int argc, char **argv) {
    Options o;
    for (int i = 1; i < argc; i += 2) {
        const std::string a = argv[i];
        if (i + 1 == argc) die(a + ": a value is missing");
        const char *v = argv[i + 1];
        if (a == "--mem") o.mem = v;
        else if (a == "--out") o.out = v;
        else if (a == "--expect") o.expect = v;
        else if (a == "--vcd") o.vcd = v;
        else if (a == "--prog") o.prog = number(a, v);
        else if (a == "--latency") o.latency = number(a, v);
        else if (a == "--stalls") o.stalls = number(a, v);
        else if (a == "--seed") o.seed = number(a, v);
        else if (a == "--lanes") o.lanes = number(a, v);
        else if (a == "--expect-at") o.expectAt = number(a, v);
        else if (a == "--max-cycles") o.maxCycles = number(a, v);
        else if (a == "--vcd-from") o.vcdFrom = number(a, v);
        else if (a == "--vcd-to") o.vcdTo = number(a, v);
        else die("unknown option " + a);
    }
    if (o.mem.empty()) die("--mem FILE is missing");
    if (o.latency < 1) die("--latency: at least 1");
    if (o.stalls > 255) die("--stalls: at most 255");
    return o;
}

std::vector<uint8_t> readFile(const std::string &name) {
    std::FILE *f = std::fopen(name.c_str(), "rb");
    if (!f) die(name + ": cannot be read");
    std::vector<uint8_t> bytes;
    uint8_t buf[1 << 16];
    for (size_t n; (n = std::fread(buf, 1, sizeof(buf), f)) > 0;) bytes.insert(bytes.end(), buf, buf + n);
    std::fclose(f);
    return bytes;
}

void writeFile(const std::string &name, const std::vector<uint8_t> &bytes) {
    std::FILE *f = std::fopen(name.c_str(), "wb");
    if (!f || std::fwrite(bytes.data(), 1, bytes.size(), f) != bytes.size()) die(name + ": cannot be written");
    std::fclose(f);
}

// Memory behind the port: whole beats, and when each was last written.
class Memory {
public:
    Memory(std::vector<uint8_t> bytes, const Options &o)
        : bytes_(std::move(bytes)), written_(), latency_(o.latency), ring_(o.latency) {
        bytes_.resize((bytes_.size() + kPortBytes - 1) / kPortBytes * kPortBytes);
        written_.resize(bytes_.size() / kPortBytes);
    }

    // Drives the response that is due in cycle t.
    void respond(Vmachine &dut, uint64_t t) {
        Slot &s = ring_[t % latency_];
        dut.rsp_valid_i = s.valid;
        if (s.valid) put(dut.rsp_data_i, s.data);
        s.valid = false;
    }

    // Takes the request that the machine makes in cycle t; false when it is outside the memory.
    bool accept(const Vmachine &dut, uint64_t t) {
        const uint64_t beat = dut.req_addr_o;
        if (beat >= written_.size()) return false;
        uint8_t *at = &bytes_[beat * kPortBytes];
        if (dut.req_write_o) {
            uint8_t data[kPortBytes];
            get(dut.req_data_o, data);
            for (size_t i = 0; i < kPortBytes; i++)
                if (dut.req_mask_o >> i & 1) at[i] = data[i];
            written_[beat] = t;
            return true;
        }
        // The slot was emptied by respond in this very cycle, and is next looked at in cycle t + latency.
        Slot &s = ring_[t % latency_];
        s.valid = true;
        std::memcpy(s.data, at, kPortBytes);
        return true;
    }

    const std::vector<uint8_t> &bytes() const { return bytes_; }
    uint64_t writtenAt(uint64_t byte) const { return written_[byte / kPortBytes]; }

private:
    struct Slot {
        bool valid = false;
        uint8_t data[kPortBytes];
    };
    std::vector<uint8_t> bytes_;
    std::vector<uint64_t> written_;
    uint64_t latency_;
    std::vector<Slot> ring_;
};

class Bench {
public:
    explicit Bench(const Options &o) : o_(o), mem_(readFile(o.mem), o) {
#ifdef TRACE
        if (!o.vcd.empty()) {
            Verilated::traceEverOn(true);
            dut_.trace(&vcd_, 99);
            vcd_.open(o.vcd.c_str());
        }
#else
        if (!o.vcd.empty()) die("--vcd: this bench was built without tracing");
#endif
    }

    int run() {
        const auto begin = std::chrono::steady_clock::now();
        reset();
        const std::string failure = execute();
        const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        std::printf("{\"done\":%s,\"cycles\":%" PRIu64, failure.empty() ? "true" : "false", cycle_);
        if (!failure.empty()) std::printf(",\"failure\":\"%s\"", failure.c_str());
        counters();
        const bool same = compare();
        std::printf(",\"wall_seconds\":%.6f}\n", wall);
        if (!o_.out.empty()) writeFile(o_.out, mem_.bytes());
#ifdef TRACE
        if (!o_.vcd.empty()) vcd_.close();
#endif
        dut_.final();
        return failure.empty() && same ? 0 : 1;
    }

private:
    void settle() {
        dut_.clk_i = 0;
        dut_.eval();
        trace(0);
    }

    void edge() {
        dut_.clk_i = 1;
        dut_.eval();
        trace(1);
    }

    void trace([[maybe_unused]] int half) {
#ifdef TRACE
        if (!o_.vcd.empty() && cycle_ >= o_.vcdFrom && cycle_ <= o_.vcdTo) vcd_.dump((base_ + cycle_) * 2 + half);
#endif
    }

    void reset() {
        dut_.rst_ni = 0;
        dut_.start_i = 0;
        dut_.prog_i = o_.prog;
        dut_.req_ready_i = 0;
        dut_.rsp_valid_i = 0;
        dut_.counter_sel_i = 0;
        for (; base_ < 4; base_++) {
            settle();
            edge();
        }
        dut_.rst_ni = 1;
    }

    // Runs from start to done. Returns what went wrong, empty if nothing did.
    std::string execute() {
        for (cycle_ = 0; cycle_ < o_.maxCycles; cycle_++) {
            dut_.start_i = cycle_ == 0;
            dut_.req_ready_i = (splitmix64(o_.seed + cycle_) >> 56) >= o_.stalls;
            mem_.respond(dut_, cycle_);
            settle();
            if (cycle_ > 0 && dut_.done_o) return {};
            if (dut_.req_valid_o && dut_.req_ready_i && !mem_.accept(dut_, cycle_))
                return "request outside the memory, beat " + std::to_string(dut_.req_addr_o);
            edge();
        }
        return "not done within the cycle limit";
    }

    uint32_t counter(uint8_t select) {
        dut_.counter_sel_i = select;
        dut_.req_ready_i = 0;
        dut_.rsp_valid_i = 0;
        base_++;
        settle();
        edge();
        base_++;
        settle();
        return dut_.counter_o;
    }

    void counters() {
        std::printf(",\"counters\":{\"cycles\":%u", counter(0));
        std::printf(",\"bank_waits\":%u", counter(1));
        std::printf(",\"port_beats\":%u", counter(2));
        std::printf(",\"beats_written\":%u,\"products\":[", counter(3));
        for (uint64_t l = 0; l < o_.lanes; l++) std::printf("%s%u", l ? "," : "", counter(64 + l));
        std::printf("]}");
    }

    // Reports the first byte that is not as expected, and the cycle of the last write to its beat.
    bool compare() {
        if (o_.expect.empty()) return true;
        const std::vector<uint8_t> want = readFile(o_.expect);
        uint64_t bad = 0, first = 0;
        for (uint64_t i = 0; i < want.size(); i++) {
            const uint64_t at = o_.expectAt + i;
            if (at < mem_.bytes().size() && mem_.bytes()[at] == want[i]) continue;
            if (!bad++) first = i;
        }
        if (!bad) return true;
        const uint64_t at = o_.expectAt + first;
        const bool inside = at < mem_.bytes().size();
        std::printf(",\"mismatch\":{\"bytes\":%" PRIu64 ",\"at\":%" PRIu64 ",\"got\":%d,\"want\":%u,\"cycle\":%" PRIu64 "}",
                    bad, at, inside ? int(mem_.bytes()[at]) : -1, unsigned(want[first]), inside ? mem_.writtenAt(at) : 0);
        return false;
    }

    const Options &o_;
    Memory mem_;
    Vmachine dut_;
#ifdef TRACE
    VerilatedVcdC vcd_;
#endif
    uint64_t cycle_ = 0;
    uint64_t base_ = 0; // clock periods outside the run, so that time in a wave never stands still
};

} // namespace

int main(int argc, char **argv) {
    const Options o = parse(argc, argv);
    return Bench(o).run();
}
