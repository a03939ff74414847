using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>The walk over blocks of tiles, for one width of the registers.</summary>
/// <remarks>
/// In the transformed space a block's inputs are [36, tiles, input lanes], its products [36, tiles, output lanes], and the weights [36, panel of 32
/// outputs, inputs, 32]. From one of the 36 to the next there is a cache line more, so that they spread over a cache's sets.
/// </remarks>
internal static unsafe class Winograd<TRegister, TVector>
    where TRegister : struct, IRegister<TVector, float> where TVector : struct
{
    private const int Places = 36, Panel = 32, Line = 16;

    // 36 times as many float32 numbers are half of a second-level cache of 1 MB.
    private const int NearSums = 1 << 12;

    public static void Convolve(
        in WinogradPlanes problem, float* x, in WinogradWeights weights, float* y, in GemmEpilogue<float> epilogue)
    {
        nint place = ((nint)problem.Inputs * problem.OutputLanes) + Line;
        float* filters = Scratch.Rent<float>(Scratch.Slot.Partial, Places * place);
        FilterWork filter = new(problem, weights, filters, place);
        ForkJoin.Run(filter.Tasks, filter);
        WinogradBlocks blocks = new(problem.Batch, problem.OutputHeight, problem.OutputWidth, problem.InputLanes + problem.OutputLanes);
        ForkJoin.Run(blocks.Count, new BlockWork(problem, blocks, x, filters, place, y, epilogue));
    }

    public static void WeightGradient(in WinogradPlanes problem, float* x, float* upstream, float* downstream)
    {
        nint place = ((nint)problem.Inputs * problem.OutputLanes) + Line;
        // Each block adds to all sums: where those do not stay near, it has to bring enough for the way.
        int least = place > NearSums ? WinogradBlocks.TilesForFarSums : WinogradBlocks.LeastTiles;
        WinogradBlocks blocks = new(problem.Batch, problem.OutputHeight, problem.OutputWidth, problem.InputLanes + problem.OutputLanes, least);
        // Each part of the blocks has sums of its own: as many as 4 MB hold, at least 4 and at most 16.
        int parts = Math.Clamp((int)Math.Clamp((1 << 20) / (Places * place), 4, 16), 1, Math.Max(1, blocks.Count));
        float* sums = Scratch.Rent<float>(Scratch.Slot.Partial, Places * place * parts);
        ForkJoin.Run(parts, new PartWork(problem, blocks, x, upstream, sums, place, parts));
        FilterGradientWork work = new(problem, sums, place, parts, downstream);
        ForkJoin.Run(work.Tasks, work);
    }

    // c = a · b, or c += a · b, by tiles of registers. b's panels of 32 columns each lie a step apart.
    private static void Multiply(
        int m, int n, int k, float* a, nint aRow, nint aColumn, float* b, nint bRow, nint bPanel, float* c, nint cRow, bool add)
    {
        int strips = (m + TRegister.Rows - 1) / TRegister.Rows;
        for (int column = 0; column < n; column += 2 * TRegister.Lanes)
        {
            int registers = n - column > TRegister.Lanes ? 2 : 1;
            float* panel = b + (column / Panel * bPanel) + (column % Panel);
            for (int strip = 0; strip < strips; strip++)
            {
                int row = strip * m / strips, rows = ((strip + 1) * m / strips) - row;
                GemmTile.Run<TRegister, TVector, float>(
                    rows, registers, k, a + (row * aRow), aRow, aColumn, panel, bRow, c + (row * cRow) + column, cRow, add);
            }
        }
    }

    // All inputs of a block: gathered image by image, transformed to tiles · lanes floats for each of the 36 places.
    private static void Transform(
        in WinogradPlanes problem, in WinogradBlock block, float* x, float* pixels, float* to, nint place)
    {
        int lanes = problem.InputLanes, width = (4 * block.Columns) + 2, height = (4 * block.Rows) + 2;
        for (int image = 0; image < block.Images; image++)
        {
            WinogradPixels.Gather(
                x + ((block.Image + image) * problem.InputCount), problem.Inputs, problem.InputHeight, problem.InputWidth,
                (4 * block.Row) - problem.PaddingY, (4 * block.Column) - problem.PaddingX, height, width, pixels, lanes);
            for (int row = 0; row < block.Rows; row++)
            {
                TransformRow(block.Columns, pixels + ((nint)4 * row * width * lanes), lanes, width, to, place);
                to += block.Columns * lanes;
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformRow(int tiles, float* pixels, int lanes, int width, float* to, nint place)
    {
        byte* room = stackalloc byte[(Places * 64) + 63];
        float* middle = (float*)(((nuint)room + 63) & ~(nuint)63);
        nint row = (nint)width * lanes;
        for (int tile = 0; tile < tiles; tile++, pixels += 4 * lanes, to += lanes)
        {
            for (int lane = 0; lane < lanes; lane += TRegister.Lanes)
            {
                for (int i = 0; i < 6; i++)
                {
                    WinogradLines<TRegister, TVector>.Input(pixels + (i * lanes) + lane, row, middle + (i * TRegister.Lanes), 6 * TRegister.Lanes);
                }
                for (int i = 0; i < 6; i++)
                {
                    WinogradLines<TRegister, TVector>.Input(middle + (6 * i * TRegister.Lanes), TRegister.Lanes, to + (6 * i * place) + lane, place);
                }
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformUpstreamRow(int tiles, float* pixels, int lanes, int width, float* to, nint place)
    {
        byte* room = stackalloc byte[(Places * 64) + 63];
        float* middle = (float*)(((nuint)room + 63) & ~(nuint)63);
        nint row = (nint)width * lanes;
        for (int tile = 0; tile < tiles; tile++, pixels += 4 * lanes, to += lanes)
        {
            for (int lane = 0; lane < lanes; lane += TRegister.Lanes)
            {
                for (int i = 0; i < 4; i++)
                {
                    WinogradLines<TRegister, TVector>.Upstream(pixels + (i * lanes) + lane, row, middle + (i * TRegister.Lanes), 4 * TRegister.Lanes);
                }
                for (int i = 0; i < 6; i++)
                {
                    WinogradLines<TRegister, TVector>.Upstream(middle + (4 * i * TRegister.Lanes), TRegister.Lanes, to + (6 * i * place) + lane, place);
                }
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformBackRow(int tiles, float* from, nint place, int lanes, float* pixels, int width)
    {
        byte* room = stackalloc byte[(24 * 64) + 63];
        float* middle = (float*)(((nuint)room + 63) & ~(nuint)63);
        nint row = (nint)width * lanes;
        for (int tile = 0; tile < tiles; tile++, pixels += 4 * lanes, from += lanes)
        {
            for (int lane = 0; lane < lanes; lane += TRegister.Lanes)
            {
                for (int i = 0; i < 6; i++)
                {
                    (TVector y0, TVector y1, TVector y2, TVector y3) = WinogradLines<TRegister, TVector>.Output(from + (i * place) + lane, 6 * place);
                    float* to = middle + (i * TRegister.Lanes);
                    TRegister.Store(y0, to);
                    TRegister.Store(y1, to + (6 * TRegister.Lanes));
                    TRegister.Store(y2, to + (12 * TRegister.Lanes));
                    TRegister.Store(y3, to + (18 * TRegister.Lanes));
                }
                for (int i = 0; i < 4; i++)
                {
                    (TVector y0, TVector y1, TVector y2, TVector y3) =
                        WinogradLines<TRegister, TVector>.Output(middle + (6 * i * TRegister.Lanes), TRegister.Lanes);
                    float* to = pixels + (i * row) + lane;
                    TRegister.Store(y0, to);
                    TRegister.Store(y1, to + lanes);
                    TRegister.Store(y2, to + (2 * lanes));
                    TRegister.Store(y3, to + (3 * lanes));
                }
            }
        }
    }

    /// <summary>The weights' transforms; a task takes some inputs.</summary>
    private readonly struct FilterWork(WinogradPlanes problem, WinogradWeights weights, float* filters, nint place) : IWork
    {
        private readonly int inputs = Math.Max(1, 256 / problem.OutputLanes);

        public int Tasks => (problem.Inputs + inputs - 1) / inputs;

        [SkipLocalsInit]
        public void Run(int task)
        {
            int end = Math.Min(problem.Inputs, (task + 1) * inputs);
            for (int input = task * inputs; input < end; input++)
            {
                float* from = weights.Weight + (input * weights.InputStride);
                for (int panel = 0; panel < problem.OutputLanes; panel += Panel)
                {
                    int lanes = Math.Min(Panel, problem.OutputLanes - panel), outputs = Math.Min(Panel, problem.Outputs - panel);
                    Transform(
                        from + (panel * weights.OutputStride), outputs, lanes,
                        filters + (panel * (nint)problem.Inputs) + ((nint)input * lanes), place);
                }
            }
        }

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Transform(float* from, int outputs, int lanes, float* to, nint place)
        {
            float* taps = stackalloc float[9 * Panel];
            float* middle = stackalloc float[18 * Panel];
            for (int output = 0; output < lanes; output++, from += weights.OutputStride)
            {
                for (int tap = 0; tap < 9; tap++)
                {
                    taps[(tap * Panel) + output] = output >= outputs ? 0 : from[weights.Turned ? 8 - tap : tap];
                }
            }
            for (int lane = 0; lane < lanes; lane += TRegister.Lanes)
            {
                for (int i = 0; i < 3; i++)
                {
                    WinogradLines<TRegister, TVector>.Filter(taps + (i * Panel) + lane, 3 * Panel, middle + (i * Panel) + lane, 3 * Panel);
                }
                for (int i = 0; i < 6; i++)
                {
                    WinogradLines<TRegister, TVector>.Filter(middle + (3 * i * Panel) + lane, Panel, to + (6 * i * place) + lane, place);
                }
            }
        }
    }

    private readonly struct BlockWork(
        WinogradPlanes problem, WinogradBlocks blocks, float* x, float* filters, nint filterPlace, float* y, GemmEpilogue<float> epilogue) : IWork
    {
        public void Run(int task)
        {
            WinogradBlock block = blocks[task];
            int tiles = block.Tiles, inputLanes = problem.InputLanes, outputLanes = problem.OutputLanes;
            nint inputPlace = ((nint)blocks.LargestBlock * inputLanes) + Line, outputPlace = ((nint)blocks.LargestBlock * outputLanes) + Line;
            nint pixelCount = (nint)(blocks.MostHeight + 2) * (blocks.MostWidth + 2) * Math.Max(inputLanes, outputLanes);
            float* inputs = Scratch.Rent<float>(Scratch.Slot.Columns, (Places * (inputPlace + outputPlace)) + pixelCount);
            float* products = inputs + (Places * inputPlace), pixels = products + (Places * outputPlace);
            Transform(problem, block, x, pixels, inputs, inputPlace);
            int step = Gemm.Block(problem.Inputs);
            for (int place = 0; place < Places; place++)
            {
                for (int input = 0; input < problem.Inputs; input += step)
                {
                    for (int panel = 0; panel < outputLanes; panel += Panel)
                    {
                        int lanes = Math.Min(Panel, outputLanes - panel);
                        Multiply(
                            tiles, lanes, Math.Min(step, problem.Inputs - input), inputs + (place * inputPlace) + input, inputLanes, 1,
                            filters + (place * filterPlace) + (panel * (nint)problem.Inputs) + (input * lanes), lanes, 0,
                            products + (place * outputPlace) + panel, outputLanes, add: input > 0);
                    }
                }
            }
            TransformBack(block, products, outputPlace, pixels);
        }

        private void TransformBack(in WinogradBlock block, float* products, nint place, float* pixels)
        {
            int lanes = problem.OutputLanes, width = 4 * block.Columns;
            for (int image = 0; image < block.Images; image++)
            {
                for (int row = 0; row < block.Rows; row++)
                {
                    TransformBackRow(block.Columns, products, place, lanes, pixels + ((nint)4 * row * width * lanes), width);
                    products += block.Columns * lanes;
                }
                if (!epilogue.IsEmpty)
                {
                    epilogue.Finish(pixels, lanes, pixels, lanes, 4 * block.Rows * width, problem.Outputs, 0, 0, add: false);
                }
                WinogradPixels.Scatter(
                    pixels, lanes, width, y + ((block.Image + image) * problem.OutputCount), problem.Outputs, problem.OutputHeight,
                    problem.OutputWidth, 4 * block.Row, 4 * block.Column, 4 * block.Rows);
            }
        }
    }

    /// <summary>The sums over the tiles of a part of the blocks of transformed inputs times transformed upstreams.</summary>
    private readonly struct PartWork(WinogradPlanes problem, WinogradBlocks blocks, float* x, float* upstream, float* sums, nint sumPlace, int parts) : IWork
    {
        public void Run(int task)
        {
            int begin = (int)((long)task * blocks.Count / parts), end = (int)((long)(task + 1) * blocks.Count / parts);
            float* sum = sums + (task * Places * sumPlace);
            if (begin == end)
            {
                new Span<float>(sum, checked((int)(Places * sumPlace))).Clear();
                return;
            }
            int inputLanes = problem.InputLanes, outputLanes = problem.OutputLanes;
            nint inputPlace = ((nint)blocks.LargestBlock * inputLanes) + Line, upstreamPlace = ((nint)blocks.LargestBlock * outputLanes) + Line;
            nint pixelCount = (nint)(blocks.MostHeight + 2) * (blocks.MostWidth + 2) * Math.Max(inputLanes, outputLanes);
            float* inputs = Scratch.Rent<float>(Scratch.Slot.Columns, (Places * (inputPlace + upstreamPlace)) + pixelCount);
            float* upstreams = inputs + (Places * inputPlace), pixels = upstreams + (Places * upstreamPlace);
            for (int index = begin; index < end; index++)
            {
                WinogradBlock block = blocks[index];
                Transform(problem, block, x, pixels, inputs, inputPlace);
                TransformUpstream(block, upstream, pixels, upstreams, upstreamPlace);
                for (int place = 0; place < Places; place++)
                {
                    Multiply(
                        problem.Inputs, outputLanes, block.Tiles, inputs + (place * inputPlace), 1, inputLanes,
                        upstreams + (place * upstreamPlace), outputLanes, Panel, sum + (place * sumPlace), outputLanes, add: index > begin);
                }
            }
        }

        private void TransformUpstream(in WinogradBlock block, float* first, float* pixels, float* to, nint place)
        {
            int lanes = problem.OutputLanes, width = 4 * block.Columns, height = 4 * block.Rows;
            for (int image = 0; image < block.Images; image++)
            {
                WinogradPixels.Gather(
                    first + ((block.Image + image) * problem.OutputCount), problem.Outputs, problem.OutputHeight, problem.OutputWidth,
                    4 * block.Row, 4 * block.Column, height, width, pixels, lanes);
                for (int row = 0; row < block.Rows; row++)
                {
                    TransformUpstreamRow(block.Columns, pixels + ((nint)4 * row * width * lanes), lanes, width, to, place);
                    to += block.Columns * lanes;
                }
            }
        }
    }

    /// <summary>Adds up the parts' sums and transforms them back; a task takes some inputs.</summary>
    private readonly struct FilterGradientWork(WinogradPlanes problem, float* sums, nint place, int parts, float* downstream) : IWork
    {
        private readonly int inputs = Math.Max(1, 256 / problem.OutputLanes);

        public int Tasks => (problem.Inputs + inputs - 1) / inputs;

        public void Run(int task)
        {
            int end = Math.Min(problem.Inputs, (task + 1) * inputs);
            for (int input = task * inputs; input < end; input++)
            {
                for (int output = 0; output < problem.Outputs; output += TRegister.Lanes)
                {
                    TransformBack(sums + ((nint)input * problem.OutputLanes) + output, input, output);
                }
            }
        }

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void TransformBack(float* from, int input, int output)
        {
            float* whole = stackalloc float[Places * Line], middle = stackalloc float[18 * Line], taps = stackalloc float[9 * Line];
            for (int i = 0; i < Places; i++)
            {
                TVector sum = TRegister.Load(from + (i * place));
                for (int part = 1; part < parts; part++)
                {
                    sum = TRegister.Add(sum, TRegister.Load(from + (((part * Places) + i) * place)));
                }
                TRegister.Store(sum, whole + (i * Line));
            }
            for (int i = 0; i < 6; i++)
            {
                WinogradLines<TRegister, TVector>.FilterGradient(whole + (i * Line), 6 * Line, middle + (i * Line), 6 * Line);
            }
            for (int i = 0; i < 3; i++)
            {
                WinogradLines<TRegister, TVector>.FilterGradient(middle + (6 * i * Line), Line, taps + (3 * i * Line), Line);
            }
            int outputs = Math.Min(TRegister.Lanes, problem.Outputs - output);
            for (int lane = 0; lane < outputs; lane++)
            {
                float* to = downstream + (((((nint)output + lane) * problem.Inputs) + input) * 9);
                for (int tap = 0; tap < 9; tap++) to[tap] = taps[(tap * Line) + lane];
            }
        }
    }
}
