using Nabla.Compilation;

namespace Nabla.Kernels;

/// <summary>Two-dimensional convolutions (cross-correlations, as networks use them) of float32 and float64 images and their gradients.</summary>
/// <remarks>
/// <para>
/// x: [batch, input channels, height, width]   weight: [output channels, input channels / groups, kernel height, kernel width]
/// y: [batch, output channels, output height, output width].
/// y[b, o, Y, X] = Σ x[b, c, Y · strideY − paddingY + ky · dilationY, X · strideX − paddingX + kx · dilationX] · weight[o, c, ky, kx].
/// </para>
/// <para>
/// Each is a matrix product with the matrix of columns. That matrix never exists as a whole: a task gathers a stretch that fits its cache and
/// multiplies it at once (K. Chellapilla, S. Puri, P. Simard, <i>High performance convolutional neural networks for document processing</i>, 2006).
/// Every destination is overwritten. Stretches and tasks are cut by the sizes alone.
/// </para>
/// </remarks>
internal static unsafe class Convolution
{
    // Fewer channels leave most of a tile's rows empty.
    private const int LeastTurned = 8;

    // A stretch of the matrix of columns: 512 KB of float32, half of a second-level cache of 1 MB.
    private const int StretchElements = 1 << 17;

    /// <summary>y = activation(x ∗ weight + bias), each step rounded as by itself; bias holds a number for each output channel. Both may be left out.</summary>
    public static void Forward<T>(in ConvolutionSize size, T* x, T* weight, T* y, T* bias = null, IElementwise? activation = null)
        where T : unmanaged
    {
        if (Winograd.Takes<T>(size))
        {
            Winograd.Forward(size, (float*)x, (float*)weight, (float*)y, (float*)bias, activation);
            return;
        }
        DirectForward(size, x, weight, y, bias, activation);
    }

    /// <summary>As <see cref="Forward"/>, multiplication by multiplication.</summary>
    public static void DirectForward<T>(in ConvolutionSize size, T* x, T* weight, T* y, T* bias = null, IElementwise? activation = null)
        where T : unmanaged
    {
        ForwardWork<T> work = new(size, x, weight, y, bias, activation);
        ForkJoin.Run(work.Tasks, work);
    }

    /// <summary>The gradient at x: every weight carries its upstream back to the places that it saw.</summary>
    public static void InputGradient<T>(in ConvolutionSize size, T* upstream, T* weight, T* downstream) where T : unmanaged
    {
        if (Winograd.Takes<T>(size))
        {
            Winograd.InputGradient(size, (float*)upstream, (float*)weight, (float*)downstream);
            return;
        }
        DirectInputGradient(size, upstream, weight, downstream);
    }

    /// <summary>As <see cref="InputGradient"/>, multiplication by multiplication.</summary>
    public static void DirectInputGradient<T>(in ConvolutionSize size, T* upstream, T* weight, T* downstream) where T : unmanaged
    {
        if (TryTurn(size, out ConvolutionSize turned))
        {
            nint count = (nint)size.OutputChannels * size.Taps;
            T* weights = Scratch.Rent<T>(Scratch.Slot.Partial, count);
            Turn(size, weight, weights);
            DirectForward(turned, upstream, weights, downstream);
            return;
        }
        InputGradientWork<T> work = new(size, upstream, weight, downstream);
        ForkJoin.Run(work.Tasks, work);
    }

    /// <summary>
    /// A window that moves by single steps carries its upstream back as a convolution of the upstream with the weights turned by half a turn, inputs and
    /// outputs exchanged: nothing has to be added up in place.
    /// </summary>
    private static bool TryTurn(in ConvolutionSize size, out ConvolutionSize turned)
    {
        int paddingY = (size.DilationY * (size.KernelHeight - 1)) - size.PaddingY, paddingX = (size.DilationX * (size.KernelWidth - 1)) - size.PaddingX;
        turned = size with
        {
            InputChannels = size.OutputChannels,
            InputHeight = size.OutputHeight,
            InputWidth = size.OutputWidth,
            OutputChannels = size.InputChannels,
            PaddingY = paddingY,
            PaddingX = paddingX,
        };
        return size is { StrideY: 1, StrideX: 1, GroupInputs: >= LeastTurned } && paddingY >= 0 && paddingX >= 0 && size.OutputHeight > 0 && size.OutputWidth > 0;
    }

