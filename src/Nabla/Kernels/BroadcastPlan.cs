using System.Diagnostics;

namespace Nabla.Kernels;

/// <summary>
/// How to run over a broadcast output: as few axes as the inputs' shapes allow, the innermost a contiguous run in which each input either moves along
/// (stride 1) or stands still (stride 0).
/// </summary>
/// <remarks>Neighbouring axes are merged where every input treats them alike, so that equal shapes become one run and a bias two axes.</remarks>
internal unsafe struct BroadcastPlan
{
    public const int MaxInputs = 8;

    /// <summary>Axes after merging, at least 1.</summary>
    public int Rank;

    private fixed int extents[Shape.MaxRank];
    private fixed int strides[Shape.MaxRank * MaxInputs];

    /// <summary>Elements of the innermost run.</summary>
    public readonly int RunLength => extents[Rank - 1];

    /// <summary>How many runs.</summary>
    public readonly int RunCount
    {
        get
        {
            int count = 1;
            for (int axis = 0; axis < Rank - 1; axis++) count *= extents[axis];
            return count;
        }
    }

    /// <summary>1 or 0: whether an input moves along the run.</summary>
    public readonly int RunStride(int input) => strides[((Rank - 1) * MaxInputs) + input];

    public static BroadcastPlan Of(Shape output, ReadOnlySpan<Shape> inputs)
    {
        Debug.Assert(inputs.Length <= MaxInputs);
        BroadcastPlan plan = default;
        Span<int> running = stackalloc int[MaxInputs];
        Span<int> stride = stackalloc int[MaxInputs];
        running.Fill(1);
        // From the innermost axis outwards, into the plan in reverse.
        for (int fromEnd = 1; fromEnd <= output.Rank; fromEnd++)
        {
            int extent = output[^fromEnd];
            if (extent == 1) continue;
            bool merge = plan.Rank > 0;
            for (int i = 0; i < inputs.Length; i++)
            {
                bool moves = fromEnd <= inputs[i].Rank && inputs[i][^fromEnd] != 1;
                stride[i] = moves ? running[i] : 0;
                if (moves) running[i] *= extent;
                if (plan.Rank == 0) continue;
                int inner = plan.strides[((plan.Rank - 1) * MaxInputs) + i];
                merge &= stride[i] == inner * plan.extents[plan.Rank - 1];
            }
            if (merge)
            {
                plan.extents[plan.Rank - 1] *= extent;
                continue;
            }
            for (int i = 0; i < inputs.Length; i++) plan.strides[(plan.Rank * MaxInputs) + i] = stride[i];
            plan.extents[plan.Rank++] = extent;
        }
        if (plan.Rank == 0)
        {
            plan.Rank = 1;
            plan.extents[0] = output.Count;
        }
        plan.Reverse();
        return plan;
    }

    /// <summary>Where an input stands at the start of a run.</summary>
    public readonly nint Offset(int run, int input)
    {
        nint offset = 0;
        for (int axis = Rank - 2; axis >= 0; axis--)
        {
            (run, int coordinate) = Math.DivRem(run, extents[axis]);
            offset += (nint)coordinate * strides[(axis * MaxInputs) + input];
        }
        return offset;
    }

    private void Reverse()
    {
        for (int low = 0, high = Rank - 1; low < high; low++, high--)
        {
            (extents[low], extents[high]) = (extents[high], extents[low]);
            for (int i = 0; i < MaxInputs; i++)
            {
                (strides[(low * MaxInputs) + i], strides[(high * MaxInputs) + i]) =
                    (strides[(high * MaxInputs) + i], strides[(low * MaxInputs) + i]);
            }
        }
    }
}
