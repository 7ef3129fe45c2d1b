package matfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// published holds the shape and the number of stored entries of real files: pruned layers of the Deep Learning Matrix
// Collection, matrices of SuiteSparse, SNAP and GraphChallenge, masks of a sparse MobileNet, and the Cora citation graph.
// Symmetric files are counted with both triangles. zeros are stored entries whose value is zero, which reading drops.
var published = []struct {
	file                   string
	rows, cols, nnz, zeros int
}{
	{"dlmc/rn50__magnitude_pruning__0.9__initial_conv.smtx", 64, 147, 940, 0},
	{"dlmc/rn50__magnitude_pruning__0.5__bottleneck_1_block_group1_1_1.smtx", 64, 256, 8192, 0},
	{"dlmc/rn50__magnitude_pruning__0.7__bottleneck_2_block_group1_1_1.smtx", 64, 576, 11059, 0},
	{"dlmc/rn50__magnitude_pruning__0.8__bottleneck_3_block_group2_1_1.smtx", 512, 128, 13107, 0},
	{"dlmc/rn50__magnitude_pruning__0.9__bottleneck_2_block_group3_1_1.smtx.gz", 256, 2304, 58982, 0},
	{"dlmc/rn50__random_pruning__0.9__bottleneck_2_block_group3_1_1.smtx.gz", 256, 2304, 58982, 0},
	{"dlmc/rn50__magnitude_pruning__0.95__bottleneck_projection_block_group_projection_block_group3.smtx.gz", 1024, 512, 26214, 0},
	{"dlmc/rn50__magnitude_pruning__0.98__bottleneck_2_block_group4_1_1.smtx.gz", 512, 4608, 47185, 0},
	{"dlmc/rn50__variational_dropout__0.9__bottleneck_2_block_group2_1_1.smtx", 128, 1152, 22991, 0},
	{"dlmc/rn50__variational_dropout__0.98__bottleneck_3_block_group4_1_1.smtx", 2048, 512, 9849, 0},
	{"dlmc/rn50__extended_magnitude_pruning__0.8__bottleneck_1_block_group2_1_1.smtx", 128, 512, 13116, 0},
	{"dlmc/rn50__extended_magnitude_pruning__0.96__bottleneck_2_block_group3_3_1.smtx.gz", 256, 2304, 23596, 0},
	{"dlmc/transformer__magnitude_pruning__0.6__body_encoder_layer_2_self_attention_multihead_attention_q_fully_connected.smtx.gz", 512, 512, 104857, 0},
	{"dlmc/transformer__magnitude_pruning__0.8__body_decoder_layer_3_encdec_attention_multihead_attention_v_fully_connected.smtx.gz", 512, 512, 52428, 0},
	{"dlmc/transformer__magnitude_pruning__0.9__body_encoder_layer_1_ffn_conv2_fully_connected.smtx.gz", 512, 2048, 104857, 0},
	{"dlmc/transformer__magnitude_pruning__0.95__body_decoder_layer_4_ffn_conv1_fully_connected.smtx.gz", 2048, 512, 52428, 0},
	{"dlmc/transformer__magnitude_pruning__0.98__body_encoder_layer_5_self_attention_multihead_attention_k_fully_connected.smtx", 512, 512, 5242, 0},
	{"dlmc/transformer__random_pruning__0.95__body_decoder_layer_2_self_attention_multihead_attention_q_fully_connected.smtx", 512, 512, 13107, 0},
	{"dlmc/transformer__l0_regularization__0.8__body_decoder_layer_1_self_attention_multihead_attention_v.smtx.gz", 512, 512, 74639, 0},
	{"dlmc/transformer__l0_regularization__0.98__body_encoder_layer_3_ffn_conv1.smtx", 2048, 512, 2099, 0},
	{"dlmc/transformer__variational_dropout__0.9__body_encoder_layer_0_self_attention_multihead_attention_output_transform.smtx.gz", 512, 512, 57004, 0},
	{"dlmc/transformer__variational_dropout__0.95__body_encoder_layer_2_ffn_conv1.smtx", 2048, 512, 3678, 0},
	{"dlmc/transformer__variational_dropout__0.98__body_encoder_layer_3_self_attention_multihead_attention_q.smtx", 512, 512, 0, 0},
	{"mtx/wiki-Vote.mtx.gz", 8297, 8297, 103689, 0},
	{"mtx/facebook_combined.txt.gz", 4039, 4039, 176468, 0},
	{"mtx/p2p-Gnutella08.txt.gz", 6301, 6301, 20777, 0},
	{"mtx/as19971108.txt.gz", 3015, 3015, 10695, 0},
	{"mtx/jagmesh7.mtx", 1138, 1138, 7450, 0},
	{"mtx/ca-GrQc.mtx.gz", 5242, 5242, 28980, 0},
	{"mtx/cage8.mtx.gz", 1015, 1015, 11003, 0},
	{"mtx/bcsstk09.mtx.gz", 1083, 1083, 18437, 0},
	{"mtx/fe_4elt2.mtx.gz", 11143, 11143, 65636, 0},
	{"mtx/lp_ship04l.mtx", 402, 2166, 6380, 0},
	{"mtx/EVA.mtx", 8497, 8497, 13424, 0},
	{"mtx/rajat19.mtx", 1157, 1157, 5399, 1700},
	{"mtx/adder_dcop_05.mtx.gz", 1813, 1813, 11097, 0},
	{"mtx/west0479.mtx", 479, 479, 1910, 22},
	{"mtx/Franz6_id1959_aug.mtx.gz", 10592, 3016, 48472, 0},
	{"mtx/bcspwr09.mtx", 1723, 1723, 6511, 0},
	{"mtx/cora.mtx", 2708, 2708, 10556, 0},
	{"mtx/n1024-l1.mtx.gz", 1024, 1024, 32768, 0},
	{"mtx/n1024-l2.mtx.gz", 1024, 1024, 32768, 0},
	{"mtx/bips98_606.mtx.gz", 7135, 7135, 34738, 0},
	{"mtx/email-Enron.txt.gz", 36692, 36692, 367662, 0},
	{"mtx/sparse-images-1024_subset.mtx.gz", 1200, 1024, 122713, 0},
	{"mtx/karate.mtx", 34, 34, 156, 0},
	{"mtx/west0067.mtx", 67, 67, 294, 0},
	{"masks/L07_iacts.txt", 64, 1024, 47716, 0},
	{"masks/L07_weights.txt", 64, 64, 2131, 0},
	{"masks/L13_iacts.txt", 128, 64, 6823, 0},
	{"masks/L13_weights.txt", 128, 256, 21111, 0},
	{"masks/L19_iacts.txt", 256, 64, 9956, 0},
	{"masks/L19_weights.txt", 256, 256, 36035, 0},
	{"masks/L20_iacts.txt", 256, 64, 8053, 0},
	{"masks/L20_weights.txt", 256, 9, 2190, 0},
	{"masks/L25_iacts.txt", 256, 16, 2774, 0},
	{"masks/L25_weights.txt.gz", 256, 512, 85128, 0},
	{"inputs/planetoid/cora_features.mtx.gz", 2708, 1433, 49216, 0},
	{"inputs/planetoid/cora_adj.mtx", 2708, 2708, 10556, 0},
}

