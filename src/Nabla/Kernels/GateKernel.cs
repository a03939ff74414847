using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Operations;

namespace Nabla.Kernels;

/// <summary>What recurrent cells do with one row of sums, in whole registers. Each gate takes <c>hidden</c> neighbouring columns.</summary>
internal static unsafe class GateKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>z = x + y + w.</summary>
    public static void AddThree(T* x, T* y, T* w, T* z, int count)
    {
        if (Vector512.IsHardwareAccelerated) AddThree<Register512<T>>(x, y, w, z, count);
        else AddThree<Register256<T>>(x, y, w, z, count);
    }

    /// <summary>downstream = upstream (1 − h²), where h = tanh(sum).</summary>
    public static void TanhBack(T* upstream, T* h, T* downstream, int count)
    {
        if (Vector512.IsHardwareAccelerated) TanhBack<Register512<T>>(upstream, h, downstream, count);
        else TanhBack<Register256<T>>(upstream, h, downstream, count);
    }

    /// <summary>From the sums of i, f, g, o to i, f, g, o, c, h. cBefore is null at the first step.</summary>
    public static void LstmForward(T* row, T* cBefore, int hidden)
    {
        T* g = row + (2 * hidden), o = g + hidden, c = o + hidden, h = c + hidden;
        // One function at a time: with five of them in one loop the registers do not suffice, and it takes twice as long.
        ElementwiseKernel.Tile(new Sigmoid(), row, 1, row, 2 * hidden);
        ElementwiseKernel.Tile(new Tanh(), g, 1, g, hidden);
        ElementwiseKernel.Tile(new Sigmoid(), o, 1, o, hidden);
        if (Vector512.IsHardwareAccelerated) NextCarry<Register512<T>>(row, cBefore, hidden);
        else NextCarry<Register256<T>>(row, cBefore, hidden);
        ElementwiseKernel.Tile(new Tanh(), c, 1, h, hidden);
        ElementwiseKernel.Tile(new Multiply(), o, 1, h, 1, h, hidden);
    }

    /// <summary>From the gradients of h (upstream) and c (carry) to those of the sums and of c before (carry).</summary>
    public static void LstmBack(T* row, T* cBefore, T* upstream, T* carry, T* gradient, int hidden)
    {
        if (Vector512.IsHardwareAccelerated) LstmBack<Register512<T>>(row, cBefore, upstream, carry, gradient, hidden);
        else LstmBack<Register256<T>>(row, cBefore, upstream, carry, gradient, hidden);
    }

    /// <summary>From the sums of r, z, the hidden part of n and its input part to r, z, the hidden part of n, n, h.</summary>
    public static void GruForward(T* row, T* hBefore, int hidden)
    {
        // Both gates first: one function a loop, as for the LSTM.
        ElementwiseKernel.Tile(new Sigmoid(), row, 1, row, 2 * hidden);
        if (Vector512.IsHardwareAccelerated) GruForward<Register512<T>>(row, hBefore, hidden);
        else GruForward<Register256<T>>(row, hBefore, hidden);
    }

    /// <summary>From the gradient of h to those of the sums of r, z and n, and of h before by way of z (upstream).</summary>
    public static void GruBack(T* row, T* hBefore, T* upstream, T* gradient, int hidden)
    {
        if (Vector512.IsHardwareAccelerated) GruBack<Register512<T>>(row, hBefore, upstream, gradient, hidden);
        else GruBack<Register256<T>>(row, hBefore, upstream, gradient, hidden);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddThree<TRegister>(T* x, T* y, T* w, T* z, int count)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        for (int i = 0, left = count; left > 0; i += TRegister.Count, left -= TRegister.Count)
        {
            TRegister sum = Lanes.Load<TRegister, T>(x + i, left) + Lanes.Load<TRegister, T>(y + i, left) + Lanes.Load<TRegister, T>(w + i, left);
            Lanes.Store(sum, z + i, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TanhBack<TRegister>(T* upstream, T* h, T* downstream, int count)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        for (int i = 0, left = count; left > 0; i += TRegister.Count, left -= TRegister.Count)
        {
            TRegister state = Lanes.Load<TRegister, T>(h + i, left);
            Lanes.Store(Lanes.Load<TRegister, T>(upstream + i, left) * (1 - (state * state)), downstream + i, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void NextCarry<TRegister>(T* row, T* cBefore, int hidden)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        T* f = row + hidden, g = f + hidden, c = row + (4 * hidden);
        for (int u = 0, left = hidden; left > 0; u += TRegister.Count, left -= TRegister.Count)
        {
            TRegister next = Lanes.Load<TRegister, T>(row + u, left) * Lanes.Load<TRegister, T>(g + u, left);
            if (cBefore != null) next = (Lanes.Load<TRegister, T>(f + u, left) * Lanes.Load<TRegister, T>(cBefore + u, left)) + next;
            Lanes.Store(next, c + u, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LstmBack<TRegister>(T* row, T* cBefore, T* upstream, T* carry, T* gradient, int hidden)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        T* f = row + hidden, g = f + hidden, o = g + hidden, c = o + hidden;
        T* toF = gradient + hidden, toG = toF + hidden, toO = toG + hidden;
        TRegister none = TRegister.Fill(T.Zero);
        for (int u = 0, left = hidden; left > 0; u += TRegister.Count, left -= TRegister.Count)
        {
            TRegister enter = Lanes.Load<TRegister, T>(row + u, left), forget = Lanes.Load<TRegister, T>(f + u, left);
            TRegister fresh = Lanes.Load<TRegister, T>(g + u, left), leave = Lanes.Load<TRegister, T>(o + u, left);
            TRegister bent = TRegister.Tanh(Lanes.Load<TRegister, T>(c + u, left)), toH = Lanes.Load<TRegister, T>(upstream + u, left);
            TRegister before = cBefore == null ? none : Lanes.Load<TRegister, T>(cBefore + u, left);
            TRegister toC = Lanes.Load<TRegister, T>(carry + u, left) + (toH * leave * (1 - (bent * bent)));
            Lanes.Store(toC * fresh * (enter * (1 - enter)), gradient + u, left);
            Lanes.Store(toC * before * (forget * (1 - forget)), toF + u, left);
            Lanes.Store(toC * enter * (1 - (fresh * fresh)), toG + u, left);
            Lanes.Store(toH * bent * (leave * (1 - leave)), toO + u, left);
            Lanes.Store(toC * forget, carry + u, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void GruForward<TRegister>(T* row, T* hBefore, int hidden)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        T* z = row + hidden, q = z + hidden, n = q + hidden, h = n + hidden;
        for (int u = 0, left = hidden; left > 0; u += TRegister.Count, left -= TRegister.Count)
        {
            TRegister reset = Lanes.Load<TRegister, T>(row + u, left), keep = Lanes.Load<TRegister, T>(z + u, left);
            TRegister fresh = TRegister.Tanh(Lanes.Load<TRegister, T>(n + u, left) + (reset * Lanes.Load<TRegister, T>(q + u, left)));
            TRegister next = (1 - keep) * fresh;
            if (hBefore != null) next += keep * Lanes.Load<TRegister, T>(hBefore + u, left);
            Lanes.Store(fresh, n + u, left);
            Lanes.Store(next, h + u, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void GruBack<TRegister>(T* row, T* hBefore, T* upstream, T* gradient, int hidden)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        T* z = row + hidden, q = z + hidden, n = q + hidden, toZ = gradient + hidden, toN = toZ + hidden;
        TRegister none = TRegister.Fill(T.Zero);
        for (int u = 0, left = hidden; left > 0; u += TRegister.Count, left -= TRegister.Count)
        {
            TRegister reset = Lanes.Load<TRegister, T>(row + u, left), keep = Lanes.Load<TRegister, T>(z + u, left);
            TRegister part = Lanes.Load<TRegister, T>(q + u, left), fresh = Lanes.Load<TRegister, T>(n + u, left);
            TRegister toH = Lanes.Load<TRegister, T>(upstream + u, left);
            TRegister before = hBefore == null ? none : Lanes.Load<TRegister, T>(hBefore + u, left);
            TRegister toFresh = toH * (1 - keep) * (1 - (fresh * fresh));
            Lanes.Store(toFresh * part * (reset * (1 - reset)), gradient + u, left);
            Lanes.Store(toH * (before - fresh) * (keep * (1 - keep)), toZ + u, left);
            Lanes.Store(toFresh, toN + u, left);
            Lanes.Store(toH * keep, upstream + u, left);
        }
    }
}
