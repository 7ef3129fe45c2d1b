// control
`default_nettype none

module control (
  // clock, rising edge
  input  logic clk_i,
  // synchronous reset, active low
  input  logic rst_ni,
  input  logic start_i,
  input  logic skip_i,
  input  logic done_i,
  output logic busy_o,
  output logic [3:0] code_o
);
  typedef enum logic [1:0] {
    StateIdle = 2'd0,
    StateLoad = 2'd1,
    StateRun = 2'd2
  } state_e;

  state_e state_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= StateIdle;
    end else begin
      case (state_q)
        StateIdle: begin
          if (start_i) begin
            state_q <= StateLoad;
          end
        end
        StateLoad: begin
          if (skip_i) begin
            state_q <= StateIdle;
          end else begin
            state_q <= StateRun;
          end
        end
        StateRun: begin
          if (done_i) begin
            state_q <= StateIdle;
          end
        end
        default: ;
      endcase
    end
  end

  assign busy_o = state_q != StateIdle;

  always_comb begin
    code_o = 4'd0;
    case (state_q)
      StateLoad: code_o = 4'd3;
      StateRun: begin
        if (done_i) begin
          code_o = 4'd7;
        end else if (skip_i) begin
          code_o = 4'd9;
        end
      end
      default: ;
    endcase
  end
endmodule

`default_nettype wire