    // [output, input of the group, window] becomes [input, output of the group, turned window].
    private static void Turn<T>(in ConvolutionSize size, T* weight, T* turned) where T : unmanaged
    {
        int window = size.KernelHeight * size.KernelWidth;
        for (int output = 0; output < size.OutputChannels; output++)
        {
            int group = output / size.GroupOutputs, place = output % size.GroupOutputs;
            for (int input = 0; input < size.GroupInputs; input++)
            {
                T* to = turned + (((((nint)group * size.GroupInputs) + input) * size.GroupOutputs) + place) * window;
                for (int tap = window - 1; tap >= 0; tap--) to[tap] = *weight++;
            }
        }
    }

    /// <summary>The gradient at the weight: summed over the images of fixed parts of the batch first, and then over the parts in order.</summary>
    public static void WeightGradient<T>(in ConvolutionSize size, T* x, T* upstream, T* downstream) where T : unmanaged
    {
        if (Winograd.Takes<T>(size))
        {
            Winograd.WeightGradient(size, (float*)x, (float*)upstream, (float*)downstream);
            return;
        }
        DirectWeightGradient(size, x, upstream, downstream);
    }

    /// <summary>As <see cref="WeightGradient"/>, multiplication by multiplication.</summary>
    public static void DirectWeightGradient<T>(in ConvolutionSize size, T* x, T* upstream, T* downstream) where T : unmanaged
    {
        nint weights = (nint)size.OutputChannels * size.Taps;
        int parts = (int)Math.Clamp((1 << 22) / Math.Max(1, weights), 1, Math.Clamp(size.Batch, 1, 16));
        T* sums = Scratch.Rent<T>(Scratch.Slot.Partial, weights * parts);
        WeightGradientWork<T> work = new(size, x, upstream, sums, parts);
        ForkJoin.Run(parts * size.Groups, work);
        SumWork<T> sum = new(sums, weights, parts);
        ForkJoin.Run(sum.Tasks, sum);
        nint weightsOfGroup = (nint)size.GroupOutputs * size.Taps;
        for (int group = 0; group < size.Groups; group++)
        {
            nint first = group * weightsOfGroup;
            Packing.Panel(size.Taps, size.Taps, size.GroupOutputs, sums + first, size.GroupOutputs, 1, downstream + first);
        }
    }

    // Positions of one stretch: a multiple of a tile's 32 columns, all stretches of an image nearly equal.
    private static int StretchOf(int positions, int taps)
    {
        int most = Math.Clamp(StretchElements / Math.Max(1, taps), 64, 1024);
        int stretches = Math.Max(1, (positions + most - 1) / most);
        return Math.Max(32, (((positions + stretches - 1) / stretches) + 31) & ~31);
    }

    private readonly struct ForwardWork<T>(ConvolutionSize size, T* x, T* weight, T* y, T* bias, IElementwise? activation) : IWork where T : unmanaged
    {
        private readonly int positions = size.OutputHeight * size.OutputWidth;
        private readonly int stretch = StretchOf(size.OutputHeight * size.OutputWidth, size.Taps);

        public int Tasks => size.Batch * size.Groups * Stretches;

        private int Stretches => (positions + stretch - 1) / stretch;

        public void Run(int task)
        {
            int stretches = Stretches;
            int begin = task % stretches * stretch, group = task / stretches % size.Groups;
            nint image = task / stretches / size.Groups;
            int count = Math.Min(stretch, positions - begin), taps = size.Taps;
            nint plane = (nint)size.InputHeight * size.InputWidth;
            T* from = x + (((image * size.InputChannels) + ((nint)group * size.GroupInputs)) * plane);
            T* weights = weight + ((nint)group * size.GroupOutputs * taps);
            T* to = y + (((image * size.OutputChannels) + ((nint)group * size.GroupOutputs)) * positions) + begin;
            GemmEpilogue<T> epilogue = new()
            {
                Bias = bias == null ? null : bias + (group * size.GroupOutputs),
                BiasRow = 1,
                Activation = activation,
            };
            if (size is { KernelHeight: 1, KernelWidth: 1, StrideY: 1, StrideX: 1, PaddingY: 0, PaddingX: 0 })
            {
                Gemm.Run(size.GroupOutputs, count, taps, weights, taps, 1, from + begin, plane, 1, to, positions, accumulate: false, epilogue);
                return;
            }
            nint rowLength = Columns.RowLength<T>(stretch);
            T* columns = Scratch.Rent<T>(Scratch.Slot.Columns, taps * rowLength);
            new Columns(size).Gather(size.GroupInputs, from, begin, count, columns, rowLength);
            Gemm.RunInPlace(size.GroupOutputs, count, taps, weights, taps, 1, columns, rowLength, to, positions, epilogue);
        }
    }

