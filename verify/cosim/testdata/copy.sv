// The smallest thing with the ports of a machine: the program is one beat of {words n, from, to}; it copies n
// beats from one place to the other, one at a time.
module copy #(
    parameter int P = 16
) (
    input  logic           clk_i,
    input  logic           rst_ni,
    input  logic           start_i,
    input  logic [31:0]    prog_i,
    output logic           busy_o,
    output logic           done_o,
    output logic           req_valid_o,
    input  logic           req_ready_i,
    output logic           req_write_o,
    output logic [31:0]    req_addr_o,
    output logic [8*P-1:0] req_data_o,
    output logic [P-1:0]   req_mask_o,
    input  logic           rsp_valid_i,
    input  logic [8*P-1:0] rsp_data_i,
    input  logic [7:0]     counter_sel_i,
    output logic [31:0]    counter_o
);
  localparam logic [2:0] Idle = 0, Fetch = 1, FetchWait = 2, Read = 3, ReadWait = 4, Write = 5;
  logic [2:0] state;
  logic [15:0] count, from, to;
  logic [31:0] cycles, moved, written;

  assign busy_o = state != Idle;
  assign req_valid_o = state == Fetch || state == Read || state == Write;
  assign req_write_o = state == Write;
  assign req_addr_o = state == Fetch ? prog_i : state == Read ? 32'(from) : 32'(to);
  assign req_mask_o = '1;
  always_comb begin
    case (counter_sel_i)
      8'd0: counter_o = cycles;
      8'd1: counter_o = 0;
      8'd2: counter_o = moved;
      8'd3: counter_o = written;
      default: counter_o = 32'(counter_sel_i);
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state <= Idle;
      done_o <= 0;
      cycles <= 0;
      moved <= 0;
      written <= 0;
    end else begin
      if (start_i) begin
        state <= Fetch;
        done_o <= 0;
        cycles <= 1;
      end
      if (busy_o) cycles <= cycles + 1;
      if (req_valid_o && req_ready_i) begin
        moved <= moved + 1;
        case (state)
          Fetch: state <= FetchWait;
          Read: state <= ReadWait;
          default: begin
            written <= written + 1;
            from <= from + 1;
            to <= to + 1;
            count <= count - 1;
            state <= count == 1 ? Idle : Read;
            done_o <= count == 1;
          end
        endcase
      end
      if (rsp_valid_i) begin
        if (state == FetchWait) begin
          count <= rsp_data_i[15:0];
          from <= rsp_data_i[31:16];
          to <= rsp_data_i[47:32];
          state <= Read;
        end else begin
          req_data_o <= rsp_data_i;
          state <= Write;
        end
      end
    end
  end
endmodule
