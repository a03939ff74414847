using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>The rows of attention: softmax of scaled scores, in place.</summary>
internal static unsafe partial class Softmax<T>
{
    /// <summary>x = e^(factor (x − max)); gives 1 / their sum, by which they are softmax(factor · x). factor is above 0.</summary>
    public static T Weigh(T* x, T factor, int length) => T.One / ScaledExponentials(x, Max(x, length), factor, length);

    /// <summary>y = factor · weights · (y − dot): from the gradient of the weights to that of the scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ScaledRowGradient(T* weights, T* y, T dot, T factor, int length)
    {
        Vector512<T> dots = Vector512.Create(dot), factors = Vector512.Create(factor);
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
            (Vector512.Load(weights + i) * factors * (Vector512.Load(y + i) - dots)).Store(y + i);
        if (i == length) return;
        int rest = length - i;
        RowSums.StoreFirst(RowSums.LoadFirst(weights + i, rest) * factors * (RowSums.LoadFirst(y + i, rest) - dots), y + i, rest);
    }

    /// <summary>x = e^(factor (x − shift)); gives their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T ScaledExponentials(T* x, T shift, T factor, int length)
    {
        Vector512<T> shifts = Vector512.Create(shift), factors = Vector512.Create(factor), sum = Vector512<T>.Zero;
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Vector512<T> e = Register512<T>.Exp(new((Vector512.Load(x + i) - shifts) * factors)).Value;
            e.Store(x + i);
            sum += e;
        }
        if (i < length)
        {
            int rest = length - i;
            Vector512<T> e = Register512<T>.Exp(new((RowSums.LoadFirst(x + i, rest) - shifts) * factors)).Value;
            RowSums.StoreFirst(e, x + i, rest);
            sum += RowSums.FirstLanes(e, rest);
        }
        return RowSums.Lanes(sum);
    }
}
