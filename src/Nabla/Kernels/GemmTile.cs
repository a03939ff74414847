using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>
/// The innermost loop of a matrix product: a tile of up to 12 rows and two registers of columns, whose sums stay in registers while k runs.
/// </summary>
/// <remarks>
/// Register xᵣ holds row r's first lanes of columns, yᵣ the next. Each step of k loads the two registers of b once and broadcasts one element of a
/// for each row, so 12 rows of float32 in 512 bits cost 14 loads for 24 fused multiply-adds, and 24 independent sums hide their latency.
/// Heights and widths are the sizes of empty structs: the JIT folds <c>sizeof</c> while it imports the method, so a lower tile holds no trace
/// of the rows that it lacks.
/// </remarks>
internal static unsafe class GemmTile
{
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    public readonly struct Extent1;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    public readonly struct Extent2;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    public readonly struct Extent3;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    public readonly struct Extent4;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    public readonly struct Extent5;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    public readonly struct Extent6;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    public readonly struct Extent7;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    public readonly struct Extent8;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    public readonly struct Extent9;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    public readonly struct Extent10;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    public readonly struct Extent11;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    public readonly struct Extent12;

    // Where a is packed, its next steps and after them its next strip come from the second-level cache; where it is not, this asks for little.
    // 2048³ on one core: 90 % of OpenBLAS's speed without, 95 % with.
    private const int StepsAhead = 32;

