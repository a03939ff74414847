namespace Nabla.Cli.Display;

/// <summary>Shows a download on standard error: a bar that moves on a terminal, a line a file elsewhere.</summary>
internal sealed class DownloadBar : IProgress<DownloadProgress>, IDisposable
{
    private const int Width = 20;
    private readonly Lock gate = new();
    private string file = "";
    private int shown = -1;
    private bool open;

    public void Report(DownloadProgress value)
    {
        lock (gate)
        {
            if (value.File != file)
            {
                EndLine();
                (file, shown) = (value.File, -1);
                if (Console.IsErrorRedirected) Console.Error.WriteLine($"downloading {value.File}, {value.Total:N0} bytes");
            }
            int percent = value.Total > 0 ? (int)(100 * value.Bytes / value.Total) : 0;
            if (Console.IsErrorRedirected || percent == shown) return;
            shown = percent;
            open = true;
            string bar = new string('█', percent * Width / 100).PadRight(Width, '░');
            Console.Error.Write($"\r{file,-28} {bar} {percent,3} %  {value.Bytes / 1e6,6:F1} of {value.Total / 1e6:F1} MB");
        }
    }

    public void Dispose()
    {
        lock (gate) EndLine();
    }

    private void EndLine()
    {
        if (open) Console.Error.WriteLine();
        open = false;
    }
}