    private readonly struct InputGradientWork<T>(ConvolutionSize size, T* upstream, T* weight, T* downstream) : IWork where T : unmanaged
    {
        private readonly int positions = size.OutputHeight * size.OutputWidth;
        private readonly int channels = ChannelsOf(size);

        public int Tasks => size.Batch * size.Groups * Parts;

        private int Parts => (size.GroupInputs + channels - 1) / channels;

        // As many input channels as fill a stretch with all their positions, at least one.
        private static int ChannelsOf(in ConvolutionSize size)
        {
            long each = (long)size.KernelHeight * size.KernelWidth * size.OutputHeight * size.OutputWidth;
            return (int)Math.Clamp(StretchElements / Math.Max(1, each), 1, Math.Max(1, size.GroupInputs));
        }

        public void Run(int task)
        {
            int parts = Parts;
            int firstChannel = task % parts * channels, group = task / parts % size.Groups;
            nint image = task / parts / size.Groups;
            int own = Math.Min(channels, size.GroupInputs - firstChannel);
            int window = size.KernelHeight * size.KernelWidth, rows = own * window;
            nint plane = (nint)size.InputHeight * size.InputWidth;
            T* to = downstream + (((image * size.InputChannels) + ((nint)group * size.GroupInputs) + firstChannel) * plane);
            new Span<T>(to, checked((int)(own * plane))).Clear();
            T* from = upstream + (((image * size.OutputChannels) + ((nint)group * size.GroupOutputs)) * positions);
            T* weights = weight + ((nint)group * size.GroupOutputs * size.Taps) + ((nint)firstChannel * window);
            int stretch = StretchOf(positions, rows);
            nint rowLength = Columns.RowLength<T>(stretch);
            T* columns = Scratch.Rent<T>(Scratch.Slot.Columns, rows * rowLength);
            Columns places = new(size);
            for (int begin = 0; begin < positions; begin += stretch)
            {
                int count = Math.Min(stretch, positions - begin);
                Gemm.Run(rows, count, size.GroupOutputs, weights, 1, size.Taps, from + begin, positions, 1, columns, rowLength, accumulate: false);
                places.Scatter(own, columns, rowLength, begin, count, to);
            }
        }
    }

    private readonly struct WeightGradientWork<T>(ConvolutionSize size, T* x, T* upstream, T* sums, int parts) : IWork where T : unmanaged
    {
        // The product is taken the other way round, columns · upstreamᵀ: then both are read as they lie, and the smaller one is packed.
        public void Run(int task)
        {
            int group = task % size.Groups, part = task / size.Groups;
            int outputs = size.GroupOutputs, taps = size.Taps, positions = size.OutputHeight * size.OutputWidth;
            nint plane = (nint)size.InputHeight * size.InputWidth;
            T* sum = sums + ((nint)part * size.OutputChannels * taps) + ((nint)group * outputs * taps);
            new Span<T>(sum, checked(outputs * taps)).Clear();
            int stretch = StretchOf(positions, taps);
            nint rowLength = Columns.RowLength<T>(stretch);
            T* columns = Scratch.Rent<T>(Scratch.Slot.Columns, taps * rowLength);
            Columns places = new(size);
            int end = (int)((long)(part + 1) * size.Batch / parts);
            for (nint image = (nint)((long)part * size.Batch / parts); image < end; image++)
            {
                T* seen = x + (((image * size.InputChannels) + ((nint)group * size.GroupInputs)) * plane);
                T* from = upstream + (((image * size.OutputChannels) + ((nint)group * outputs)) * positions);
                for (int begin = 0; begin < positions; begin += stretch)
                {
                    int count = Math.Min(stretch, positions - begin);
                    places.Gather(size.GroupInputs, seen, begin, count, columns, rowLength);
                    Gemm.Run(taps, outputs, count, columns, rowLength, 1, from + begin, 1, positions, sum, outputs, accumulate: true);
                }
            }
        }
    }

    private readonly struct SumWork<T>(T* sums, nint weights, int parts) : IWork where T : unmanaged
    {
        private const int WeightsOfTask = 8192;

        public int Tasks => parts > 1 ? (int)((weights + WeightsOfTask - 1) / WeightsOfTask) : 0;

        public void Run(int task)
        {
            nint begin = (nint)task * WeightsOfTask, count = Math.Min(WeightsOfTask, weights - begin);
            for (int part = 1; part < parts; part++)
            {
                Rows.Add(sums + (part * weights) + begin, sums + begin, count);
            }
        }
    }
}
