using System.Runtime.InteropServices;

namespace Nabla.Benchmarks;

/// <summary>Products by OpenBLAS, through its C interface, where the machine has it: Debian's libopenblas0-openmp.</summary>
internal static unsafe class OpenBlas
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    private static readonly nint library = Load();
    private static readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm =
        (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)Symbol("cblas_sgemm");

    private static readonly delegate* unmanaged<int, void> setThreads = (delegate* unmanaged<int, void>)Symbol("openblas_set_num_threads");

    /// <summary>Whether it was found.</summary>
    public static bool IsThere => sgemm != null && setThreads != null;

    /// <summary>Its version and the kernels it chose.</summary>
    public static string Description =>
        IsThere ? Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Symbol("openblas_get_config"))()) ?? "" : "OpenBLAS is not installed";

    public static void SetThreads(int count) => setThreads(count);

    /// <summary>c = a · b in float32; a transposed side is stored so.</summary>
    public static void Multiply(int m, int n, int k, float* a, bool transposeA, float* b, bool transposeB, float* c) => sgemm(
        RowMajor, transposeA ? Transposed : Plain, transposeB ? Transposed : Plain, m, n, k,
        1, a, transposeA ? m : k, b, transposeB ? k : n, 0, c, n);

    // The library reads its settings while it is loaded, and from the C side's environment, which .NET's own does not reach.
    private static nint Load()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        _ = SetVariable("OPENBLAS_CORETYPE", "SkylakeX", 1);
        _ = SetVariable("OMP_NUM_THREADS", $"{Environment.ProcessorCount}", 1);
        return NativeLibrary.TryLoad("libopenblas.so.0", out nint loaded) ? loaded : 0;
    }

    private static nint Symbol(string name) => library != 0 && NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0;

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
