using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Products with a single row or column: y = x · w, by the same rule of blocks and chains as <see cref="Gemm"/>.</summary>
/// <remarks>Every weight is read once, so nothing is packed. x: [k]   w: [k, outputs]   y: [outputs].</remarks>
internal static unsafe class VectorProduct<TRegister, TVector, T>
    where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged
{
    // Eight sums that do not wait for one another hide the latency of a fused multiply-add (four cycles, two a cycle).
    private const int Chains = 8;
    private const int OutputsOfTask = 16 * Chains;
    private const int RowsAtOnce = 32;

    public static void Run(in GemmProblem<T> problem)
    {
        GemmProblem<T> p = problem;
        Work work = p.M == 1
            ? new(p.N, p.K, p.A, p.AColumn, p.B, p.BColumn, p.BRow, p.C, 1, p.Accumulate, true, p.Epilogue)
            : new(p.M, p.K, p.B, p.BRow, p.A, p.ARow, p.AColumn, p.C, p.CRow, p.Accumulate, false, p.Epilogue);
        int tasks = (work.Outputs + OutputsOfTask - 1) / OutputsOfTask;
        if ((long)work.Outputs * problem.K >= 1 << 17)
        {
            ForkJoin.Run(tasks, work);
            return;
        }
        for (int task = 0; task < tasks; task++)
        {
            work.Run(task);
        }
    }

    private readonly struct Work(
        int outputs, int k, T* x, nint xStep, T* w, nint wOutput, nint wStep, T* y, nint yOutput, bool accumulate,
        bool isRow, GemmEpilogue<T> epilogue) : IWork
    {
        public int Outputs => outputs;

        public void Run(int task)
        {
            int begin = task * OutputsOfTask, end = Math.Min(outputs, begin + OutputsOfTask);
            Multiply(begin, end);
            if (epilogue.IsEmpty) return;
            if (isRow) epilogue.FinishInPlace(y + begin, 0, 1, end - begin, 0, begin);
            else epilogue.FinishColumn(y + (begin * yOutput), yOutput, end - begin, begin);
        }

        private void Multiply(int begin, int end)
        {
            if (wOutput == 1)
            {
                int wide = TRegister.Lanes * Chains;
                for (; begin <= end - wide && yOutput == 1; begin += wide)
                {
                    Wide(w + begin, y + begin);
                }
                for (; begin <= end - TRegister.Lanes; begin += TRegister.Lanes)
                {
                    Narrow(w + begin, y + (begin * yOutput));
                }
            }
            else if (typeof(T) == typeof(float) && wStep == 1 && xStep == 1 && Packing.CanTranspose)
            {
                for (; begin <= end - RowsAtOnce; begin += RowsAtOnce)
                {
                    Rows((float*)x, (float*)w + (begin * wOutput), (float*)y + (begin * yOutput));
                }
            }
            for (; begin <= end - Chains; begin += Chains)
            {
                Eight(w + (begin * wOutput), y + (begin * yOutput));
            }
            for (; begin < end; begin++)
            {
                One(w + (begin * wOutput), y + (begin * yOutput));
            }
        }

        // Eight registers of neighbouring outputs; each step broadcasts one x.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Wide(T* w, T* y)
        {
            int block = Gemm.Block(k);
            int lanes = TRegister.Lanes;
            for (int begin = 0; begin < k; begin += block)
            {
                TVector s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
                T* from = x + (begin * xStep), weight = w + (begin * wStep);
                for (int left = Math.Min(block, k - begin); left > 0; left--, from += xStep, weight += wStep)
                {
                    TVector f = TRegister.Broadcast(*from);
                    s0 = TRegister.MultiplyAdd(f, TRegister.Load(weight), s0);
                    s1 = TRegister.MultiplyAdd(f, TRegister.Load(weight + lanes), s1);
                    s2 = TRegister.MultiplyAdd(f, TRegister.Load(weight + (2 * lanes)), s2);
                    s3 = TRegister.MultiplyAdd(f, TRegister.Load(weight + (3 * lanes)), s3);
                    s4 = TRegister.MultiplyAdd(f, TRegister.Load(weight + (4 * lanes)), s4);
                    s5 = TRegister.MultiplyAdd(f, TRegister.Load(weight + (5 * lanes)), s5);
                    s6 = TRegister.MultiplyAdd(f, TRegister.Load(weight + (6 * lanes)), s6);
                    s7 = TRegister.MultiplyAdd(f, TRegister.Load(weight + (7 * lanes)), s7);
                }
                bool add = accumulate || begin > 0;
                Put(s0, y, add);
                Put(s1, y + lanes, add);
                Put(s2, y + (2 * lanes), add);
                Put(s3, y + (3 * lanes), add);
                Put(s4, y + (4 * lanes), add);
                Put(s5, y + (5 * lanes), add);
                Put(s6, y + (6 * lanes), add);
                Put(s7, y + (7 * lanes), add);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put(TVector sum, T* y, bool add) => TRegister.Store(add ? TRegister.Add(TRegister.Load(y), sum) : sum, y);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Narrow(T* w, T* y)
        {
            int block = Gemm.Block(k);
            T* sums = stackalloc T[TRegister.Lanes];
            for (int begin = 0; begin < k; begin += block)
            {
                TVector sum = default;
                T* from = x + (begin * xStep), weight = w + (begin * wStep);
                for (int left = Math.Min(block, k - begin); left > 0; left--, from += xStep, weight += wStep)
                {
                    sum = TRegister.MultiplyAdd(TRegister.Broadcast(*from), TRegister.Load(weight), sum);
                }
                TRegister.Store(sum, sums);
                for (int lane = 0; lane < TRegister.Lanes; lane++)
                {
                    T* to = y + (lane * yOutput);
                    *to = accumulate || begin > 0 ? Scalars.Add(*to, sums[lane]) : sums[lane];
                }
            }
        }

        // Thirty-two outputs, each with its weights side by side, as a layer's [outputs, inputs] has them. Squares of four outputs and four steps
        // are turned in registers, so that a lane holds one output; eight registers of four outputs hide each other's latency.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Rows(float* x, float* w, float* y)
        {
            int block = Gemm.Block(k);
            float* sums = stackalloc float[RowsAtOnce];
            for (int begin = 0; begin < k; begin += block)
            {
                Vector128<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
                float* from = x + begin, weight = w + begin;
                int left = Math.Min(block, k - begin);
                for (; left >= 16; left -= 16, from += 16, weight += 16)
                {
                    (s0, s1, s2, s3) = Sixteen(s0, s1, s2, s3, from, weight, wOutput);
                    (s4, s5, s6, s7) = Sixteen(s4, s5, s6, s7, from, weight + (16 * wOutput), wOutput);
                }
                s0.Store(sums);
                s1.Store(sums + 4);
                s2.Store(sums + 8);
                s3.Store(sums + 12);
                s4.Store(sums + 16);
                s5.Store(sums + 20);
                s6.Store(sums + 24);
                s7.Store(sums + 28);
                for (int i = 0; i < RowsAtOnce; i++)
                {
                    float* row = weight + (i * wOutput), to = y + (i * yOutput);
                    float sum = sums[i];
                    for (int p = 0; p < left; p++)
                    {
                        sum = Fused.MultiplyAdd(from[p], row[p], sum);
                    }
                    *to = accumulate || begin > 0 ? *to + sum : sum;
                }
            }
        }

        // Sixteen steps of sixteen outputs, four a register. The chains take turns, since the steps of one wait for one another.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector128<float>, Vector128<float>, Vector128<float>, Vector128<float>) Sixteen(
            Vector128<float> s0, Vector128<float> s1, Vector128<float> s2, Vector128<float> s3, float* x, float* w, nint wOutput)
        {
            float* w4 = w + (4 * wOutput), w8 = w4 + (4 * wOutput), w12 = w8 + (4 * wOutput);
            if (Avx512F.IsSupported)
            {
                // Whole cache lines are used up at once: sixteen rows that lie a power of two apart would drive one another out.
                (Vector512<float> a0, Vector512<float> a1, Vector512<float> a2, Vector512<float> a3) = Lines(w, wOutput);
                (Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3) = Lines(w4, wOutput);
                (Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3) = Lines(w8, wOutput);
                (Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3) = Lines(w12, wOutput);
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[0], Quarter(a0, 0), Quarter(b0, 0), Quarter(c0, 0), Quarter(d0, 0));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[1], Quarter(a1, 0), Quarter(b1, 0), Quarter(c1, 0), Quarter(d1, 0));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[2], Quarter(a2, 0), Quarter(b2, 0), Quarter(c2, 0), Quarter(d2, 0));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[3], Quarter(a3, 0), Quarter(b3, 0), Quarter(c3, 0), Quarter(d3, 0));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[4], Quarter(a0, 1), Quarter(b0, 1), Quarter(c0, 1), Quarter(d0, 1));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[5], Quarter(a1, 1), Quarter(b1, 1), Quarter(c1, 1), Quarter(d1, 1));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[6], Quarter(a2, 1), Quarter(b2, 1), Quarter(c2, 1), Quarter(d2, 1));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[7], Quarter(a3, 1), Quarter(b3, 1), Quarter(c3, 1), Quarter(d3, 1));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[8], Quarter(a0, 2), Quarter(b0, 2), Quarter(c0, 2), Quarter(d0, 2));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[9], Quarter(a1, 2), Quarter(b1, 2), Quarter(c1, 2), Quarter(d1, 2));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[10], Quarter(a2, 2), Quarter(b2, 2), Quarter(c2, 2), Quarter(d2, 2));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[11], Quarter(a3, 2), Quarter(b3, 2), Quarter(c3, 2), Quarter(d3, 2));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[12], Quarter(a0, 3), Quarter(b0, 3), Quarter(c0, 3), Quarter(d0, 3));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[13], Quarter(a1, 3), Quarter(b1, 3), Quarter(c1, 3), Quarter(d1, 3));
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[14], Quarter(a2, 3), Quarter(b2, 3), Quarter(c2, 3), Quarter(d2, 3));
                return Step(s0, s1, s2, s3, x[15], Quarter(a3, 3), Quarter(b3, 3), Quarter(c3, 3), Quarter(d3, 3));
            }
            for (int p = 0; p < 16; p += 4)
            {
                (Vector128<float> a0, Vector128<float> a1, Vector128<float> a2, Vector128<float> a3) = Square(w + p, wOutput);
                (Vector128<float> b0, Vector128<float> b1, Vector128<float> b2, Vector128<float> b3) = Square(w4 + p, wOutput);
                (Vector128<float> c0, Vector128<float> c1, Vector128<float> c2, Vector128<float> c3) = Square(w8 + p, wOutput);
                (Vector128<float> d0, Vector128<float> d1, Vector128<float> d2, Vector128<float> d3) = Square(w12 + p, wOutput);
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[p], a0, b0, c0, d0);
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[p + 1], a1, b1, c1, d1);
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[p + 2], a2, b2, c2, d2);
                (s0, s1, s2, s3) = Step(s0, s1, s2, s3, x[p + 3], a3, b3, c3, d3);
            }
            return (s0, s1, s2, s3);
        }

        // Quarter q of register i holds step 4 q + i of four outputs.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) Lines(float* w, nint wOutput) =>
            Packing.FourSquares(w, w + wOutput, w + (2 * wOutput), w + (3 * wOutput));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector128<float>, Vector128<float>, Vector128<float>, Vector128<float>) Square(float* w, nint wOutput) =>
            Packing.Square(w, w + wOutput, w + (2 * wOutput), w + (3 * wOutput));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Quarter(Vector512<float> values, [ConstantExpected] byte quarter) =>
            quarter == 0 ? values.GetLower().GetLower() : Avx512F.ExtractVector128(values, quarter);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector128<float>, Vector128<float>, Vector128<float>, Vector128<float>) Step(
            Vector128<float> s0, Vector128<float> s1, Vector128<float> s2, Vector128<float> s3,
            float x, Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
        {
            Vector128<float> f = Vector128.Create(x);
            return (
                Single128.MultiplyAdd(f, a, s0), Single128.MultiplyAdd(f, b, s1), Single128.MultiplyAdd(f, c, s2), Single128.MultiplyAdd(f, d, s3));
        }

        // Eight outputs whose weights lie anywhere. One lane each: a sum across lanes would be another order of k.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Eight(T* w, T* y)
        {
            int block = Gemm.Block(k);
            T* sums = stackalloc T[Chains];
            nint two = 2 * wOutput;
            for (int begin = 0; begin < k; begin += block)
            {
                T s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
                T* from = x + (begin * xStep), w0 = w + (begin * wStep), w3 = w0 + (3 * wOutput), w6 = w3 + (3 * wOutput);
                for (int left = Math.Min(block, k - begin); left > 0; left--)
                {
                    T f = *from;
                    s0 = Scalars.MultiplyAdd(f, w0[0], s0);
                    s1 = Scalars.MultiplyAdd(f, w0[wOutput], s1);
                    s2 = Scalars.MultiplyAdd(f, w0[two], s2);
                    s3 = Scalars.MultiplyAdd(f, w3[0], s3);
                    s4 = Scalars.MultiplyAdd(f, w3[wOutput], s4);
                    s5 = Scalars.MultiplyAdd(f, w3[two], s5);
                    s6 = Scalars.MultiplyAdd(f, w6[0], s6);
                    s7 = Scalars.MultiplyAdd(f, w6[wOutput], s7);
                    from += xStep;
                    w0 += wStep;
                    w3 += wStep;
                    w6 += wStep;
                }
                (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]) = (s0, s1, s2, s3, s4, s5, s6, s7);
                for (int i = 0; i < Chains; i++)
                {
                    T* to = y + (i * yOutput);
                    *to = accumulate || begin > 0 ? Scalars.Add(*to, sums[i]) : sums[i];
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void One(T* w, T* y)
        {
            int block = Gemm.Block(k);
            for (int begin = 0; begin < k; begin += block)
            {
                T sum = default;
                T* from = x + (begin * xStep), weight = w + (begin * wStep);
                for (int left = Math.Min(block, k - begin); left > 0; left--, from += xStep, weight += wStep)
                {
                    sum = Scalars.MultiplyAdd(*from, *weight, sum);
                }
                *y = accumulate || begin > 0 ? Scalars.Add(*y, sum) : sum;
            }
        }
    }
}