    /// <summary>c = a · b, or c += a · b, for 1 to 12 rows of one or two whole registers.</summary>
    public static void Run<TRegister, TVector, T>(
        int rows, int registers, nint k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool add)
        where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged
    {
        if (registers == 2)
        {
            RunRows<TRegister, TVector, T, Extent2>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, add);
        }
        else
        {
            RunRows<TRegister, TVector, T, Extent1>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, add);
        }
    }

    private static void RunRows<TRegister, TVector, T, TColumns>(
        int rows, nint k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool add)
        where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged where TColumns : unmanaged
    {
        switch (rows)
        {
            case 1:
                Tile<TRegister, TVector, T, Extent1, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 2:
                Tile<TRegister, TVector, T, Extent2, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 3:
                Tile<TRegister, TVector, T, Extent3, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 4:
                Tile<TRegister, TVector, T, Extent4, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 5:
                Tile<TRegister, TVector, T, Extent5, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 6:
                Tile<TRegister, TVector, T, Extent6, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 7:
                Tile<TRegister, TVector, T, Extent7, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 8:
                Tile<TRegister, TVector, T, Extent8, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 9:
                Tile<TRegister, TVector, T, Extent9, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 10:
                Tile<TRegister, TVector, T, Extent10, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 11:
                Tile<TRegister, TVector, T, Extent11, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
            case 12:
                Tile<TRegister, TVector, T, Extent12, TColumns>(k, a, aRow, aColumn, b, bRow, c, cRow, add);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRegister, TVector, T, TRows, TColumns>(
        nint k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool add)
        where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged
        where TRows : unmanaged where TColumns : unmanaged
    {
        TVector x0 = default, y0 = default, x1 = default, y1 = default, x2 = default, y2 = default;
        TVector x3 = default, y3 = default, x4 = default, y4 = default, x5 = default, y5 = default;
        TVector x6 = default, y6 = default, x7 = default, y7 = default, x8 = default, y8 = default;
        TVector x9 = default, y9 = default, x10 = default, y10 = default, x11 = default, y11 = default;
        // c may lie in a far cache; asked for now, it is near when the sums are ready.
        T* far = c;
        Fetch<TRegister, TVector, T, TColumns>(far);
        if (sizeof(TRows) > 1)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 2)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 3)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 4)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 5)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 6)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 7)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 8)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 9)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 10)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        if (sizeof(TRows) > 11)
        {
            Fetch<TRegister, TVector, T, TColumns>(far += cRow);
        }
        // Four pointers three rows apart: every row is then base + {0, 1, 2} · aRow, which the processor adds for free.
        T* a0 = a, a3 = a0 + (3 * aRow), a6 = a3 + (3 * aRow), a9 = a6 + (3 * aRow);
        nint aRow2 = 2 * aRow;
        for (; k > 0; k--)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(a0 + (StepsAhead * TRegister.Rows));
            }
            TVector x = TRegister.Load(b), y = sizeof(TColumns) > 1 ? TRegister.Load(b + TRegister.Lanes) : default;
            TVector f0 = TRegister.Broadcast(a0[0]);
            x0 = TRegister.MultiplyAdd(f0, x, x0);
            if (sizeof(TColumns) > 1)
            {
                y0 = TRegister.MultiplyAdd(f0, y, y0);
            }
            if (sizeof(TRows) > 1)
            {
                TVector f1 = TRegister.Broadcast(a0[aRow]);
                x1 = TRegister.MultiplyAdd(f1, x, x1);
                if (sizeof(TColumns) > 1)
                {
                    y1 = TRegister.MultiplyAdd(f1, y, y1);
                }
            }
            if (sizeof(TRows) > 2)
            {
                TVector f2 = TRegister.Broadcast(a0[aRow2]);
                x2 = TRegister.MultiplyAdd(f2, x, x2);
                if (sizeof(TColumns) > 1)
                {
                    y2 = TRegister.MultiplyAdd(f2, y, y2);
                }
            }
            if (sizeof(TRows) > 3)
            {
                TVector f3 = TRegister.Broadcast(a3[0]);
                x3 = TRegister.MultiplyAdd(f3, x, x3);
                if (sizeof(TColumns) > 1)
                {
                    y3 = TRegister.MultiplyAdd(f3, y, y3);
                }
            }
            if (sizeof(TRows) > 4)
            {
                TVector f4 = TRegister.Broadcast(a3[aRow]);
                x4 = TRegister.MultiplyAdd(f4, x, x4);
                if (sizeof(TColumns) > 1)
                {
                    y4 = TRegister.MultiplyAdd(f4, y, y4);
                }
            }
            if (sizeof(TRows) > 5)
            {
                TVector f5 = TRegister.Broadcast(a3[aRow2]);
                x5 = TRegister.MultiplyAdd(f5, x, x5);
                if (sizeof(TColumns) > 1)
                {
                    y5 = TRegister.MultiplyAdd(f5, y, y5);
                }
            }
            if (sizeof(TRows) > 6)
            {
                TVector f6 = TRegister.Broadcast(a6[0]);
                x6 = TRegister.MultiplyAdd(f6, x, x6);
                if (sizeof(TColumns) > 1)
                {
                    y6 = TRegister.MultiplyAdd(f6, y, y6);
                }
            }
            if (sizeof(TRows) > 7)
            {
                TVector f7 = TRegister.Broadcast(a6[aRow]);
                x7 = TRegister.MultiplyAdd(f7, x, x7);
                if (sizeof(TColumns) > 1)
                {
                    y7 = TRegister.MultiplyAdd(f7, y, y7);
                }
            }
            if (sizeof(TRows) > 8)
            {
                TVector f8 = TRegister.Broadcast(a6[aRow2]);
                x8 = TRegister.MultiplyAdd(f8, x, x8);
                if (sizeof(TColumns) > 1)
                {
                    y8 = TRegister.MultiplyAdd(f8, y, y8);
                }
            }
            if (sizeof(TRows) > 9)
            {
                TVector f9 = TRegister.Broadcast(a9[0]);
                x9 = TRegister.MultiplyAdd(f9, x, x9);
                if (sizeof(TColumns) > 1)
                {
                    y9 = TRegister.MultiplyAdd(f9, y, y9);
                }
            }
            if (sizeof(TRows) > 10)
            {
                TVector f10 = TRegister.Broadcast(a9[aRow]);
                x10 = TRegister.MultiplyAdd(f10, x, x10);
                if (sizeof(TColumns) > 1)
                {
                    y10 = TRegister.MultiplyAdd(f10, y, y10);
                }
            }
            if (sizeof(TRows) > 11)
            {
                TVector f11 = TRegister.Broadcast(a9[aRow2]);
                x11 = TRegister.MultiplyAdd(f11, x, x11);
                if (sizeof(TColumns) > 1)
                {
                    y11 = TRegister.MultiplyAdd(f11, y, y11);
                }
            }
            a0 += aColumn;
            a3 += aColumn;
            a6 += aColumn;
            a9 += aColumn;
            b += bRow;
        }
        Put<TRegister, TVector, T, TColumns>(x0, y0, c, add);
        if (sizeof(TRows) > 1)
        {
            Put<TRegister, TVector, T, TColumns>(x1, y1, c += cRow, add);
        }
        if (sizeof(TRows) > 2)
        {
            Put<TRegister, TVector, T, TColumns>(x2, y2, c += cRow, add);
        }
        if (sizeof(TRows) > 3)
        {
            Put<TRegister, TVector, T, TColumns>(x3, y3, c += cRow, add);
        }
        if (sizeof(TRows) > 4)
        {
            Put<TRegister, TVector, T, TColumns>(x4, y4, c += cRow, add);
        }
        if (sizeof(TRows) > 5)
        {
            Put<TRegister, TVector, T, TColumns>(x5, y5, c += cRow, add);
        }
        if (sizeof(TRows) > 6)
        {
            Put<TRegister, TVector, T, TColumns>(x6, y6, c += cRow, add);
        }
        if (sizeof(TRows) > 7)
        {
            Put<TRegister, TVector, T, TColumns>(x7, y7, c += cRow, add);
        }
        if (sizeof(TRows) > 8)
        {
            Put<TRegister, TVector, T, TColumns>(x8, y8, c += cRow, add);
        }
        if (sizeof(TRows) > 9)
        {
            Put<TRegister, TVector, T, TColumns>(x9, y9, c += cRow, add);
        }
        if (sizeof(TRows) > 10)
        {
            Put<TRegister, TVector, T, TColumns>(x10, y10, c += cRow, add);
        }
        if (sizeof(TRows) > 11)
        {
            Put<TRegister, TVector, T, TColumns>(x11, y11, c += cRow, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<TRegister, TVector, T, TColumns>(T* c)
        where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged where TColumns : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(c);
            if (sizeof(TColumns) > 1)
            {
                Sse.Prefetch0(c + TRegister.Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TRegister, TVector, T, TColumns>(TVector x, TVector y, T* c, bool add)
        where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged where TColumns : unmanaged
    {
        if (add)
        {
            x = TRegister.Add(TRegister.Load(c), x);
            if (sizeof(TColumns) > 1)
            {
                y = TRegister.Add(TRegister.Load(c + TRegister.Lanes), y);
            }
        }
        TRegister.Store(x, c);
        if (sizeof(TColumns) > 1)
        {
            TRegister.Store(y, c + TRegister.Lanes);
        }
    }
}
