using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Products with a single row or column: y = x · w, by the same rule of blocks and chains as <see cref="Gemm"/>.</summary>
/// <remarks>Every weight is read once, so nothing is packed. x: [k]   w: [k, outputs]   y: [outputs].</remarks>
internal static unsafe class VectorProduct<TRegister, TVector, T>
    where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged
{
    // Eight sums that do not wait for one another hide the latency of a fused multiply-add (four cycles, two a cycle).
    private const int Chains = 8;
    private const int OutputsOfTask = 16 * Chains;

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