// dataRoot finds the folder of real data that SPARSEGEN_DATA names; a relative path may start at the module's root.
func dataRoot(t *testing.T) string {
	t.Helper()
	root := os.Getenv("SPARSEGEN_DATA")
	if root == "" {
		t.Skip("SPARSEGEN_DATA is not set; set it to the folder with dlmc/, mtx/ and masks/ to read the real files")
	}
	candidates := []string{root}
	if dir, err := os.Getwd(); err == nil && !filepath.IsAbs(root) {
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				candidates = append(candidates, filepath.Join(dir, root))
				break
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	for _, dir := range candidates {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	t.Skipf("SPARSEGEN_DATA=%s: no such folder, neither from here nor from the module's root", root)
	return ""
}

func TestPublishedFiles(t *testing.T) {
	root := dataRoot(t)
	for _, c := range published {
		t.Run(c.file, func(t *testing.T) {
			path := filepath.Join(root, c.file)
			if _, err := os.Stat(path); err != nil {
				t.Skip("this file is not in the folder")
			}
			o := Options{Seed: 1}
			if strings.HasPrefix(c.file, "masks/") { // published without line breaks
				o.Rows = c.rows
			}
			m, err := Read(path, o)
			require.NoError(t, err)
			require.NoError(t, m.Validate())
			assert.Equal(t, []int{c.rows, c.cols, c.nnz - c.zeros}, []int{m.Rows, m.Cols, m.NNZ()}, "rows, columns, non-zeros")
		})
	}
}

func TestDataRoot(t *testing.T) {
	t.Setenv("SPARSEGEN_DATA", "gen/matfile") // from the module's root
	assert.Equal(t, "matfile", filepath.Base(dataRoot(t)))
	dir := t.TempDir()
	t.Setenv("SPARSEGEN_DATA", dir)
	assert.Equal(t, dir, dataRoot(t))
}
